import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NOT_SENT_AT_RESTART } from '../../../src/domain/order/life-types.ts';
import type { IntentState } from '../../../src/domain/order/types.ts';
import { Events } from '../../../src/engine/events.ts';
import { OrderBook } from '../../../src/engine/orders/book/order-book.ts';
import { Ledger } from '../../../src/ledger/ledger.ts';
import { LEDGER_FILE } from '../../../src/ledger/instance-file.ts';
import { MIGRATIONS } from '../../../src/ledger/schema.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { aRequest } from '../domain/order/builders.ts';
import { DAY, SENT_AT } from '../engine/orders/rows.ts';

let folder = '';
let ledger: Ledger;
let old: DatabaseSync;
beforeEach(() => {
  folder = temporaryFolder('migration');
  old = new DatabaseSync(join(folder, LEDGER_FILE));
  old.exec(`${MIGRATIONS.slice(0, 2).join('\n')} PRAGMA user_version = 2;`);
});
afterEach(() => {
  ledger.close();
});

/** An order as version 2 wrote it, with an intent in that state, or none. */
function write(
  id: string,
  { state = null, parked = 0, denied = null }: { state?: IntentState | null; parked?: 0 | 1; denied?: string | null },
): void {
  const values = [`o${id}`, DAY, '000001.XSHE', 'buy', JSON.stringify(aRequest()), 100, parked, denied, SENT_AT];
  old.prepare(`INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`).run(...values);
  if (state === null) return;
  const sent = state === 'planned' ? null : SENT_AT;
  const broker = state === 'accepted' || state === 'canceling' || state === 'filled' ? `b${id}` : null;
  const filled = state === 'filled' ? 100 : 0;
  const intent = [`c${id}`, `o${id}`, DAY, `tag${id}`, `bt:tag${id}`, '000001.XSHE', 'buy', 100, 10, 'limit', state];
  old
    .prepare(`INSERT INTO intents VALUES (${Array.from({ length: 16 }, () => '?').join(', ')})`)
    .run(...intent, null, broker, filled, sent, SENT_AT);
}

