import { badArgument } from '../../../api/arguments.ts';
import { flag, named, numberOr, textOr } from '../args.ts';
import { isNumeric, times } from '../column/column.ts';
import { columnFrom } from '../column/infer.ts';
import { floatColumn, takeColumn } from '../column/take.ts';
import { describeColumn } from '../describe.ts';
import { makeIndex, makeSeries } from '../factory.ts';
import { rank } from '../kernel/rank.ts';
import { difference, roundHalfEven, scan, shiftPositions } from '../kernel/scan.ts';
import type { Scan } from '../kernel/scan.ts';
import * as stats from '../kernel/stats.ts';
import { arithmetic } from '../operate.ts';
import { quantileCell, readInterpolation, reduce } from '../reduce.ts';
import type { QuantileOptions, ReduceOptions, Reducer } from '../reduce.ts';
import { COLUMN } from '../store.ts';
import { clipColumn, pctChange, shifted } from '../transform.ts';
import type { Label, Series } from '../types.ts';
import { SeriesMath } from './math.ts';

export interface RankOptions {
  readonly method?: 'average' | 'min' | 'max' | 'first' | 'dense';
  readonly ascending?: boolean;
  readonly na_option?: 'keep' | 'top' | 'bottom';
  readonly pct?: boolean;
}

/** `skipna: false`: everything after a missing cell is missing. */
export interface ScanOptions {
  readonly skipna?: boolean;
  readonly axis?: 0 | 1 | 'index' | 'columns';
}

type Spread = number | ReduceOptions;

/** Statistics, running results and the neighbours of a cell. Missing cells are left out unless `{ skipna: false }`. */
export abstract class SeriesStats<T> extends SeriesMath<T> {
  sum(options: ReduceOptions = {}): number {
    return this.#reduced('sum', options) as number;
  }

  mean(options: ReduceOptions = {}): number {
    return this.#reduced('mean', options) as number;
  }

  median(options: ReduceOptions = {}): number {
    return this.#reduced('median', options) as number;
  }

  min(options: ReduceOptions = {}): T {
    return this.#reduced('min', options) as T;
  }

  max(options: ReduceOptions = {}): T {
    return this.#reduced('max', options) as T;
  }

  /** Of the sample (ddof 1), as pandas; `std(0)` of the population, as numpy. */
  std(options: Spread = {}): number {
    return this.#reduced('std', options) as number;
  }

  var(options: Spread = {}): number {
    return this.#reduced('var', options) as number;
  }

  sem(options: Spread = {}): number {
    return this.#reduced('sem', options) as number;
  }

  prod(options: ReduceOptions = {}): number {
    return this.#reduced('prod', options) as number;
  }

  skew(options: ReduceOptions = {}): number {
    return this.#reduced('skew', options) as number;
  }

  kurt(options: ReduceOptions = {}): number {
    return this.#reduced('kurt', options) as number;
  }

  /** Mean distance from the mean. */
  mad(): number {
    return this.#reduced('mad', {}) as number;
  }

  /** Cells that are not missing. */
  count(): number {
    return this.#reduced('count', {}) as number;
  }

  any(options: ReduceOptions = {}): boolean {
    return this.#reduced('any', options) as boolean;
  }

  all(options: ReduceOptions = {}): boolean {
    return this.#reduced('all', options) as boolean;
  }

  quantile(q?: number, options?: QuantileOptions): number;

  quantile(q: readonly number[], options?: QuantileOptions): Series;

  quantile(q: number | readonly number[] = 0.5, options: QuantileOptions = {}): number | Series {
    const rule = readInterpolation(options.interpolation);
    const column = this[COLUMN];
    if (column.kind !== 'datetime64[ns]') this.numbers('quantile');
    if (typeof q === 'number') return quantileCell(column, q, rule) as number;
    const cells = columnFrom(q.map((one) => quantileCell(column, one, rule)));
    return makeSeries<number>(cells.kind === 'int64' ? floatColumn(cells) : cells, makeIndex(q), this.name);
  }

  describe(): Series {
    return describeColumn(this[COLUMN], this.name);
  }

  /** Label of the first smallest cell. */
  idxmin(): Label {
    return this.#labelOf('idxmin', stats.argmin);
  }

  /** Label of the first largest cell. */
  idxmax(): Label {
    return this.#labelOf('idxmax', stats.argmax);
  }

  /** Position of the first smallest cell. */
  argmin(): number {
    return this.#place('idxmin', stats.argmin);
  }

  argmax(): number {
    return this.#place('idxmax', stats.argmax);
  }

