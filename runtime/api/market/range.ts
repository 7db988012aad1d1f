import type { TimeLike } from '../../objects/datetime/read-time.ts';
import { readDay } from '../../objects/datetime/read-time.ts';
import { badArgument, optional } from '../arguments.ts';
import { nullable, readCount } from '../readers.ts';
import { today } from '../reference/securities.ts';

/** Which days: from `start_date` or the last `count`, one of the two, up to `end_date` (default: the logical day). */
export interface DayRangeOptions {
  readonly start_date?: TimeLike | null;
  readonly end_date?: TimeLike | null;
  readonly count?: number | null;
}

export const START_DATE = optional(nullable(readDay), null);
export const END_DATE = optional(nullable(readDay), null);
export const COUNT = optional(nullable(readCount), null);

interface Asked {
  readonly start_date: string | null;
  readonly end_date: string | null;
  readonly count: number | null;
}

/** As a data set takes them; BAD_ARGUMENT for both or none of start_date and count. */
export function rangeOf(
  name: string,
  asked: Asked,
): { readonly start: string | null; readonly end: string; readonly count: number | null } {
  const { start_date: start, end_date: end, count } = asked;
  if ((start === null) === (count === null))
    throw badArgument(`${name}()`, 'takes either start_date or count: give one of the two.');
  return { start, end: end ?? today(), count };
}
