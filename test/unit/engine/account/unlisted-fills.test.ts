import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BrokerPosition } from '../../../../src/domain/trading.ts';
import {
  expectedWith,
  heldByNow,
  heldIn,
  isListSoon,
  type UnlistedFill,
} from '../../../../src/engine/account/unlisted-fills.ts';

const CODES = ['000001.XSHE', '600000.XSHG'] as const;

function fill(change: Partial<UnlistedFill> = {}): UnlistedFill {
  return { clientId: 'c1', security: CODES[0], side: 'buy', amount: 100, isLast: true, since: 0, ...change };
}

function positionsOf(amounts: ReadonlyMap<string, number>): BrokerPosition[] {
  const nothing = { name: null, closeableAmount: 0, avgCost: null, lastPrice: null, marketValue: null };
  return [...amounts].map(([security, amount]) => ({ ...nothing, security, amount }));
}

const fills = fc
  .array(
    fc.record({
      security: fc.constantFrom(...CODES),
      side: fc.constantFrom('buy' as const, 'sell' as const),
      amount: fc.integer({ min: 1, max: 5 }).map((lots) => lots * 100),
    }),
    { maxLength: 5 },
  )
  .map((rows) => rows.map((row, index) => fill({ ...row, clientId: `c${index}` })));
const amounts = fc
  .array(fc.integer({ min: 0, max: 50 }), { minLength: 2, maxLength: 2 })
  .map((lots) => new Map(CODES.map((code, index) => [code as string, (lots[index] ?? 0) * 100])));

describe('what a reading holds of fills that are not listed', () => {
  it('is nothing where it is as expected', () => {
    fc.assert(
      fc.property(fills, amounts, (own, expected) => {
        expect(heldIn(positionsOf(expected), own, expected)).toEqual(new Map());
      }),
    );
  });

  it('is all of a security where they make up the difference', () => {
    fc.assert(
      fc.property(fills, amounts, (own, expected) => {
        const all = new Map(own.map(({ clientId, amount }) => [clientId, amount]));
        const read = expectedWith(expected, own, all);
        const moved = own.filter(({ security }) => read.get(security) !== expected.get(security));
        const held = heldIn(positionsOf(read), own, expected);
        expect([...held.keys()].toSorted()).toEqual(moved.map(({ clientId }) => clientId).toSorted());
      }),
    );
  });

  it('brings what is expected nearer to what was read, and never beyond it', () => {
    fc.assert(
      fc.property(fills, amounts, amounts, (own, expected, read) => {
        const known = expectedWith(expected, own, heldIn(positionsOf(read), own, expected));
        for (const code of CODES) {
          const [before, after] = [expected, known].map((of) => (read.get(code) ?? 0) - (of.get(code) ?? 0));
          expect(Math.abs(after ?? 0)).toBeLessThanOrEqual(Math.abs(before ?? 0));
          expect((after ?? 0) * (before ?? 0)).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});

describe('a fill that is not listed, and a reading to which nothing can be compared', () => {
  const both = [fill({ since: 1_000 }), fill({ clientId: 'c2', since: 5_000, isLast: false })];

  it('is in it when a counter cannot lag so long', () => {
    expect([...heldByNow(both, 10_999).keys()]).toEqual([]);
    expect([...heldByNow(both, 11_000).keys()]).toEqual(['c1']);
    expect([...heldByNow(both, 15_000).keys()]).toEqual(['c1', 'c2']);
  });

  it('is waited for until then, when its order has ended', () => {
    expect([10_999, 11_000].map((now) => isListSoon(both, now))).toEqual([true, false]);
  });

  it('is not waited for by a clock that was set back', () => {
    expect(isListSoon(both, 0)).toBe(false);
  });
});
