import { describe, expect, test } from 'vitest';
import { IdempotencyCache } from '../../../src/server/idempotency.ts';
import type { Claim, Reservation } from '../../../src/server/idempotency.ts';

const TTL = 300_000;

function cacheAt(time: { now: number }): IdempotencyCache {
  return new IdempotencyCache({
    ttlMs: TTL,
    now: () => time.now,
    recall: async (account, orderId) => ({ order_id: orderId, recalled: account }),
    record: null,
  });
}

function first(claim: Claim): Reservation {
  if (claim.kind !== 'first') throw new Error('not the first');
  return claim.reservation;
}

function answer(claim: Claim): Promise<unknown> {
  if (claim.kind !== 'duplicate') throw new Error('no duplicate');
  return claim.answer;
}

describe('one key', () => {
  test('A4-2: a duplicate that arrives while the first waits gets its answer', async () => {
    const cache = cacheAt({ now: 0 });
    const reservation = first(cache.claim('s', 'f', 'k'));
    const duplicate = answer(cache.claim('s', 'f', 'k'));
    reservation.placed('main', '1');
    reservation.done({ order_id: '1' });
    expect(await duplicate).toEqual({ order_id: '1' });
    expect(await answer(cache.claim('s', 'f', 'k'))).toEqual({ order_id: '1' });
  });

  test('another order under the same key is a conflict, also while the first waits', () => {
    const cache = cacheAt({ now: 0 });
    const reservation = first(cache.claim('s', 'f', 'k'));
    expect(() => cache.claim('s', 'g', 'k')).toThrow('idempotency_key 冲突: k');
    reservation.done({ order_id: '1' });
    expect(() => cache.claim('s', 'g', 'k')).toThrow('idempotency_key 冲突: k');
    expect(cache.claim('other scope', 'g', 'k').kind).toBe('first');
  });

  test('a failure without an order frees the key and reaches the duplicate', async () => {
    const cache = cacheAt({ now: 0 });
    const reservation = first(cache.claim('s', 'f', 'k'));
    const duplicate = answer(cache.claim('s', 'f', 'k'));
    reservation.failed(new Error('refused'));
    await expect(duplicate).rejects.toThrow('refused');
    expect(cache.claim('s', 'g', 'k').kind).toBe('first');
  });

  test('a failure after the order was entered never frees the key', async () => {
    const cache = cacheAt({ now: 0 });
    const reservation = first(cache.claim('s', 'f', 'k'));
    const duplicate = answer(cache.claim('s', 'f', 'k'));
    reservation.placed('main', '7');
    reservation.failed(new Error('disk full'));
    expect(await duplicate).toEqual({ order_id: '7', recalled: 'main' });
    expect(cache.claim('s', 'f', 'k').kind).toBe('duplicate');
  });

  test('it is remembered for its time from the end on, however long the first took', () => {
    const time = { now: 0 };
    const cache = cacheAt(time);
    const reservation = first(cache.claim('s', 'f', 'k'));
    time.now = 10 * TTL;
    expect(cache.claim('s', 'f', 'k').kind).toBe('duplicate');
    reservation.done({});
    time.now += TTL - 1;
    expect(cache.claim('s', 'f', 'k').kind).toBe('duplicate');
    time.now += 1;
    expect(cache.claim('s', 'f', 'k').kind).toBe('first');
  });
});

describe('A4-2: keys that survive a restart', () => {
  test('those whose order exists, with its present row as the answer', async () => {
    const before = cacheAt({ now: 0 });
    first(before.claim('waiting', 'f', 'k')).placed('main', '1');
    first(before.claim('unplaced', 'f', 'k'));
    const done = first(before.claim('done', 'g', 'k'));
    done.placed('hedge', '2');
    done.done({ order_id: '2', stale: true }, 'h');
    const after = cacheAt({ now: 5 });
    after.restore(before.save());
    expect(await answer(after.claim('waiting', 'f', 'k'))).toEqual({ order_id: '1', recalled: 'main' });
    expect(await answer(after.claim('done', 'h', 'k'))).toEqual({ order_id: '2', recalled: 'hedge' });
    expect(after.claim('unplaced', 'f', 'k').kind).toBe('first');
  });

  test('only a new order is a change that must be kept', () => {
    const cache = cacheAt({ now: 0 });
    const reservation = first(cache.claim('s', 'f', 'k'));
    expect(cache.changes()).toBe(0);
    reservation.placed('main', '1');
    expect(cache.changes()).toBe(1);
    reservation.done({});
    expect(cache.changes()).toBe(1);
  });
});
