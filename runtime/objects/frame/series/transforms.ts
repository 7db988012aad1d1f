import { badArgument } from '../../../api/arguments.ts';
import { flag, numberOr, textOr, wholeNumber } from '../args.ts';
import { isMissingValue, isNumeric, times } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { arithmetic } from '../column/operators.ts';
import { rank } from '../column/sorting.ts';
import { asFloats, takeColumn } from '../column/take.ts';
import { difference, pctChange, roundHalfEven, scan, shifted, shiftPositions } from '../column/transforms.ts';
import type { Scan } from '../column/transforms.ts';
import { makeSeries } from '../factory.ts';
import { operandColumn, pairWith } from '../labels/align.ts';
import { shiftedTimes } from '../labels/rename.ts';
import { given } from '../signatures/signature.ts';
import { BECOME, COLUMN, MAP_NUMBERS, NUMBERS, WITH_COLUMN } from '../store.ts';
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

/** By position the axis comes first, as in pandas. */
export type ScanArgs = readonly [axis?: 0 | 1 | 'index' | 'columns' | null | ScanOptions, options?: ScanOptions];

/** Results with a cell for each cell: running totals, the neighbours of a cell, ranks, rounding. */
export abstract class SeriesTransforms<T> extends SeriesAggregation<T> {
  cumsum(...args: ScanArgs): Series<T> {
    return this.#scanned('cumsum', args);
  }

  cumprod(...args: ScanArgs): Series<T> {
    return this.#scanned('cumprod', args);
  }

  cummax(...args: ScanArgs): Series<T> {
    return this.#scanned('cummax', args);
  }

  cummin(...args: ScanArgs): Series<T> {
    return this.#scanned('cummin', args);
  }

  diff(rows: number | { readonly periods?: number } = 1): Series<T> {
    const periods = numberOr(rows, 1, 'diff() periods');
    const column = this[COLUMN];
    if (column.kind === 'datetime64[ns]') {
      const before = takeColumn(column, shiftPositions(this.length, periods));
      return this[WITH_COLUMN]<T>(arithmetic('sub', column, before, this.length));
    }
    if (column.kind === 'bool') return this[WITH_COLUMN]<T>(changes(column.data, periods));
    return this[WITH_COLUMN]<T>({ kind: 'float64', data: difference(this[NUMBERS]('diff'), periods) });
  }

  /** Cells moved down by n rows (up, when negative). */
  shift(
    ...args: readonly [
      periods?: number | { readonly periods?: number; readonly fill_value?: unknown },
      options?: object,
    ]
  ): Series<T> {
    const a = given(args);
    const periods = wholeNumber(a['periods'], 1, 'shift() periods');
    if (a['freq'] !== undefined && a['freq'] !== null)
      return makeSeries<T>(this[COLUMN], shiftedTimes(this.index, periods, a['freq']), this.name);
    const positions = shiftPositions(this.length, periods);
    return this[WITH_COLUMN]<T>(shifted(this[COLUMN], positions, a['fill_value']));
  }

  /** The change against n rows before, as a fraction; gaps are filled forward first, as pandas does. */
  pct_change(
    ...args: readonly [
      periods?: number | { readonly periods?: number; readonly fill_method?: 'pad' | 'ffill' | null },
      options?: object,
    ]
  ): Series<T> {
    const a = given(args);
    this[NUMBERS]('pct_change');
    const periods = wholeNumber(a['periods'], 1, 'pct_change() periods');
    const limit = numberOr(a['limit'], Infinity, 'pct_change() limit');
    return this[WITH_COLUMN]<T>(pctChange(this[COLUMN], periods, readFill(a['fill_method']), limit));
  }

  /** Half to even, as numpy. */
  round(decimals: number | { readonly decimals?: number } = 0): Series<T> {
    const digits = wholeNumber(decimals, 0, 'round() decimals');
    return this[MAP_NUMBERS]('round', (value) => roundHalfEven(value, digits));
  }

  clip(...args: readonly [lower?: unknown, upper?: unknown, options?: object]): Series<T> {
    const a = given(args);
    this[NUMBERS]('clip');
    const clipped = this[WITH_COLUMN]<T>(clipColumn(this[COLUMN], this.index, a['lower'], a['upper']));
    return flag(a['inplace'], false) ? this[BECOME](clipped) : clipped;
  }

  rank(...args: readonly [axis?: 0 | RankOptions, options?: RankOptions]): Series {
    const a = given(args);
    const method = textOr(a['method'], ['average', 'min', 'max', 'first', 'dense'], 'average', 'rank() method');
    const missing = textOr(a['na_option'], ['keep', 'top', 'bottom'], 'keep', 'rank() na_option');
    const data = rank(this[COLUMN], method, flag(a['ascending'], true), missing, flag(a['pct'], false));
    return this[WITH_COLUMN]<number>({ kind: 'float64', data });
  }

  #scanned(kind: Scan, args: readonly unknown[]): Series<T> {
    const skipna = given(args)['skipna'] !== false;
    const column = this[COLUMN];
    if (column.kind === 'datetime64[ns]') return this[WITH_COLUMN]<T>(times(scan(kind, column.data, skipna)));
    const data = scan(kind, this[NUMBERS](kind), skipna);
    if (column.kind === 'bool' && (kind === 'cummax' || kind === 'cummin'))
      return this[WITH_COLUMN]<T>({ kind: 'bool', data: Uint8Array.from(data) });
    const whole = isNumeric(column) && column.kind !== 'float64';
    return this[WITH_COLUMN]<T>({ kind: whole ? 'int64' : 'float64', data });
  }
}

/** Whether a condition is another than n rows before; missing where there is none. */
function changes(bits: Uint8Array, n: number): Column {
  const cells = Array.from(bits, (bit, i) => (bits[i - n] === undefined ? NaN : bit !== bits[i - n]));
  return { kind: 'object', data: cells };
}

/** pandas' names of how gaps are filled before a change is taken; 'pad' unless given, null: not at all. */
export function readFill(value: unknown): 'ffill' | 'bfill' | null {
  if (value === null) return null;
  if (value === undefined || value === 'pad' || value === 'ffill') return 'ffill';
  if (value === 'bfill' || value === 'backfill') return 'bfill';
  throw badArgument('pct_change()', "fill_method is 'pad', 'ffill', 'bfill' or null.");
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
