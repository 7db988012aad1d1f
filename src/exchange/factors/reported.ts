import { sharesOn } from '../company/shares.ts';
import type { PriceFactor } from './definition.ts';
import type { Prices } from './prices.ts';
import { reportsOn } from './reports.ts';
import type { Reports, Year } from './reports.ts';
import { mean, slope, value } from './windows.ts';
import type { Series } from './windows.ts';

/** A company on a day: its newest reports, its shares, what all of them and the tradable ones are worth, CNY. */
export interface Company extends Reports {
  readonly shares: number;
  readonly worth: number;
  readonly tradableWorth: number;
}

/** What a company was worth on a day, CNY. */
export function worthOn({ instrument, close, factor, from }: Prices, at: number): number {
  return (value(close, at) / value(factor, at)) * sharesOn(instrument, from + at).total;
}

/** A factor of what has been reported by its day; a line that a company of its kind does not report makes it missing. */
export function reported(intro: string, of: (company: Company) => number): PriceFactor {
  return {
    intro,
    days: 1,
    value: (prices, at) => {
      const { days, instrument, from } = prices;
      const reports = reportsOn(days, instrument, from + at);
      if (reports === null) return Number.NaN;
      const shares = sharesOn(instrument, from + at);
      const worth = worthOn(prices, at);
      const tradableWorth = (worth * shares.circulating) / shares.total;
      const result = of({ ...reports, shares: shares.total, worth, tradableWorth });
      return Number.isFinite(result) ? result : Number.NaN;
    },
  };
}

/** By how much something is more than a year before. */
export function growth(intro: string, of: (year: Year) => number): PriceFactor {
  return reported(intro, ({ now, before }) => of(now) / of(before) - 1);
}

/** A flow of a year against the average of two balances. */
export function turnover(intro: string, flow: (year: Year) => number, stock: (year: Year) => number): PriceFactor {
  return reported(intro, ({ now, before }) => (2 * flow(now)) / (stock(now) + stock(before)));
}

/** A figure of each of the last so many years, the oldest first; null when there are not so many. */
export function overYears({ back }: Company, count: number, of: (year: Year) => number): Series | null {
  const years = Array.from({ length: count }, (_, at) => back(count - 1 - at));
  return years.every((year) => year !== null) ? Float64Array.from(years, of) : null;
}

/** By how much a figure grows a year on average: the slope of its last five years against their mean. */
export function trend(intro: string, of: (year: Year) => number): PriceFactor {
  return reported(intro, (company) => trendOf(company, of));
}

/** As `trend`; NaN when there are no five years. */
export function trendOf(company: Company, of: (year: Year) => number): number {
  const figures = overYears(company, 5, of);
  return figures === null ? Number.NaN : slope(figures, 4, 5) / Math.abs(mean(figures, 4, 5));
}

/** What a rate came to a year on average of eight years, each put on top of the last. */
export function eightYears(intro: string, of: (year: Year) => number): PriceFactor {
  return reported(intro, (company) => {
    const rates = overYears(company, 8, of);
    if (rates === null) return Number.NaN;
    return rates.reduce((product, rate) => product * (1 + rate), 1) ** (1 / rates.length) - 1;
  });
}
