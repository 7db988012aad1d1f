import { DateTime } from 'luxon';
import { date } from '../../datetime/date.ts';
import { bools, floats, ints, isMissingValue, objects, times } from './column.ts';
import type { Column } from './column.ts';

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
