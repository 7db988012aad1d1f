import { bools, cell, cells, objects } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { columnFrom } from '../column/dtypes.ts';
import { concatColumns, maskPositions, takeColumn } from '../column/take.ts';
import type { Positions } from '../column/take.ts';
import { badTable, positionIn, unknownColumn, unknownLabel } from '../errors.ts';
import { makeFrame, makeSeries } from '../factory.ts';
import { findLabel, findSlice, tryLabel } from '../index/lookup.ts';
import type { Found } from '../index/lookup.ts';
import { Slice, slicePositions } from '../slice.ts';
import { COLUMN, COLUMN_AT, DATA, NAMES, ROWS } from '../store.ts';
import { isFrame, isIndex, isSeries } from '../is-table.ts';
import type { DataFrame, Index, Series } from '../types.ts';

/** Rows that a value given to `loc` means. */
export function rowsByLabel(index: Index, selector: unknown): Found {
  if (selector instanceof Slice) return findSlice(index, selector);
  const mask = maskOf(index, selector);
  if (mask !== null) return maskPositions(mask);
  const list = listOf(selector);
  if (list === null) return findLabel(index, selector);
  if (index.nlevels > 1 && tupleOf(index, selector) !== null) return findLabel(index, list);
  return rowsOfList(index, list);
}

/**
 * The parts of a label of several levels; null when it is a list of labels. `['a', 'x']` is the label of two levels where there
 * is such a row, else a list of two labels of the first level; where it could be both it must be told apart.
 */
function tupleOf(index: Index, label: unknown): readonly unknown[] | null {
  if (!Array.isArray(label)) return listOf(label) === null ? [label] : null;
  const parts = label as readonly unknown[];
  if (parts.length < 2 || parts.some((one) => Array.isArray(one) || typeof one === 'boolean')) return null;
  const outer = index.get_level_values(0);
  const asList = parts.every((part) => tryLabel(outer, part) !== null);
  if (!asList) return parts;
  if (tryLabel(index, parts) === null) return null;
  throw badTable(
    `[${parts.map(String).join(', ')}] is a row of several levels and a list of labels too: write loc([[…]]) or xs() for the row, slice() or isin() for the list.`,
  );
}

/** True for labels that are numbers. */
export function isNumbered(index: Index): boolean {
  return index.dtype === 'int64' || index.dtype === 'float64';
}

/** Every row of every label of the list. UNKNOWN_LABEL names the first that is missing. */
function rowsOfList(index: Index, labels: readonly unknown[]): Positions {
  const out: number[] = [];
  for (const label of labels) {
    const found = tryLabel(index, label);
    if (found === null) throw unknownLabel(label, index);
    if (typeof found === 'number') out.push(found);
    else out.push(...found);
  }
  return Int32Array.from(out);
}

/** Rows that a value given to `iloc` means. */
export function rowsByPosition(index: Index, selector: unknown, what: string): Found {
  const { length } = index;
  if (typeof selector === 'number') return positionIn(length, selector, what);
  if (selector instanceof Slice) return slicePositions(length, selector.start, selector.stop, selector.step);
  const mask = maskOf(index, selector);
  if (mask !== null) return maskPositions(mask);
  const list = listOf(selector);
  if (list === null) throw badTable('iloc takes a position, a list of positions, slice(a, b) or a mask.');
  return Int32Array.from(list, (at) => positionIn(length, Number(at), what));
}

/** Items of an array, typed array, Set, Series or Index; null for a single value (a text too). */
export function listOf(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value as readonly unknown[];
  if (isSeries(value) || isIndex(value)) return value.tolist();
  if (value instanceof Set || (ArrayBuffer.isView(value) && !(value instanceof DataView))) {
    return Array.from(value as Iterable<unknown>);
  }
  return null;
}

/** The mask in a value: a Series of booleans (put in the order of the index), or as many booleans as there are rows. */
export function maskOf(index: Index, value: unknown): Uint8Array | null {
  if (isSeries(value)) {
    const bits = truthColumn(value[COLUMN]);
    return bits === null ? null : alignedMask(index, value.index, bits);
  }
  if (value instanceof Uint8Array && value.length === index.length) return value;
  if (!Array.isArray(value) || value.length === 0 || typeof value[0] !== 'boolean') return null;
  if (value.length !== index.length) {
    throw badTable(`the mask has ${value.length} cells, the table ${index.length} rows; make both of the same table.`);
  }
  return Uint8Array.from(value as readonly unknown[], (bit) => (bit === true ? 1 : 0));
}

function truthColumn(column: Column): Uint8Array | null {
  if (column.kind === 'bool') return column.data;
  if (column.kind !== 'object' || column.data.length === 0) return null;
  if (!column.data.every((value) => typeof value === 'boolean')) return null;
  return Uint8Array.from(column.data, (value) => (value ? 1 : 0));
}

