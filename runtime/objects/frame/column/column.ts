import { chinaDateTime } from '../../datetime/china-time.ts';

/** pandas' names of what a column may hold. */
export type Dtype = 'float64' | 'int64' | 'bool' | 'datetime64[ns]' | 'object';

/** Numbers; int64 is only a promise that they are whole and none is missing. Instants are epoch ms, NaN = NaT. */
export interface NumberColumn {
  readonly kind: 'float64' | 'int64' | 'datetime64[ns]';
  readonly data: Float64Array;
}
/** 0 or 1. */
export interface BoolColumn {
  readonly kind: 'bool';
  readonly data: Uint8Array;
}
/** Texts and anything else; null, undefined and NaN are missing. */
export interface ObjectColumn {
  readonly kind: 'object';
  readonly data: readonly unknown[];
}
/** Storage of a column. Never written once it is shared: whoever writes copies first. */
export type Column = NumberColumn | BoolColumn | ObjectColumn;

export function floats(data: Float64Array): NumberColumn {
  return { kind: 'float64', data };
}

export function ints(data: Float64Array): NumberColumn {
  return { kind: 'int64', data };
}

export function times(data: Float64Array): NumberColumn {
  return { kind: 'datetime64[ns]', data };
}

export function bools(data: Uint8Array): BoolColumn {
  return { kind: 'bool', data };
}

export function objects(data: readonly unknown[]): ObjectColumn {
  return { kind: 'object', data };
}

export function isNumeric(column: Column): boolean {
  return column.kind === 'float64' || column.kind === 'int64' || column.kind === 'bool';
}

/** The same kind over other numbers; int64 falls back to float64 when `exact` is false. */
export function likeNumbers(kind: NumberColumn['kind'], data: Float64Array, exact = true): NumberColumn {
  return kind === 'int64' && !exact ? floats(data) : { kind, data };
}

/** What a strategy reads: number, boolean, DateTime (null for NaT), or what an object column holds. */
export function cell(column: Column, position: number): unknown {
  switch (column.kind) {
    case 'float64':
    case 'int64':
      return column.data[position] ?? NaN;
    case 'bool':
      return column.data[position] === 1;
    case 'object':
      return column.data[position];
    case 'datetime64[ns]': {
      const ms = column.data[position] ?? NaN;
      return Number.isNaN(ms) ? null : chinaDateTime(ms);
    }
  }
}

/** All cells. */
export function cells(column: Column): unknown[] {
  if (column.kind === 'float64' || column.kind === 'int64') return Array.from(column.data);
  if (column.kind === 'object') return [...column.data];
  return Array.from({ length: column.data.length }, (_, i) => cell(column, i));
}

/** A missing value: null, undefined, NaN. */
export function isMissingValue(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value));
}

export function isMissing(column: Column, position: number): boolean {
  switch (column.kind) {
    case 'bool':
      return false;
    case 'object':
      return isMissingValue(column.data[position]);
    case 'float64':
    case 'int64':
    case 'datetime64[ns]':
      return Number.isNaN(column.data[position]);
  }
}

/** 1 where a cell is missing. */
export function missingMask(column: Column): Uint8Array<ArrayBuffer> {
  const mask = new Uint8Array(column.data.length);
  if (column.kind === 'int64' || column.kind === 'bool') return mask;
  if (column.kind === 'object') {
    for (let i = 0; i < mask.length; i += 1) if (isMissingValue(column.data[i])) mask[i] = 1;
    return mask;
  }
  const { data } = column;
  for (let i = 0; i < mask.length; i += 1) if (Number.isNaN(data[i])) mask[i] = 1;
  return mask;
}

/** Numbers of a numeric column (bool as 0 and 1), shared with it; null for another kind. */
export function numbersOf(column: Column): Float64Array | null {
  if (column.kind === 'float64' || column.kind === 'int64') return column.data;
  return column.kind === 'bool' ? Float64Array.from(column.data) : null;
}

/** A column of n missing cells. */
export function missingColumn(n: number, kind: Dtype = 'float64'): Column {
  if (kind === 'object') return objects(Array.from({ length: n }, () => NaN));
  const data = new Float64Array(n).fill(NaN);
  return kind === 'datetime64[ns]' ? times(data) : floats(data);
}
