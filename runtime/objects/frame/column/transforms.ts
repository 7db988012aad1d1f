import type { Positions } from './take.ts';
import { badArgument } from '../../../api/arguments.ts';
import { pairsOf } from '../args.ts';

import { cell, cells, floats, isMissingValue, missingMask } from './column.ts';
import type { Column } from './column.ts';
import { columnFrom, inferColumn } from './dtypes.ts';
import { labelKey } from './keys.ts';
import { asFloats, floatColumn, takeColumn } from './take.ts';

/** Change against n rows before, as a fraction. */
export function pctChange(column: Column, periods: number, fill: 'ffill' | 'bfill' | null, limit: number): Column {
  const values = fill === null ? asFloats(column) : asFloats(fillColumn(column, fill === 'bfill', limit));
  const before = asFloats(takeColumn(floats(values), shiftPositions(values.length, periods)));
  const out = new Float64Array(values.length);
  for (let i = 0; i < out.length; i += 1) out[i] = (values[i] ?? NaN) / (before[i] ?? NaN) - 1;
  return floats(out);
}

/** Cells moved to other rows; where none comes, a value, or what is missing for the dtype (None among texts). */
export function shifted(column: Column, positions: Int32Array, fill: unknown): Column {
  if (column.kind !== 'object' || (fill !== undefined && fill !== null)) return takeFilled(column, positions, fill);
  const { data } = column;
  return { kind: 'object', data: Array.from(positions, (at) => (at < 0 ? null : data[at])) };
}

/** Missing cells take the last (`backward`: the next) value, at most `limit` rows away. */
export function fillColumn(column: Column, backward: boolean, limit: number): Column {
  const missing = missingMask(column);
  if (!missing.includes(1)) return column;
  const positions = fillPositions(missing, backward, limit);
  if (column.kind !== 'object') return takeColumn(column, positions);
  return { kind: 'object', data: Array.from(positions, (at, i) => (at < 0 ? column.data[i] : column.data[at])) };
}

/** Missing cells take a value; whole numbers and texts keep the smallest dtype that fits. */
export function fillWith(column: Column, value: unknown, limit: number): Column {
  const missing = missingMask(column);
  if (!missing.includes(1)) return column;
  let left = limit;
  if (column.kind === 'float64' && typeof value === 'number') {
    const data = column.data.slice();
    for (let i = 0; i < data.length; i += 1) if (missing[i] === 1 && left-- > 0) data[i] = value;
    return floats(data);
  }
  const list = Array.from(missing, (gap, i) => (gap === 1 && left-- > 0 ? value : cell(column, i)));
  if (column.kind === 'object') return keepObjects(list);
  return columnFrom(list);
}

/** Object columns become numbers or booleans again once no gap is left, as pandas does on fillna. */
function keepObjects(list: readonly unknown[]): Column {
  return list.some((value) => typeof value === 'string') ? { kind: 'object', data: list } : columnFrom(list);
}

/** Cells where the condition fails are replaced; whole numbers stay whole while they can. */
export function whereColumn(column: Column, keep: Uint8Array, other: Column | null): Column {
  const one = other !== null && other.data.length === 1;
  const isTimes = column.kind === 'datetime64[ns]';
  const gap = isTimes || column.kind === 'object' ? null : NaN;
  const all = !keep.includes(0);
  if (all) return column;
  const list = Array.from(keep, (bit, i) => {
    if (bit === 1) return cell(column, i);
    return other === null ? gap : cell(other, one ? 0 : i);
  });
  if (column.kind === 'object') return { kind: 'object', data: list.map((value) => value ?? NaN) };
  if (column.kind === 'float64' && list.every((value) => typeof value === 'number')) {
    return floats(Float64Array.from(list as readonly number[]));
  }
  if (column.kind === 'bool' && other === null) return { kind: 'object', data: list };
  return columnFrom(list);
}

/** Cells that equal one of the old values take the new one. */
export function replaceCells(column: Column, what: unknown, value: unknown, regex = false): Column {
  const table = replacements(what, value);
  if (regex) return replacedTexts(column, table);
  let changed = false;
  const list = cells(column).map((was) => {
    const key = labelKey(was);
    if (!table.has(key)) return was;
    changed = true;
    return table.get(key);
  });
  if (!changed) return column;
  const fresh = inferColumn(list);
  const gaps = column.kind === 'float64' && fresh.kind === 'int64';
  if (column.kind === 'object')
    return fresh.kind === 'float64' || fresh.kind === 'int64' ? fresh : { kind: 'object', data: list };
  return gaps ? { kind: 'float64', data: fresh.data } : fresh;
}

/** Texts in which the patterns are replaced; a new value that is no text takes the place of the whole cell. */
function replacedTexts(column: Column, table: ReadonlyMap<unknown, unknown>): Column {
  if (column.kind !== 'object') return column;
  const patterns = Array.from(table, ([pattern, to]) => {
    const source = pattern instanceof RegExp ? pattern.source : String(pattern);
    return { test: new RegExp(source, 'g'), to: typeof to === 'string' ? to.replaceAll(/\\(\d)/g, '$$$1') : to };
  });
  const list = column.data.map((was) =>
    patterns.reduce<unknown>((value, { test, to }) => {
      if (typeof value !== 'string') return value;
      if (typeof to === 'string') return value.replaceAll(test, to);
      return value.search(test) >= 0 ? to : value;
    }, was),
  );
  return list.some((value) => typeof value === 'string') ? { kind: 'object', data: list } : inferColumn(list);
}

