import { describe, expect, it } from 'vitest';
import { closeTicks } from '../../../src/exchange/daily-close.ts';
import { dayShape } from '../../../src/exchange/day-shape.ts';
import { payout, type ExRight } from '../../../src/exchange/ex-rights.ts';
import { isStOn, nameOn, type Instrument } from '../../../src/exchange/instrument.ts';
import { Market } from '../../../src/exchange/market.ts';
import { isSuspended } from '../../../src/exchange/suspensions.ts';
import { given, openWorld } from './world.ts';

const market = new Market(7);
const companies = Array.from({ length: 200 }, (_, n) => market.instrument(`600${String(700 + n)}.XSHG`));

/** A company with a payment in 2026 that fits, and the payment. */
function payer(fits: (right: ExRight) => boolean): { readonly instrument: Instrument; readonly right: ExRight } {
  for (const instrument of companies) {
    const right = instrument.exRights.find((one) => fits(one) && market.days.day(one.index).startsWith('2026'));
    if (right !== undefined) return { instrument, right };
  }
  throw new Error('no company pays so');
}

describe('what companies pay out', () => {
  it('comes once a year at most, in May to July, after the listing and on days of trading', () => {
    for (const { exRights, startIndex, suspensions } of companies) {
      const years = exRights.map(({ index }) => market.days.day(index).slice(0, 4));
      expect(new Set(years).size).toBe(years.length);
      for (const { index } of exRights) {
        expect(market.days.day(index).slice(5)).toMatch(/^0[567]-/u);
        expect(index).toBeGreaterThan(startIndex);
        expect(isSuspended(suspensions, index)).toBe(false);
      }
    }
    expect(companies.filter(({ exRights }) => exRights.some(({ bonus }) => bonus > 0)).length).toBeGreaterThan(20);
  });

  it.each([
    ['cash', (right: ExRight) => right.bonus === 0],
    ['cash and shares', (right: ExRight) => right.bonus > 0],
  ])('%s: the holder gets it in the night, and the day begins lower by as much', (_what, fits) => {
    const { instrument, right } = payer(fits);
    const [before, day] = [market.days.day(right.index - 1), market.days.day(right.index)];
    const world = openWorld(`${before} 10:00:00`);
    const { security } = instrument;
    const ask = given(world.exchange.tick(security).quote.ask1);
    world.place({ security, amount: 300, price: ask, style: 'market' });
    world.to('15:30:00');
    const [evening] = world.exchange.positions('main');
    const cash = world.exchange.account('main').availableCash;
    const last = given(world.exchange.tick(security).quote.lastPrice);
    world.to(`${day} 08:00:00`);
    const [morning] = world.exchange.positions('main');
    const paid = world.exchange.account('main').availableCash - cash;
    expect(evening?.amount).toBe(300);
    expect(morning).toMatchObject({
      amount: 300 + Math.floor(300 * right.bonus),
      closeableAmount: 300 + 300 * right.bonus,
    });
    expect(paid / 300 / last).toBeCloseTo(right.yield, 2);
    const reference = (last - paid / 300) / (1 + right.bonus);
    expect(world.exchange.tick(security).quote.preClose).toBeCloseTo(reference, 1);
    // Neither richer nor poorer but for the rounding to a tick.
    const worth = given(morning).marketValue + paid;
    expect(Math.abs(worth - given(evening).marketValue)).toBeLessThanOrEqual(given(morning).amount * 0.01);
    expect(given(morning).avgCost).toBeCloseTo((given(evening).avgCost * 300 - paid) / given(morning).amount, 6);
  });

  it('is carried over several nights at once as over each of them', () => {
    const { instrument, right } = payer(({ bonus }) => bonus > 0);
    const [before, after] = [market.days.day(right.index - 2), market.days.day(right.index + 3)];
    const worlds = [1, 5].map((looks) => {
      const world = openWorld(`${before} 10:00:00`);
      const ask = given(world.exchange.tick(instrument.security).quote.ask1);
      world.place({ security: instrument.security, amount: 500, price: ask, style: 'market' });
      world.to('15:30:00');
      world.exchange.revision();
      for (let look = 1; look < looks; look += 1) {
        world.to(`${market.days.day(right.index - 2 + look)} 09:00:00`);
        world.exchange.revision();
      }
      world.to(`${after} 09:00:00`);
      return world.exchange.save();
    });
    expect(worlds[0]).toEqual(worlds[1]);
  });

  it.each(['pre', 'post'] as const)(
    'adjusted bars (%s) do not see it, and their volume counts new shares',
    (adjust) => {
      const { instrument, right } = payer(({ bonus }) => bonus > 0);
      const world = openWorld(`${market.days.day(right.index + 5)} 16:00:00`);
      const request = { security: instrument.security, count: 12, start: null, end: world.now(), unit: '1d' } as const;
      const [raw, adjusted] = [
        world.exchange.bars({ ...request, adjust: 'none' }),
        world.exchange.bars({ ...request, adjust }),
      ];
      const at = raw.time.indexOf(market.days.midnight(right.index));
      const value = (bars: typeof raw, name: string, row: number): number => given(given(bars.columns[name])[row]);
      const close = closeTicks(instrument, right.index - 1);
      const step = close / payout(right, close, instrument.tickMills).reference;
      expect(value(raw, 'factor', at)).toBe(1);
      expect(value(adjusted, 'factor', at) / value(adjusted, 'factor', at - 1)).toBeCloseTo(step, 12);
      expect(value(adjusted, 'pre_close', at)).toBeCloseTo(value(adjusted, 'close', at - 1), 9);
      for (const row of [at - 1, at]) {
        const factor = value(adjusted, 'factor', row);
        for (const name of ['open', 'close', 'high', 'low', 'avg', 'high_limit']) {
          expect(value(adjusted, name, row)).toBeCloseTo(value(raw, name, row) * factor, 9);
        }
        expect(value(adjusted, 'volume', row)).toBeCloseTo(value(raw, 'volume', row) / factor, 6);
        expect(value(adjusted, 'money', row)).toBe(value(raw, 'money', row));
      }
      if (adjust === 'pre') expect(value(adjusted, 'factor', 11)).toBe(1);
      const minutes = world.exchange.bars({ ...request, unit: '60m', adjust });
      expect(given(given(minutes.columns['factor'])[0])).toBe(value(adjusted, 'factor', 9));
    },
  );

  it('pays nothing on what is no company', () => {
    for (const code of ['510300.XSHG', '000300.XSHG', '113999.XSHG'])
      expect(market.instrument(code).exRights).toEqual([]);
  });
});

