import { operandColumn, pairWith } from './align.ts';
import { cell, floats, isMissingValue, missingMask } from './column/column.ts';
import type { Column } from './column/column.ts';
import { columnFrom } from './column/infer.ts';
import { asFloats, takeColumn } from './column/take.ts';
import { fillPositions, shiftPositions } from './kernel/scan.ts';
import { takeFilled } from './relabel.ts';
import { isSeries } from './store.ts';
import type { Index } from './types.ts';

/** Change against n rows before, as a fraction. */
export function pctChange(column: Column, periods: number, fill: boolean): Column {
  const values = fill ? asFloats(fillColumn(column, false, Infinity)) : asFloats(column);
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

/** Cells below `lower` or above `upper` become that bound; bounds may be Series. Missing bounds do not count. */
export function clipColumn(column: Column, index: Index, lower: unknown, upper: unknown): Column {
  const values = asFloats(column);
  const low = bound(column, index, lower);
  const high = bound(column, index, upper);
  const out = new Float64Array(values.length);
  for (let i = 0; i < out.length; i += 1) {
    const value = values[i] ?? NaN;
    const least = low[low.length === 1 ? 0 : i] ?? NaN;
    const most = high[high.length === 1 ? 0 : i] ?? NaN;
    out[i] = value < least ? least : value > most ? most : value;
  }
  return { kind: column.kind === 'int64' && out.every(Number.isInteger) ? 'int64' : 'float64', data: out };
}

function bound(column: Column, index: Index, value: unknown): Float64Array {
  if (isMissingValue(value)) return Float64Array.of(NaN);
  return asFloats(isSeries(value) ? pairWith(column, index, value).right : operandColumn(value, index.length));
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