function replacements(what: unknown, value: unknown): Map<unknown, unknown> {
  const pairs = pairsOf(what);
  if (pairs !== null) {
    // Keys of an object literal are texts: a key that reads as a number means the number too.
    const table = new Map<unknown, unknown>(pairs.map(([key, to]) => [labelKey(key), to]));
    for (const [key, to] of pairs) {
      if (typeof key === 'string' && key.trim() !== '' && !Number.isNaN(Number(key))) table.set(Number(key), to);
      if (key === 'NaN') table.set(NaN, to);
    }
    return table;
  }
  if (value === undefined)
    throw badArgument('replace()', 'needs the new value: replace(0, 1) or replace({ old: new }).');
  const olds = Array.isArray(what) ? (what as readonly unknown[]) : [what];
  const news = Array.isArray(value) ? (value as readonly unknown[]) : null;
  if (news !== null && news.length !== olds.length) {
    throw badArgument('replace()', `got ${olds.length} old and ${news.length} new values; give as many of both.`);
  }
  return new Map(olds.map((old, i) => [isMissingValue(old) ? NaN : labelKey(old), news === null ? value : news[i]]));
}

/** Running results down a column. A missing cell stays missing and is not counted. */
export type Scan = 'cumsum' | 'cumprod' | 'cummax' | 'cummin';

const STEP: Readonly<Record<Scan, (so: number, value: number) => number>> = {
  cumsum: (so, value) => so + value,
  cumprod: (so, value) => so * value,
  cummax: (so, value) => (Number.isNaN(so) ? so : Math.max(value, so)),
  cummin: (so, value) => (Number.isNaN(so) ? so : Math.min(value, so)),
};
const START: Readonly<Record<Scan, number>> = { cumsum: 0, cumprod: 1, cummax: -Infinity, cummin: Infinity };

export function scan(kind: Scan, values: Float64Array, skipna = true): Float64Array {
  const out = new Float64Array(values.length);
  const step = STEP[kind];
  let so = START[kind];
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? NaN;
    if (Number.isNaN(value)) {
      out[i] = NaN;
      if (!skipna) so = NaN;
    } else {
      so = step(so, value);
      out[i] = so;
    }
  }
  return out;
}

/** Each cell minus the one n rows before. */
export function difference(values: Float64Array, n: number): Float64Array {
  const out = new Float64Array(values.length);
  for (let i = 0; i < out.length; i += 1) out[i] = (values[i] ?? NaN) - (values[i - n] ?? NaN);
  return out;
}

/** Row numbers that bring the cell n rows before (after, when negative); -1 where there is none. */
export function shiftPositions(length: number, n: number): Int32Array<ArrayBuffer> {
  const out = new Int32Array(length);
  for (let i = 0; i < length; i += 1) {
    const from = i - n;
    out[i] = from >= 0 && from < length ? from : -1;
  }
  return out;
}

/** Row numbers of the last (or next, `backward`) cell that is not missing, at most `limit` rows away. */
export function fillPositions(missing: Uint8Array, backward: boolean, limit: number): Int32Array<ArrayBuffer> {
  const n = missing.length;
  const out = new Int32Array(n);
  let last = -1;
  for (let k = 0; k < n; k += 1) {
    const i = backward ? n - 1 - k : k;
    if (missing[i] === 0) last = i;
    out[i] = last >= 0 && Math.abs(i - last) <= limit ? last : -1;
  }
  return out;
}

/** How gaps are filled by straight lines. */
export interface Lines {
  /** Where each cell lies; by row number when null. */
  readonly places: Float64Array | null;
  /** How many cells of a gap are filled, counted in the direction. */
  readonly limit: number;
  readonly direction: 'forward' | 'backward' | 'both';
}

/** Straight lines between the cells around a gap; beyond the last (backward: before the first) one its value is kept. */
export function interpolate(values: Float64Array, { places, limit, direction }: Lines): Float64Array {
  const out = values.slice();
  const gaps = Uint8Array.from(values, (value) => Number(Number.isNaN(value)));
  const before = fillPositions(gaps, false, Infinity);
  const after = fillPositions(gaps, true, Infinity);
  const place = (row: number): number => (places === null ? row : (places[row] ?? NaN));
  for (let i = 0; i < out.length; i += 1) {
    const [last = -1, next = -1] = [before[i], after[i]];
    if (gaps[i] === 0 || (last < 0 && next < 0)) continue;
    const forward = direction !== 'backward' && last >= 0 && i - last <= limit;
    const backward = direction !== 'forward' && next >= 0 && next - i <= limit;
    if (!forward && !backward) continue;
    const [from, to] = [values[last] ?? NaN, values[next] ?? NaN];
    if (last < 0 || next < 0) out[i] = last < 0 ? to : from;
    else out[i] = from + ((to - from) / (place(next) - place(last))) * (place(i) - place(last));
  }
  return out;
}

const EVEN = 1e15;

/** numpy's round: scale, round half to even, scale back. */
export function roundHalfEven(value: number, digits: number): number {
  if (!Number.isFinite(value)) return value;
  const scale = 10 ** Math.abs(digits);
  const scaled = digits >= 0 ? value * scale : value / scale;
  if (Math.abs(scaled) > EVEN) return value;
  const low = Math.floor(scaled);
  const rest = scaled - low;
  const whole = rest > 0.5 || (rest === 0.5 && low % 2 !== 0) ? low + 1 : low;
  return digits >= 0 ? whole / scale : whole * scale;
}

/** The cells at these positions, a value where there is none; whole numbers stay whole when the value is. */
export function takeFilled(column: Column, positions: Positions, fill: unknown): Column {
  if (fill === undefined || fill === null || !positions.includes(-1)) return takeColumn(column, positions);
  const filled = columnFrom(Array.from(positions, (at) => (at < 0 ? fill : cell(column, at))));
  return column.kind === 'float64' ? floatColumn(filled) : filled;
}
