import { DateTime } from 'luxon';
import { date } from '../objects/datetime/date.ts';
import { TimeOfDay } from '../objects/datetime/time-of-day.ts';
import { timedelta } from '../objects/datetime/timedelta.ts';
import { pyRepr } from '../text/python-text.ts';
import { typeError } from './errors.ts';

/** Kinds of values that Python orders among themselves, each as a number. */
const KINDS: readonly ((value: unknown) => number | null)[] = [
  (value) => (typeof value === 'number' || typeof value === 'boolean' ? Number(value) : null),
  (value) => (typeof value === 'bigint' ? Number(value) : null),
  (value) => (DateTime.isDateTime(value) || value instanceof Date ? value.valueOf() : null),
  (value) => (value instanceof date ? value.valueOf() : null),
  (value) => (value instanceof timedelta ? value.valueOf() : null),
  (value) => (value instanceof TimeOfDay ? value.valueOf() : null),
];

/** Python's `a < b`: numbers, texts, times of one kind, lists by their members. TYPE_ERROR for kinds that have no order. */
export function isLess(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a < b;
  if (typeof a === 'string' && typeof b === 'string') return a < b;
  if (Array.isArray(a) && Array.isArray(b)) return isListLess(a, b);
  for (const kind of KINDS) {
    const [x, y] = [kind(a), kind(b)];
    if (x !== null && y !== null) return x < y;
  }
  throw typeError(`${pyRepr(a)} and ${pyRepr(b)} have no order: take out what is None, or give a { key: (x) => … }.`);
}

/** For sort(): ascending; equal values are 0. TYPE_ERROR for kinds that have no order. */
export function ascending(a: unknown, b: unknown): -1 | 0 | 1 {
  return isLess(a, b) ? -1 : isLess(b, a) ? 1 : 0;
}

function isListLess(a: readonly unknown[], b: readonly unknown[]): boolean {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    if (isLess(a[i], b[i])) return true;
    if (isLess(b[i], a[i])) return false;
  }
  return a.length < b.length;
}
