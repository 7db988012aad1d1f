import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { weekday } from '../../../../src/domain/time.ts';
import { sharesOn } from '../../../../src/exchange/company/shares.ts';
import { closeTicks } from '../../../../src/exchange/daily-close.ts';
import { dayShape } from '../../../../src/exchange/day-shape.ts';
import { isListedOn, isStOn } from '../../../../src/exchange/instrument.ts';
import { listingOf } from '../../../../src/exchange/listing.ts';
import { Market } from '../../../../src/exchange/market.ts';
import { entries } from '../../../../src/exchange/universe/entries.ts';
import { indexRule } from '../../../../src/exchange/universe/index-rows.ts';
import { Reviews } from '../../../../src/exchange/universe/reviews.ts';

const market = new Market(7);
const { days, indexes } = market;
const ANCHOR = days.list.indexOf('2026-01-05');
const TODAY = days.list.indexOf('2026-07-06');
const codes = entries().indices.map(({ security }) => security);
const members = (code: string, index: number): string[] =>
  (indexes.members(code, index) ?? []).map(({ security }) => security);

describe('members of an index', () => {
  // From the second half of 2022 on: the youngest market opened in November 2021, and its index was first reviewed in June.
  it('are there for every index, listed on the day, each once', () => {
    fc.assert(
      fc.property(fc.constantFrom(...codes), fc.integer({ min: 4300, max: TODAY }), (code, index) => {
        const found = indexes.members(code, index) ?? [];
        expect(found.length, code).toBeGreaterThan(0);
        expect(new Set(found).size).toBe(found.length);
        for (const one of found) expect(isListedOn(one, index), `${one.security} ${index}`).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('are as many as its rule says where the market has so many', () => {
    for (const code of codes) {
      const { places, classes } = indexRule(code) ?? { places: null, classes: null };
      if (places === null) continue;
      const found = members(code, days.list.indexOf('2026-01-05')).length;
      const wanted = places[1] - places[0] + 1;
      expect(found).toBeLessThanOrEqual(wanted);
      if (classes === null) expect(found, code).toBeGreaterThan(wanted * 0.97);
    }
  });

  it('have been listed for a year when they come in, but where the market itself is younger than two', () => {
    for (const code of codes) {
      const ages = (indexes.members(code, TODAY) ?? []).map(({ startIndex }) =>
        startIndex <= 0 ? TODAY : TODAY - startIndex,
      );
      expect(Math.min(...ages), code).toBeGreaterThan(245);
    }
    // The market in Beijing opened on 2021-11-15.
    const early = days.list.indexOf('2022-12-20');
    const youngest = Math.min(
      ...(indexes.members('899050.BJ', early) ?? []).map(({ startIndex }) => early - startIndex),
    );
    expect(youngest).toBeGreaterThan(60);
    expect(youngest).toBeLessThan(245);
    const others = (indexes.members('000300.XSHG', early) ?? []).filter(({ startIndex }) => startIndex > 0);
    expect(Math.min(...others.map(({ startIndex }) => early - startIndex))).toBeGreaterThan(245);
  });

  it('do not overlap where places follow one another, and make up the wider index', () => {
    for (const index of [2500, 4200, TODAY]) {
      const [first, second, wide] = ['000300.XSHG', '000905.XSHG', '000906.XSHG'].map((code) => members(code, index));
      expect([...(first ?? []), ...(second ?? [])].toSorted()).toEqual(wide);
      expect(members('399300.XSHE', index)).toEqual(first);
    }
  });

  it('are the largest: none outside is larger than the smallest of them, on the day that decided', () => {
    const period = new Reviews(market).periodOf(TODAY);
    expect(days.day(period.ranked)).toBe('2026-04-30');
    const value = (code: string): number => {
      const one = market.instrument(code);
      return closeTicks(one, period.ranked) * one.tickMills * sharesOn(one, period.ranked).total;
    };
    const inside = members('000300.XSHG', TODAY);
    const least = Math.min(...inside.map(value));
    const isIn = new Set(inside);
    const larger = market
      .stocks()
      .filter((one) => one.exchange !== 'BJSE' && !isIn.has(one.security) && value(one.security) > least)
      .filter((one) => one.startIndex <= period.ranked - 245 && isListedOn(one, TODAY) && !isStOn(one, period.ranked));
    expect(larger.map(({ security }) => security)).toEqual([]);
  });

  it('change in June and December only, on the trading day after the second Friday', () => {
    const { periods } = new Reviews(market);
    expect(days.day(periods.at(-1)?.from ?? 0)).toBe('2026-12-14');
    for (const { from } of periods.slice(1)) {
      expect(days.day(from).slice(5)).toMatch(/^(06|12)-(09|1\d)$/u);
      expect(weekday(days.day(from))).toBeLessThanOrEqual(4);
      expect(members('000852.XSHG', from)).not.toEqual(members('000852.XSHG', from - 1));
    }
    const { from, to } = periods.at(-3) ?? { from: 0, to: 0 };
    const same = members('000300.XSHG', from).filter((code) => isListedOn(market.instrument(code), to));
    expect(members('000300.XSHG', to)).toEqual(same);
  });

  it('of a composite are all that have been listed for long enough', () => {
    const { from, ranked } = new Reviews(market).periodOf(TODAY);
    const all = market
      .stocks()
      .filter(
        (one) =>
          one.exchange === 'XSHG' && one.startIndex <= ranked - 245 && isListedOn(one, from) && isListedOn(one, TODAY),
      );
    expect(members('000001.XSHG', TODAY)).toEqual(all.map(({ security }) => security));
    expect(members('399101.XSHE', TODAY).every((code) => /^00[23]\d{3}\.XSHE$/u.test(code))).toBe(true);
  });
});

describe('the level of an index', () => {
  it('is that of its listing on the anchor day', () => {
    for (const code of codes)
      expect(closeTicks(market.instrument(code), ANCHOR)).toBe(Math.round((listingOf(code)?.price ?? 0) * 100));
  });

  it('moves as its members do, weighted by their tradable value before the day', () => {
    const sample = ['000300.XSHG', '000016.XSHG', '399006.XSHE', '399997.XSHE', '000922.XSHG', '899050.BJ'];
    fc.assert(
      fc.property(fc.constantFrom(...sample), fc.integer({ min: 4700, max: TODAY }), (code, index) => {
        let [before, gains] = [0, 0];
        for (const one of indexes.members(code, index) ?? []) {
          const { preClose, close } = dayShape(one, index, days);
          const value = sharesOn(one, index).circulating * preClose * one.tickMills;
          before += value;
          gains += value * (close / preClose - 1);
        }
        const instrument = market.instrument(code);
        const [from, to] = [closeTicks(instrument, index - 1), closeTicks(instrument, index)];
        // The level itself is rounded to a hundredth of a point, on both days.
        expect(Math.abs(to / from - 1 - gains / before)).toBeLessThan(1.1 / from);
      }),
      { numRuns: 80 },
    );
  });

  it('is the same whatever was asked for before', () => {
    const [early, late] = [new Market(7), new Market(7)];
    const closes = (one: Market, order: readonly number[]): Record<number, number> =>
      Object.fromEntries(order.map((index) => [index, closeTicks(one.instrument('000905.XSHG'), index)]));
    const days5 = [3000, 4100, 5100, ANCHOR, TODAY];
    const [first, second] = [closes(early, days5), closes(late, days5.toReversed())];
    for (const index of days5) expect(Math.abs((first[index] ?? 0) - (second[index] ?? 0))).toBeLessThanOrEqual(1);
  });
});

it('weights add up to a hundred, each above nothing', () => {
  fc.assert(
    fc.property(fc.constantFrom(...codes), fc.integer({ min: 4500, max: TODAY }), (code, index) => {
      const weights = (indexes.weights(code, index) ?? []).map(({ weight }) => weight);
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(100, 8);
      expect(Math.min(...weights)).toBeGreaterThan(0);
    }),
    { numRuns: 40 },
  );
});
