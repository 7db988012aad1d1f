import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorCode } from '../../../../src/domain/errors.ts';
import { daysWithoutLimit, limitRatio, priceLimits } from '../../../../src/domain/market/price-limit.ts';
import { isOnTick, tickSize } from '../../../../src/domain/market/tick.ts';

const NOW = { day: '2026-09-01', isSt: false };
const ST = { day: '2026-09-01', isSt: true };

describe('limitRatio', () => {
  it.each([
    ['600000.XSHG', '2026-09-01', false, 0.1],
    ['600000.XSHG', '2026-07-03', true, 0.05],
    ['600000.XSHG', '2026-07-06', true, 0.1],
    ['300750.XSHE', '2020-08-21', false, 0.1],
    ['300750.XSHE', '2020-08-24', false, 0.2],
    ['300750.XSHE', '2026-09-01', true, 0.2],
    ['688981.XSHG', '2026-09-01', true, 0.2],
    ['830799.BJ', '2026-09-01', false, 0.3],
    ['510300.XSHG', '2026-09-01', false, 0.1],
    ['588000.XSHG', '2026-09-01', false, 0.2],
    ['159915.XSHE', '2020-08-21', false, 0.1],
    ['159915.XSHE', '2020-08-24', false, 0.2],
    ['159919.XSHE', '2026-09-01', false, 0.1],
    ['113050.XSHG', '2022-08-01', false, 0.2],
    ['113050.XSHG', '2022-07-29', false, 1],
    ['900901.XSHG', '2026-09-01', true, 0.05],
    ['204001.XSHG', '2026-09-01', false, 1],
  ])('%s on %s, ST %s: %d', (security, day, isSt, ratio) => {
    expect(limitRatio(security, { day, isSt })).toBe(ratio);
  });
});

describe('priceLimits', () => {
  it.each([
    // Halves go up, computed on integers: 10.05 × 1.1 = 11.055 and 10.05 × 0.9 = 9.045.
    ['600000.XSHG', 10.05, NOW, 11.06, 9.05],
    ['600000.XSHG', 10.15, NOW, 11.17, 9.14],
    ['600000.XSHG', 9.995, NOW, 10.99, 9],
    ['600000.XSHG', 10, NOW, 11, 9],
    ['600000.XSHG', 1810.55, NOW, 1991.61, 1629.5],
    ['600000.XSHG', 3.33, { day: '2026-07-03', isSt: true }, 3.5, 3.16],
    ['600000.XSHG', 3.33, ST, 3.66, 3],
    ['300750.XSHE', 187.53, NOW, 225.04, 150.02],
    ['830799.BJ', 10.05, NOW, 13.07, 7.04],
    ['510300.XSHG', 3.905, NOW, 4.296, 3.515],
    ['113050.XSHG', 123.456, NOW, 148.147, 98.765],
    // Limits at least one tick away, never below one tick.
    ['600000.XSHG', 0.04, NOW, 0.05, 0.03],
    ['600000.XSHG', 0.01, NOW, 0.02, 0.01],
  ])('%s from %d', (security, preClose, context, high, low) => {
    expect(priceLimits(security, preClose, context)).toEqual({ high, low });
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('previous close %d is refused', (preClose) => {
    let code: string | null = null;
    try {
      priceLimits('600000.XSHG', preClose, NOW);
    } catch (error) {
      code = errorCode(error);
    }
    expect(code).toBe('BAD_PRICE');
  });

  it('are on the tick, around the previous close, and within half a tick of the exact product (or one tick from it)', () => {
    const security = fc.constantFrom(
      '600000.XSHG',
      '300750.XSHE',
      '688981.XSHG',
      '830799.BJ',
      '510300.XSHG',
      '113050.XSHG',
    );
    fc.assert(
      fc.property(security, fc.integer({ min: 1, max: 3_000_000 }), fc.boolean(), (s, n, isSt) => {
        const tick = tickSize(s);
        const preClose = n / Math.round(1 / tick);
        const { high, low } = priceLimits(s, preClose, { day: '2026-01-05', isSt });
        const ratio = limitRatio(s, { day: '2026-01-05', isSt });
        expect(isOnTick(high, tick) && isOnTick(low, tick)).toBe(true);
        expect(high).toBeGreaterThan(preClose);
        expect(low).toBeGreaterThanOrEqual(tick);
        expect(low <= preClose).toBe(true);
        const slack = tick * (0.5 + 1e-3);
        if (preClose * ratio > tick) {
          expect(Math.abs(high - preClose * (1 + ratio))).toBeLessThanOrEqual(slack);
          expect(Math.abs(low - preClose * (1 - ratio))).toBeLessThanOrEqual(slack);
        }
      }),
    );
  });
});

describe('daysWithoutLimit', () => {
  it.each([
    ['600000.XSHG', '2023-04-07', 0],
    ['600000.XSHG', '2023-04-10', 5],
    ['300750.XSHE', '2020-08-24', 5],
    ['688981.XSHG', '2019-07-22', 5],
    ['830799.BJ', '2026-01-05', 1],
    ['510300.XSHG', '2026-01-05', 0],
  ])('%s on %s: %d', (security, day, days) => {
    expect(daysWithoutLimit(security, day)).toBe(days);
  });
});
