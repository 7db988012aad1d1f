import { badOperator } from '../errors.ts';
import { isMissingValue, missingMask } from './column.ts';
import type { Column } from './column.ts';
import { isDateLike } from './dtypes.ts';
import { rangePositions } from './take.ts';
import type { Positions } from './take.ts';

/** Below this a merge sort is faster than counting digits. */
const RADIX_FROM = 1024;
const DIGIT_BITS = 11;
const BUCKETS = 1 << DIGIT_BITS;

/** Row numbers in ascending order of the cells (descending: equal cells keep their order), missing cells last or first. */
export function argsort(column: Column, ascending = true, missingFirst = false, from?: Positions): Positions {
  const order = from ?? rangePositions(column.data.length);
  const missing = missingMask(column);
  const full = order.filter((at) => missing[at] === 0);
  const gaps = full.length === order.length ? new Int32Array(0) : order.filter((at) => missing[at] === 1);
  const sorted = sortFull(column, full, ascending);
  if (gaps.length === 0) return sorted;
  const all = new Int32Array(order.length);
  all.set(missingFirst ? gaps : sorted);
  all.set(missingFirst ? sorted : gaps, missingFirst ? gaps.length : sorted.length);
  return all;
}

function sortFull(column: Column, rows: Positions, ascending: boolean): Positions {
  if (column.kind === 'object') {
    const { data } = column;
    const sign = ascending ? 1 : -1;
    return Int32Array.from(Array.from(rows).sort((a, b) => sign * labelOrder(data[a], data[b])));
  }
  const keys = column.kind === 'bool' ? Float64Array.from(column.data) : column.data;
  if (rows.length >= RADIX_FROM) return radix(keys, rows, ascending);
  const sign = ascending ? 1 : -1;
  return Int32Array.from(Array.from(rows).sort((a, b) => sign * ((keys[a] ?? 0) - (keys[b] ?? 0))));
}

/** Stable least-significant-digit radix sort over the bits of the doubles, which order like unsigned numbers once flipped. */
function radix(keys: Float64Array, rows: Positions, ascending: boolean): Positions {
  const n = rows.length;
  const low = new Uint32Array(n);
  const high = new Uint32Array(n);
  flipBits(keys, rows, ascending, low, high);
  let order: Positions = rangePositions(n);
  let spare: Positions = new Int32Array(n);
  for (let pass = 0; pass < 6; pass += 1) {
    const word = pass < 3 ? low : high;
    const shift = (pass % 3) * DIGIT_BITS;
    if (scatter(word, shift, order, spare)) [order, spare] = [spare, order];
  }
  const out = new Int32Array(n);
  for (let i = 0; i < n; i += 1) out[i] = rows[order[i] ?? 0] ?? 0;
  return out;
}

function flipBits(keys: Float64Array, rows: Positions, ascending: boolean, low: Uint32Array, high: Uint32Array): void {
  const one = new Float64Array(1);
  const bits = new Uint32Array(one.buffer);
  const turn = ascending ? 0 : 0xffffffff;
  for (let i = 0; i < rows.length; i += 1) {
    one[0] = (keys[rows[i] ?? 0] ?? 0) + 0; // -0 sorts with 0
    const top = bits[1] ?? 0;
    const negative = top >>> 31 === 1;
    high[i] = (negative ? ~top : top ^ 0x80000000) ^ turn;
    low[i] = (negative ? ~(bits[0] ?? 0) : (bits[0] ?? 0)) ^ turn;
  }
}

/** One pass over a digit; false when every row has the same digit and nothing moves. */
function scatter(word: Uint32Array, shift: number, order: Positions, out: Positions): boolean {
  const n = order.length;
  const starts = new Int32Array(BUCKETS);
  const mask = BUCKETS - 1;
  for (let i = 0; i < n; i += 1) {
    const digit = ((word[i] ?? 0) >>> shift) & mask;
    starts[digit] = (starts[digit] ?? 0) + 1;
  }
  if (starts[((word[0] ?? 0) >>> shift) & mask] === n) return false;
  let at = 0;
  for (let b = 0; b < BUCKETS; b += 1) {
    const size = starts[b] ?? 0;
    starts[b] = at;
    at += size;
  }
  for (let i = 0; i < n; i += 1) {
    const row = order[i] ?? 0;
    const digit = ((word[row] ?? 0) >>> shift) & mask;
    const place = starts[digit] ?? 0;
    starts[digit] = place + 1;
    out[place] = row;
  }
  return true;
}

