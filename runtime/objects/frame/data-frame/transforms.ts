import { flag, named, numberOr, readAxis, textOr } from '../args.ts';
import { floats, missingColumn } from '../column/column.ts';
import { rank } from '../column/sorting.ts';
import { roundHalfEven } from '../column/transforms.ts';
import { clipColumn } from '../series/transforms.ts';
import { makeFrame } from '../factory.ts';
import type { ScanOptions } from '../series/transforms.ts';
import { transposed } from '../selection/select.ts';
import { COLUMN, DATA } from '../store.ts';
import { isSeries } from '../is-table.ts';
import type { DataFrame, Series } from '../types.ts';
import { FrameCleaning } from './cleaning.ts';

/** Results with a cell for each cell: running totals, the neighbours of a cell, ranks, rounding. */
export abstract class FrameTransforms<C extends string> extends FrameCleaning<C> {
  abs(): DataFrame<C> {
    return this.mapColumns((column) =>
      column.kind === 'object' || column.kind === 'bool'
        ? column
        : { kind: column.kind, data: column.data.map(Math.abs) },
    );
  }

  /** Half to even; a dict rounds some columns. */
  round(decimals: number | Readonly<Record<string, number>> = 0): DataFrame<C> {
    const data = this[DATA].map((column, i) => {
      const digits = typeof decimals === 'number' ? decimals : decimals[String(this.names.labelAt(i))];
      return column.kind !== 'float64' || digits === undefined
        ? column
        : floats(column.data.map((v) => roundHalfEven(v, digits)));
    });
    return makeFrame<C>(this.names, data, this.index);
  }

  clip(...args: readonly unknown[]): DataFrame<C> {
    const a = named('clip', ['lower', 'upper', 'axis'], args);
    const across = readAxis(a['axis']) === 1;
    const data = this[DATA].map((column, i) => {
      const bound = (value: unknown): unknown =>
        across && isSeries(value) ? value.get(this.names.labelAt(i), NaN) : value;
      return clipColumn(column, this.index, bound(a['lower']), bound(a['upper']));
    });
    return makeFrame<C>(this.names, data, this.index);
  }

  cumsum(options: ScanOptions = {}): DataFrame<C> {
    return this.#along(options.axis, (series) => series.cumsum(options));
  }

  cumprod(options: ScanOptions = {}): DataFrame<C> {
    return this.#along(options.axis, (series) => series.cumprod(options));
  }

  cummax(options: ScanOptions = {}): DataFrame<C> {
    return this.#along(options.axis, (series) => series.cummax(options));
  }

  cummin(options: ScanOptions = {}): DataFrame<C> {
    return this.#along(options.axis, (series) => series.cummin(options));
  }

  diff(...args: readonly unknown[]): DataFrame<C> {
    const a = named('diff', ['periods', 'axis'], args);
    return this.#along(a['axis'], (series) => series.diff(numberOr(a['periods'], 1, 'diff() periods')));
  }

  /** Cells moved down by n rows (up, when negative). */
  shift(...args: readonly unknown[]): DataFrame<C> {
    const { axis, ...rest } = named('shift', ['periods', 'freq', 'axis', 'fill_value'], args);
    if (readAxis(axis) === 1) return this.#shiftedColumns(numberOr(rest['periods'], 1, 'shift() periods'));
    return this.eachSeries((series) => series.shift(rest));
  }

  pct_change(...args: readonly unknown[]): DataFrame<C> {
    const { axis, ...rest } = named('pct_change', ['periods', 'fill_method', 'axis'], args);
    return this.#along(axis, (series) => series.pct_change(rest));
  }

  /** Each column through a method of Series. */
  eachSeries(run: (series: Series) => Series<unknown>): DataFrame<C> {
    const data = this[DATA].map((_, i) => run(this.columnAt(i) as unknown as Series)[COLUMN]);
    return makeFrame<C>(this.names, data, this.index);
  }

  rank(options: object = {}): DataFrame<C> {
    const a = named('rank', ['axis', 'method', 'numeric_only', 'na_option', 'ascending', 'pct'], [options]);
    const method = textOr(a['method'], ['average', 'min', 'max', 'first', 'dense'], 'average', 'rank() method');
    const missing = textOr(a['na_option'], ['keep', 'top', 'bottom'], 'keep', 'rank() na_option');
    if (readAxis(a['axis']) === 1)
      return transposed(this as unknown as DataFrame).rank({ ...options, axis: 0 }).T as unknown as DataFrame<C>;
    return this.mapColumns((column) =>
      floats(rank(column, method, flag(a['ascending'], true), missing, flag(a['pct'], false))),
    );
  }

  /** Columns take the cells of the one n places before, with its dtype. */
  #shiftedColumns(n: number): DataFrame<C> {
    const data = this[DATA];
    const moved = data.map((_, i) => data[i - n] ?? missingColumn(this.length));
    return makeFrame<C>(this.names, moved, this.index);
  }

  #along(axis: unknown, run: (series: Series) => Series<unknown>): DataFrame<C> {
    if (readAxis(axis) === 0) return this.eachSeries(run);
    return transposed(this as unknown as DataFrame).eachSeries(run).T as unknown as DataFrame<C>; // the same columns
  }
}
