import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sharesOn, shareSteps } from '../../../../src/exchange/company/shares.ts';
import { closeTicks } from '../../../../src/exchange/daily-close.ts';
import { rightOn } from '../../../../src/exchange/ex-rights.ts';
import { Market } from '../../../../src/exchange/market.ts';

const market = new Market(7);
const ANCHOR = market.days.list.indexOf('2026-01-05');
const company = fc
  .tuple(fc.constantFrom('600', '601', '603', '000', '002', '300', '688'), fc.integer({ min: 0, max: 999 }))
  .map(([head, tail]) => {
    const number = `${head}${String(tail).padStart(3, '0')}`;
    return market.instrument(`${number}.${number.startsWith('6') ? 'XSHG' : 'XSHE'}`);
  });
const day = fc.integer({ min: 1, max: market.days.list.length - 1 });

describe('the shares of a company', () => {
  it('change on the days of bonus issues and unlocks, and on no other', () => {
    fc.assert(
      fc.property(company, day, (instrument, index) => {
        const [before, after] = [sharesOn(instrument, index - 1), sharesOn(instrument, index)];
        expect(after.circulating).toBeGreaterThan(0);
        expect(after.circulating).toBeLessThanOrEqual(after.total);
        const bonus = index > instrument.startIndex ? (rightOn(instrument.exRights, index)?.bonus ?? 0) : 0;
        expect(Math.abs(after.total - before.total * (1 + bonus))).toBeLessThanOrEqual(1);
        const step = shareSteps(instrument).find((one) => one.index === index);
        if (step === undefined) expect(after).toEqual(before);
        else expect(after.circulating).toBeGreaterThanOrEqual(before.circulating);
      }),
    );
  });

  it('are multiplied on each day of a bonus issue, and rise when the first holders may sell', () => {
    const instruments = Array.from({ length: 300 }, (_, n) => market.instrument(`603${String(100 + n)}.XSHG`));
    const steps = instruments.flatMap((one) => shareSteps(one));
    for (const reason of ['bonus', 'unlock']) {
      expect(steps.filter((step) => step.reason === reason).length).toBeGreaterThan(100);
    }
    for (const instrument of instruments) {
      for (const { index, bonus } of instrument.exRights.filter((right) => right.bonus > 0)) {
        const ratio = sharesOn(instrument, index).total / sharesOn(instrument, index - 1).total;
        expect(ratio).toBeCloseTo(1 + bonus, 6);
      }
    }
  });

  it('make market values from about a billion up, half of them above five', () => {
    const values = Array.from({ length: 500 }, (_, n) => {
      const instrument = market.instrument(`600${String(n + 400)}.XSHG`);
      return (closeTicks(instrument, ANCHOR) * instrument.tickMills * sharesOn(instrument, ANCHOR).total) / 1000;
    }).toSorted((a, b) => a - b);
    expect(values[5]).toBeGreaterThan(5e8);
    expect(values[250]).toBeGreaterThan(5e9);
    expect(values[250]).toBeLessThan(4e10);
  });

  it('are those of a familiar company, and nothing where there are none', () => {
    expect(sharesOn(market.instrument('601398.XSHG'), ANCHOR).total).toBe(356_410_000_000);
    expect(sharesOn(market.instrument('600519.XSHG'), ANCHOR)).toEqual({
      index: 0,
      total: 1_250_000_000,
      circulating: 1_250_000_000,
      reason: 'start',
    });
    expect(sharesOn(market.instrument('510300.XSHG'), ANCHOR).total).toBeGreaterThan(1e9);
    expect(sharesOn(market.instrument('000300.XSHG'), ANCHOR).total).toBeNaN();
  });
});
