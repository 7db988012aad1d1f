import { mix, mixInto, mixRoot, unit } from '../../platform/random.ts';
import { closeTicks } from '../daily-close.ts';
import { payout, type ExRight } from '../ex-rights.ts';
import type { Instrument } from '../instrument.ts';
import type { TradingDays } from '../trading-days.ts';
import { addCurve } from './draws.ts';
import { ANCHOR, profileOf, type Profile } from './profile.ts';
import { endIndex, QUARTERS, quarterAt } from './quarters.ts';
import { shareSteps, stepOn, type ShareStep } from './shares.ts';

/** Reports of a company begin so many quarters before it is listed. */
const BEFORE_LISTING = 12;

/** Quarters of many companies lie in one block: an array for each series of each company would cost as much as what is in it. */
const BLOCK = 64 * 3 * QUARTERS;

let block = new Float64Array(0);
let used = 0;

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
  /** Holds the revenues of each quarter from `first` on, from a place on; then the profits, then the equities. */
  #block: Float64Array | null = null;
  #place = 0;
  #hasEquities = false;

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

  /** Zero outside the quarters, as are the others. */
  revenueIn(quarter: number): number {
    return this.#value(0, quarter);
  }

  profitIn(quarter: number): number {
    return this.#value(1, quarter);
  }

  /** At the end of a quarter. */
  equityAt(quarter: number): number {
    if (!this.#hasEquities) {
      fillEquities(this, this.#made(), this.#place + QUARTERS - this.first);
      this.#hasEquities = true;
    }
    return this.#value(2, quarter);
  }

  /** Of the year that ends with a quarter. */
  yearlyRevenue(quarter: number): number {
    return this.#yearUpTo(0, quarter);
  }

  yearlyProfit(quarter: number): number {
    return this.#yearUpTo(1, quarter);
  }

  #yearUpTo(series: number, quarter: number): number {
    const value = (back: number): number => this.#value(series, quarter - back);
    return value(0) + value(1) + value(2) + value(3);
  }

  #value(series: number, quarter: number): number {
    const values = this.#block ?? this.#made();
    const row = quarter - this.first;
    const rows = QUARTERS - this.first;
    return row >= 0 && row < rows ? (values[this.#place + series * rows + row] ?? 0) : 0;
  }

  #made(): Float64Array {
    if (this.#block !== null) return this.#block;
    const rows = QUARTERS - this.first;
    if (used + 3 * rows > block.length) {
      block = new Float64Array(BLOCK);
      used = 0;
    }
    this.#block = block;
    this.#place = used;
    used += 3 * rows;
    fillRevenues(this, block, this.#place);
    fillProfits(this, block, this.#place + rows);
    return block;
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

/** What was paid to the shareholders in a quarter: what the equity is less than the profit would have made it. */
export function dividendsIn(books: Books, quarter: number): number {
  if (quarter <= books.first) return 0;
  return books.equityAt(quarter - 1) + books.profitIn(quarter) - books.equityAt(quarter);
}

/** Shares at the end of a quarter. */
export function sharesAt({ steps, days }: Books, quarter: number): number {
  return stepOn(steps, endIndex(quarter, days)).total;
}

function fillRevenues({ profile, first }: Books, into: Float64Array, place: number): void {
  const { key, revenue, growth, season } = profile;
  const rows = QUARTERS - first;
  addCurve(into, place, rows, { own: mix(key, 21), period: 13, first, height: 0.22 });
  addCurve(into, place, rows, { own: mix(key, 22), period: 5, first, height: 0.12 });
  const own = mixRoot(mix(key, 23));
  for (let row = 0; row < rows; row += 1) {
    const quarter = first + row;
    const cycle = (into[place + row] ?? 0) + 0.06 * (2 * unit(mixInto(own, quarter)) - 1);
    into[place + row] = Math.round(
      revenue * Math.exp(growth * (quarter - ANCHOR) + cycle) * (season[quarter & 3] ?? 1),
    );
  }
}

/** From the revenues, which lie before them. */
function fillProfits({ profile, first }: Books, into: Float64Array, place: number): void {
  const { key, margin, losing } = profile;
  const rows = QUARTERS - first;
  addCurve(into, place, rows, { own: mix(key, 24), period: 9, first, height: 0.3 });
  const own = mixRoot(mix(key, 25));
  for (let row = 0; row < rows; row += 1) {
    const quarter = first + row;
    const moved = (into[place + row] ?? 0) + 0.3 * (2 * unit(mixInto(own, quarter)) - 1);
    const lost = losing.some(({ from, to }) => quarter >= from && quarter < to);
    // Now and then a year ends with what should have been written off before.
    const bath = (quarter & 3) === 3 && unit(mixInto(own, -quarter)) > 0.97 ? 2.5 : 0;
    const part = lost ? -margin * (0.45 + moved / 2) : margin * (1 + moved - bath);
    into[place + row] = Math.round((into[place - rows + row] ?? 0) * part);
  }
}

/** Cash for each share held on the evening before the day of an ex-right, thousandths of CNY. */
export function cashMills(instrument: Instrument, right: ExRight): number {
  return payout(right, closeTicks(instrument, right.index - 1), instrument.tickMills).cash;
}

/** What is paid out by a right in all, whole CNY. */
export function paidOut(instrument: Instrument, right: ExRight, steps = shareSteps(instrument)): number {
  return Math.round((cashMills(instrument, right) * stepOn(steps, right.index - 1).total) / 1000);
}

/**
 * The equity that the profits (which lie before it) less what is paid out lead to. It began with as much as makes it fit at the anchor,
 * and never falls below a tenth of that.
 */
function fillEquities(books: Books, into: Float64Array, profits: number): void {
  const { first, instrument, days, steps } = books;
  const { equity } = books.profile;
  const rows = QUARTERS - first;
  const place = profits + rows;
  for (const right of instrument.exRights) {
    const row = quarterAt(days.midnight(right.index)) - first;
    if (row > 0) into[place + row] = (into[place + row] ?? 0) - paidOut(instrument, right, steps);
  }
  let [sum, lowest, anchored] = [0, 0, 0];
  for (let row = 0; row < rows; row += 1) {
    sum += (into[profits + row] ?? 0) + (into[place + row] ?? 0);
    into[place + row] = sum;
    if (sum < lowest) lowest = sum;
    if (first + row <= ANCHOR) anchored = sum;
  }
  const start = Math.max(equity - anchored, Math.round(equity / 10) - lowest);
  for (let row = 0; row < rows; row += 1) into[place + row] = (into[place + row] ?? 0) + start;
}
