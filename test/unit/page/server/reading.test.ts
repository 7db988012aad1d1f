import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyPatch } from '../../../../src/page/client/state/apply.ts';
import { Reading } from '../../../../src/page/server/reading.ts';
import type { Patch } from '../../../../src/page/wire.ts';
import { keepSecret } from '../../../../src/platform/exit-text.ts';
import type { InstanceStatus } from '../../../../src/status/types.ts';
import { fakeOrder, fakePosition, fakeStatus, fakeTrade } from '../fake-status.ts';

const EMPTY = fakeStatus({ orders: 0, positions: 0 });

/** A document with some orders in some states, some positions, stops and figures. */
const documents = fc
  .record({
    orders: fc.uniqueArray(fc.nat(12), { maxLength: 8 }),
    filled: fc.nat(3),
    positions: fc.uniqueArray(fc.nat(6), { maxLength: 5 }),
    paused: fc.constantFrom(null, 'lunch'),
    cash: fc.constantFrom(1, 2),
    now: fc.nat(1_000),
    points: fc.nat(4),
  })
  .map(({ orders, filled, positions, paused, cash, now, points }): InstanceStatus => {
    const list = orders.map((nth) => fakeOrder(nth, nth % 4 < filled ? { state: 'filled' } : {}));
    return {
      ...EMPTY,
      now,
      orders: list,
      trades: list.filter((order) => order.filled > 0).map(fakeTrade),
      positions: positions.map(fakePosition),
      engine: EMPTY.engine === null ? null : { ...EMPTY.engine, paused },
      portfolio: EMPTY.portfolio === null ? null : { ...EMPTY.portfolio, availableCash: cash },
      equity: Array.from({ length: points }, (_, nth) => ({ at: nth, total: nth, cash })),
    };
  });

const whole = (reading: Reading): InstanceStatus => JSON.parse(reading.whole()) as InstanceStatus;

describe('a reading', () => {
  test('told as a whole and then by what has changed is always the latest document', () => {
    fc.assert(
      fc.property(fc.array(documents, { minLength: 1, maxLength: 8 }), fc.nat(7), (docs, joined) => {
        const reading = new Reading();
        let seen: InstanceStatus | null = null;
        for (const [nth, doc] of docs.entries()) {
          const patch = reading.take(doc);
          if (nth === Math.min(joined, docs.length - 1)) seen = whole(reading);
          else if (seen !== null && patch !== null) seen = applyPatch(seen, JSON.parse(patch) as Patch);
        }
        const last = docs.at(-1) as InstanceStatus;
        expect({ ...seen, now: last.now }).toEqual(last);
        expect(whole(reading)).toEqual(last);
      }),
    );
  });

  test('that has not changed is not told again, whatever the time', () => {
    const reading = new Reading();
    reading.take(fakeStatus());
    expect(reading.take({ ...fakeStatus(), now: 5 })).toBeNull();
    expect(whole(reading).now).toBe(5);
  });

  test('of which one order of a thousand has changed tells that order', () => {
    const reading = new Reading();
    const before = fakeStatus({ orders: 1_000 });
    reading.take(before);
    const orders = before.orders.map((order, nth) => (nth === 500 ? { ...order, filled: 7 } : order));
    const patch = JSON.parse(reading.take({ ...before, orders }) ?? '') as Patch;
    expect(patch).toEqual({ set: {}, rows: { orders: [orders[500]] } });
  });

  test('rows that have not changed stay the same objects for who draws them', () => {
    const before = fakeStatus();
    const [first, second] = before.orders;
    if (first === undefined || second === undefined) throw new Error('no orders');
    const after = applyPatch(before, { set: {}, rows: { orders: [{ ...second, filled: 3 }] } });
    expect(after.orders[0]).toBe(first);
    expect(after.orders[1]).toEqual({ ...second, filled: 3 });
    expect(after.positions).toBe(before.positions);
  });

  test('leaves without secrets and control codes, whole and in parts', () => {
    keepSecret('the-secret-of-the-gateway');
    const reading = new Reading();
    const told = (nth: number) => ({ ...fakeOrder(nth), reason: 'token the-secret-of-the-gateway \u001b[31m\u202e' });
    reading.take({ ...EMPTY, orders: [told(1)], problem: 'said the-secret-of-the-gateway' });
    const patch = reading.take({ ...EMPTY, orders: [told(1), told(2)] });
    for (const text of [reading.whole(), patch ?? '']) {
      expect(text).toContain('token *** ?[31m?');
      expect(text).not.toContain('the-secret-of-the-gateway');
    }
  });
});
