import { statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { OrderRecord } from '../../../../src/server/record/order-record.ts';
import { openRecord } from '../../../../src/server/record/record-file.ts';
import type { SentRequest } from '../../../../src/server/record/types.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';

const REQUEST: SentRequest = {
  accountKey: 'main',
  subAccountId: null,
  security: '518880.XSHG',
  side: 'buy',
  amount: 100,
  style: 'limit',
  price: null,
  remark: 'bt:abcd1234:trend',
  peer: '127.0.0.1:1',
};
const DAY = '2026-07-06';

function place(): string {
  return join(temporaryFolder('record'), 'inner', 'record.db');
}

function open(path: string): OrderRecord {
  return new OrderRecord(openRecord(path));
}

function sending(scope: string | null, day = DAY): Parameters<OrderRecord['sent']>[0] {
  return { day, at: 5, scope, fingerprint: 'f' };
}

describe('the record of orders', () => {
  test('outlives its server: requests with what became of them, and counters of limits', () => {
    const path = place();
    const first = open(path);
    const lent = first.sent(sending('lent'), { ...REQUEST, operation: 'margin_buy' });
    first.refused(lent, 'no quota');
    const seqs = ['sent', 'placed', 'answered', 'refused', 'failed'].map((key) => first.sent(sending(key), REQUEST));
    first.placed(seqs[1] ?? 0, '11');
    first.placed(seqs[2] ?? 0, '12');
    first.answered(seqs[2] ?? 0, '{"order_id":"12"}', 'g');
    first.refused(seqs[3] ?? 0, 'no shares');
    first.failed(seqs[4] ?? 0, 'gone');
    first.failed(seqs[1] ?? 0, 'its order exists');
    const risk = { accountKey: 'main', day: DAY, trades: 1, tradeValue: 600, cancels: 1, lastCancelAt: 7 };
    first.keepRisk({ ...risk, cancelsOfOrder: [['11', 1]] });
    first.keepRisk({ ...risk, trades: 2, cancelsOfOrder: [['11', 1]] });
    first.close();
    const again = open(path);
    expect(again.ofKey('sent')).toMatchObject({ ...REQUEST, state: 'sent', orderId: null, answer: null, at: 5 });
    expect(again.ofKey('placed')).toMatchObject({ state: 'placed', orderId: '11', answer: null });
    expect(again.ofKey('answered')).toMatchObject({ fingerprint: 'g', answer: '{"order_id":"12"}' });
    expect(again.ofKey('refused')).toBeNull();
    expect(again.ofKey('failed')).toMatchObject({ state: 'unknown' });
    expect(again.open(DAY).map(({ seq }) => seq)).toEqual([seqs[0], seqs[4]]);
    expect(again.ofRemark({ day: DAY, accountKey: 'main', remark: REQUEST.remark })[0]).toMatchObject({
      seq: lent,
      operation: 'margin_buy',
    });
    expect(again.ofKey('sent')).not.toHaveProperty('operation');
    expect(again.risk()).toEqual([{ ...risk, trades: 2, cancelsOfOrder: [['11', 1]] }]);
    again.close();
  });

  test('knows a key on whatever day it was used, holds each once a day, and any number of requests without one', () => {
    const record = new OrderRecord(openRecord(null));
    record.sent(sending('k'), REQUEST);
    expect(() => record.sent(sending('k'), REQUEST)).toThrow(expect.objectContaining({ code: 'STATE_WRITE_FAILED' }));
    expect(record.ofKey('k')).toMatchObject({ day: DAY });
    record.sent(sending('k', '2026-07-07'), REQUEST);
    expect(record.ofKey('k')).toMatchObject({ day: '2026-07-07' });
    for (let n = 0; n < 3; n += 1) record.sent(sending(null), REQUEST);
    expect(record.ofRemark({ day: DAY, accountKey: 'main', remark: REQUEST.remark })).toHaveLength(4);
    record.forget('2026-07-07');
    expect(record.open(DAY)).toEqual([]);
    expect(record.open('2026-07-07')).toHaveLength(1);
  });

  test('is its user’s alone, and one server’s at a time', () => {
    const path = place();
    const record = open(path);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o077).toBe(0);
    expect(() => open(path)).toThrow(expect.objectContaining({ code: 'STATE_LOCKED', fault: 'config' }));
    record.close();
    open(path).close();
  });

  test('that is damaged, newer, or no record stops the start', () => {
    const path = place();
    const record = open(path);
    for (let n = 0; n < 200; n += 1) record.sent(sending(null), REQUEST);
    record.close();
    const newer = new DatabaseSync(path);
    newer.exec('PRAGMA user_version = 99');
    newer.close();
    expect(() => open(path)).toThrow(expect.objectContaining({ code: 'STATE_VERSION', fault: 'config' }));
    truncateSync(path, statSync(path).size - 4096);
    expect(() => open(path)).toThrow(expect.objectContaining({ code: 'STATE_UNUSABLE', fault: 'config' }));
    writeFileSync(path, 'no database at all');
    expect(() => open(path)).toThrow(expect.objectContaining({ code: 'STATE_UNUSABLE' }));
  });

  test('is on the disk when `sent` returns: another process finds it at once', () => {
    const path = place();
    const record = open(path);
    record.sent(sending('k'), REQUEST);
    const other = new DatabaseSync(path, { readOnly: true });
    expect(other.prepare('SELECT remark, state FROM requests').all()).toMatchObject([
      { remark: REQUEST.remark, state: 'sent' },
    ]);
    other.close();
    record.close();
  });
});
