import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DaySession } from '../../../src/exchange/day-session.ts';
import { closesOf, closeTicks } from '../../../src/exchange/daily-close.ts';
import { dayShape } from '../../../src/exchange/day-shape.ts';
import { rightOn } from '../../../src/exchange/ex-rights.ts';
import { CLOSE_TICK, LAST_CONTINUOUS_TICK, MINUTES, TICKS_PER_MINUTE } from '../../../src/exchange/grid.ts';
import { usualSecurities } from '../../../src/exchange/listing.ts';
import { Market } from '../../../src/exchange/market.ts';
import { given } from './world.ts';

const market = new Market(7);
const lastDay = market.days.list.length - 1;

const INVENTED =
  '600123.XSHG 601777.XSHG 002999.XSHE 300888.XSHE 301999.XSHE 688777.XSHG 689001.XSHG 830001.BJ 920001.BJ 900905.XSHG 200550.XSHE ' +
  '512345.XSHG 159777.XSHE 501234.XSHG 160999.XSHE 113999.XSHG 127999.XSHE 204007.XSHG 131811.XSHE 000888.XSHG 399888.XSHE 709999.XSHG';
const ALL = [...usualSecurities(), ...INVENTED.split(' ')];
const anySecurity = fc.oneof(
  fc.constantFrom(...ALL),
  fc.integer({ min: 0, max: 999 }).map((n) => `600${String(n).padStart(3, '0')}.XSHG`),
);
const anyDay = fc.integer({ min: 1, max: lastDay });

/** About the trading days of one. */
const YEAR = 250;

function expectSound(security: string, first: number, last: number): void {
  const instrument = market.instrument(security);
  const before = dayShape(instrument, Math.max(0, first - 1), market.days);
  let closeBefore = first === 0 ? before.preClose : before.close;
  for (let index = first; index <= last; index += 1) {
    const shape = dayShape(instrument, index, market.days);
    const { open, high, low, close, highLimit, lowLimit, lots, lotTicks } = shape;
    const sound =
      (rightOn(instrument.exRights, index) === null
        ? shape.preClose === closeBefore
        : shape.preClose < closeBefore && !shape.paused) &&
      low >= 1 &&
      low <= Math.min(open, close) &&
      high >= Math.max(open, close) &&
      high <= (highLimit ?? high) &&
      low >= (lowLimit ?? low) &&
      lotTicks >= lots * low &&
      lotTicks <= lots * high &&
      Number.isSafeInteger(lotTicks * 100 * instrument.tickMills) &&
      (shape.paused ? lots === 0 && high === low : lots > 0);
    if (!sound) expect.fail(`${security} ${shape.day}: ${JSON.stringify({ ...shape, instrument: null })}`);
    closeBefore = close;
  }
}

