import { mix, unit } from '../../platform/random.ts';
import { closeTicks } from '../daily-close.ts';
import { payout, type ExRight } from '../ex-rights.ts';
import type { Instrument } from '../instrument.ts';
import type { TradingDays } from '../trading-days.ts';
import { addCurve } from './draws.ts';
import { ANCHOR, profileOf, type Profile } from './profile.ts';
import { endIndex, QUARTERS, quarterAt } from './quarters.ts';
import { sharesOn, shareSteps, stepOn, type ShareStep } from './shares.ts';

/** Reports of a company begin so many quarters before it is listed. */
const BEFORE_LISTING = 12;

/**
 * What all statements of a company follow from, by quarter: revenue, profit and equity of its shareholders, in whole CNY. Everything
 * else is a function of them, so one company costs about 2 KB, and nothing before it is asked for: market values need no accounts.
 */
export class Books {
  readonly instrument: Instrument;
  readonly days: TradingDays;
  readonly steps: readonly ShareStep[];
  /** The first quarter with statements. */
  readonly first: number;
  /** The last quarter with statements: who is delisted publishes none. */
  readonly last: number;
  #profile: Profile | null = null;
  #revenues: Float64Array | null = null;
  #profits: Float64Array | null = null;
  #equities: Float64Array | null = null;

  constructor(instrument: Instrument, days: TradingDays) {
    const { startIndex, lastIndex } = instrument;
    this.instrument = instrument;
    this.days = days;
    this.steps = shareSteps(instrument);
    this.first = Math.max(0, quarterAt(days.midnight(startIndex)) - BEFORE_LISTING);
    this.last = lastIndex === null ? QUARTERS - 1 : quarterAt(days.midnight(lastIndex)) - 1;
  }

  get profile(): Profile {
    this.#profile ??= profileOf(this.instrument, this.days);
    return this.#profile;
  }

  /** Of each quarter from `first` on, as the two below. */
  get revenues(): Float64Array {
    this.#revenues ??= revenuesOf(this.profile, this.first);
    return this.#revenues;
  }

  get profits(): Float64Array {
    this.#profits ??= profitsOf(this.profile, this.first, this.revenues);
    return this.#profits;
  }

  get equities(): Float64Array {
    this.#equities ??= equitiesOf(this, this.profits);
    return this.#equities;
  }
}

const known = new WeakMap<Instrument, Books>();

export function booksOf(instrument: Instrument, days: TradingDays): Books {
  const found = known.get(instrument);
  if (found !== undefined) return found;
  const made = new Books(instrument, days);
  known.set(instrument, made);
  return made;
}

/** Zero before the first quarter. */
export function at(books: Books, series: Float64Array, quarter: number): number {
  return series[quarter - books.first] ?? 0;
}

/** The sum of a series over a year that ends with a quarter. */
export function yearUpTo(books: Books, series: Float64Array, quarter: number): number {
  const row = quarter - books.first;
  return (series[row] ?? 0) + (series[row - 1] ?? 0) + (series[row - 2] ?? 0) + (series[row - 3] ?? 0);
}

/** What was paid to the shareholders in a quarter: what the equity is less than the profit would have made it. */
export function dividendsIn(books: Books, quarter: number): number {
  if (quarter <= books.first) return 0;
  const { profits, equities } = books;
  return at(books, equities, quarter - 1) + at(books, profits, quarter) - at(books, equities, quarter);
}

/** Shares at the end of a quarter. */
export function sharesAt({ steps, days }: Books, quarter: number): number {
  return stepOn(steps, endIndex(quarter, days)).total;
}

function revenuesOf({ key, revenue, growth, season }: Profile, first: number): Float64Array {
  const into = new Float64Array(QUARTERS - first);
  addCurve(into, mix(key, 21), 13, first, 0.22);
  addCurve(into, mix(key, 22), 5, first, 0.12);
  const own = mix(key, 23);
  for (let row = 0; row < into.length; row += 1) {
    const quarter = first + row;
    const cycle = (into[row] ?? 0) + 0.06 * (2 * unit(mix(own, quarter)) - 1);
    into[row] = Math.round(revenue * Math.exp(growth * (quarter - ANCHOR) + cycle) * (season[quarter & 3] ?? 1));
  }
  return into;
}

function profitsOf(profile: Profile, first: number, revenues: Float64Array): Float64Array {
  const into = new Float64Array(QUARTERS - first);
  const { key, margin, losing } = profile;
  addCurve(into, mix(key, 24), 9, first, 0.3);
  const own = mix(key, 25);
  for (let row = 0; row < into.length; row += 1) {
    const quarter = first + row;
    const moved = (into[row] ?? 0) + 0.3 * (2 * unit(mix(own, quarter)) - 1);
    const lost = losing.some(({ from, to }) => quarter >= from && quarter < to);
    // Now and then a year ends with what should have been written off before.
    const bath = (quarter & 3) === 3 && unit(mix(own, -quarter)) > 0.97 ? 2.5 : 0;
    const part = lost ? -margin * (0.45 + moved / 2) : margin * (1 + moved - bath);
    into[row] = Math.round((revenues[row] ?? 0) * part);
  }
  return into;
}

/** Cash for each share held on the evening before the day of an ex-right, thousandths of CNY. */
export function cashMills(instrument: Instrument, right: ExRight): number {
  return payout(right, closeTicks(instrument, right.index - 1), instrument.tickMills).cash;
}

/** What is paid out by a right in all, whole CNY. */
export function paidOut(instrument: Instrument, right: ExRight): number {
  return Math.round((cashMills(instrument, right) * sharesOn(instrument, right.index - 1).total) / 1000);
}

/**
 * The equity that the profits less what is paid out lead to. It began with as much as makes it fit at the anchor, and never falls
 * below a tenth of that.
 */
function equitiesOf({ profile: { equity }, first, instrument, days }: Books, profits: Float64Array): Float64Array {
  const into = new Float64Array(profits.length);
  for (const right of instrument.exRights) {
    const row = quarterAt(days.midnight(right.index)) - first;
    if (row > 0) into[row] = (into[row] ?? 0) - paidOut(instrument, right);
  }
  let [sum, lowest, anchored] = [0, 0, 0];
  for (let row = 0; row < into.length; row += 1) {
    sum += (profits[row] ?? 0) + (into[row] ?? 0);
    into[row] = sum;
    if (sum < lowest) lowest = sum;
    if (first + row <= ANCHOR) anchored = sum;
  }
  const start = Math.max(equity - anchored, Math.round(equity / 10) - lowest);
  for (let row = 0; row < into.length; row += 1) into[row] = (into[row] ?? 0) + start;
  return into;
}
