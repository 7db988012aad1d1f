import { closeTicks } from '../daily-close.ts';
import { dayShape } from '../day-shape.ts';
import type { TradingDays } from '../trading-days.ts';
import { positionOf } from './balance.ts';
import { cashMills, type Books } from './books.ts';
import { operatingFlow } from './cash-flow.ts';
import { between } from './draws.ts';
import { familiarShares } from './familiar-shares.ts';
import { sharesOn, stepOn, type Shares } from './shares.ts';

/** Columns of the table `valuation` that are figures. */
export type ValuationLine =
  | 'pe_ratio'
  | 'turnover_ratio'
  | 'pb_ratio'
  | 'ps_ratio'
  | 'pcf_ratio'
  | 'pcf_ratio2'
  | 'capitalization'
  | 'market_cap'
  | 'circulating_cap'
  | 'circulating_market_cap'
  | 'pe_ratio_lyr'
  | 'dividend_ratio'
  | 'free_cap'
  | 'free_market_cap'
  | 'a_cap'
  | 'a_market_cap';

/** A day of a company as its valuation sees it. */
export interface ValuationDay {
  readonly books: Books;
  readonly index: number;
  /** The newest quarter whose report is known. */
  readonly quarter: number;
  /** Close, CNY. */
  readonly close: number;
  readonly shares: Shares;
}

const TEN_THOUSAND = 1e4;
const HUNDRED_MILLION = 1e8;
/** About the trading days of a year. */
const YEAR = 243;

export function closeOn({ instrument }: Books, index: number): number {
  return (closeTicks(instrument, index) * instrument.tickMills) / 1000;
}

export function valuationDay(books: Books, index: number, quarter: number, close: number): ValuationDay {
  return { books, index, quarter, close, shares: stepOn(books.steps, index) };
}

/** Each figure of a day; ratios are of the whole market value to what the reports known on that day say. NaN = not known. */
export const VALUATION: Readonly<Record<ValuationLine, (day: ValuationDay) => number>> = {
  capitalization: ({ shares }) => shares.total / TEN_THOUSAND,
  circulating_cap: ({ shares }) => shares.circulating / TEN_THOUSAND,
  market_cap: (day) => marketValue(day) / HUNDRED_MILLION,
  circulating_market_cap: ({ close, shares }) => (close * shares.circulating) / HUNDRED_MILLION,
  pe_ratio: (day) => ratio(day, day.books.yearlyProfit(day.quarter)),
  pe_ratio_lyr: (day) => ratio(day, day.books.yearlyProfit(wholeYear(day.quarter))),
  pb_ratio: (day) => ratio(day, day.books.equityAt(day.quarter)),
  ps_ratio: (day) => ratio(day, day.books.yearlyRevenue(day.quarter)),
  pcf_ratio: (day) => ratio(day, cashMoved(day)),
  pcf_ratio2: (day) => ratio(day, cashEarned(day)),
  turnover_ratio: ({ books, index, shares }) => (100 * traded(books, index)) / shares.circulating,
  dividend_ratio: (day) => (100 * paidInYear(day)) / day.close,
  free_cap: (day) => freeShares(day) / TEN_THOUSAND,
  free_market_cap: (day) => (freeShares(day) * day.close) / HUNDRED_MILLION,
  a_cap: (day) => ownShares(day) / TEN_THOUSAND,
  a_market_cap: (day) => (ownShares(day) * day.close) / HUNDRED_MILLION,
};

/** Lines that the shares and the accounts alone do not say. */
export const OF_THE_CLOSE: ReadonlySet<string> = new Set<ValuationLine>([
  'pe_ratio',
  'pb_ratio',
  'ps_ratio',
  'pcf_ratio',
  'pcf_ratio2',
  'market_cap',
  'circulating_market_cap',
  'pe_ratio_lyr',
  'dividend_ratio',
  'free_market_cap',
  'a_market_cap',
]);

/** CNY. */
export function marketValue({ close, shares }: ValuationDay): number {
  return close * shares.total;
}

function ratio(day: ValuationDay, figure: number): number {
  return figure === 0 ? Number.NaN : marketValue(day) / figure;
}

/** The last quarter of the last whole year that is known with a quarter. */
function wholeYear(quarter: number): number {
  return quarter - ((quarter + 1) % 4);
}

function cashMoved({ books, quarter }: ValuationDay): number {
  return positionOf(books, quarter).cash - positionOf(books, quarter - 4).cash;
}

function cashEarned({ books, quarter }: ValuationDay): number {
  let sum = 0;
  for (let back = 0; back < 4; back += 1) sum += operatingFlow(books, quarter - back);
  return sum;
}

function traded(
  { instrument, days }: { readonly instrument: Books['instrument']; readonly days: TradingDays },
  index: number,
): number {
  return dayShape(instrument, index, days).lots * 100;
}

/** Cash for a share of today that was paid in a year, CNY: for a share of then, a part of one. */
function paidInYear({ books: { instrument }, index, shares }: ValuationDay): number {
  let paid = 0;
  for (const right of instrument.exRights) {
    if (right.index > index || right.index <= index - YEAR) continue;
    paid += (cashMills(instrument, right) * sharesOn(instrument, right.index - 1).total) / 1000 / shares.total;
  }
  return paid;
}

/** What no firm hand holds. */
function freeShares({ books: { profile }, shares }: ValuationDay): number {
  return Math.round(shares.circulating * between(profile.key, 131, 0.35, 0.9));
}

/** Without those that trade in Hong Kong: of a familiar company all that trade here. */
function ownShares({ books: { instrument }, shares }: ValuationDay): number {
  return familiarShares(instrument.security) === null ? shares.total : shares.circulating;
}
