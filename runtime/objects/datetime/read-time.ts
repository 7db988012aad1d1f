import { DateTime } from 'luxon';
import { chinaDay } from '../../../src/domain/time.ts';
import { badArgument } from '../../api/arguments.ts';
import { pyRepr } from '../../text/python-text.ts';
import { date } from './date.ts';
import { parseLooseTime } from './loose-time.ts';

/** What the data functions take as a time: `'2026-07-06'`, `'2026-07-06 10:00:00'`, a DateTime, a Date or a date. */
export type TimeLike = string | DateTime | Date | date;

/** Epoch ms of a time in China; a day without time is its midnight. BAD_ARGUMENT for anything else. */
export function readTime(value: unknown, where: string): number {
  const ms = instantOf(value);
  if (ms !== null && Number.isFinite(ms)) return ms;
  throw badArgument(where, `must be a time like '2026-07-06' or '2026-07-06 10:00:00', was ${pyRepr(value)}.`);
}

/** The day of a time in China, `YYYY-MM-DD`. */
export function readDay(value: unknown, where: string): string {
  return chinaDay(readTime(value, where));
}

function instantOf(value: unknown): number | null {
  if (typeof value === 'string') return parseLooseTime(value);
  return value instanceof Date || value instanceof date || DateTime.isDateTime(value) ? value.valueOf() : null;
}
