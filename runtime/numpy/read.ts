import { badArgument, isPlainObject } from '../api/arguments.ts';
import { isIterable } from '../api/readers.ts';
import { Mask, maskNumbers } from '../objects/array/mask.ts';
import { Matrix } from '../objects/array/matrix.ts';
import { NdArray, refuseOthers } from '../objects/array/nd-array.ts';
import { readNumbers } from '../objects/array/read-numbers.ts';
import { axisOf, columnsOfRows } from '../objects/array/rows.ts';
import type { Axis } from '../objects/array/rows.ts';
import { cells, floats, numbersOf } from '../objects/frame/column/column.ts';
import type { Column } from '../objects/frame/column/column.ts';
import { makeFrame, makeSeries } from '../objects/frame/factory.ts';
import { isFrame, isSeries, storedColumn } from '../objects/frame/is-table.ts';
import { COLUMN, DATA } from '../objects/frame/store.ts';
import type { DataFrame, Series } from '../objects/frame/types.ts';
import { pyRepr } from '../text/python-text.ts';

/** Numbers in a row: an array, a list, a Series. */
export type Vector = Iterable<number | boolean | null>;
/** What the functions of numpy take: a number, numbers in a row, rows of numbers, a table. */
export type Numeric = number | boolean | Vector | Iterable<Vector> | DataFrame;
/** What they make of a Series, a table, rows, a row, a number. */
export type Same<T> = T extends number | boolean
  ? number
  : T extends Series<unknown>
    ? Series
    : T extends DataFrame
      ? DataFrame
      : T extends Matrix
        ? Matrix
        : NdArray;

function columnNumbers(column: Column, where: string): Float64Array {
  return numbersOf(column) ?? readNumbers(cells(column), where);
}

/** An array, a matrix or a single number of anything that numpy would make one of. BAD_ARGUMENT for texts and other things. */
export function shaped(value: unknown, where: string): NdArray | Matrix | number {
  if (typeof value === 'number') return value;
  // Before the others: a look for what it is not goes through the door behind its class.
  if (value instanceof Mask) return NdArray.holding(maskNumbers(value));
  if (value instanceof NdArray || value instanceof Matrix) return value;
  if (typeof value === 'boolean') return Number(value);
  const column = storedColumn(value);
  if (column !== null) return NdArray.holding(columnNumbers(column, where));
  if (isFrame(value))
    return Matrix.ofRows(
      value[DATA].map((one) => columnNumbers(one, where)),
      where,
    ).T;
  if (value instanceof Float64Array) return NdArray.holding(readNumbers(value, where));
  if (!isIterable(value)) throw badArgument(where, `takes numbers, arrays or tables, was ${pyRepr(value)}.`);
  const list: unknown[] = Array.isArray(value) ? value : Array.from(value);
  const isRows = list.length > 0 && list.every((row) => isIterable(row));
  return isRows ? Matrix.ofRows(list, where) : NdArray.holding(readNumbers(list, where));
}

/** Numbers in a row; a matrix gives all of its, a single number a row of one. */
export function vector(value: unknown, where: string): NdArray {
  const read = shaped(value, where);
  if (typeof read === 'number') return NdArray.holding(Float64Array.of(read));
  return read instanceof Matrix ? read.flatten() : read;
}

/** Rows and columns; numbers in a row are one row. */
export function matrix(value: unknown, where: string): Matrix {
  const read = shaped(value, where);
  if (read instanceof Matrix) return read;
  return Matrix.ofRows([typeof read === 'number' ? [read] : read], where);
}

/** Each number through a function; a Series or table keeps its labels, as in numpy. */
export function eachNumber(value: unknown, where: string, run: (values: Float64Array) => Float64Array): unknown {
  if (typeof value === 'number') return run(Float64Array.of(value))[0] ?? NaN;
  if (isSeries(value)) return makeSeries(floats(run(columnNumbers(value[COLUMN], where))), value.index, value.name);
  if (isFrame(value)) {
    const data = value[DATA].map((column) => floats(run(columnNumbers(column, where))));
    return makeFrame(value.columns as never, data, value.index); // the names of the same table
  }
  const read = shaped(value, where);
  if (typeof read === 'number') return run(Float64Array.of(read))[0] ?? NaN;
  if (read instanceof Matrix) return Matrix.over(run(read.flatten()), ...read.shape);
  return NdArray.holding(run(read));
}

/** Of numbers in a row: BAD_ARGUMENT for a second axis. */
export function onlyRow(where: string, axis: unknown): void {
  if (axis === undefined || axis === null || axis === 0 || axis === -1) return;
  throw badArgument(`${where} axis`, 'is 0 for an array in a row.');
}

/** Lines of numbers through a function: columns (axis 0), rows (axis 1), or all as one line (null), as numbers in a row are. */
export function eachLine(
  value: unknown,
  where: string,
  axis: unknown,
  run: (line: NdArray) => NdArray,
): NdArray | Matrix {
  const read = shaped(value, where);
  if (!(read instanceof Matrix)) {
    onlyRow(where, axis);
    return run(vector(read, where));
  }
  const along = axisOf(axis as Axis);
  if (along === null) return run(read.flatten());
  return along === 1 ? Matrix.ofRows(read.map(run)) : Matrix.ofRows(columnsOfRows(read).map(run)).T;
}

/** Named arguments that stand last, as a plain object; the rest by position. BAD_ARGUMENT for a name that is not among `names`. */
export function options(
  where: string,
  names: readonly string[],
  values: readonly unknown[],
): Readonly<Record<string, unknown>> {
  const given = values.filter((value) => value !== undefined);
  const last = given.at(-1);
  const named = isPlainObject(last) ? last : {};
  const placed = isPlainObject(last) ? given.slice(0, -1) : given;
  const most = names.length === 0 ? 'nothing more' : `at most ${names.join(', ')} behind its array`;
  if (placed.length > names.length) throw badArgument(where, `takes ${most}.`);
  refuseOthers(where, named, names);
  const read: Record<string, unknown> = { ...named };
  placed.forEach((value, i) => {
    read[names[i] ?? ''] = value;
  });
  return read;
}

/** What must be a list or an array of anything: an object with names would count as empty. */
export function listed(value: unknown, where: string): Iterable<unknown> {
  if (isIterable(value) || typeof value === 'string') return value;
  throw badArgument(where, `must be a list or an array, was ${pyRepr(value)}.`);
}

/** A number that is needed; true and false are 1 and 0. */
export function needed(value: unknown, where: string): number {
  if (typeof value === 'number' || typeof value === 'boolean') return Number(value);
  throw badArgument(where, `must be a number, was ${pyRepr(value)}.`);
}

/** Refuses options by name of a function that has none. What a loop passes behind its value, a place and a list, is let through: `list.map(np.log)`. */
export function refuseOptions(where: string, more: readonly unknown[]): void {
  if (more.length > 0) for (const one of more) if (isPlainObject(one)) refuseOthers(where, one, []);
}

export function numberOption(where: string, value: unknown, fallback: number): number {
  if (value === undefined || value === null) return fallback;
  if (typeof value === 'number') return value;
  throw badArgument(where, `must be a number, was ${pyRepr(value)}.`);
}
