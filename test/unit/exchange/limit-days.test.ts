import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priceFactors } from '../../../src/exchange/adjustment.ts';
import { closesOf, closeTicks } from '../../../src/exchange/daily-close.ts';
import { dayShape, dayShapes } from '../../../src/exchange/day-shape.ts';
import type { DayShape } from '../../../src/exchange/day-shape.ts';
import { DaySession } from '../../../src/exchange/day-session.ts';
import { CLOSE_TICK, LAST_CONTINUOUS_TICK, MINUTES, TICKS_PER_MINUTE } from '../../../src/exchange/grid.ts';
import { Market } from '../../../src/exchange/market.ts';
import { given } from './world.ts';

const market = new Market(7);
const lastDay = market.days.indexWithin(Date.parse('2026-10-30T00:00:00+08:00'));
const YEARS = 1000;
const stocks = market.stocks().filter((_, place) => place % 31 === 0);
const days = stocks
  .flatMap((one) => [...dayShapes(one, market.days, lastDay - YEARS, lastDay)])
  .filter(({ paused, highLimit }) => !paused && highLimit !== null);
const atHigh = days.filter(({ close, highLimit }) => close === highLimit);
const atLow = days.filter(({ close, lowLimit }) => close === lowLimit);
const isOnePrice = ({ high, low }: DayShape): boolean => high === low;

describe('days that end at a limit', () => {
  it('are rare, oftener the upper limit than the lower one, and some of them have one price', () => {
    const part = (found: readonly DayShape[]): number => found.length / days.length;
    expect(part(atHigh)).toBeGreaterThan(0.003);
    expect(part(atHigh)).toBeLessThan(0.012);
    expect(part(atLow)).toBeGreaterThan(0.001);
    expect(part(atLow)).toBeLessThan(part(atHigh));
    const flat = [...atHigh, ...atLow].filter(isOnePrice);
    expect(flat.length / (atHigh.length + atLow.length)).toBeGreaterThan(0.1);
    expect(days.filter(isOnePrice).every((day) => flat.includes(day))).toBe(true);
  });

  it('come alone and up to three together', () => {
    const days_ = new Set(atHigh.map(({ instrument, index }) => `${instrument.security} ${index}`));
    const lengths = atHigh
      .filter(({ instrument, index }) => !days_.has(`${instrument.security} ${index - 1}`))
      .map(({ instrument, index }) =>
        [1, 2, 3, 4].find((next) => !days_.has(`${instrument.security} ${index + next}`)),
      );
    expect(new Set(lengths)).toEqual(new Set([1, 2, 3]));
  });

  it('are followed by one that most begin higher, and of which much is traded at its open', () => {
    const next = atHigh
      .map(({ instrument, index, lots }) => ({ before: lots, day: dayShape(instrument, index + 1, market.days) }))
      .filter(({ day }) => !day.paused && !isOnePrice(day));
    expect(next.every(({ day }) => day.rush)).toBe(true);
    expect(days.filter(({ rush }) => rush).length / days.length).toBeLessThan(0.02);
    const part = (holds: (one: (typeof next)[number]) => boolean): number => next.filter(holds).length / next.length;
    expect(part(({ day }) => day.open > day.preClose)).toBeGreaterThan(0.6);
    expect(part(({ day }) => day.open > day.preClose * 1.06)).toBeLessThan(0.05);
    expect(part(({ day, before }) => new DaySession(day).lotsAt(0) > 0.03 * before)).toBeGreaterThan(0.3);
  });

  it('stay there: the rest of the minutes, the last ticks and the book say so', () => {
    fc.assert(
      fc.property(fc.constantFrom(...atHigh, ...atLow), (shape) => {
        const session = new DaySession(shape);
        const { path, volume } = session;
        const from = shape.lock === null ? 0 : shape.lock.from + 1;
        for (let minute = from; minute < MINUTES; minute += 1)
          expect([path.open[minute], path.high[minute], path.low[minute], path.close[minute]]).toEqual(
            Array(4).fill(shape.close),
          );
        expect([Math.max(...path.high), Math.min(...path.low)]).toEqual([shape.high, shape.low]);
        expect(volume.lots.reduce((sum, lots) => sum + lots, 0)).toBe(shape.lots);
        expect(volume.lotTicks.reduce((sum, money) => sum + money, 0)).toBe(shape.lotTicks);
        for (const tick of [(from + 1) * TICKS_PER_MINUTE, LAST_CONTINUOUS_TICK, CLOSE_TICK])
          expect(session.price(Math.min(tick, CLOSE_TICK))).toBe(shape.close);
        const { bids, asks } = session.book(LAST_CONTINUOUS_TICK);
        const [queue, empty] = shape.close === shape.highLimit ? [bids, asks] : [asks, bids];
        expect([given(queue[0]).price, empty.length]).toEqual([shape.close, 0]);
      }),
      { numRuns: 60 },
    );
  });

  it('are followed by days that begin from there and stay inside their limits; a stretch says the same as each day', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...atHigh, ...atLow),
        fc.integer({ min: 0, max: 100 }),
        ({ instrument, index }, back) => {
          const [from, to] = [index - back, Math.min(lastDay, index + 110)];
          const closes = closesOf(instrument, from, to);
          for (const [at, close] of closes.entries()) {
            expect(close).toBe(closeTicks(instrument, from + at));
            const { preClose, highLimit, lowLimit } = dayShape(instrument, from + at, market.days);
            expect(close <= (highLimit ?? close) && close >= (lowLimit ?? close)).toBe(true);
            const isPaid = instrument.exRights.some((right) => right.index === from + at);
            if (at > 0 && !isPaid) expect(preClose).toBe(closes[at - 1]);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('move an adjusted price by the limit, whatever is paid out before or after', () => {
    for (const { instrument, index, preClose, close } of atHigh.slice(0, 200)) {
      const factor = priceFactors(instrument, 'pre', lastDay);
      const before = closeTicks(instrument, index - 1) * factor(index - 1);
      expect((close * factor(index)) / before).toBeCloseTo(close / preClose, 6);
    }
  });

  it('are no usual code’s', () => {
    expect([...atHigh, ...atLow].every(({ instrument }) => instrument.wild)).toBe(true);
  });
});
