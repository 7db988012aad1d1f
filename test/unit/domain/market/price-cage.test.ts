import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CageQuote } from '../../../../src/domain/market/price-cage.ts';
import { cagePrice, safeCagePrice } from '../../../../src/domain/market/price-cage.ts';
import { isOnTick, tickSize } from '../../../../src/domain/market/tick.ts';

const NONE: CageQuote = { bid1: null, ask1: null, lastPrice: null, preClose: null };

describe('cagePrice', () => {
  it.each([
    // 10.01 × 1.02 = 10.2102, × 0.98 = 9.8098: inward is down for buys, up for sells.
    ['600000.XSHG', 'buy', 10.01, 10.21],
    ['600000.XSHG', 'sell', 10.01, 9.81],
    ['300750.XSHE', 'buy', 100, 102],
    ['300750.XSHE', 'sell', 100, 98],
    // Ten ticks are wider than 2 % below 5 yuan …
    ['600000.XSHG', 'buy', 3, 3.1],
    ['600000.XSHG', 'sell', 3, 2.9],
    ['600000.XSHG', 'buy', 5, 5.1],
    ['600000.XSHG', 'sell', 0.05, 0.01],
    // … but STAR keeps to 2 %, valid under either reading of its rule.
    ['688981.XSHG', 'buy', 3, 3.06],
    ['688981.XSHG', 'sell', 3, 2.94],
    ['688981.XSHG', 'buy', 50.01, 51.01],
    ['830799.BJ', 'buy', 10.01, 10.51],
    ['830799.BJ', 'sell', 10.01, 9.51],
    ['830799.BJ', 'buy', 1, 1.1],
  ] as const)('%s %s from %d → %d', (security, side, price, expected) => {
    expect(cagePrice(security, side, { ...NONE, lastPrice: price })).toBe(expected);
  });

  it.each(['510300.XSHG', '161725.XSHE', '113050.XSHG', '900901.XSHG', '204001.XSHG', '000300.XSHG'])(
    '%s has none',
    (security) => {
      expect(cagePrice(security, 'buy', { ...NONE, lastPrice: 10 })).toBeNull();
    },
  );

  it('A4-14: is measured from the opposite best, own best, last price, previous close, in this order', () => {
    const full = { bid1: 10, ask1: 20, lastPrice: 30, preClose: 40 };
    const buy = (quote: CageQuote): number | null => cagePrice('600000.XSHG', 'buy', quote);
    const sell = (quote: CageQuote): number | null => cagePrice('600000.XSHG', 'sell', quote);
    expect([buy(full), sell(full)]).toEqual([20.4, 9.8]);
    expect([
      buy({ ...NONE, bid1: 10, lastPrice: 30, preClose: 40 }),
      sell({ ...NONE, ask1: 20, lastPrice: 30 }),
    ]).toEqual([10.2, 19.6]);
    expect([buy({ ...NONE, lastPrice: 30, preClose: 40 }), buy({ ...NONE, preClose: 40 })]).toEqual([30.6, 40.8]);
    expect(buy({ bid1: 0, ask1: 0, lastPrice: Number.NaN, preClose: 40 })).toBe(40.8);
    expect([buy(NONE), sell(NONE)]).toEqual([null, null]);
  });

  it('holds from its day on', () => {
    const on = (security: string, day: string): number | null =>
      cagePrice(security, 'buy', { ...NONE, lastPrice: 3, day });
    expect([on('600000.XSHG', '2023-04-07'), on('600000.XSHG', '2023-04-10')]).toEqual([null, 3.1]);
    expect([on('300750.XSHE', '2020-08-21'), on('300750.XSHE', '2020-08-24'), on('300750.XSHE', '2023-04-10')]).toEqual(
      [null, 3.06, 3.1],
    );
  });

  it('is on the tick, inward of the exact band, and never on the wrong side of its reference', () => {
    const security = fc.constantFrom('600000.XSHG', '000001.XSHE', '300750.XSHE', '688981.XSHG', '830799.BJ');
    fc.assert(
      fc.property(security, fc.integer({ min: 1, max: 300_000 }), (s, cents) => {
        const tick = tickSize(s);
        const lastPrice = cents / 100;
        const [width, ticks] = s.endsWith('.BJ') ? [0.05, 10] : [0.02, s.startsWith('688') ? 0 : 10];
        const buy = cagePrice(s, 'buy', { ...NONE, lastPrice }) ?? Number.NaN;
        const sell = cagePrice(s, 'sell', { ...NONE, lastPrice }) ?? Number.NaN;
        expect(isOnTick(buy, tick) && isOnTick(sell, tick)).toBe(true);
        expect(buy).toBeGreaterThanOrEqual(lastPrice);
        expect(sell).toBeLessThanOrEqual(lastPrice);
        expect(sell).toBeGreaterThanOrEqual(tick);
        const noise = 1e-9 * lastPrice + 1e-9;
        const highest = Math.max(lastPrice * (1 + width), lastPrice + ticks * tick);
        const lowest = Math.min(lastPrice * (1 - width), lastPrice - ticks * tick);
        expect(buy).toBeLessThanOrEqual(highest + noise);
        expect(buy).toBeGreaterThan(highest - tick - noise);
        expect(sell).toBeGreaterThanOrEqual(lowest - noise);
        if (sell > tick) expect(sell).toBeLessThan(lowest + tick + noise);
      }),
    );
  });
});

describe('safeCagePrice', () => {
  it('is still inside the cage when the price that this is measured from has moved by a tick', () => {
    const security = fc.constantFrom('600000.XSHG', '300750.XSHE', '688981.XSHG', '830799.BJ');
    const ticks = fc.integer({ min: 2, max: 200_000 });
    fc.assert(
      fc.property(
        security,
        fc.constantFrom('buy', 'sell'),
        ticks,
        fc.constantFrom(-1, 0, 1),
        (code, side, at, move) => {
          const quote = (n: number): CageQuote => ({ ...NONE, lastPrice: n / 100 });
          const safe = safeCagePrice(code, side, quote(at)) ?? Number.NaN;
          const later = cagePrice(code, side, quote(at + move)) ?? Number.NaN;
          expect(isOnTick(safe, tickSize(code))).toBe(true);
          const reaches = side === 'buy' ? safe >= at / 100 : safe <= at / 100;
          expect(reaches).toBe(true);
          // Where the whole cage is narrower than a tick there is no room for a margin.
          const worst = cagePrice(code, side, quote(at + (side === 'buy' ? -1 : 1))) ?? Number.NaN;
          if (side === 'buy' ? worst >= at / 100 : worst <= at / 100)
            expect(side === 'buy' ? safe <= later : safe >= later).toBe(true);
        },
      ),
    );
  });

  it('is null where there is no cage', () => {
    expect(safeCagePrice('510300.XSHG', 'buy', { ...NONE, lastPrice: 10 })).toBeNull();
    expect(safeCagePrice('600000.XSHG', 'buy', NONE)).toBeNull();
  });
});
