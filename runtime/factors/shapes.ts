import { badArgument } from '../api/arguments.ts';
import { isIterable } from '../api/readers.ts';
import { cells, floats, numbersOf } from '../objects/frame/column/column.ts';
import type { Column } from '../objects/frame/column/column.ts';
// The classes put themselves into the factory when they load.
import '../objects/frame/data-frame.ts';
import { makeFrame, makeSeries } from '../objects/frame/factory.ts';
import { isFrame, isSeries } from '../objects/frame/is-table.ts';
import { DATA, NAMES } from '../objects/frame/store.ts';
import type { DataFrame, Series } from '../objects/frame/types.ts';
import { numbersFrom } from '../indicators/talib/define.ts';

/** Numbers of one day, or of several in rows or columns. */
export type Numbers = ArrayLike<number> | Iterable<number | null>;
export type Line = Float64Array;

/** One set of numbers with the labels of its cells. */
export interface Labelled {
  readonly values: Line;
  /** Null = an array: cells have no labels. */
  readonly labels: readonly unknown[] | null;
}

/** Applies `run` to a Series or an array, or to each row (axis 1) or column (axis 0) of a table; the shape stays. */
export function lineByLine(data: unknown, axis: 0 | 1, where: string, run: (line: Labelled) => Line): unknown {
  if (isSeries(data)) {
    const values = run({ values: numbersFrom(data, where), labels: data.index.tolist() });
    return makeSeries(floats(values), data.index, data.name);
  }
  if (isFrame(data)) return frameByLine(data, axis, where, run);
  if (!isIterable(data)) throw badArgument(where, 'must be a Series, a DataFrame or an array of numbers.');
  const rows = Array.isArray(data) ? (data as readonly unknown[]) : null;
  if (rows === null || !rows.some(isIterable)) return run({ values: numbersFrom(data, where), labels: null });
  return matrixByLine(
    rows.map((row) => numbersFrom(row, where)),
    axis,
    run,
  );
}

function numericCells(column: Column, where: string): Line {
  return numbersOf(column) ?? numbersFrom(cells(column), where);
}

function frameByLine(data: DataFrame, axis: 0 | 1, where: string, run: (line: Labelled) => Line): DataFrame {
  const columns = data[DATA].map((column) => numericCells(column, where));
  const labels = axis === 0 ? data.index.tolist() : data[NAMES].tolist();
  if (axis === 0) {
    const results = columns.map((values) => floats(run({ values, labels })));
    return makeFrame(data[NAMES], results, data.index);
  }
  const rows = data.index.length;
  const results = columns.map(() => new Float64Array(rows));
  for (let row = 0; row < rows; row += 1) {
    const line = run({ values: Float64Array.from(columns, (column) => column[row] ?? NaN), labels });
    results.forEach((result, i) => (result[row] = line[i] ?? NaN));
  }
  return makeFrame(data[NAMES], results.map(floats), data.index);
}

function matrixByLine(rows: readonly Line[], axis: 0 | 1, run: (line: Labelled) => Line): Line[] {
  if (axis === 1) return rows.map((values) => run({ values, labels: null }));
  const width = rows[0]?.length ?? 0;
  const out = rows.map((row) => new Float64Array(row.length));
  for (let i = 0; i < width; i += 1) {
    const line = run({ values: Float64Array.from(rows, (row) => row[i] ?? NaN), labels: null });
    out.forEach((row, r) => (row[i] = line[r] ?? NaN));
  }
  return out;
}

/** What the cleaning functions take, and give again in the same shape. */
export interface Cleaning<O> {
  (series: Series, ...options: (Option | O)[]): Series;
  <C extends string>(series: DataFrame<C>, ...options: (Option | O)[]): DataFrame<C>;
  (series: readonly Numbers[], ...options: (Option | O)[]): Float64Array[];
  (series: Numbers, ...options: (Option | O)[]): Float64Array;
}
type Option = number | boolean | null | readonly number[];