describe('the day', () => {
  it('keeps open, high, low and close within each other and the limits, on every day and of every usual code', () => {
    for (const [nth, security] of ALL.entries()) {
      // A quarter of the years each: 38 codes on every day, and the kinds of codes lie side by side in the list.
      for (let first = (nth % 4) * YEAR; first <= lastDay; first += 4 * YEAR)
        expectSound(security, first, Math.min(lastDay, first + YEAR - 1));
    }
  });

  it('moves: no usual stock stands still for a week, and prices stay near their table at the start of 2026', () => {
    const anchor = market.days.indexWithin(Date.parse('2026-01-05T00:00:00+08:00'));
    for (const security of ['000001.XSHE', '600519.XSHG', '518880.XSHG', '510300.XSHG', '300750.XSHE']) {
      const instrument = market.instrument(security);
      const closes = Array.from({ length: 5 }, (_, i) => dayShape(instrument, anchor + i, market.days).close);
      expect(new Set(closes).size).toBeGreaterThan(1);
      const price = (given(closes[0]) * instrument.tickMills) / 1000;
      expect(Math.abs(price / instrument.anchorPrice - 1)).toBeLessThan(0.01);
    }
  });

  it('is another one for another seed', () => {
    const other = new Market(8);
    const close = (m: Market): number => dayShape(m.instrument('000001.XSHE'), 3000, m.days).close;
    expect(close(other)).not.toBe(close(market));
    expect(close(new Market(7))).toBe(close(market));
  });

  it('many closes at once are the closes one by one, of every kind of security', () => {
    const delisted = market.stocks().filter(({ lastIndex }) => lastIndex !== null);
    const codes = [...ALL, ...delisted.slice(0, 5).map(({ security }) => security)];
    for (const security of codes) {
      const instrument = market.instrument(security);
      const closes = closesOf(instrument, 0, lastDay);
      for (let index = 0; index <= lastDay; index += 7)
        if (closes[index] !== closeTicks(instrument, index)) expect.fail(`${security} ${index}`);
    }
    fc.assert(
      fc.property(fc.constantFrom(...codes), anyDay, fc.integer({ min: 0, max: 60 }), (security, from, length) => {
        const instrument = market.instrument(security);
        const to = Math.min(lastDay, from + length);
        expect([...closesOf(instrument, from, to)]).toEqual(
          Array.from({ length: to - from + 1 }, (_, at) => closeTicks(instrument, from + at)),
        );
      }),
    );
  });

  it('stands still before the first day and after the last one, and says that nothing is traded', () => {
    for (const { security, startIndex, lastIndex } of market.stocks().slice(0, 400)) {
      const instrument = market.instrument(security);
      const shapes = [startIndex - 1, startIndex, lastIndex ?? lastDay, lastDay].map((index) =>
        dayShape(instrument, Math.max(0, index), market.days),
      );
      if (startIndex > 0) expect([shapes[0]?.paused, shapes[0]?.lots]).toEqual([true, 0]);
      if (lastIndex === null || lastIndex === lastDay) continue;
      expect([shapes[2]?.paused, shapes[3]?.paused, shapes[3]?.close]).toEqual([false, true, shapes[2]?.close]);
    }
  });

  it('most companies without a familiar name move together, a little', () => {
    const stocks = market.stocks().filter(({ marketKey, lastIndex }) => marketKey !== null && lastIndex === null);
    const moves = stocks.slice(0, 300).map((one) => {
      const closes = closesOf(one, 5000, 5250);
      const own = closes.slice(1).map((close, at) => Math.log(close / given(closes[at])) / one.swing);
      // Days at a limit are nobody's but its own: no step of the walk is as long.
      return own.map((move) => (Math.abs(move) > 6.7 ? 0 : move));
    });
    const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0) / values.length;
    const average = Float64Array.from({ length: 250 }, (_, day) => mean(moves.map((own) => given(own[day]))));
    const spread = (values: Float64Array): number => Math.sqrt(mean(values.map((value) => value * value)));
    const ratio = spread(average) / mean(moves.map(spread));
    expect(ratio).toBeGreaterThan(0.35);
    expect(ratio).toBeLessThan(0.65);
  });

  it('suspends some invented stocks for a few days, and never a usual code', () => {
    const spells = Array.from({ length: 300 }, (_, n) => market.instrument(`600${String(n).padStart(3, '0')}.XSHG`));
    const suspended = spells.filter(({ suspensions, lastIndex }) => suspensions.length > 0 && lastIndex === null);
    expect(suspended.length).toBeGreaterThan(50);
    for (const security of usualSecurities()) expect(market.instrument(security).suspensions).toEqual([]);
    const { from, to } = given(suspended[0]?.suspensions[0]);
    const shapes = [from - 1, from, to, to + 1].map((i) => dayShape(given(suspended[0]), i, market.days));
    expect(shapes.map(({ paused }) => paused)).toEqual([false, true, true, false]);
    expect(shapes[1]?.close).toBe(shapes[0]?.close);
    expect(shapes[3]?.preClose).toBe(shapes[0]?.close);
  });
});

