import { flag, named, numberOr, textOr } from '../args.ts';
import { isMissingValue, isNumeric, times } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { arithmetic } from '../column/operators.ts';
import { rank } from '../column/sorting.ts';
import { asFloats, takeColumn } from '../column/take.ts';
import { difference, pctChange, roundHalfEven, scan, shifted, shiftPositions } from '../column/transforms.ts';
import type { Scan } from '../column/transforms.ts';
import { operandColumn, pairWith } from '../labels/align.ts';
import { COLUMN } from '../store.ts';
import { isSeries } from '../is-table.ts';
import type { Index, Series } from '../types.ts';
import { SeriesAggregation } from './aggregation.ts';

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

/** Results with a cell for each cell: running totals, the neighbours of a cell, ranks, rounding. */
export abstract class SeriesTransforms<T> extends SeriesAggregation<T> {
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
