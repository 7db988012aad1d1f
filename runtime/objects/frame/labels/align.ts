import { cell, isMissing } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { columnFrom } from '../column/dtypes.ts';
import { scalarColumn } from '../column/operators.ts';
import { floatColumn, rangePositions, takeColumn } from '../column/take.ts';
import type { Positions } from '../column/take.ts';
import { badTable } from '../errors.ts';
import { matchRows } from '../joining/match.ts';
import { listOf } from '../selection/select.ts';
import { COLUMN } from '../store.ts';
import { isSeries } from '../is-table.ts';
import type { Index } from '../types.ts';

/** Two operands brought to the same rows. A single value is a column of one cell. */
export interface Pair {
  readonly index: Index;
  readonly left: Column;
  readonly right: Column;
}

/** Rows of both indexes in ascending order, and where each of them is on either side; null when they are equal. */
export interface Alignment {
  readonly index: Index;
  readonly left: Positions;
  readonly right: Positions;
}

export function alignIndexes(a: Index, b: Index): Alignment | null {
  if (a.equals(b)) return null;
  // Nothing to meet: the rows stay as they are, in their order.
  if (b.length === 0) return { index: a, left: rangePositions(a.length), right: new Int32Array(a.length).fill(-1) };
  if (a.length === 0) return { index: b, left: new Int32Array(b.length).fill(-1), right: rangePositions(b.length) };
  if (!a.is_unique || !b.is_unique) return alignRepeated(a, b);
  const index = a.union(b).rename(a.name === b.name ? a.names : [null]);
  return { index, left: a.rowsOf(index), right: b.rowsOf(index) };
}

/** Labels that repeat meet every row of theirs on the other side, as in pandas. */
function alignRepeated(a: Index, b: Index): Alignment {
  if (a.nlevels !== b.nlevels)
    throw badTable('row labels of different levels cannot be aligned; use reset_index() first.');
  const { left, right } = matchRows(a.levels, b.levels, 'outer', true);
  const rows = Int32Array.from(left, (at, i) => (at >= 0 ? at : a.length + (right[i] ?? 0)));
  return { index: a.append(b).take(rows), left, right };
}

/** A Series beside another one (aligned on the labels), a list of the same length, or one value. */
export function pairWith(column: Column, index: Index, other: unknown, fill?: unknown): Pair {
  let pair: Pair;
  if (isSeries(other)) {
    const both = alignIndexes(index, other.index);
    pair =
      both === null
        ? { index, left: column, right: other[COLUMN] }
        : { index: both.index, left: takeColumn(column, both.left), right: takeColumn(other[COLUMN], both.right) };
  } else {
    pair = { index, left: column, right: operandColumn(other, index.length) };
  }
  return fill === undefined || fill === null ? pair : filled(pair, fill);
}

/** A list or one value as a column. */
export function operandColumn(other: unknown, length: number): Column {
  if (ArrayBuffer.isView(other) && !(other instanceof DataView))
    return fitting(columnFrom(other as Float64Array), length);
  const list = listOf(other);
  return list === null ? scalarColumn(other) : fitting(columnFrom(list), length);
}

function fitting(column: Column, length: number): Column {
  if (column.data.length === length) return column;
  throw badTable(`${column.data.length} values do not fit ${length} rows; give one value or as many as rows.`);
}

/** Two columns of the same rows, a value where one of them has none. */
export function filledPair(index: Index, left: Column, right: Column, fill: unknown): Pair {
  return filled({ index, left, right }, fill);
}

/** The value stands in where one side is missing, but not where both are. */
function filled({ index, left, right }: Pair, fill: unknown): Pair {
  const n = index.length;
  const one = right.data.length === 1 && n !== 1;
  const put = (column: Column, other: Column, single: boolean): Column => {
    const cells = Array.from({ length: n }, (_, i) => {
      const gap = isMissing(column, i) && !isMissing(other, single ? 0 : i);
      return gap ? fill : cell(column, i);
    });
    return column.kind === 'float64' ? floatColumn(columnFrom(cells)) : columnFrom(cells);
  };
  return { index, left: put(left, right, one), right: one ? right : put(right, left, false) };
}
