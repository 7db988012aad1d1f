import { mix, unit } from '../platform/random.ts';
import { isSuspended, type Suspension } from './suspensions.ts';
import type { TradingDays } from './trading-days.ts';

/** A day on which a share trades without what it pays out: cash, and new shares (bonus issues). */
export interface ExRight {
  /** Number of the trading day. */
  readonly index: number;
  /** Cash as a share of the price of the evening before. */
  readonly yield: number;
  /** New shares for each one held. */
  readonly bonus: number;
  /** By what the price is multiplied from this day on, beside the walk, until the next one; 1 after the last. */
  readonly scale: number;
}

/** Companies that pay do so in seven years of ten, at most once, between the middle of May and the end of July. */
const PAYS = 0.7;
const FIRST = '05-15';
const LAST = '07-31';
/** One payment of five comes with new shares. */
const WITH_BONUS = 0.2;
const BONUSES: readonly number[] = [0.2, 0.3, 0.4, 0.5, 1];
const LEAST_YIELD = 0.008;
const MOST_YIELD = 0.035;

/** The seeded payments of a company, ascending; none before it is listed, and never on a day without trading. */
export function exRightsOf(
  key: number,
  { startIndex, lastIndex }: { readonly startIndex: number; readonly lastIndex: number | null },
  suspensions: readonly Suspension[],
  days: TradingDays,
): readonly ExRight[] {
  const [firsts, lasts] = [days.starts(FIRST), days.starts(LAST)];
  const own = mix(key, 51);
  const found: ExRight[] = [];
  const firstYear = Number(days.years[0]);
  let scale = 1;
  for (let year = days.years.length - 1; year >= 0; year -= 1) {
    const hash = mix(own, firstYear + year);
    if (unit(hash) >= PAYS) continue;
    const [first, last] = [firsts[year] ?? 0, lasts[year] ?? 0];
    const index = first + Math.floor(unit(mix(hash, 1)) * (last - first));
    if (index <= startIndex || index > (lastIndex ?? index) || isSuspended(suspensions, index)) continue;
    const bonus = unit(mix(hash, 2)) < WITH_BONUS ? (BONUSES[Math.floor(unit(mix(hash, 3)) * BONUSES.length)] ?? 0) : 0;
    const part = LEAST_YIELD + (MOST_YIELD - LEAST_YIELD) * unit(mix(hash, 4));
    found.push({ index, bonus, yield: part, scale });
    scale /= (1 - part) / (1 + bonus);
  }
  return found.reverse();
}

/** By what the price of a day is multiplied, beside the walk. */
export function scaleOn(rights: readonly ExRight[], index: number): number {
  const [first] = rights;
  if (first === undefined) return 1;
  for (let at = rights.length - 1; at >= 0; at -= 1) {
    const right = rights[at];
    if (right !== undefined && right.index <= index) return right.scale;
  }
  return (first.scale * (1 + first.bonus)) / (1 - first.yield);
}

export function rightOn(rights: readonly ExRight[], index: number): ExRight | null {
  return rights.find((right) => right.index === index) ?? null;
}

/** What the holder of one share gets on that day, and what the share then costs, in ticks; `close` is the evening before's. */
export function payout(
  right: ExRight,
  close: number,
  tickMills: number,
): { /** Mills. */ readonly cash: number; readonly bonus: number; /** Ticks. */ readonly reference: number } {
  // Companies pay whole fen.
  const cash = Math.round((close * tickMills * right.yield) / 10) * 10;
  const reference = Math.round((close * tickMills - cash) / (1 + right.bonus) / tickMills);
  return { cash, bonus: right.bonus, reference };
}
