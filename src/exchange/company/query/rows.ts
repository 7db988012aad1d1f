import { isListedOn, type Instrument } from '../../instrument.ts';
import type { Books } from '../books.ts';
import { newestPublished, newestYear, publishedOn } from '../quarters.ts';
import type { Period } from '../statements.ts';

/** When a table is asked for: as of a day (what was published by then), or the reports of a period. */
export interface Slot {
  /** Midnight of the day asked for; of a period, of its last day. */
  readonly ms: number;
  /** Number of the last trading day by then. */
  readonly index: number;
  /** Of a period: companies that were listed by this trading day are in the tables of reports. */
  readonly listedBy: number;
  /** Null = the newest report that was published by that day. */
  readonly period: Period | null;
}

/** A company in a table, and which report of it. */
export interface Row {
  readonly instrument: Instrument;
  readonly books: Books;
  readonly slot: Slot;
  readonly period: Period;
  /** Day on which the report was published. */
  readonly published: number;
  /** Close of the day, CNY; NaN in tables that are not about the day. */
  readonly close: number;
}

/** How tables find the report of a company. `year`: reports of whole years only. `day`: it is about the day, whatever was reported. */
export type Rhythm = 'quarter' | 'year' | 'day';

/** The row of a company; null when it was not listed by then, or has no report that was published by `known` (epoch ms). */
export function rowOf(books: Books, slot: Slot, rhythm: Rhythm, known: number, close: number): Row | null {
  const { instrument } = books;
  const isPast = slot.period !== null && rhythm !== 'day'; // who is gone by now has reported all the same
  if (isPast ? instrument.startIndex > slot.listedBy : !isListedOn(instrument, slot.index)) return null;
  const by = Math.min(known, slot.ms);
  const period = slot.period === null || rhythm === 'day' ? newest(instrument.key, by, rhythm) : slot.period;
  if (rhythm === 'year' && period.last - period.first !== 3) return null;
  // A year is needed before the first report, for what is summed over twelve months.
  if (period.last < books.first + 3 || period.last > books.last) return null;
  const published = publishedOn(instrument.key, period.last);
  return published > known ? null : { instrument, books, slot, period, published, close };
}

function newest(key: number, by: number, rhythm: Rhythm): Period {
  if (rhythm !== 'year') {
    const quarter = newestPublished(key, by);
    return { first: quarter, last: quarter };
  }
  const last = newestYear(key, by);
  return { first: last - 3, last };
}
