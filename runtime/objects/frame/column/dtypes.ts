import { DateTime } from 'luxon';
import { BtError } from '../../../../src/domain/errors.ts';
import { chinaText } from '../../../../src/domain/time.ts';
import { badArgument } from '../../../api/arguments.ts';
import { pyRepr, pyStr } from '../../../text/python-text.ts';
import { date } from '../../datetime/date.ts';
import { parseLooseTime } from '../../datetime/loose-time.ts';
import { bools, cells, floats, ints, isMissingValue, objects, times } from './column.ts';
import type { Column, Dtype } from './column.ts';
import { asFloats } from './take.ts';

/** True for DateTime, Date and date. */
export function isDateLike(value: unknown): value is DateTime | Date | date {
  return typeof value === 'object' && (value instanceof Date || value instanceof date || DateTime.isDateTime(value));
}

interface Seen {
  number: boolean;
  fraction: boolean;
  bool: boolean;
  time: boolean;
  missing: boolean;
  nan: boolean;
  other: boolean;
}

/**
 * The column pandas would make of these values: whole numbers int64, with fractions or gaps float64, true and false bool,
 * instants datetime64[ns], all else object.
 */
export function inferColumn(values: readonly unknown[]): Column {
  const seen = look(values);
  if (seen.other) return objects([...values]);
  const kinds = Number(seen.number) + Number(seen.bool) + Number(seen.time);
  if (kinds === 0) return seen.nan || values.length === 0 ? floats(gaps(values.length)) : objects([...values]);
  if (kinds > 1 || (seen.bool && (seen.missing || seen.nan))) return objects([...values]);
  if (seen.bool) return bools(Uint8Array.from(values, (value) => (value === true ? 1 : 0)));
  if (seen.time) return times(Float64Array.from(values, (value) => (isDateLike(value) ? value.valueOf() : NaN)));
  const data = Float64Array.from(values, (value) => (typeof value === 'number' ? value : NaN));
  return seen.fraction || seen.missing || seen.nan ? floats(data) : ints(data);
}

function gaps(length: number): Float64Array {
  return new Float64Array(length).fill(NaN);
}

function look(values: readonly unknown[]): Seen {
  const seen = { number: false, fraction: false, bool: false, time: false, missing: false, nan: false, other: false };
  for (const value of values) {
    if (typeof value === 'number') {
      if (Number.isNaN(value)) seen.nan = true;
      else {
        seen.number = true;
        if (!Number.isInteger(value)) seen.fraction = true;
      }
    } else if (typeof value === 'boolean') seen.bool = true;
    else if (isMissingValue(value)) seen.missing = true;
    else if (isDateLike(value)) seen.time = true;
    else {
      seen.other = true;
      break;
    }
  }
  return seen;
}

/** A column of anything that can be walked: typed arrays keep their kind. The values are copied. */
export function columnFrom(values: Iterable<unknown> | ArrayLike<unknown>): Column {
  if (values instanceof Float64Array || values instanceof Float32Array) return floats(Float64Array.from(values));
  if (ArrayBuffer.isView(values) && !(values instanceof DataView)) {
    return ints(Float64Array.from(values as ArrayLike<number | bigint>, Number));
  }
  return inferColumn(Array.isArray(values) ? values : Array.from(values));
}

/** n times the same value. */
export function constantColumn(value: unknown, n: number): Column {
  const one = inferColumn([value]);
  switch (one.kind) {
    case 'object':
      return objects(Array.from({ length: n }, () => value));
    case 'bool':
      return bools(new Uint8Array(n).fill(one.data[0] ?? 0));
    case 'float64':
    case 'int64':
    case 'datetime64[ns]':
      return { kind: one.kind, data: new Float64Array(n).fill(one.data[0] ?? NaN) };
  }
}

const NAMES: Readonly<Record<string, Dtype | 'str'>> = {
  float: 'float64',
  float64: 'float64',
  float32: 'float64',
  double: 'float64',
  int: 'int64',
  int64: 'int64',
  int32: 'int64',
  bool: 'bool',
  boolean: 'bool',
  str: 'str',
  string: 'str',
  object: 'object',
  'datetime64[ns]': 'datetime64[ns]',
  datetime64: 'datetime64[ns]',
};

