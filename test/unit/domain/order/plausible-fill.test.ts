import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillDoubt, orderDoubt } from '../../../../src/domain/order/plausible-fill.ts';
import { roundToTick, tickSize } from '../../../../src/domain/market/tick.ts';
import { aBrokerOrder, aTrade, anIntent, UNKNOWN_PRICES } from '../../engine/orders/rows.ts';

const DAY = { high: 11, low: 9 };

function doubt(change: { side?: 'buy' | 'sell'; price: number; amount?: number }, day = DAY): string | null {
  const { side = 'buy', price, amount = 100 } = change;
  return fillDoubt(anIntent({ side, price: 10 }), { ...aTrade({ amount, side: null }), price }, day);
}

describe('fillDoubt', () => {
  it('takes every fill that an exchange can make: at the limit or better, within the day', () => {
    const security = fc.constantFrom('000001.XSHE', '510300.XSHG', '113001.XSHG');
    const sides = fc.constantFrom('buy', 'sell');
    fc.assert(
      fc.property(
        security,
        sides,
        fc.nat(2_000),
        fc.nat(2_000),
        fc.integer({ min: 1, max: 100 }),
        (code, side, a, b, amount) => {
          const tick = tickSize(code);
          const at = (ticks: number): number => roundToTick(10 + (ticks - 1_000) * tick * 0.9, tick, 'nearest');
          const [low, high] = [at(0), at(2_000)];
          const [price, limit] = [at(a), at(b)];
          const isBetter = side === 'buy' ? price <= limit : price >= limit;
          fc.pre(isBetter);
          const order = anIntent({ security: code, side, price: limit });
          expect(fillDoubt(order, { ...aTrade({ amount, side, security: code }), price }, { high, low })).toBeNull();
        },
      ),
    );
  });

  it.each([
    [{ price: 10.01 }, null],
    [{ price: 10.02 }, /above the order's limit/],
    [{ side: 'sell', price: 9.99 }, null],
    [{ side: 'sell', price: 9.98 }, /below the order's limit/],
    [{ price: 9 }, null],
    [{ price: 8.98 }, /below 9, the lowest of the day/],
    [{ side: 'sell', price: 11.02 }, /above 11, the highest of the day/],
    [{ price: 10, amount: 101 }, /101 is more than the 100 ordered/],
  ] as const)('%j', (change, expected) => {
    if (expected === null) expect(doubt(change)).toBeNull();
    else expect(doubt(change)).toMatch(expected);
  });

  it('without the day’s limits only what is far off is doubted', () => {
    const day = UNKNOWN_PRICES as typeof DAY;
    expect([doubt({ price: 2 }, day), doubt({ side: 'sell', price: 90 }, day)]).toEqual([null, null]);
    expect(doubt({ price: 0.5 }, day)).toMatch(/lowest/);
    expect(doubt({ side: 'sell', price: 9e7 }, day)).toMatch(/highest/);
  });

  it.each(['204001.XSHG', '131810.XSHE'])('a lend of %s may fill at any better rate than a low limit', (security) => {
    const lend = anIntent({ security, side: 'sell', amount: 1_000, price: 0.1 });
    const at = (price: number, high: number | null): string | null =>
      fillDoubt(lend, { ...aTrade({ security, side: 'sell', amount: 1_000 }), price }, { high, low: null });
    expect([at(1.8, null), at(25, null)]).toEqual([null, null]);
    expect(at(0.09, null)).toMatch(/below the order's limit/);
    expect(at(1.8, 1)).toMatch(/above 1, the highest/);
  });
});

describe('orderDoubt', () => {
  it('is that more is called filled than was ordered', () => {
    expect(orderDoubt(anIntent(), aBrokerOrder({ filled: 100 }))).toBeNull();
    expect(orderDoubt(anIntent(), aBrokerOrder({ filled: 101 }))).toBe('101 of 100 are called filled');
  });
});
