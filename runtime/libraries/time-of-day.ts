import { DateTime } from 'luxon';
import { chinaDateTime } from '../objects/datetime/china-time.ts';
import { named, sleep, timeOf } from '../objects/datetime/python-datetime.ts';
import type { MakeTime } from '../objects/datetime/python-datetime.ts';
import { TimeOfDay } from '../objects/datetime/time-of-day.ts';

/** Seconds since 1970, of the time that the strategy lives in. */
function now(): number {
  return DateTime.now().valueOf() / 1000;
}

/** The time that it is, or one given as seconds since 1970, in Python's format. */
export function strftime(format: string, seconds = now()): string {
  return chinaDateTime(seconds * 1000).strftime(format);
}

export { now as seconds };

/** Python's `time`: the class of datetime, `time(9, 30)`, and the module, `time.time()`. */
export const time = named(
  'time',
  timeOf,
  { time: now, sleep, strftime },
  (value) => value instanceof TimeOfDay,
) as MakeTime & {
  readonly time: typeof now;
  readonly sleep: typeof sleep;
  readonly strftime: typeof strftime;
};
