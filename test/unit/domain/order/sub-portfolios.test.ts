import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { divide, viewOfSub, type Division } from '../../../../src/domain/order/sub-portfolios.ts';
import { planOrder } from '../../../../src/domain/order/plan.ts';
import { tallySubs, type SubTally, type SubTrade } from '../../../../src/domain/order/sub-tally.ts';
import type { AccountView, SubView } from '../../../../src/domain/order/types.ts';
import { aPosition, aQuote, aRequest, anAccount } from './builders.ts';
import { SubWorld } from './sub-world.ts';

const DAY = '2026-07-06';
const [A, B] = ['000001.XSHE', '600000.XSHG'];

function aTrade(change: Partial<SubTrade> = {}): SubTrade {
  return { pindex: 1, day: '2026-07-03', security: A, side: 'buy', amount: 300, price: 9, fees: 5, time: 1, ...change };
}

function divided(view: AccountView, trades: readonly SubTrade[], change: Partial<Division> = {}): AccountView {
  const grants = [60_000, 40_000].map((cash) => ({ type: 'stock' as const, cash }));
  const tallies: ReadonlyMap<number, SubTally> = tallySubs(trades, [], DAY);
  return divide(view, { grants, aside: 0, tallies, working: new Map(), day: DAY, ...change });
}

/** The sub-portfolio with that number, or a failure. */
function sub({ subs }: AccountView, pindex: number): SubView {
  const found = subs?.[pindex];
  if (found === undefined) throw new Error(`there is no sub-portfolio ${pindex}`);
  return found;
}

describe('divide', () => {
  it('gives each what it was given and traded, and the first all the rest', () => {
    const view = divided(anAccount({ availableCash: 90_000, positions: [aPosition()] }), [aTrade()]);
    expect(sub(view, 1)).toMatchObject({
      availableCash: 40_000 - 2705,
      totalValue: 40_000 - 2705 + 3000,
      startingCash: 40_000,
    });
    expect(sub(view, 1).positions).toMatchObject([{ security: A, amount: 300, closeableAmount: 300, value: 3000 }]);
    expect(sub(view, 1).positions[0]?.avgCost).toBeCloseTo(2705 / 300, 9);
    expect(sub(view, 0)).toMatchObject({ availableCash: 90_000 - 37_295, startingCash: 60_000 });
    expect(sub(view, 0).positions).toMatchObject([{ security: A, amount: 700, closeableAmount: 700, value: 7000 }]);
    // 1000 at 9 in all, 300 of them at 9.0167.
    expect(sub(view, 0).positions[0]?.avgCost).toBeCloseTo((9000 - 2705) / 700, 9);
    expect(view).toMatchObject({ availableCash: 90_000, totalValue: 100_000, startingCash: 100_000, aside: 0 });
  });

  it('holds what open orders of each reserve, shares and cash', () => {
    const account = anAccount({
      availableCash: 80_000,
      lockedCash: 1010,
      positions: [aPosition({ closeableAmount: 800, lockedAmount: 200 })],
    });
    const order = { security: A, rest: 200, price: 10, day: DAY, filledMoney: 0 };
    const working = new Map([
      [
        1,
        [
          { ...order, side: 'sell' as const },
          { ...order, side: 'buy' as const, rest: 100 },
        ],
      ],
    ]);
    const view = divided(account, [aTrade()], { working });
    expect(sub(view, 1).positions).toMatchObject([{ amount: 300, lockedAmount: 200, closeableAmount: 100 }]);
    expect(sub(view, 1)).toMatchObject({ lockedCash: 1005.01, availableCash: 40_000 - 2705 - 1005.01 });
    expect(sub(view, 0).positions).toMatchObject([{ amount: 700, lockedAmount: 0, closeableAmount: 700 }]);
    expect(sub(view, 0).lockedCash).toBe(4.99);
  });

  it('lets nobody sell what it bought today, whatever others have of the same shares', () => {
    const account = anAccount({ positions: [aPosition({ amount: 1000, closeableAmount: 700, todayAmount: 300 })] });
    const view = divided(account, [aTrade({ day: DAY })]);
    expect(sub(view, 1).positions).toMatchObject([{ amount: 300, closeableAmount: 0, todayAmount: 300 }]);
    expect(sub(view, 0).positions).toMatchObject([{ amount: 700, closeableAmount: 700, todayAmount: 0 }]);
    // The first has bought 300 today, the other had 300 before.
    const other = divided(account, [aTrade()]);
    expect(sub(other, 1).positions).toMatchObject([{ closeableAmount: 300, todayAmount: 0 }]);
    expect(sub(other, 0).positions).toMatchObject([{ closeableAmount: 400, todayAmount: 300 }]);
  });

  it('shows no more shares than the account has: what somebody else sold is gone', () => {
    const account = anAccount({ positions: [aPosition({ amount: 100, closeableAmount: 100, value: 1000 })] });
    const view = divided(account, [aTrade()]);
    expect(sub(view, 1).positions).toMatchObject([{ amount: 100, closeableAmount: 100 }]);
    expect(sub(view, 0).positions).toEqual([]);
    expect(sub(divided(anAccount(), [aTrade()]), 1).positions).toEqual([]);
  });

  it('takes what is missing in cash from what is put aside, then from the first', () => {
    const aside = (availableCash: number): (number | undefined)[] => {
      const view = divided(anAccount({ availableCash, totalValue: availableCash }), [], { aside: 20_000 });
      return [view.aside, sub(view, 0).availableCash, sub(view, 1).availableCash, view.availableCash];
    };
    expect(aside(120_000)).toEqual([20_000, 60_000, 40_000, 100_000]);
    expect(aside(55_000)).toEqual([15_000, 0, 40_000, 40_000]);
    expect(aside(30_000)).toEqual([0, -10_000, 40_000, 30_000]);
  });

  it("lets out no more than the account does, and nothing of today's sales", () => {
    const trades = [aTrade(), aTrade({ side: 'sell', price: 11, day: DAY, time: 2 })];
    const view = divided(anAccount({ transferableCash: 50_000, availableCash: 101_000 }), trades, { aside: 1000 });
    expect(sub(view, 1).transferableCash).toBe(40_000 - 2705);
    expect(sub(view, 0).transferableCash).toBe(49_000 - 37_295);
    expect(sub(divided(anAccount(), trades), 1).transferableCash).toBeNull();
  });

  it('has no cost where the counter reckons one that says nothing of the rest', () => {
    const account = anAccount({ positions: [aPosition({ avgCost: 1 })] });
    expect(sub(divided(account, [aTrade()]), 0).positions[0]?.avgCost).toBe(1);
    const unknown = anAccount({ positions: [aPosition({ avgCost: null, value: null, price: null })] });
    expect(sub(divided(unknown, [aTrade()]), 0).positions[0]).toMatchObject({ avgCost: null, value: null });
  });
});