/** `'float'`, `'int64'`, `'str'`, Python's `float`, `int`, `str`, `bool`, or Number, String, Boolean. BAD_ARGUMENT for another name. */
export function readDtype(value: unknown): Dtype | 'str' {
  if (value === Number) return 'float64';
  if (value === String) return 'str';
  if (value === Boolean) return 'bool';
  const called = typeof value === 'function' ? value.name : value;
  const name = typeof called === 'string' && Object.hasOwn(NAMES, called) ? NAMES[called] : undefined;
  if (name !== undefined) return name;
  const known = Object.keys(NAMES).join(', ');
  throw badArgument('dtype', `${pyRepr(value)} is not a dtype; write one of ${known}.`);
}

/** pandas' astype. BAD_CAST when a cell cannot become that. */
export function castColumn(column: Column, dtype: Dtype | 'str'): Column {
  if (column.kind === dtype) return column;
  switch (dtype) {
    case 'str':
      return objects(textCells(column));
    case 'object':
      return objects(cells(column));
    case 'bool':
      return bools(Uint8Array.from(cells(column), truth));
    case 'float64':
      return floats(toNumbers(column));
    case 'int64':
      return toInts(column);
    case 'datetime64[ns]':
      return times(toInstants(column));
  }
}

function truth(value: unknown): number {
  if (typeof value === 'number') return value === 0 ? 0 : 1;
  return value === null || value === undefined || value === false || value === '' ? 0 : 1;
}

function toNumbers(column: Column): Float64Array {
  if (column.kind !== 'object') return asFloats(column);
  return Float64Array.from(column.data, (value) => {
    if (isMissingValue(value)) return NaN;
    if (typeof value === 'number' || typeof value === 'boolean') return Number(value);
    const text = typeof value === 'string' ? value.trim() : '';
    const number = text === '' || text.toLowerCase() === 'nan' ? NaN : Number(text);
    if (text !== '' && (!Number.isNaN(number) || text.toLowerCase() === 'nan')) return number;
    throw badCast(value, 'a number');
  });
}

function toInts(column: Column): Column {
  const data = toNumbers(column);
  const out = new Float64Array(data.length);
  for (let i = 0; i < data.length; i += 1) {
    const value = data[i] ?? NaN;
    if (!Number.isFinite(value)) throw badCast(value, 'a whole number: fillna() first');
    out[i] = Math.trunc(value) + 0;
  }
  return ints(out);
}

function toInstants(column: Column): Float64Array {
  if (column.kind !== 'object') return asFloats(column);
  return Float64Array.from(column.data, (value) => (isMissingValue(value) ? NaN : instantOf(value)));
}

/** Epoch ms of a time or its text; BAD_CAST for anything else. */
export function instantOf(value: unknown): number {
  if (isDateLike(value)) return value.valueOf();
  const ms = typeof value === 'string' ? parseLooseTime(value) : null;
  if (ms !== null) return ms;
  throw badCast(value, "a time like '2026-07-06 10:00:00'");
}

/** Texts as `str()` writes each cell of the column. */
export function textCells(column: Column): string[] {
  if (column.kind === 'float64') return Array.from(column.data, floatText);
  if (column.kind !== 'datetime64[ns]') return cells(column).map((value) => pyStr(value));
  const days = column.data.every((ms) => Number.isNaN(ms) || chinaText(ms).endsWith('00:00:00'));
  return Array.from(column.data, (ms) => (Number.isNaN(ms) ? 'NaT' : chinaText(ms).slice(0, days ? 10 : 19)));
}

/** `1.0`, `0.25`, `nan`: Python's str() of a float. */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) return pyStr(value);
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) {
    return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  }
  return Number.isInteger(value) ? `${Object.is(value, -0) ? '-0' : value}.0` : String(value);
}

function badCast(value: unknown, what: string): BtError {
  return new BtError('BAD_CAST', `${pyRepr(value)} cannot become ${what}; clean the column first.`, {
    fault: 'strategy',
  });
}

/** Epoch ms of a label that may be a time. */
export function timeOf(label: unknown): number | null {
  if (typeof label === 'string') return parseLooseTime(label);
  return isDateLike(label) ? label.valueOf() : null;
}
