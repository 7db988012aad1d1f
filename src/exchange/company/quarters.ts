import { chinaInstant, DAY } from '../../domain/time.ts';
import { mix, unit } from '../../platform/random.ts';
import type { TradingDays } from '../trading-days.ts';

/** Quarters are numbered from the first one of this year: two years before the first trading day, so that it has a year before it. */
export const FIRST_YEAR = 2003;
/** Up to the end of 2026, the last day of the calendar. */
export const QUARTERS = 24 * 4;

const ENDS = ['03-31', '06-30', '09-30', '12-31'] as const;
/** Reports are out by these days (the year's in the year after it), and not more than so many days before. */
const DEADLINES = [
  { date: '04-30', span: 18 },
  { date: '08-31', span: 40 },
  { date: '10-31', span: 20 },
  { date: '04-30', span: 66 },
] as const;

export function yearOf(quarter: number): number {
  return FIRST_YEAR + Math.floor(quarter / 4);
}

/** Last day of a quarter, `YYYY-MM-DD`. */
export function endDay(quarter: number): string {
  return `${yearOf(quarter)}-${ENDS[quarter % 4] ?? ''}`;
}

const END_MS = Float64Array.from({ length: QUARTERS }, (_, quarter) => chinaInstant(endDay(quarter), '00:00'));
const DEADLINE_MS = Float64Array.from({ length: QUARTERS }, (_, quarter) => {
  const year = yearOf(quarter) + (quarter % 4 === 3 ? 1 : 0);
  return chinaInstant(`${year}-${DEADLINES[quarter % 4]?.date ?? ''}`, '00:00');
});

/** Midnight (China) at which the last day of a quarter begins, epoch ms; NaN outside the numbers. */
export function endMs(quarter: number): number {
  return END_MS[quarter] ?? Number.NaN;
}

/** The quarter in which an instant lies; outside the numbers the first or the last. */
export function quarterAt(ms: number): number {
  let [low, high] = [0, QUARTERS - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (endMs(middle) + DAY > ms) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Number of the last trading day on or before the end of a quarter; −1 before the first. */
export function endIndex(quarter: number, days: TradingDays): number {
  return days.indexWithin(endMs(quarter));
}

/** The day on which a company (its key) publishes the report of a quarter, epoch ms. Never before that of the quarter before. */
export function publishedOn(key: number, quarter: number): number {
  const own = drawn(key, quarter);
  return quarter % 4 === 0 && quarter > 0 ? Math.max(own, drawn(key, quarter - 1)) : own;
}

function drawn(key: number, quarter: number): number {
  const random = unit(mix(mix(key, 71), quarter));
  const back = Math.floor(random * random * (DEADLINES[quarter % 4]?.span ?? 0)); // more of them late than early
  return (DEADLINE_MS[quarter] ?? Number.NaN) - back * DAY;
}

/** The newest quarter whose report is published on or before a day (epoch ms); −1 = none. */
export function newestPublished(key: number, ms: number): number {
  let quarter = quarterAt(ms);
  while (quarter >= 0 && publishedOn(key, quarter) > ms) quarter -= 1;
  return quarter;
}

/** The newest whole year whose report is published on or before a day, as the number of its last quarter; −1 = none. */
export function newestYear(key: number, ms: number): number {
  const newest = newestPublished(key, ms);
  return newest - ((newest + 1) % 4);
}

/** `2015q1`, `2015Q1`: one quarter; `2015`: the four of a year. First and last quarter; null when it is no period of the table. */
export function periodOf(text: string): { readonly first: number; readonly last: number } | null {
  const found = /^(?<year>\d{4})(?:q(?<part>[1-4]))?$/iu.exec(text.trim())?.groups;
  if (found === undefined) return null;
  const start = (Number(found['year']) - FIRST_YEAR) * 4;
  const part = found['part'];
  const first = part === undefined ? start : start + Number(part) - 1;
  const last = part === undefined ? start + 3 : first;
  return first >= 0 && last < QUARTERS ? { first, last } : null;
}
