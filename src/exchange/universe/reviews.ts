import { addDays, weekday } from '../../domain/time.ts';
import { sharesOn } from '../company/shares.ts';
import { closeTicks } from '../daily-close.ts';
import { isListedOn, isStOn } from '../instrument.ts';
import type { Instrument } from '../instrument.ts';
import type { TradingDays } from '../trading-days.ts';
import { industriesOf } from './industries.ts';
import type { IndexRule, Pool } from './index-rows.ts';

/** All stocks of a market, and its days. */
export interface StockList {
  readonly days: TradingDays;
  stocks(): readonly Instrument[];
}

/** Indices are made anew in June and December, by what the market was like at the end of April and October. */
const REVIEWS = [
  { month: '06', ranked: '04-30' },
  { month: '12', ranked: '10-31' },
] as const;
/**
 * Trading days for which a stock must have been listed to be looked at: about a year, so that who asks for the history of members gets it.
 * In an index of a market that is younger than two such years a few months will do: it would be empty else.
 */
const YEAR = 245;
const FEW_MONTHS = 60;
const YIELD_DAYS = 490;

const RANKED_POOLS: Partial<Readonly<Record<Pool, number>>> = { R300: 300, R800: 800 };

/** Between two reviews: the days `from` … `to` (numbers), and the day whose figures decided. */
export interface Period {
  readonly from: number;
  readonly to: number;
  readonly ranked: number;
}

/** Who is in an index, review by review; kept once it was found. */
export class Reviews {
  readonly periods: readonly Period[];
  readonly #list: StockList;
  readonly #ranked = new Map<Period, readonly Instrument[]>();
  readonly #members = new Map<Period, Map<IndexRule, readonly Instrument[]>>();
  readonly #opened = new Map<Pool, number>();

  constructor(list: StockList) {
    this.#list = list;
    this.periods = periodsOf(list.days);
  }

  periodOf(index: number): Period {
    const found = this.periods.findLast(({ from }) => from <= index) ?? this.periods[0];
    if (found === undefined) throw new RangeError(`no review before day ${index}`);
    return found;
  }

  /** Those that a review took, by rank; some may have left the market since. */
  members(rule: IndexRule, period: Period): readonly Instrument[] {
    const known = this.#members.get(period) ?? new Map<IndexRule, readonly Instrument[]>();
    this.#members.set(period, known);
    const members = known.get(rule) ?? this.#choose(rule, period);
    known.set(rule, members);
    return members;
  }

  #choose({ pool, places, classes, rankedBy }: IndexRule, period: Period): readonly Instrument[] {
    const since = this.#listedBy(pool, period);
    const fits = (one: Instrument): boolean => isIn(one, pool) && isOld(one, since);
    if (places === null && classes === null && !(pool in RANKED_POOLS))
      return this.#list.stocks().filter((one) => fits(one) && isListedOn(one, period.from));
    let ranked = this.#rank(period).filter(fits);
    const most = RANKED_POOLS[pool];
    if (most !== undefined) ranked = ranked.slice(0, most);
    if (classes !== null) ranked = ranked.filter((one) => isOfClass(one, classes));
    if (rankedBy === 'yield') ranked = byYield(ranked, period.ranked);
    return places === null ? ranked : ranked.slice(places[0] - 1, places[1]);
  }

  /** The last day on which those were listed that a review may take of a pool. */
  #listedBy(pool: Pool, { ranked }: Period): number {
    const opened = this.#opened.get(pool) ?? openingOf(this.#list.stocks().filter((one) => isIn(one, pool)));
    this.#opened.set(pool, opened);
    return ranked - (opened > 0 && ranked - opened < 2 * YEAR ? FEW_MONTHS : YEAR);
  }

  /** Stocks that may become members, by market value, largest first; of a year's age or not. */
  #rank(period: Period): readonly Instrument[] {
    const known = this.#ranked.get(period);
    if (known !== undefined) return known;
    const { ranked, from } = period;
    const found = this.#list
      .stocks()
      .filter(
        (one) =>
          isListedOn(one, ranked) && isListedOn(one, from) && isOld(one, ranked - FEW_MONTHS) && !isStOn(one, ranked),
      );
    const values = new Map(found.map((one) => [one, valueOn(one, ranked)]));
    const sorted = found.toSorted((a, b) => (values.get(b) ?? 0) - (values.get(a) ?? 0));
    this.#ranked.set(period, sorted);
    return sorted;
  }
}

/** Market value of all shares at the close, CNY. */
function valueOn(one: Instrument, index: number): number {
  return (closeTicks(one, index) * one.tickMills * sharesOn(one, index).total) / 1000;
}

function isOld({ startIndex }: Instrument, since: number): boolean {
  return startIndex <= Math.max(0, since);
}

/** The day on which the first of some stocks was listed. */
function openingOf(stocks: readonly Instrument[]): number {
  return stocks.reduce((first, { startIndex }) => Math.min(first, startIndex), Number.POSITIVE_INFINITY);
}

function isIn({ exchange, board, security }: Instrument, pool: Pool): boolean {
  switch (pool) {
    case 'SH':
      return exchange === 'XSHG';
    case 'SZ':
      return exchange === 'XSHE';
    case 'BJ':
      return exchange === 'BJSE';
    case 'SHSZ':
    case 'R300':
    case 'R800':
      return exchange !== 'BJSE';
    case 'GEM':
      return board === 'chinext';
    case 'STAR':
      return board === 'star';
    case 'SME':
      return exchange === 'XSHE' && /^00[23]/u.test(security);
  }
}

function isOfClass({ security, board }: Instrument, classes: ReadonlySet<string>): boolean {
  const { sw_l1, sw_l2 } = industriesOf(security, board);
  return classes.has(sw_l1.code) || classes.has(sw_l2.code);
}

/** By what was paid out in about two years before a day, for each CNY of the price. */
function byYield(stocks: readonly Instrument[], ranked: number): Instrument[] {
  const paid = ({ exRights }: Instrument): number =>
    exRights.reduce(
      (sum, right) => (right.index <= ranked && right.index > ranked - YIELD_DAYS ? sum + right.yield : sum),
      0,
    );
  const yields = new Map(stocks.map((one) => [one, paid(one)]));
  return stocks.toSorted((a, b) => (yields.get(b) ?? 0) - (yields.get(a) ?? 0));
}

function periodsOf(days: TradingDays): Period[] {
  const starts = days.years.flatMap((year) =>
    REVIEWS.map(({ month, ranked }) => ({
      from: days.upTo(secondFriday(`${year}-${month}-01`)) + 1,
      ranked: Math.max(0, days.upTo(`${year}-${ranked}`)),
    })),
  );
  const all = [{ from: 0, ranked: 0 }, ...starts.filter(({ from }) => from < days.list.length)];
  return all.map(({ from, ranked }, nth) => ({ from, ranked, to: (all[nth + 1]?.from ?? days.list.length) - 1 }));
}

/** Of the month that begins on a day. */
function secondFriday(first: string): string {
  return addDays(first, ((12 - weekday(first)) % 7) + 7);
}
