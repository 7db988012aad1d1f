import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it } from 'vitest';
import { Ledger } from '../../../src/ledger/ledger.ts';
import { lockInstance } from '../../../src/ledger/lock.ts';
import { Store } from '../../../src/ledger/store.ts';
import { LEDGER_FILE } from '../../../src/ledger/instance-file.ts';
import { MIGRATIONS } from '../../../src/ledger/schema.ts';
import { chinaInstant } from '../../../src/domain/time.ts';
import type { IntentRow, OrderRow } from '../../../src/domain/order/rows.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { DAY, fill, intent, order } from './ledger-rows.ts';

let folder = '';
beforeEach(() => {
  folder = temporaryFolder('ledger');
});

describe('Ledger', () => {
  it('gives back what was written, from a new process’s point of view', () => {
    const ledger = Ledger.open(folder);
    const sent: IntentRow = { ...intent, state: 'sending', sentAt: 5, updatedAt: 5 };
    ledger.record({ orders: [order], intents: [intent] });
    ledger.record({ intents: [sent] });
    const filled: IntentRow = { ...sent, state: 'accepted', brokerOrderId: '7', filled: 50, updatedAt: 6 };
    ledger.record({ intents: [filled], fills: [fill] });
    ledger.recordTriggers([{ key: 'k', task: 'f', due: 3, outcome: 'ran', reason: null, startedAt: 3, endedAt: 4 }]);
    // No close: what a killed process leaves behind.
    const again = Ledger.open(folder);
    expect(again.ordersOf(DAY)).toEqual([order]);
    expect(again.intentsOf(DAY)).toEqual([filled]);
    expect(again.fillsOf(DAY)).toEqual([fill]);
    expect(again.trigger('k')?.outcome).toBe('ran');
    expect(again.triggersSince(0)).toHaveLength(1);
    ledger.close();
    again.close();
  });

  it('keeps unsettled intents of earlier days in sight', () => {
    const ledger = Ledger.open(folder);
    ledger.record({ orders: [order], intents: [intent] });
    expect(ledger.intentsOf('2026-07-07').map((row) => row.clientId)).toEqual(['c1']);
    ledger.record({ intents: [{ ...intent, state: 'not_sent', updatedAt: 2 }] });
    expect(ledger.intentsOf('2026-07-07')).toEqual([]);
    ledger.close();
  });

  it('writes a fill once, however often it is replayed, and equal ids by their ordinal', () => {
    const ledger = Ledger.open(folder);
    ledger.record({ orders: [order], intents: [intent] });
    ledger.record({ fills: [fill, { ...fill, ordinal: 2 }] });
    ledger.record({ fills: [fill, { ...fill, ordinal: 2 }] });
    expect(ledger.fillsOf(DAY)).toHaveLength(2);
    ledger.close();
  });

  it('undoes the whole commit when a part of it fails', () => {
    const ledger = Ledger.open(folder);
    const clash = { ...intent, clientId: 'c2' };
    expect(() => ledger.record({ orders: [order], intents: [intent, clash] })).toThrowError(
      expect.objectContaining({ code: 'LEDGER_WRITE_FAILED' }),
    );
    expect(ledger.ordersOf(DAY)).toEqual([]);
    expect(ledger.intentsOf(DAY)).toEqual([]);
    ledger.record({ orders: [order], intents: [intent] });
    ledger.close();
  });

  it('takes one broker id for two intents of a day: a gateway that forgot its book counts again', () => {
    const ledger = Ledger.open(folder);
    const second: IntentRow = { ...intent, clientId: 'c2', tag: 'bbbbbbbb', brokerOrderId: '7' };
    ledger.record({ orders: [order], intents: [{ ...intent, brokerOrderId: '7' }, second] });
    ledger.record({ fills: [fill, { ...fill, clientId: 'c2' }] });
    expect(ledger.intentsOf(DAY).map(({ brokerOrderId }) => brokerOrderId)).toEqual(['7', '7']);
    expect(ledger.fillsOf(DAY).map(({ clientId }) => clientId)).toEqual(['c1', 'c2']);
    ledger.close();
  });

  it('knows one order for one request key, on whatever day', () => {
    const ledger = Ledger.open(folder);
    ledger.record({ orders: [order] });
    expect(() => ledger.record({ orders: [{ ...order, orderId: 'o2', day: '2026-07-07' }] })).toThrowError(
      expect.objectContaining({ code: 'LEDGER_WRITE_FAILED' }),
    );
    expect([ledger.orderOfKey('k1')?.orderId, ledger.orderOfKey('k2'), ledger.order('o2')]).toEqual(['o1', null, null]);
    ledger.close();
  });

  it('drops an intent of a plan that another one replaces, and never one that was sent', () => {
    const ledger = Ledger.open(folder);
    const sent: IntentRow = { ...intent, clientId: 'c2', tag: 'bbbbbbbb', sentAt: 5, state: 'sending' };
    ledger.record({ orders: [order], intents: [intent, sent] });
    ledger.record({ dropped: ['c1', 'c2'] });
    expect(ledger.intentsOfOrder('o1')).toEqual([sent]);
    ledger.close();
  });

  it('gives every order of which something may still happen, of any day', () => {
    const ledger = Ledger.open(folder);
    const phases = ['new', 'parked', 'working', 'done'] as const;
    const orders = phases.map((phase, index): OrderRow => {
      return { ...order, orderId: phase, requestKey: phase, phase, day: '2026-07-03', createdAt: index };
    });
    ledger.record({ orders });
    expect(ledger.unfinishedOrders().map(({ orderId }) => orderId)).toEqual(['new', 'parked', 'working']);
    expect(ledger.ordersSince(2).map(({ orderId }) => orderId)).toEqual(['working', 'done']);
    ledger.close();
  });

  it('a busy ledger is a failed commit', () => {
    const ledger = Ledger.open(folder);
    const other = new DatabaseSync(join(folder, LEDGER_FILE));
    other.exec('BEGIN IMMEDIATE');
    expect(() => ledger.record({ orders: [order], intents: [intent] })).toThrowError(
      expect.objectContaining({ code: 'LEDGER_WRITE_FAILED' }),
    );
    other.exec('ROLLBACK');
    ledger.record({ orders: [order], intents: [intent] });
    other.close();
    ledger.close();
  });

  it('refuses a corrupt file and a newer schema, and leaves both as they are', () => {
    writeFileSync(join(folder, LEDGER_FILE), 'this is no database, whatever its name says. '.repeat(50));
    expect(() => Ledger.open(folder)).toThrowError(expect.objectContaining({ code: 'LEDGER_UNUSABLE' }));
    rmSync(join(folder, LEDGER_FILE));
    const newer = new DatabaseSync(join(folder, LEDGER_FILE));
    newer.exec('PRAGMA user_version = 99');
    newer.close();
    expect(() => Ledger.open(folder)).toThrowError(expect.objectContaining({ code: 'LEDGER_NEWER' }));
  });

  it('brings an older schema up to date and keeps what it holds', () => {
    const [first = ''] = MIGRATIONS;
    const old = new DatabaseSync(join(folder, LEDGER_FILE));
    old.exec(`${first} PRAGMA user_version = 1;`);
    old.exec(
      `INSERT INTO triggers (key, task, due, outcome, reason, started_at, ended_at) VALUES ('k', 'f', 1, 'ran', NULL, 1, 2)`,
    );
    old.close();
    const ledger = Ledger.open(folder);
    expect(ledger.trigger('k')?.outcome).toBe('ran');
    expect(ledger.setting('positions')).toBeNull();
    ledger.choose('positions', 'own');
    ledger.choose('positions', 'all');
    expect(ledger.setting('positions')).toBe('all');
    ledger.close();
  });

  it('knows what this instance has bought and not sold, over all days', () => {
    const ledger = Ledger.open(folder);
    const sell = { ...intent, clientId: 'c2', tag: 'bbbbbbbb', side: 'sell' as const };
    ledger.record({ orders: [order], intents: [intent, sell] });
    ledger.record({ fills: [fill, { ...fill, clientId: 'c2', brokerOrderId: '8', amount: 20 }] });
    expect([...ledger.holdings(order.day)]).toEqual([['000001.XSHE', 30]]);
    ledger.close();
  });

  it('counts what an earlier day called filled and did not list as trades', () => {
    const ledger = Ledger.open(folder);
    ledger.record({ orders: [order], intents: [intent] });
    const filled: IntentRow = { ...intent, state: 'filled', filled: 100, updatedAt: 1 };
    ledger.record({ intents: [filled], fills: [{ ...fill, amount: 40 }] });
    expect([...ledger.holdings(order.day)]).toEqual([['000001.XSHE', 40]]);
    expect([...ledger.holdings('2099-01-05')]).toEqual([['000001.XSHE', 100]]);
    ledger.close();
  });

  it('tells whether own shares were traded since a reading, whatever the clocks say', () => {
    const ledger = Ledger.open(folder);
    const before = { security: '000001.XSHE', amount: 1000, readAt: chinaInstant(DAY, '10:00:00') + 900, since: 0 };
    ledger.record({ orders: [order], intents: [intent] });
    expect(ledger.tradedSince({ ...before, transacted: null })).toBe(false);
    // Stamped to the second in which the account had been read a moment earlier.
    const time = chinaInstant(DAY, '10:00:00');
    ledger.record({ fills: [{ ...fill, time }] });
    expect(ledger.tradedSince({ ...before, transacted: null })).toBe(true);
    expect(ledger.tradedSince({ ...before, transacted: time })).toBe(false);
    ledger.record({ intents: [{ ...intent, state: 'filled', filled: 100, updatedAt: 2 }] });
    expect(ledger.tradedSince({ ...before, transacted: time })).toBe(true);
    ledger.close();
  });

  it('refuses a state folder that is a file', () => {
    const path = join(folder, 'file');
    writeFileSync(path, '');
    chmodSync(path, 0o400);
    expect(() => Ledger.open(path)).toThrowError(expect.objectContaining({ code: 'LEDGER_UNUSABLE' }));
  });

  it('what is appended without waiting for the disk leaves the commits after it durable, also when it fails', () => {
    const store = new Store(folder);
    const level = (): unknown => store.all('PRAGMA synchronous', [])[0];
    const full = level();
    let during: unknown = null;
    store.append(() => {
      during = level();
    });
    expect(full).toEqual({ synchronous: 2 });
    expect(during).toEqual({ synchronous: 1 });
    expect(level()).toEqual(full);
    expect(() =>
      store.append(() => {
        throw new Error('no');
      }),
    ).toThrowError(expect.objectContaining({ code: 'LEDGER_WRITE_FAILED' }));
    expect(level()).toEqual(full);
    store.close();
  });

  it('commits durably: WAL, synchronous FULL', () => {
    Ledger.open(folder).close();
    const database = new DatabaseSync(join(folder, LEDGER_FILE));
    expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    database.close();
  });
});

describe('lockInstance', () => {
  it('lets one run at a time use an instance, and the next after its release', () => {
    const lock = lockInstance(folder);
    expect(() => lockInstance(folder)).toThrowError(expect.objectContaining({ code: 'INSTANCE_RUNNING' }));
    lock.release();
    lock.release();
    lockInstance(folder).release();
  });
});