function alignedMask(index: Index, own: Index, bits: Uint8Array): Uint8Array {
  if (own.equals(index)) return bits;
  const rows = own.rowsOf(index);
  const missing = rows.indexOf(-1);
  if (missing >= 0) {
    throw badTable(
      `the mask has no row ${String(index.labelAt(missing))}; make it from the table that it selects from.`,
    );
  }
  return Uint8Array.from(rows, (row) => bits[row] ?? 0);
}

/** A mask as a column. */
export function maskColumn(index: Index, value: unknown): Column {
  const mask = maskOf(index, value);
  if (mask !== null) return bools(mask);
  throw badTable('needs a condition: a Series or list of true and false, as df.close.gt(10) gives.');
}

/** A key that a table in brackets turns into: the mistake and what to write instead; null for an ordinary key. */
export function coercedKey(key: string, columns: Iterable<unknown>): string | null {
  if (/\n|^Series\(|^Empty DataFrame/.test(key)) {
    return 'a table in brackets is not possible: write df.loc(mask) to select rows, df.cols(list) to select columns.';
  }
  const parts = key.split(',');
  const known = new Set(Array.from(columns, String));
  if (parts.length > 1 && parts.every((part) => known.has(part))) {
    return `a list in brackets is not possible: write df.cols(${parts.map((part) => `'${part}'`).join(', ')}).`;
  }
  return null;
}

/** A cell, a row, a column or a smaller table, by what was selected on each side (null: all columns). */
export function cellOrPart(table: DataFrame, rows: Found, columns: Found | null): unknown {
  const data = table[DATA];
  if (typeof rows === 'number') {
    if (typeof columns === 'number') return cell(data[columns] ?? columnFrom([]), rows);
    return rowOf(table, rows, columns);
  }
  if (typeof columns === 'number') return table[COLUMN_AT](columns)[ROWS](rows);
  if (columns === null) return table[ROWS](rows);
  const index = table.index.take(rows);
  const parts = Array.from(columns, (at) => takeColumn(data[at] ?? columnFrom([]), rows));
  return makeFrame(table.columns.take(columns) as unknown as DataFrame['index'], parts, index);
}

/** Rows found by the first of several levels lose those levels, as in pandas. */
export function withoutLevels(part: unknown, index: Index, label: unknown, found: Found): unknown {
  if (index.nlevels < 2 || typeof found === 'number' || !(isSeries(part) || isFrame(part))) return part;
  if (label instanceof Slice) return part;
  const parts = tupleOf(index, label);
  if (parts === null || parts.length >= index.nlevels) return part;
  for (let level = 0; level < parts.length; level += 1) part.index = part.index.droplevel(0);
  return part;
}

/** One row as a Series: its labels are the names of the columns, its name the label of the row. */
export function rowOf(table: DataFrame, row: number, columns: Positions | null): Series<unknown> {
  // pandas takes the row first, then its columns: the row's dtype is that of all of them.
  const across = acrossColumn(table[DATA], row);
  const cells = columns === null ? across : takeColumn(across, columns);
  const names = columns === null ? table[NAMES] : table[NAMES].take(columns);
  return makeSeries(cells, names, new RowName(table.index, row));
}

/** The cells of one row in the smallest dtype that holds them: numbers stay numbers, any mixture is object. */
export function acrossColumn(data: readonly Column[], row: number): Column {
  const [first] = data;
  const kinds = new Set(data.map((column) => column.kind));
  const numbers = [...kinds].every((kind) => kind === 'float64' || kind === 'int64');
  if (numbers && first !== undefined) {
    const out = Float64Array.from(data, (column) => (column.data as Float64Array)[row] ?? NaN);
    return { kind: kinds.has('float64') ? 'float64' : 'int64', data: out };
  }
  if (kinds.size === 1 && first !== undefined && first.kind !== 'object') {
    return concatColumns(data.map((column) => takeColumn(column, Int32Array.of(row))));
  }
  return objects(data.map((column) => cell(column, row)));
}

/** Rows as columns. */
export function transposed(table: DataFrame): DataFrame {
  const data = table[DATA];
  const columns = Array.from({ length: table.length }, (_, row) => acrossColumn(data, row));
  return makeFrame(table.index, columns, table.columns as unknown as DataFrame['index']);
}

/** Cells of a table row by row. */
export function rowLists(table: DataFrame): unknown[][] {
  const lists = table[DATA].map(cells);
  return Array.from({ length: table.length }, (_, row) => lists.map((list) => list[row]));
}

/** The label of a row as the name of its Series, made when somebody asks: a DateTime takes longer than the row. */
export class RowName {
  readonly index: Index;
  readonly row: number;

  constructor(index: Index, row: number) {
    this.index = index;
    this.row = row;
  }
}

/** The cells of a column by its name. */
export function cellsOf(table: DataFrame, name: unknown): Column {
  const column = table[DATA][table[NAMES].rowOf(name)];
  if (column === undefined) throw unknownColumn(name, table[NAMES]);
  return column;
}

/** The place of a column by its name. */
export function columnOf(table: DataFrame, name: unknown): number {
  const at = table[NAMES].rowOf(name);
  if (at < 0) throw unknownColumn(name, table[NAMES]);
  return at;
}
