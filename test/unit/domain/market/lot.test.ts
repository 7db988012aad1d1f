import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isValidAmount,
  lotRule,
  roundBuyAmount,
  roundSellAmount,
  splitAmount,
} from '../../../../src/domain/market/lot.ts';

const MAIN = '600000.XSHG';
const STAR = '688981.XSHG';
const BSE = '830799.BJ';
const CHINEXT = '300750.XSHE';
const ETF = '510300.XSHG';
const BOND = '113050.XSHG';
const INDEX = '000300.XSHG';
const ALL = [MAIN, STAR, BSE, CHINEXT, ETF, BOND, '161725.XSHE', '131810.XSHE'];

describe('lotRule', () => {
  it.each([
    [MAIN, [100, 100, 1_000_000, 1_000_000]],
    [CHINEXT, [100, 100, 300_000, 150_000]],
    [STAR, [200, 1, 100_000, 50_000]],
    [BSE, [100, 1, 1_000_000, 1_000_000]],
    [ETF, [100, 100, 1_000_000, 1_000_000]],
    [BOND, [10, 10, 1_000_000, 1_000_000]],
  ])('%s', (security, [minBuy, step, maxLimit, maxMarket]) => {
    expect(lotRule(security)).toEqual({ minBuy, step, maxLimit, maxMarket });
  });
});

describe('roundBuyAmount', () => {
  it.each([
    [MAIN, 99, 0],
    [MAIN, 100, 100],
    [MAIN, 299, 200],
    [MAIN, 299.99999999, 300],
    [MAIN, 0, 0],
    [MAIN, -100, 0],
    [MAIN, Number.NaN, 0],
    [STAR, 199, 0],
    [STAR, 200, 200],
    [STAR, 257, 257],
    [BSE, 99, 0],
    [BSE, 101, 101],
    [BOND, 9, 0],
    [BOND, 19, 10],
    [INDEX, 1000, 0],
  ])('%s %d → %d', (security, amount, expected) => {
    expect(roundBuyAmount(security, amount)).toBe(expected);
  });
});

describe('roundSellAmount', () => {
  it.each([
    // lessons A4 13 and D15: the odd tail leaves with the rest, in the same order
    [MAIN, 250, 250, 250],
    [MAIN, 150, 150, 150],
    [MAIN, 50, 50, 50],
    [MAIN, 150, 250, 100],
    [MAIN, 50, 250, 0],
    [MAIN, 1000, 250, 250],
    // lessons A4 12: nothing closeable is nothing, never "all"
    [MAIN, 1000, 0, 0],
    [MAIN, 0, 0, 0],
    [MAIN, 100, Number.NaN, 0],
    [MAIN, 0, 250, 0],
    [STAR, 150, 150, 150],
    [STAR, 150, 450, 0],
    [STAR, 201, 450, 201],
    [STAR, 450, 450, 450],
    [BSE, 50, 150, 0],
    [BSE, 101, 150, 101],
    [BSE, 50, 50, 50],
    [BOND, 15, 15, 15],
    [BOND, 15, 25, 10],
    [BOND, 7, 7, 7],
  ])('%s: %d of %d → %d', (security, amount, closeable, expected) => {
    expect(roundSellAmount(security, amount, closeable)).toBe(expected);
  });
});

