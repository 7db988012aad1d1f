import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorCode } from '../../../../src/domain/errors.ts';
import { isOnTick, roundToTick, tickSize } from '../../../../src/domain/market/tick.ts';

describe('tickSize', () => {
  it.each([
    ['600000.XSHG', 0.01],
    ['300750.XSHE', 0.01],
    ['688981.XSHG', 0.01],
    ['830799.BJ', 0.01],
    ['510300.XSHG', 0.001],
    ['159915.XSHE', 0.001],
    ['161725.XSHE', 0.001],
    // lessons A4 14: the reference system gave Shanghai's convertible bonds 0.01
    ['113050.XSHG', 0.001],
    ['123107.XSHE', 0.001],
    ['900901.XSHG', 0.001],
    ['200596.XSHE', 0.01],
    ['204001.XSHG', 0.005],
    ['131810.XSHE', 0.001],
  ])('%s: %d', (security, tick) => {
    expect(tickSize(security)).toBe(tick);
  });
});

describe('roundToTick', () => {
  it.each([
    [9.995, 0.01, 'nearest', 10],
    [9.995, 0.01, 'down', 9.99],
    [9.995, 0.01, 'up', 10],
    [1.005, 0.01, 'nearest', 1.01],
    [8.345, 0.01, 'nearest', 8.35],
    [2.675, 0.01, 'nearest', 2.68],
    [0.07, 0.01, 'down', 0.07],
    [0.07, 0.01, 'up', 0.07],
    [0.1 + 0.2, 0.01, 'up', 0.3],
    [1.1 * 1.1, 0.01, 'up', 1.21],
    [0.57 * 100 * 0.01, 0.01, 'down', 0.57],
    [4.0005, 0.001, 'nearest', 4.001],
    [4.0004, 0.001, 'nearest', 4],
    [2.013, 0.005, 'down', 2.01],
    [2.013, 0.005, 'up', 2.015],
    [2.0125, 0.005, 'nearest', 2.015],
    [1810.999, 0.01, 'up', 1811],
  ] as const)('%d at %d, %s → %d', (price, tick, direction, expected) => {
    expect(roundToTick(price, tick, direction)).toBe(expected);
  });

  it('refuses what is no price', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      let code: string | null = null;
      try {
        roundToTick(bad, 0.01, 'down');
      } catch (error) {
        code = errorCode(error);
      }
      expect(code).toBe('BAD_PRICE');
    }
  });

  const price = fc.double({ min: 0.001, max: 100_000, noNaN: true });
  const tick = fc.constantFrom(0.01, 0.001, 0.005);

  it('stays within one tick, on the grid, in its direction, and is idempotent', () => {
    fc.assert(
      fc.property(price, tick, (p, t) => {
        const [down, near, up] = [roundToTick(p, t, 'down'), roundToTick(p, t, 'nearest'), roundToTick(p, t, 'up')];
        const noise = t * 1e-5;
        expect(down).toBeLessThanOrEqual(p + noise);
        expect(up).toBeGreaterThanOrEqual(p - noise);
        expect(up - down).toBeLessThanOrEqual(t + noise);
        expect(Math.abs(near - p)).toBeLessThanOrEqual(t / 2 + noise);
        for (const rounded of [down, near, up]) {
          expect(isOnTick(rounded, t)).toBe(true);
          for (const direction of ['down', 'nearest', 'up'] as const)
            expect(roundToTick(rounded, t, direction)).toBe(rounded);
          // The exact decimal: printing it shows at most three places.
          expect(String(rounded)).toBe(String(Number(rounded.toFixed(3))));
        }
      }),
    );
  });

  it('leaves every price on the grid alone, also when float arithmetic produced it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000_000 }), fc.constantFrom(0.01, 0.001), (n, t) => {
        const noisy = n * t;
        const exact = Number((n * t).toFixed(3));
        for (const direction of ['down', 'nearest', 'up'] as const)
          expect(roundToTick(noisy, t, direction)).toBe(exact);
        expect(isOnTick(noisy, t)).toBe(true);
        expect(isOnTick(noisy + t / 3, t)).toBe(false);
      }),
    );
  });

  it('isOnTick refuses what is no number', () => {
    expect(isOnTick(Number.NaN, 0.01)).toBe(false);
    expect(isOnTick(10.005, 0.01)).toBe(false);
  });
});
