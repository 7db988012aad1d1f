import { DateTime } from 'luxon';
import type { Expression, Scalar } from '../../src/domain/data/query-plan.ts';
import { normalizeCode } from '../../src/domain/market/symbol.ts';
import { chinaDay, chinaInstant, chinaText } from '../../src/domain/time.ts';
import { badArgument } from '../api/arguments.ts';
import { isIterable } from '../api/readers.ts';
import { date } from '../objects/datetime/date.ts';
import { pyRepr } from '../text/python-text.ts';

/** The longest list of an `in_()`. */
const MOST_VALUES = 20_000;

/** A value of a condition as a query carries it: days and times as texts. BAD_ARGUMENT for what no database has. */
export function readScalar(value: unknown, where: string): Scalar {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (value instanceof date) return value.isoformat();
  if (DateTime.isDateTime(value) || value instanceof Date) return momentText(value.valueOf(), where);
  throw badArgument(where, `must be a number, a text, a day or another column, was ${pyRepr(value)}.`);
}

/** The members of a list for `in_()`. */
export function readScalars(values: unknown, where: string): readonly Scalar[] {
  if (typeof values === 'string' || !isIterable(values))
    throw badArgument(where, `needs a list like ['000001.XSHE'], was ${pyRepr(values)}.`);
  const list = Array.from(values, (value) => readScalar(value, where));
  if (list.length <= MOST_VALUES) return list;
  throw badArgument(where, `takes at most ${MOST_VALUES} values, was given ${list.length}. Ask in parts.`);
}

/** Another spelling of a code with its market. */
const OTHER_SPELLING = /^(?:\d{6}\.(?:SH|SZ)|(?:SH|SZ)\d{6})$/i;

/** What a column of codes is compared with, in the spelling that it has. */
export function codeOf(column: Expression, value: Scalar): Scalar {
  const isCode = column.op === 'column' && column.column === 'code' && typeof value === 'string';
  return isCode && OTHER_SPELLING.test(value) ? normalizeCode(value) : value;
}

function momentText(ms: number, where: string): string {
  if (Number.isNaN(ms)) throw badArgument(where, 'was given a time that is none.');
  const day = chinaDay(ms);
  return ms === chinaInstant(day, '00:00') ? day : chinaText(ms);
}