function writeFill(id: string, trade: string, amount: number): void {
  old
    .prepare(`INSERT INTO fills VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
    .run(DAY, `b${id}`, trade, 1, `c${id}`, amount, 10, SENT_AT, 5, null);
}

/** The same folder, opened by this version. */
function open(): Ledger {
  old.close();
  ledger = Ledger.open(folder);
  return ledger;
}

describe('a ledger of version 2', () => {
  it.each(['planned', 'sending', 'unknown', 'accepted', 'canceling'] as const)(
    'with an order that is %s goes on with it, and cancels nothing that it was not told to',
    (state) => {
      write('1', { state });
      const [order] = open().unfinishedOrders();
      expect(order).toMatchObject({
        orderId: 'o1',
        owner: '',
        requestKey: 'o1',
        phase: 'working',
        atEnd: 'keep',
        waitMs: 0,
        waitUntil: null,
        cancelWhy: null,
        denied: null,
        createdAt: SENT_AT,
      });
      expect(ledger.intentsOfOrder('o1')).toMatchObject([{ clientId: 'c1', state }]);
    },
  );

  it('is restored as any other: what was being sent is of unknown fate, what works works', () => {
    write('1', { state: 'sending' });
    write('2', { state: 'accepted' });
    write('3', { state: 'filled' });
    writeFill('3', 't', 60);
    writeFill('3', 'u', 40);
    const book = new OrderBook(open(), new Events());
    book.restore(DAY, SENT_AT + 60_000);
    expect(book.views().map(({ orderId, state, filled }) => [orderId, state, filled])).toEqual([
      ['o1', 'unknown', 0],
      ['o2', 'accepted', 0],
      ['o3', 'filled', 100],
    ]);
    expect(book.trades().map(({ amount, commission, tax }) => [amount, commission, tax])).toEqual([
      [60, 5, null],
      [40, 5, null],
    ]);
  });

  it('with an order that waited for its window says that it was not sent: version 2 promised no more', () => {
    write('1', { parked: 1 });
    const book = new OrderBook(open(), new Events());
    book.restore(DAY, SENT_AT);
    expect(ledger.unfinishedOrders()).toEqual([]);
    expect(book.views()).toMatchObject([{ orderId: 'o1', state: 'not_sent', reason: NOT_SENT_AT_RESTART }]);
  });

  it('keeps a refusal with its own reason, and what never was an order for the strategy', () => {
    write('1', { denied: 'no cash' });
    write('2', { parked: 1, denied: 'no cash at the opening' });
    const book = new OrderBook(open(), new Events());
    book.restore(DAY, SENT_AT);
    expect(ledger.ordersOf(DAY).map(({ denied }) => denied)).toEqual(['no cash', 'no cash at the opening']);
    expect(book.views().map(({ orderId }) => orderId)).toEqual(['o2']);
  });

  it('counts its fills into what the instance owns, and takes a replayed list as it is', () => {
    write('1', { state: 'filled' });
    writeFill('1', 't', 100);
    open();
    expect(ledger.holdings(DAY)).toEqual(new Map([['000001.XSHE', 100]]));
    const fills = ledger.fillsOf(DAY);
    ledger.record({ fills });
    expect(ledger.fillsOf(DAY)).toEqual(fills);
  });

  it('keeps its settings and triggers', () => {
    old.exec(`INSERT INTO settings VALUES ('positions', 'own')`);
    old.exec(`INSERT INTO triggers VALUES ('k', 'f', 1, 'ran', NULL, 1, 2)`);
    expect([open().setting('positions'), ledger.trigger('k')?.outcome]).toEqual(['own', 'ran']);
  });

  it('is brought up to date once', () => {
    write('1', { state: 'accepted' });
    open().close();
    ledger = Ledger.open(folder);
    expect(ledger.unfinishedOrders()).toHaveLength(1);
  });
});

describe('a ledger that kept g and context only', () => {
  it('keeps what it had in its order, and globals of a module beside it', () => {
    const before = MIGRATIONS.findIndex((sql) => sql.includes("'module'"));
    old.exec(`${MIGRATIONS.slice(2, before).join('\n')} PRAGMA user_version = ${before};`);
    const add = old.prepare('INSERT INTO variables VALUES (?, ?, ?)');
    for (const [part, name] of [['g', 'z'], ['context', 'c'], ['g', 'a']] as const) add.run(part, name, '1'); // prettier-ignore
    open().state.keep({ variables: [{ part: 'module', name: 'count', text: 'py4:x:1' }], settings: new Map() });
    const kept = ledger.state.variables().map(({ part, name }) => `${part}.${name}`);
    expect(kept).toEqual(['module.count', 'g.z', 'g.a', 'context.c']);
  });
});

describe('a ledger of version 4', () => {
  it('knows what a task that was cut off had ordered', () => {
    old.exec(`${MIGRATIONS.slice(2, 4).join('\n')} PRAGMA user_version = 4;`);
    const add = old.prepare('INSERT INTO triggers VALUES (?, ?, ?, ?, ?, ?, ?)');
    add.run('a', 'a', 1, 'ran', null, 1, 2);
    add.run('b', 'b', SENT_AT, 'started', null, SENT_AT, null);
    const order = old.prepare(
      `INSERT INTO orders (order_id, request_key, day, security, side, request, amount, created_at) VALUES (?, ?, ?, '000001.XSHE', 'buy', '{}', 100, ?)`,
    );
    order.run('before', 'before', DAY, SENT_AT - 1);
    order.run('within', 'within', DAY, SENT_AT);
    expect(
      open()
        .ordersOfCall('b')
        .map(({ orderId }) => orderId),
    ).toEqual(['within']);
    expect(ledger.order('before')?.placedIn).toBeNull();
  });
});
