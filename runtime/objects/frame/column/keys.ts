import { parseLooseTime } from '../../datetime/loose-time.ts';
import { bools, isMissingValue, numbersOf, objects } from './column.ts';
import type { Column } from './column.ts';
import { isDateLike } from './dtypes.ts';
import { argsort } from './sorting.ts';
import { takeColumn } from './take.ts';
import type { Positions } from './take.ts';

/** What equal labels share: the value itself for texts and numbers, a text for dates and tuples. Missing ones are all NaN. */
export function labelKey(value: unknown): unknown {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  if (isMissingValue(value)) return NaN;
  if (isDateLike(value)) return `\u0001t${value.valueOf()}`;
  if (Array.isArray(value)) return tupleKey(value);
  return value;
}

/** Equal labels, as two times of the same instant are. */
export function sameLabel(a: unknown, b: unknown): boolean {
  return a === b || Object.is(labelKey(a), labelKey(b));
}

/** The key of a label of several levels. */
export function tupleKey(values: readonly unknown[]): string {
  return values.map((value) => `${typeof value === 'number' ? 'n' : 's'}${String(labelKey(value))}`).join('\u0001');
}

/** Group numbers of a column's cells: equal cells share one; -1 for missing cells. */
export interface Factors {
  readonly codes: Positions;
  /** The cell of each group. */
  readonly labels: Column;
}

/** Numbers equal cells; groups in ascending order of their cell when `sort`, else as they first appear. */
export function factorize(column: Column, sort: boolean, keepMissing = false): Factors {
  const codes = new Int32Array(column.data.length);
  const firsts =
    column.kind === 'object' ? objectCodes(column.data, codes, keepMissing) : numberCodes(column, codes, keepMissing);
  const labels = takeColumn(column, Int32Array.from(firsts));
  if (!sort || firsts.length < 2) return { codes, labels };
  const order = argsort(labels);
  const place = new Int32Array(order.length);
  for (let i = 0; i < order.length; i += 1) place[order[i] ?? 0] = i;
  for (let i = 0; i < codes.length; i += 1) {
    const code = codes[i] ?? -1;
    if (code >= 0) codes[i] = place[code] ?? -1;
  }
  return { codes, labels: takeColumn(labels, order) };
}

function numberCodes(column: Exclude<Column, { kind: 'object' }>, codes: Positions, keepMissing: boolean): number[] {
  const { data } = column;
  const seen = new Map<number, number>();
  const firsts: number[] = [];
  for (let i = 0; i < data.length; i += 1) {
    const value = data[i] ?? NaN;
    if (!keepMissing && Number.isNaN(value)) {
      codes[i] = -1;
      continue;
    }
    let code = seen.get(value);
    if (code === undefined) {
      code = firsts.length;
      seen.set(value, code);
      firsts.push(i);
    }
    codes[i] = code;
  }
  return firsts;
}

function objectCodes(data: readonly unknown[], codes: Positions, keepMissing: boolean): number[] {
  const seen = new Map<unknown, number>();
  const firsts: number[] = [];
  for (let i = 0; i < data.length; i += 1) {
    const value = data[i];
    if (!keepMissing && isMissingValue(value)) {
      codes[i] = -1;
      continue;
    }
    const key = typeof value === 'string' ? value : labelKey(value);
    let code = seen.get(key);
    if (code === undefined) {
      code = firsts.length;
      seen.set(key, code);
      firsts.push(i);
    }
    codes[i] = code;
  }
  return firsts;
}

/** Missing texts as labels are NaN, whatever they were; conditions without a gap are conditions again. */
export function missingAsNaN(column: Column): Column {
  if (column.kind !== 'object') return column;
  if (column.data.length > 0 && column.data.every((value) => typeof value === 'boolean'))
    return bools(Uint8Array.from(column.data, Number));
  return objects(column.data.map((value) => (isMissingValue(value) ? NaN : value)));
}

/** Epoch ms of a time or its text; undefined for anything else, which equals no cell. */
function timeMs(value: unknown): number | undefined {
  if (isDateLike(value)) return value.valueOf();
  return typeof value === 'string' ? (parseLooseTime(value) ?? undefined) : undefined;
}

/** 1 where a cell is one of the values. */
export function isinColumn(column: Column, values: Iterable<unknown>): Column {
  const wanted = new Set(Array.from(values, labelKey));
  const out = new Uint8Array(column.data.length);
  if (column.kind === 'datetime64[ns]') {
    const set = new Set(Array.from(values, (value) => (isMissingValue(value) ? NaN : timeMs(value))));
    for (let i = 0; i < out.length; i += 1) if (set.has(column.data[i] ?? NaN)) out[i] = 1;
    return bools(out);
  }
  const { data } = column;
  for (let i = 0; i < out.length; i += 1) if (wanted.has(labelKey(data[i]))) out[i] = 1;
  return bools(out);
}

/** Equal cells one by one; missing equals missing. Whole and other numbers compare by value. */
export function sameColumn(a: Column, b: Column): boolean {
  if (a === b || a.data === b.data) return true;
  if (a.data.length !== b.data.length) return false;
  const x = a.kind === 'datetime64[ns]' ? a.data : numbersOf(a);
  const y = b.kind === 'datetime64[ns]' ? b.data : numbersOf(b);
  if (x !== null && y !== null) {
    if ((a.kind === 'datetime64[ns]') !== (b.kind === 'datetime64[ns]')) return false;
    return sameNumbers(x, y);
  }
  if (a.kind !== 'object' || b.kind !== 'object') return false;
  return a.data.every((value, i) => {
    const other = b.data[i];
    return value === other || (isMissingValue(value) ? isMissingValue(other) : labelKey(value) === labelKey(other));
  });
}

function sameNumbers(x: Float64Array, y: Float64Array): boolean {
  for (let i = 0; i < x.length; i += 1) {
    if (x[i] !== y[i] && !(Number.isNaN(x[i]) && Number.isNaN(y[i]))) return false;
  }
  return true;
}
