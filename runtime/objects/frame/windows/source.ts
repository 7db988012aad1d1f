import { numbersOf } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { columnFrom } from '../column/dtypes.ts';
import { sameLabel } from '../column/keys.ts';
import { makeFrame, makeLevels, makeSeries } from '../factory.ts';
import { COLUMN, COLUMN_AT, DATA, NAMES } from '../store.ts';
import { isSeries } from '../is-table.ts';
import type { DataFrame, Index, Series } from '../types.ts';

/** A Series or the numeric columns of a table, and how results become the same shape again. */
export interface Source<R> {
  readonly numbers: readonly Float64Array[];
  readonly index: Index;
  /** Names of a table's columns; null for a Series. */
  readonly names: Index | null;
  /** `partner`: of results with another Series, whose name they keep only when it is the same. */
  build(results: readonly Float64Array[], partner?: unknown): R;
  /** Another table or Series column by column, for corr and cov. */
  partner(other: unknown): readonly Float64Array[];
}

export function seriesSource<T>(series: Series<T>, numbers: Float64Array): Source<Series> {
  return {
    numbers: [numbers],
    names: null,
    index: series.index,
    build: ([data], partner) => {
      const name = isSeries(partner) && !sameLabel(partner.name, series.name) ? null : series.name;
      return makeSeries<number>(floatColumn(data), series.index, name);
    },
    partner: (other) => [numbersIn(other, series.index)],
  };
}

/** `on`: the column of times that windows go by; it stays as it is. */
export function frameSource(frame: DataFrame, on: number | null = null): Source<DataFrame> {
  const kept: number[] = [];
  const numbers: Float64Array[] = [];
  const times = on === null ? null : (frame[DATA][on] ?? null);
  frame[DATA].forEach((column, i) => {
    const data = numbersOf(column);
    if (data === null || i === on) return;
    kept.push(i);
    numbers.push(data);
  });
  const names = kept.length === frame[NAMES].length ? frame[NAMES] : frame[NAMES].take(kept);
  return {
    numbers,
    names,
    index: times === null ? frame.index : makeLevels([times], [null]),
    build: (results) => {
      const table = makeFrame(names, results.map(floatColumn), frame.index);
      if (times === null || on === null) return table;
      const before = kept.filter((at) => at < on).length;
      return table.insert(before, frame[NAMES].labelAt(on) as string, [...frame[COLUMN_AT](on)]);
    },
    partner: (other) => {
      if (isSeries(other)) return numbers.map(() => numbersIn(other, frame.index));
      const table = other as DataFrame;
      return names.tolist().map((name) => numbersIn(table.col(name as string), frame.index));
    },
  };
}

function numbersIn(other: unknown, index: Index): Float64Array {
  const aligned = isSeries(other) ? other.reindex(index)[COLUMN] : columnFrom(other as Iterable<unknown>);
  return numbersOf(aligned) ?? new Float64Array(index.length).fill(NaN);
}

/** Windows take infinite values for missing ones, as pandas does. */
export function finite(values: Float64Array): Float64Array {
  for (let i = 0; i < values.length; i += 1) {
    if (Math.abs(values[i] ?? 0) === Infinity)
      return values.map((value) => (Math.abs(value) === Infinity ? NaN : value));
  }
  return values;
}

function floatColumn(data: Float64Array | undefined): Column {
  return { kind: 'float64', data: data ?? new Float64Array(0) };
}