describe('a risk warning', () => {
  const warned = companies.filter(
    ({ warnings, lastIndex }) => lastIndex === null && warnings.some(({ to }) => to < market.days.list.length - 1),
  );

  it('comes and goes, with ST before the name while it lasts, and the quote says so', () => {
    expect(warned.length).toBeGreaterThan(3);
    for (const instrument of warned.slice(0, 5)) {
      const { from, to, isGrave } = given(instrument.warnings[0]);
      const days = [from - 1, from, to, to + 1];
      expect(days.map((index) => isStOn(instrument, index))).toEqual([false, true, true, false]);
      expect(nameOn(instrument, from).startsWith(isGrave ? '*ST' : 'ST')).toBe(true);
      expect(nameOn(instrument, to + 1)).toBe(instrument.displayName);
      const seen = days.map((index) => {
        const { exchange } = openWorld(`${market.days.day(index)} 10:00:00`);
        const { name, isSt } = exchange.tick(instrument.security).quote;
        return [name, isSt, exchange.securityInfo(instrument.security).displayName];
      });
      expect(seen).toEqual(
        days.map((index) => [nameOn(instrument, index), isStOn(instrument, index), nameOn(instrument, index)]),
      );
    }
  });

  it('halves the limits of the day on the main boards, until July 2026', () => {
    for (const instrument of warned) {
      for (const { from, to } of instrument.warnings) {
        for (const index of [from - 1, from, to, to + 1].filter((day) => day < market.days.list.length)) {
          const { highLimit, preClose, day } = dayShape(instrument, index, market.days);
          const ratio = isStOn(instrument, index) && day < '2026-07-06' ? 0.05 : 0.1;
          expect(given(highLimit) / preClose).toBeCloseTo(1 + ratio, 1 + (preClose > 300 ? 1 : 0));
        }
      }
    }
  });
});