describe('isValidAmount', () => {
  it.each([
    [MAIN, 'buy', 100, 0, true],
    [MAIN, 'buy', 150, 0, false],
    [MAIN, 'buy', 1_000_000, 0, true],
    [MAIN, 'buy', 1_000_100, 0, false],
    [CHINEXT, 'buy', 300_100, 0, false],
    [STAR, 'buy', 199, 0, false],
    [STAR, 'buy', 201, 0, true],
    [STAR, 'buy', 100_001, 0, false],
    [MAIN, 'buy', 100.5, 0, false],
    [MAIN, 'buy', 0, 0, false],
    [MAIN, 'buy', -100, 0, false],
    [INDEX, 'buy', 100, 0, false],
    [MAIN, 'sell', 100, 0, false],
    [MAIN, 'sell', 300, 250, false],
    [MAIN, 'sell', 250, 250, true],
    [MAIN, 'sell', 150, 250, true], // a lot with the whole tail
    [MAIN, 'sell', 50, 250, true], // the tail by itself
    [MAIN, 'sell', 40, 250, false],
    [MAIN, 'sell', 120, 250, false],
    [STAR, 'sell', 150, 450, false],
    [STAR, 'sell', 150, 150, true],
    [STAR, 'sell', 201, 450, true],
    [BSE, 'sell', 50, 150, false],
    [BOND, 'sell', 15, 15, true],
  ] as const)('%s %s %d of %d: %s', (security, side, amount, closeable, expected) => {
    expect(isValidAmount(security, side, amount, closeable)).toBe(expected);
  });
});

describe('splitAmount', () => {
  it.each([
    [MAIN, 2_500_000, 1_000_000, [1_000_000, 1_000_000, 500_000]],
    [MAIN, 1_000_000, 1_000_000, [1_000_000]],
    [MAIN, 1_000_050, 1_000_000, [999_900, 150]],
    [STAR, 100_100, 100_000, [99_900, 200]],
    [STAR, 100_200, 100_000, [100_000, 200]],
    [MAIN, 50, 1_000_000, [50]],
    [MAIN, 0, 1_000_000, []],
    [INDEX, 100, 0, []],
  ])('%s %d by %d', (security, amount, max, pieces) => {
    expect(splitAmount(security, amount, max)).toEqual(pieces);
  });
});

describe('lots, for all amounts', () => {
  const security = fc.constantFrom(...ALL);
  const amount = fc.integer({ min: 0, max: 3_000_000 });

  it('a rounded buy is valid or nothing, at most what was asked, less than a step or the minimum below it', () => {
    fc.assert(
      fc.property(security, fc.integer({ min: 0, max: 100_000 }), (s, n) => {
        const bought = roundBuyAmount(s, n);
        expect(bought).toBeLessThanOrEqual(n);
        expect(bought === 0 ? n < lotRule(s).minBuy : n - bought < lotRule(s).step).toBe(true);
        if (bought > 0) expect(isValidAmount(s, 'buy', bought, 0)).toBe(true);
        expect(roundBuyAmount(s, bought)).toBe(bought);
      }),
    );
  });

  it('a rounded sell is valid or nothing, never above what was asked or is closeable, and takes all when all is asked', () => {
    fc.assert(
      fc.property(
        security,
        fc.integer({ min: 0, max: 100_000 }),
        fc.integer({ min: 0, max: 100_000 }),
        (s, n, closeable) => {
          const sold = roundSellAmount(s, n, closeable);
          expect(sold).toBeLessThanOrEqual(Math.min(n, closeable));
          if (n >= closeable) expect(sold).toBe(closeable);
          if (sold > 0) expect(isValidAmount(s, 'sell', sold, closeable)).toBe(true);
        },
      ),
    );
  });

  it('the pieces of a split sum up, fit and are each valid, also as sells of what is then left', () => {
    fc.assert(
      fc.property(security, amount, fc.boolean(), (s, n, market) => {
        const rule = lotRule(s);
        const max = market ? rule.maxMarket : rule.maxLimit;
        const buy = roundBuyAmount(s, n);
        const bought = splitAmount(s, buy, max);
        expect(bought.reduce((a, b) => a + b, 0)).toBe(buy);
        for (const piece of bought) expect(piece <= max && isValidAmount(s, 'buy', piece, 0)).toBe(true);
        let left = n;
        for (const piece of splitAmount(s, n, max)) {
          expect(piece <= max && isValidAmount(s, 'sell', piece, left)).toBe(true);
          left -= piece;
        }
        expect(left).toBe(0);
      }),
    );
  });
});
