import { addDays, chinaDay } from '../../src/domain/time.ts';
import { currentHost } from '../host.ts';
import type { TimeLike } from '../objects/datetime/read-time.ts';
import { readDay } from '../objects/datetime/read-time.ts';
import { optional, requireOneOf } from './arguments.ts';
import { nullable, readCount } from './readers.ts';

/** Which days: from `start_date`, or the last `count`, up to `end_date` (default: the logical day). */
export interface DayRangeOptions {
  readonly start_date?: TimeLike | null;
  readonly end_date?: TimeLike | null;
  readonly count?: number | null;
}

/** A day that may be left out; what null stands for is the function's to say. */
export const OPTIONAL_DAY = optional(nullable(readDay), null);
export const OPTIONAL_COUNT = optional(nullable(readCount), null);

interface Asked {
  readonly start_date: string | null;
  readonly end_date: string | null;
  readonly count: number | null;
}

/** As a data set takes them; BAD_ARGUMENT for both or none of start_date and count. */
export function rangeOf(
  name: string,
  { start_date, end_date, count }: Asked,
): { readonly start: string | null; readonly end: string; readonly count: number | null } {
  requireOneOf(name, { start_date, count });
  return { start: start_date, end: end_date ?? today(), count };
}

/** The logical day, which a call without a date means. */
export function today(): string {
  return chinaDay(currentHost().dispatch().logicalTime);
}

/** The day before the logical day. */
export function yesterday(): string {
  return addDays(today(), -1);
}
