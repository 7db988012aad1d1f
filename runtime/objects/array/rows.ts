import { badArgument } from '../../api/arguments.ts';
import { pyRepr } from '../../text/python-text.ts';
import { NdArray, refuseOthers } from './nd-array.ts';
import type { StatisticOptions } from './nd-array.ts';
import { readNumbers } from './read-numbers.ts';

/** The axis of a statistic: null = all numbers, 0 = for each column, 1 = for each row. */
export type Axis = number | null | StatisticOptions;

/** Rows over numbers that lie row by row, which are not copied. */
export function rowsOver(flat: Float64Array, height: number, width: number): NdArray[] {
  return Array.from({ length: height }, (_, i) => NdArray.holding(flat.subarray(i * width, (i + 1) * width)));
}

/** The numbers of rows of one length, row by row, copied. BAD_ARGUMENT for rows of several lengths. */
export function flatOf(rows: readonly Iterable<unknown>[], where: string): { flat: NdArray; width: number } {
  const lists = rows.map((row) => readNumbers(row, where));
  const width = lists[0]?.length ?? 0;
  const odd = lists.find((row) => row.length !== width);
  if (odd !== undefined) {
    throw badArgument(where, `the rows have ${width} and ${odd.length} values: a matrix has rows of one length.`);
  }
  const flat = NdArray.sized(lists.length * width);
  lists.forEach((row, i) => {
    flat.set(row, i * width);
  });
  return { flat, width };
}

export function columnsOfRows(rows: readonly NdArray[]): NdArray[] {
  return Array.from({ length: rows[0]?.length ?? 0 }, (_, j) =>
    NdArray.holding(Float64Array.from(rows, (row) => row[j] ?? NaN)),
  );
}

export function axisOf(given: Axis | undefined): 0 | 1 | null {
  if (typeof given === 'object' && given !== null) refuseOthers('a statistic of a matrix', given, ['axis', 'ddof']);
  const axis = typeof given === 'object' && given !== null ? (given.axis ?? null) : (given ?? null);
  if (axis === null || axis === 0 || axis === 1) return axis;
  if (axis === -1 || axis === -2) return axis === -1 ? 1 : 0;
  throw badArgument('axis', `is 0 (for each column) or 1 (for each row), was ${pyRepr(axis)}.`);
}

/** A number of all, of each column or of each row. */
export function along(
  rows: readonly NdArray[],
  given: Axis | undefined,
  run: (values: Float64Array) => number,
): number | NdArray {
  const axis = axisOf(given);
  if (axis === null) return run(flatOf(rows, 'a matrix').flat);
  return NdArray.holding(Float64Array.from(axis === 1 ? rows : columnsOfRows(rows), run));
}

type Pair = (a: Float64Array, b: Float64Array) => Float64Array;

/** Row by row with the other side: a number, a row for all rows, as many rows, or rows of one number. BAD_ARGUMENT for another shape. */
export function combined(rows: readonly NdArray[], method: string, other: unknown, run: Pair): Float64Array[] {
  const right = typeof other === 'object' && other !== null ? Array.from(other as Iterable<unknown>) : [other];
  const isRows = right.length > 0 && right.every((row) => typeof row === 'object' && row !== null);
  const sides = isRows ? right.map((row) => readNumbers(row, `${method}()`)) : [readNumbers(right, `${method}()`)];
  const width = rows[0]?.length ?? 0;
  const fits = (side: Float64Array | undefined): boolean => side?.length === width || side?.length === 1;
  if (!sides.every(fits) || (sides.length !== rows.length && sides.length !== 1)) {
    const shape = isRows ? `(${sides.length}, ${sides[0]?.length ?? 0})` : `(${right.length},)`;
    throw badArgument(`${method}()`, `shapes (${rows.length}, ${width}) and ${shape} do not fit: make them the same.`);
  }
  return rows.map((row, i) => run(row, sides[sides.length === 1 ? 0 : i] ?? row));
}