describe('the minutes', () => {
  it('add up to the day exactly, each inside the one above it', () => {
    fc.assert(
      fc.property(anySecurity, anyDay, (security, index) => {
        const session = new DaySession(dayShape(market.instrument(security), index, market.days));
        const { shape, path, volume } = session;
        expect(path.open[0]).toBe(shape.open);
        expect(path.close[MINUTES - 1]).toBe(shape.close);
        expect(Math.max(...path.high)).toBe(shape.high);
        expect(Math.min(...path.low)).toBe(shape.low);
        expect(volume.lots.reduce((a, b) => a + b, 0)).toBe(shape.lots);
        expect(volume.lotTicks.reduce((a, b) => a + b, 0)).toBe(shape.lotTicks);
        for (let minute = 0; minute < MINUTES; minute += 1) {
          const [open, high, low, close] = [path.open, path.high, path.low, path.close].map((c) => given(c[minute]));
          const [lots, money] = [given(volume.lots[minute]), given(volume.lotTicks[minute])];
          const sound =
            given(low) <= Math.min(given(open), given(close)) &&
            given(high) >= Math.max(given(open), given(close)) &&
            (minute === 0 || minute === MINUTES - 1 || open === path.close[minute - 1]) &&
            money >= lots * given(low) &&
            money <= lots * given(high) &&
            (shape.paused || minute === 237 || minute === 238 ? lots === 0 : lots > 0);
          if (!sound) expect.fail(`minute ${minute}: ${JSON.stringify({ open, high, low, close, lots, money })}`);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('the ticks', () => {
  it('add up to their minutes, meet their extremes, and run on without a jump of the sums', () => {
    fc.assert(
      fc.property(anySecurity, anyDay, fc.integer({ min: 0, max: 236 }), (security, index, minute) => {
        const session = new DaySession(dayShape(market.instrument(security), index, market.days));
        const { path, volume } = session;
        const ticks = Array.from({ length: TICKS_PER_MINUTE + 1 }, (_, i) => minute * TICKS_PER_MINUTE + i);
        const prices = ticks.map((tick) => session.price(tick));
        expect(Math.max(...prices)).toBe(path.high[minute]);
        expect(Math.min(...prices)).toBe(path.low[minute]);
        expect([prices[0], prices.at(-1)]).toEqual([path.open[minute], path.close[minute]]);
        const lots = ticks.slice(minute === 0 ? 0 : 1).reduce((sum, tick) => sum + session.lotsAt(tick), 0);
        expect(lots).toBe(volume.lots[minute]);
        const sums = ticks.map((tick) => session.running(tick));
        for (const [i, now] of sums.entries()) {
          const before = sums[i - 1] ?? now;
          expect(now.lots >= before.lots && now.lotTicks >= before.lotTicks).toBe(true);
          expect(now.high >= before.high && now.low <= before.low).toBe(true);
        }
        const until = volume.lotTicks.slice(0, minute + 1).reduce((a, b) => a + b, 0);
        expect(sums.at(-1)?.lotTicks).toBe(until);
      }),
      { numRuns: 300 },
    );
  });

  it('say the same of the day so far, whichever of them was asked for before', () => {
    const shape = dayShape(market.instrument('600701.XSHG'), lastDay, market.days);
    const session = new DaySession(shape);
    for (const tick of [3000, 3000, 2, 4739, 61, 60, 0, 1234])
      expect(session.running(tick), String(tick)).toEqual(new DaySession(shape).running(tick));
  });

  it('end as the day does', () => {
    const session = new DaySession(dayShape(market.instrument('000001.XSHE'), lastDay, market.days));
    const { open, high, low, close, lots, lotTicks } = session.shape;
    expect(session.price(0)).toBe(open);
    expect(session.running(0)).toMatchObject({ last: open, high: open, low: open, lots: session.lotsAt(0) });
    expect(session.running(CLOSE_TICK)).toEqual({ last: close, high, low, lots, lotTicks });
    const all = Array.from({ length: LAST_CONTINUOUS_TICK + 1 }, (_, tick) => session.lotsAt(tick));
    expect(all.reduce((a, b) => a + b, 0) + session.lotsAt(CLOSE_TICK)).toBe(lots);
  });
});

describe('the book', () => {
  it('has up to five levels a side around the last price, ordered, within the limits, in whole lots', () => {
    fc.assert(
      fc.property(anySecurity, anyDay, fc.integer({ min: 0, max: LAST_CONTINUOUS_TICK }), (security, index, tick) => {
        const session = new DaySession(dayShape(market.instrument(security), index, market.days));
        const { bids, asks } = session.book(tick);
        const { highLimit, lowLimit, paused } = session.shape;
        const last = session.price(tick);
        if (paused) expect([bids, asks]).toEqual([[], []]);
        else expect(bids.length + asks.length).toBeGreaterThan(0);
        expect(bids.length <= 5 && asks.length <= 5).toBe(true);
        for (const [side, step] of [
          [bids, -1],
          [asks, 1],
        ] as const) {
          for (const [i, { price, volume }] of side.entries()) {
            expect(volume > 0 && volume % 100 === 0 && price >= 1).toBe(true);
            expect(price <= (highLimit ?? price) && price >= (lowLimit ?? price)).toBe(true);
            if (i > 0) expect((price - given(side[i - 1]?.price)) * step).toBeGreaterThan(0);
          }
        }
        const [bid, ask] = [bids[0]?.price, asks[0]?.price];
        if (bid !== undefined && ask !== undefined) {
          expect(bid < ask && ask - bid <= 3 && bid <= last && last <= ask).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('has one side only while a stock is locked at its limit', () => {
    const locked = findLocked();
    const { shape } = locked;
    const { lock } = shape;
    if (lock === null) throw new Error('not locked');
    const tick = (lock.from + 3) * TICKS_PER_MINUTE;
    const { bids, asks } = locked.book(tick);
    const [full, empty] = lock.side === 'high' ? [bids, asks] : [asks, bids];
    expect(empty).toEqual([]);
    expect(full[0]?.price).toBe(lock.side === 'high' ? shape.highLimit : shape.lowLimit);
    expect(locked.price(tick)).toBe(full[0]?.price);
    const prices = Array.from({ length: 60 }, (_, i) => locked.price(tick + i));
    expect(new Set(prices).size).toBe(1);
  });
});

function findLocked(): DaySession {
  const instrument = market.instrument('600123.XSHG');
  for (let index = lastDay; index > 0; index -= 1) {
    const shape = dayShape(instrument, index, market.days);
    if (shape.lock !== null) return new DaySession(shape);
  }
  throw new Error('never locked');
}
