import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crossings, netted } from '../../../../src/domain/follow/crossing.ts';
import { newSignalRow } from '../../../../src/domain/follow/new-row.ts';
import type { SignalRow } from '../../../../src/domain/follow/row.ts';
import { aSignal, AT } from './rules.ts';

let number = 0;
/** Came `nth` seconds after the first one. */
function aRow(nth: number, side: 'buy' | 'sell', amount: number, change: Partial<SignalRow> = {}): SignalRow {
  const at = AT + nth * 1_000;
  const signal = aSignal({ id: String((number += 1)), side, amount, sentAt: at, receivedAt: at });
  return { ...newSignalRow(signal, { origin: 'source', refusal: null, orderableAt: at, now: at }), ...change };
}

/** Ended `nth` seconds after the first one came, with that much of it filled. */
const ended = (nth: number, asked: number, filled: number): Partial<SignalRow> => ({
  phase: 'done',
  asked,
  filled,
  end: filled === 0 ? 'refused' : filled < asked ? 'partly_filled' : 'filled',
  endedAt: AT + nth * 1_000,
});

describe('signals of one security that go both ways', () => {
  test('the later one waits for the earlier ones, which it overtakes', () => {
    const buy = aRow(0, 'buy', 300);
    const other = aRow(0, 'buy', 300, { security: '600000.XSHG' });
    const sell = aRow(1, 'sell', 300);
    const correction = aRow(2, 'sell', 300, { origin: 'correction' });
    const open = [buy, other, sell, correction];
    expect(crossings(sell, open)).toEqual({ earlier: [buy], later: null });
    expect(crossings(buy, open)).toEqual({ earlier: [], later: sell });
    expect(crossings(other, open)).toEqual({ earlier: [], later: null });
    expect(crossings(correction, open)).toEqual({ earlier: [], later: null });
  });

  test('what was not bought before is not sold', () => {
    const buy = aRow(0, 'buy', 400, ended(12, 400, 100));
    expect(netted([buy, aRow(11, 'sell', 400)])).toBe(300);
    expect(netted([buy, aRow(11, 'sell', 200)])).toBe(200);
    // One that follows half of it has the half of it left.
    expect(netted([aRow(0, 'buy', 400, ended(12, 200, 50)), aRow(11, 'sell', 400)])).toBe(300);
    // Over when the sell came: that difference is the reconciliation's.
    expect(netted([aRow(0, 'buy', 400, ended(10, 400, 100)), aRow(11, 'sell', 400)])).toBe(0);
    expect(netted([buy, aRow(11, 'sell', 400, { isClosing: true })])).toBe(0);
  });

  test('each of several sells takes of what is left', () => {
    const buy = aRow(0, 'buy', 400, ended(12, 400, 100));
    const first = aRow(11, 'sell', 100, { phase: 'done', end: 'nothing', endedAt: AT + 12_000 });
    expect(netted([buy, first])).toBe(100);
    expect(netted([buy, first, aRow(11, 'sell', 300)])).toBe(200);
  });

  test('one that the rules refused takes nothing and leaves nothing', () => {
    const denied = { phase: 'done', end: 'refused', code: 'DENIED', endedAt: AT + 11_000 } as const;
    const buy = aRow(0, 'buy', 400, ended(12, 400, 100));
    expect(netted([buy, aRow(11, 'sell', 100, denied), aRow(11, 'sell', 400)])).toBe(300);
    expect(netted([aRow(11, 'buy', 400, denied), aRow(11, 'sell', 400)])).toBe(0);
  });

  test('when the later one is filled we have changed as the source has, as far as both can meet', () => {
    const shares = fc.integer({ min: 1, max: 10_000 });
    fc.assert(
      fc.property(
        fc.boolean(),
        shares,
        shares,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (isBuy, first, then, part) => {
          const [one, other] = isBuy ? (['buy', 'sell'] as const) : (['sell', 'buy'] as const);
          const filled = Math.floor(first * part);
          const before = aRow(0, one, first, ended(12, first, filled));
          const left = then - netted([before, aRow(11, other, then)]);
          expect(left).toBeGreaterThanOrEqual(0);
          // Of more than was traded there is nothing to go back.
          expect(filled - left).toBeCloseTo(Math.min(filled, first - then), 6);
        },
      ),
    );
  });
});