/** Row numbers ordered by several columns, the first one first. */
export function argsortBy(
  columns: readonly Column[],
  ascending: readonly boolean[],
  missingFirst: boolean,
  length: number,
): Positions {
  let order = rangePositions(length);
  for (let k = columns.length - 1; k >= 0; k -= 1) {
    const column = columns[k];
    if (column !== undefined) order = argsort(column, ascending[k] ?? true, missingFirst, order);
  }
  return order;
}

/** Ascending order of two labels; numbers before texts, so that mixed labels have some order too. */
export function labelOrder(a: unknown, b: unknown): number {
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : Number(a > b);
  if (Array.isArray(a) && Array.isArray(b)) return tupleOrder(a, b);
  const x = orderNumber(a);
  const y = orderNumber(b);
  if (x !== null && y !== null) return x - y;
  if (x === null && y === null) {
    const [s, t] = [String(a), String(b)];
    return s < t ? -1 : Number(s > t);
  }
  return x === null ? 1 : -1;
}

function tupleOrder(a: readonly unknown[], b: readonly unknown[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const order = labelOrder(a[i], b[i]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function orderNumber(value: unknown): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  return isDateLike(value) ? value.valueOf() : null;
}

export type RankMethod = 'average' | 'min' | 'max' | 'first' | 'dense';
export type MissingRank = 'keep' | 'top' | 'bottom';

/** Ranks from 1; equal cells share one by `method`; missing cells stay NaN, or come first (top) or last (bottom). */
export function rank(
  column: Column,
  method: RankMethod,
  ascending: boolean,
  missing: MissingRank,
  pct: boolean,
): Float64Array {
  const gaps = missingMask(column);
  if (!comparable(column))
    throw badOperator('rank() of texts, times and numbers together has no order; take columns of one kind.');
  const order = argsort(column, ascending, missing === 'top');
  const out = new Float64Array(order.length).fill(NaN);
  const ranked = missing === 'keep' ? order.filter((at) => gaps[at] === 0) : order;
  const { length } = ranked;
  let dense = 0;
  for (let start = 0; start < length;) {
    let end = start + 1;
    while (end < length && same(column, gaps, ranked[start] ?? 0, ranked[end] ?? 0)) end += 1;
    dense += 1;
    for (let i = start; i < end; i += 1) out[ranked[i] ?? 0] = place(method, start, end, i, dense);
    start = end;
  }
  if (!pct) return out;
  const most = method === 'dense' ? dense : length;
  return out.map((value) => value / most);
}

/** True for cells of one kind: only these have an order. */
export function comparable(column: Column): boolean {
  if (column.kind !== 'object') return true;
  const values = column.data.filter((value) => !isMissingValue(value));
  const kind = (value: unknown): string =>
    typeof value === 'boolean' ? 'number' : isDateLike(value) ? 'time' : typeof value;
  return new Set(values.map(kind)).size < 2;
}

function same(column: Column, gaps: Uint8Array, a: number, b: number): boolean {
  if (gaps[a] === 1 || gaps[b] === 1) return gaps[a] === gaps[b];
  return column.kind === 'object'
    ? labelOrder(column.data[a], column.data[b]) === 0
    : column.data[a] === column.data[b];
}

function place(method: RankMethod, start: number, end: number, i: number, dense: number): number {
  switch (method) {
    case 'average':
      return (start + 1 + end) / 2;
    case 'min':
      return start + 1;
    case 'max':
      return end;
    case 'first':
      return i + 1;
    case 'dense':
      return dense;
  }
}