  cumsum(options: ScanOptions = {}): Series<T> {
    return this.#scanned('cumsum', options);
  }

  cumprod(options: ScanOptions = {}): Series<T> {
    return this.#scanned('cumprod', options);
  }

  cummax(options: ScanOptions = {}): Series<T> {
    return this.#scanned('cummax', options);
  }

  cummin(options: ScanOptions = {}): Series<T> {
    return this.#scanned('cummin', options);
  }

  diff(periods = 1): Series<T> {
    const column = this[COLUMN];
    if (column.kind === 'datetime64[ns]') {
      const before = takeColumn(column, shiftPositions(this.length, periods));
      return this.withColumn<T>(arithmetic('sub', column, before, this.length));
    }
    return this.withColumn<T>({ kind: 'float64', data: difference(this.numbers('diff'), periods) });
  }

  /** Cells moved down by n rows (up, when negative). */
  shift(
    ...args: readonly [
      periods?: number | { readonly periods?: number; readonly fill_value?: unknown },
      options?: object,
    ]
  ): Series<T> {
    const a = named('shift', ['periods', 'freq', 'axis', 'fill_value'], args);
    const positions = shiftPositions(this.length, numberOr(a['periods'], 1, 'shift() periods'));
    return this.withColumn<T>(shifted(this[COLUMN], positions, a['fill_value']));
  }

  /** The change against n rows before, as a fraction; gaps are filled forward first, as pandas does. */
  pct_change(
    ...args: readonly [
      periods?: number | { readonly periods?: number; readonly fill_method?: 'pad' | 'ffill' | null },
      options?: object,
    ]
  ): Series<T> {
    const a = named('pct_change', ['periods', 'fill_method'], args);
    this.numbers('pct_change');
    const periods = numberOr(a['periods'], 1, 'pct_change() periods');
    return this.withColumn<T>(pctChange(this[COLUMN], periods, a['fill_method'] !== null));
  }

  /** Half to even, as numpy. */
  round(decimals = 0): Series<T> {
    return this.mapNumbers('round', (value) => roundHalfEven(value, decimals));
  }

  clip(...args: readonly [lower?: unknown, upper?: unknown, options?: object]): Series<T> {
    const a = named('clip', ['lower', 'upper'], args);
    this.numbers('clip');
    return this.withColumn<T>(clipColumn(this[COLUMN], this.index, a['lower'], a['upper']));
  }

  rank(options: RankOptions = {}): Series {
    const a = named('rank', ['axis', 'method', 'numeric_only', 'na_option', 'ascending', 'pct'], [options]);
    const method = textOr(a['method'], ['average', 'min', 'max', 'first', 'dense'], 'average', 'rank() method');
    const missing = textOr(a['na_option'], ['keep', 'top', 'bottom'], 'keep', 'rank() na_option');
    const data = rank(this[COLUMN], method, flag(a['ascending'], true), missing, flag(a['pct'], false));
    return this.withColumn<number>({ kind: 'float64', data });
  }

  #reduced(reducer: Reducer, options: Spread): unknown {
    if (typeof options === 'number') return reduce(this[COLUMN], reducer, { ddof: options });
    if (Object.keys(options).length > 0)
      named(reducer, ['axis', 'skipna', 'ddof', 'min_count', 'numeric_only'], [options]);
    return reduce(this[COLUMN], reducer, options);
  }

  /** NaN when every cell is missing. */
  #labelOf(method: string, find: (values: Float64Array) => number): Label {
    if (this.length > 0 && this.count() === 0) return NaN;
    return this.index.at(this.#place(method, find));
  }

  #place(method: string, find: (values: Float64Array) => number): number {
    const column = this[COLUMN];
    const at = find(column.kind === 'datetime64[ns]' ? column.data : this.numbers(method));
    if (at >= 0) return at;
    throw badArgument(`${method}()`, 'has no cell to choose from: the Series is empty or all missing.');
  }

  #scanned(kind: Scan, options: ScanOptions): Series<T> {
    const skipna = named(kind, ['axis', 'skipna'], [options])['skipna'] !== false;
    const column = this[COLUMN];
    if (column.kind === 'datetime64[ns]') return this.withColumn<T>(times(scan(kind, column.data, skipna)));
    const data = scan(kind, this.numbers(kind), skipna);
    if (column.kind === 'bool' && (kind === 'cummax' || kind === 'cummin'))
      return this.withColumn<T>({ kind: 'bool', data: Uint8Array.from(data) });
    const whole = isNumeric(column) && column.kind !== 'float64';
    return this.withColumn<T>({ kind: whole ? 'int64' : 'float64', data });
  }
}
