import { badArgument } from '../../../api/arguments.ts';
import { flag, pairsOf, readAxis, textOr, wholeNumber } from '../args.ts';
import { floats, missingColumn } from '../column/column.ts';
import { constantColumn } from '../column/dtypes.ts';
import { arithmetic } from '../column/operators.ts';
import { comparable, rank } from '../column/sorting.ts';
import { roundHalfEven } from '../column/transforms.ts';
import { clipColumn } from '../series/transforms.ts';
import { makeFrame } from '../factory.ts';
import type { RankOptions, ScanArgs } from '../series/transforms.ts';
import { shiftedTimes } from '../labels/rename.ts';
import { given } from '../signatures/signature.ts';
import { transposed } from '../selection/select.ts';
import { BECOME, COLUMN, COLUMN_AT, DATA, EACH_SERIES, MAP_COLUMNS, NAMES, NUMERIC } from '../store.ts';
import { isSeries } from '../is-table.ts';
import type { DataFrame, Series } from '../types.ts';
import { FrameCleaning } from './cleaning.ts';

/** Results with a cell for each cell: running totals, the neighbours of a cell, ranks, rounding. */
export abstract class FrameTransforms<C extends string> extends FrameCleaning<C> {
  abs(): DataFrame<C> {
    return this[MAP_COLUMNS]((column) =>
      column.kind === 'object' || column.kind === 'bool'
        ? column
        : { kind: column.kind, data: column.data.map(Math.abs) },
    );
  }

  /** Half to even; a dict rounds some columns. */
  round(decimals: number | Readonly<Record<string, number>> | Series = 0): DataFrame<C> {
    const pairs = isSeries(decimals) ? (decimals.items() as [unknown, unknown][]) : pairsOf(decimals);
    const dict = pairs === null ? null : new Map(pairs);
    const data = this[DATA].map((column, i) => {
      const own = dict === null ? decimals : dict.get(this[NAMES].labelAt(i));
      const digits = own === undefined ? undefined : wholeNumber(own, 0, 'round() decimals');
      return column.kind !== 'float64' || digits === undefined
        ? column
        : floats(column.data.map((v) => roundHalfEven(v, digits)));
    });
    return makeFrame<C>(this[NAMES], data, this.index);
  }

  clip(...args: readonly unknown[]): DataFrame<C> {
    const a = given(args);
    const across = readAxis(a['axis']) === 1;
    if ((isSeries(a['lower']) || isSeries(a['upper'])) && a['axis'] === undefined)
      throw badArgument('clip()', 'a Series needs { axis: 0 } (by row) or { axis: 1 } (by column).');
    const data = this[DATA].map((column, i) => {
      const bound = (value: unknown): unknown =>
        across && isSeries(value) ? value.get(this[NAMES].labelAt(i), NaN) : value;
      return clipColumn(column, this.index, bound(a['lower']), bound(a['upper']));
    });
    const clipped = makeFrame<C>(this[NAMES], data, this.index);
    return flag(a['inplace'], false) ? this[BECOME](clipped as unknown as DataFrame) : clipped;
  }

  cumsum(...args: ScanArgs): DataFrame<C> {
    const { axis, ...rest } = given(args);
    return this.#along(axis, (series) => series.cumsum(rest));
  }

  cumprod(...args: ScanArgs): DataFrame<C> {
    const { axis, ...rest } = given(args);
    return this.#along(axis, (series) => series.cumprod(rest));
  }

  cummax(...args: ScanArgs): DataFrame<C> {
    const { axis, ...rest } = given(args);
    return this.#along(axis, (series) => series.cummax(rest));
  }

  cummin(...args: ScanArgs): DataFrame<C> {
    const { axis, ...rest } = given(args);
    return this.#along(axis, (series) => series.cummin(rest));
  }

  diff(...args: readonly unknown[]): DataFrame<C> {
    const a = given(args);
    const periods = wholeNumber(a['periods'], 1, 'diff() periods');
    if (readAxis(a['axis']) === 0) return this[EACH_SERIES]((series) => series.diff(periods));
    const before = this.#shiftedColumns(periods, undefined)[DATA];
    const data = this[DATA].map((column, i) => arithmetic('sub', column, before[i] ?? column, this.length));
    return makeFrame<C>(this[NAMES], data, this.index);
  }

  /** Cells moved down by n rows (up, when negative). */
  shift(...args: readonly unknown[]): DataFrame<C> {
    const { axis, ...rest } = given(args);
    const periods = wholeNumber(rest['periods'], 1, 'shift() periods');
    if (rest['freq'] !== undefined && rest['freq'] !== null) {
      if (readAxis(axis) === 1) throw badArgument('shift()', 'freq moves the row labels; leave axis out.');
      return makeFrame<C>(this[NAMES], this[DATA], shiftedTimes(this.index, periods, rest['freq']));
    }
    if (readAxis(axis) === 1) return this.#shiftedColumns(periods, rest['fill_value']);
    return this[EACH_SERIES]((series) => series.shift(rest));
  }

  pct_change(...args: readonly unknown[]): DataFrame<C> {
    const { axis, ...rest } = given(args);
    return this.#along(axis, (series) => series.pct_change(rest));
  }

  /** Each column through a method of Series. */
  [EACH_SERIES](run: (series: Series) => Series<unknown>): DataFrame<C> {
    const data = this[DATA].map((_, i) => run(this[COLUMN_AT](i) as unknown as Series)[COLUMN]);
    return makeFrame<C>(this[NAMES], data, this.index);
  }

  rank(
    ...args: readonly [axis?: 0 | 1 | 'index' | 'columns' | RankOptions, ...more: readonly unknown[]]
  ): DataFrame<C> {
    const a = given(args);
    const { axis, numeric_only: numeric, ...rest } = a;
    if (numeric === true) return this[NUMERIC]().rank({ ...rest, axis } as RankOptions) as unknown as DataFrame<C>;
    const method = textOr(a['method'], ['average', 'min', 'max', 'first', 'dense'], 'average', 'rank() method');
    const missing = textOr(a['na_option'], ['keep', 'top', 'bottom'], 'keep', 'rank() na_option');
    if (readAxis(axis) === 1) {
      // Rows that mix texts and numbers have no order: then the numbers alone, as pandas.
      const rows = transposed(this as unknown as DataFrame);
      const table = rows[DATA].every(comparable) ? rows : transposed(this[NUMERIC]());
      return table.rank(rest).T as unknown as DataFrame<C>;
    }
    return this[MAP_COLUMNS]((column) =>
      floats(rank(column, method, flag(a['ascending'], true), missing, flag(a['pct'], false))),
    );
  }

  /** Columns take the cells of the one n places before, with its dtype. */
  #shiftedColumns(n: number, fill: unknown): DataFrame<C> {
    const data = this[DATA];
    const gap = fill === undefined || fill === null ? missingColumn(this.length) : constantColumn(fill, this.length);
    const moved = data.map((_, i) => data[i - n] ?? gap);
    return makeFrame<C>(this[NAMES], moved, this.index);
  }

  #along(axis: unknown, run: (series: Series) => Series<unknown>): DataFrame<C> {
    if (readAxis(axis) === 0) return this[EACH_SERIES](run);
    return transposed(this as unknown as DataFrame)[EACH_SERIES](run).T as unknown as DataFrame<C>; // the same columns
  }
}
