import { bools, cells, floats, likeNumbers, missingColumn, objects } from './column.ts';
import type { Column, NumberColumn } from './column.ts';

/** Row numbers; -1 means "no such row": the cell becomes missing. */
export type Positions = Int32Array;

/** The cells at these positions. With a -1 whole numbers become float64, booleans object, as in pandas. */
export function takeColumn(column: Column, positions: Positions): Column {
  if (isEveryRow(column, positions)) return column;
  const n = positions.length;
  if (column.kind === 'object') {
    const { data } = column;
    return objects(Array.from(positions, (at) => (at < 0 ? NaN : data[at])));
  }
  if (column.kind === 'bool') {
    if (positions.includes(-1)) {
      const { data } = column;
      return objects(Array.from(positions, (at) => (at < 0 ? NaN : data[at] === 1)));
    }
    const out = new Uint8Array(n);
    for (let i = 0; i < n; i += 1) out[i] = column.data[positions[i] ?? 0] ?? 0;
    return bools(out);
  }
  return takeNumbers(column, positions);
}

/** All rows in their order: the storage can be shared. */
function isEveryRow(column: Column, positions: Positions): boolean {
  if (positions.length !== column.data.length) return false;
  for (let i = 0; i < positions.length; i += 1) if (positions[i] !== i) return false;
  return true;
}

function takeNumbers(column: NumberColumn, positions: Positions): NumberColumn {
  const { data } = column;
  const out = new Float64Array(positions.length);
  let exact = true;
  for (let i = 0; i < out.length; i += 1) {
    const at = positions[i] ?? -1;
    if (at < 0) {
      exact = false;
      out[i] = NaN;
    } else out[i] = data[at] ?? NaN;
  }
  return likeNumbers(column.kind, out, exact);
}

/** Rows start..end as a view of the same storage. */
export function sliceColumn(column: Column, start: number, end: number): Column {
  if (start <= 0 && end >= column.data.length) return column;
  switch (column.kind) {
    case 'object':
      return objects(column.data.slice(start, end));
    case 'bool':
      return bools(column.data.subarray(start, end));
    case 'float64':
    case 'int64':
    case 'datetime64[ns]':
      return { kind: column.kind, data: column.data.subarray(start, end) };
  }
}

/** One under the other, in the smallest dtype that holds all. */
export function concatColumns(parts: readonly Column[]): Column {
  const filled = parts.filter((part) => part.data.length > 0);
  const [first] = filled;
  if (first === undefined) return parts[0] ?? missingColumn(0, 'object');
  if (filled.length === 1) return first;
  const kinds = new Set(filled.map((part) => part.kind));
  const numeric = [...kinds].every((kind) => kind === 'float64' || kind === 'int64');
  if (!numeric && kinds.size > 1) return mixed(filled);
  if (first.kind === 'object') return objects(filled.flatMap((part) => part.data as readonly unknown[]));
  const length = filled.reduce((sum, part) => sum + part.data.length, 0);
  const out = first.kind === 'bool' ? new Uint8Array(length) : new Float64Array(length);
  let at = 0;
  for (const part of filled) {
    out.set(part.data as ArrayLike<number>, at);
    at += part.data.length;
  }
  if (out instanceof Uint8Array) return bools(out);
  return likeNumbers(kinds.size > 1 ? 'float64' : (first as NumberColumn).kind, out);
}

/** A part without a single value takes the dtype of the others. */
function mixed(parts: readonly Column[]): Column {
  const full = parts.filter((part) => !allMissing(part));
  const [target] = full;
  if (target !== undefined && target.kind === 'datetime64[ns]' && full.every((part) => part.kind === target.kind)) {
    const cast = parts.map((part) => (allMissing(part) ? missingColumn(part.data.length, target.kind) : part));
    return concatColumns(cast);
  }
  return objects(parts.flatMap(cells));
}

function allMissing(column: Column): boolean {
  return column.kind === 'float64' && column.data.every(Number.isNaN);
}

/** The rows where the mask holds 1. */
export function maskPositions(mask: Uint8Array): Positions {
  let n = 0;
  for (const bit of mask) n += bit;
  const out = new Int32Array(n);
  let at = 0;
  for (let i = 0; i < mask.length; i += 1) if (mask[i] === 1) out[at++] = i;
  return out;
}

/** 0, 1, 2 … */
export function rangePositions(n: number): Positions {
  const out = new Int32Array(n);
  for (let i = 0; i < n; i += 1) out[i] = i;
  return out;
}

/** From start to end (not included) by step; step may be negative. */
export function stepPositions(start: number, end: number, step: number): Positions {
  const n = Math.max(0, Math.ceil((end - start) / step));
  const out = new Int32Array(n);
  for (let i = 0; i < n; i += 1) out[i] = start + i * step;
  return out;
}

/** All cells as float64; NaN for missing ones. For columns that were checked to be numeric. */
export function asFloats(column: Column): Float64Array {
  if (column.kind === 'bool') return Float64Array.from(column.data);
  if (column.kind !== 'object') return column.data;
  return Float64Array.from(column.data, (value) => (typeof value === 'number' ? value : Number(value ?? NaN)));
}

/** As a float64 column, whatever kind of number it is. */
export function floatColumn(column: Column): NumberColumn {
  return column.kind === 'float64' ? column : floats(asFloats(column));
}