describe('viewOfSub', () => {
  it('is the whole account where it is not divided, and nothing for a number that there is not', () => {
    expect(viewOfSub(anAccount(), 0)).toEqual(anAccount());
    expect(viewOfSub(anAccount(), 1)).toBeNull();
    const view = divided(anAccount(), []);
    expect(viewOfSub(view, 1)).toMatchObject({ availableCash: 40_000, version: 1 });
    expect(viewOfSub(view, 2)).toBeNull();
  });

  it('is bounded by the cash of the whole', () => {
    const view = divided(anAccount({ availableCash: 30_000, totalValue: 30_000 }), []);
    expect(viewOfSub(view, 1)?.availableCash).toBe(30_000);
  });

  it('is what a target is measured in', () => {
    const account = divided(anAccount({ positions: [aPosition()] }), [aTrade()]);
    const plan = (pindex: number): unknown =>
      planOrder(aRequest({ kind: 'target', quantity: 400 }), {
        account: viewOfSub(account, pindex) ?? anAccount(),
        quote: aQuote(),
        day: DAY,
        openBuy: 0,
        openSell: 0,
        prices: { buyPercent: 0.015, sellPercent: -0.015, continuous: true },
      });
    expect(plan(1)).toMatchObject({ orders: [{ side: 'buy', amount: 100 }] });
    expect(plan(0)).toMatchObject({ orders: [{ side: 'sell', amount: 300 }] });
  });
});

const pindex = fc.integer({ min: 0, max: 2 });
const step = fc.oneof(
  fc.record({
    kind: fc.constantFrom<('amount' | 'target' | 'value' | 'target_value')[]>(
      'amount',
      'target',
      'value',
      'target_value',
    ),
    pindex,
    security: fc.constantFrom(A, B),
    quantity: fc.integer({ min: -3000, max: 60_000 }),
    filled: fc.double({ min: 0, max: 1, noNaN: true }),
    rests: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('move' as const),
    from: pindex,
    to: pindex,
    cash: fc.integer({ min: 1, max: 30_000 }),
  }),
  fc.record({ kind: fc.constant('inout' as const), pindex, cash: fc.integer({ min: -20_000, max: 20_000 }) }),
  fc.record({
    kind: fc.constant('price' as const),
    security: fc.constantFrom(A, B),
    factor: fc.double({ min: 0.9, max: 1.1, noNaN: true }),
  }),
  fc.record({ kind: fc.constant('night' as const) }),
);

it('all sub-portfolios together are the portfolio, and none goes below zero by its own orders', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const world = new SubWorld();
      for (const each of steps) {
        world.take(each);
        const view = world.view();
        const subs = view.subs ?? [];
        for (const key of ['availableCash', 'lockedCash', 'totalValue', 'startingCash'] as const)
          expect(subs.reduce((sum, one) => sum + one[key], 0)).toBeCloseTo(view[key], 6);
        for (const security of [A, B]) {
          for (const key of ['amount', 'lockedAmount', 'closeableAmount'] as const) {
            const of = (one: Pick<AccountView, 'positions'>): number =>
              one.positions.find((held) => held.security === security)?.[key] ?? 0;
            expect(subs.reduce((sum, one) => sum + of(one), 0)).toBe(of(view));
            for (const one of subs) expect(of(one)).toBeGreaterThanOrEqual(0);
          }
        }
        for (const one of subs) expect(one.availableCash).toBeGreaterThanOrEqual(0);
      }
    }),
    { numRuns: 300 },
  );
});
