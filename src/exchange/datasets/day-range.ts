import { BtError } from '../../domain/errors.ts';
import type { Market } from '../market.ts';

/** Trading days from `first` to `last` (numbers, both included); none when `last` is before `first`. */
export interface DayNumbers {
  readonly first: number;
  readonly last: number;
}

interface Asked {
  /** `YYYY-MM-DD`. */
  readonly start?: string | null;
  readonly end: string;
  readonly count?: number | null;
}

/** The last trading day whose figures, published at a time of that day (ms after midnight), are known at an instant. */
export function publishedAt(market: Market, asOf: number, from: number): number {
  const { index, time } = market.moment(asOf);
  return time >= from ? index : index - 1;
}

/** The last trading day whose figures, published at a time of the next one, are known at an instant. */
export function publishedNextDay(market: Market, asOf: number, from: number): number {
  return publishedAt(market, asOf, from) - 1;
}

/** The trading days that are asked for, up to the last one that is known. */
export function daysAsked({ days }: Market, { start = null, end, count = null }: Asked, known: number): DayNumbers {
  const last = Math.min(known, days.upTo(end));
  const begun = start === null ? 0 : days.from(start);
  return { first: Math.max(0, begun, count === null ? 0 : last - count + 1), last };
}

/** Days of securities in one answer: making more of them takes the gateway for seconds. */
const MOST_DAYS = 400_000;
/** Values in one answer: half a frame, or a little more. */
const MOST_VALUES = 2_000_000;

/** BtError TOO_MUCH_DATA when so many securities over these days, of `values` each, are more than is answered at once. */
export function requireFew(name: string, securities: number, { first, last }: DayNumbers, values = 1): void {
  const days = Math.max(0, last - first + 1);
  const most = Math.min(MOST_DAYS, Math.floor(MOST_VALUES / values));
  if (securities * days <= most) return;
  throw new BtError(
    'TOO_MUCH_DATA',
    `${name}() of ${securities} securities over ${days} days is more than is answered at once (${most} days of securities); ask for fewer days, by start_date or count.`,
    { fault: 'strategy' },
  );
}
