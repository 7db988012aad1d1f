import { flag, wholeNumber } from '../args.ts';
import { maskPositions, sliceColumn } from '../column/take.ts';
import { adviseOnce, positionIn } from '../errors.ts';
import { makeSeries } from '../factory.ts';
import { findSlice, tryLabel } from '../index/lookup.ts';
import { cutRows, levelRows } from '../labels/relabel.ts';
import { filteredLabels, samplePositions, truncatedRows } from '../selection/filter.ts';
import type { FilterOptions } from '../selection/filter.ts';
import { rowsByLabel, withoutLevels } from '../selection/select.ts';
import { given } from '../signatures/signature.ts';
import { isPlace, Slice, slicePositions } from '../slice.ts';
import { COLUMN, PICKED, ROWS } from '../store.ts';
import type { Series } from '../types.ts';
import { SeriesCore } from './core.ts';

/** One row, or some of the rows. */
export abstract class SeriesSelection<T> extends SeriesCore<T> {
  get(key: unknown, fallback: unknown = null): T {
    const found = tryLabel(this.index, key);
    if (found === null) return fallback as T; // stands for a cell
    return withoutLevels(this[PICKED](found), this.index, key, found) as T;
  }

  /** Positions start..stop (not included), as `s[a:b:step]`. */
  slice(start: unknown = null, stop: unknown = null, step: number | null = null): Series<T> {
    if (!isPlace(start) || !isPlace(stop)) return this[ROWS](findSlice(this.index, new Slice(start, stop, step)));
    if (step !== null && step !== 1) return this[ROWS](slicePositions(this.length, start, stop, step));
    const index = this.index.slice(start, stop);
    const from = index.length === 0 ? 0 : Math.max(0, start === null ? 0 : start < 0 ? this.length + start : start);
    return makeSeries<T>(sliceColumn(this[COLUMN], from, from + index.length), index, this.name);
  }

  head(n: number | { readonly n?: number } = 5): Series<T> {
    return this.slice(0, wholeNumber(n, 5, 'head() n'));
  }

  tail(n: number | { readonly n?: number } = 5): Series<T> {
    const rows = wholeNumber(n, 5, 'tail() n');
    return this.slice(rows < 0 ? -rows : Math.max(0, this.length - rows));
  }

  /** The rows at these positions. */
  take(positions: Iterable<unknown>): Series<T> {
    return this[ROWS](Int32Array.from(positions, (at) => positionIn(this.length, Number(at), 'a Series')));
  }

  copy(): Series<T> {
    return makeSeries<T>(this[COLUMN], this.index, this.name);
  }

  /** Random rows; the same `random_state` gives the same rows. */
  sample(...args: readonly unknown[]): Series<T> {
    const a = given(args);
    const sampled = this[ROWS](samplePositions(this.length, a));
    return flag(a['ignore_index'], false) ? sampled.reset_index({ drop: true }) : sampled;
  }

  filter(...args: readonly [items?: readonly unknown[] | FilterOptions, options?: FilterOptions]): Series<T> {
    return this[ROWS](filteredLabels(this.index, given(args)));
  }

  truncate(...args: readonly unknown[]): Series<T> {
    return this[ROWS](truncatedRows(this.index, given(args)));
  }

  /** Rows of a time of day, both ends included: `between_time('9:30', '11:30')`. */
  between_time(start: unknown, end: unknown, options: { readonly inclusive?: string } = {}): Series<T> {
    return this[ROWS](maskPositions(cutRows(this.index, start, end, options.inclusive)));
  }

  /** Rows of one time of day: `at_time('14:50')`. */
  at_time(time: unknown): Series<T> {
    return this.between_time(time, time);
  }

  /** Rows of one label of a level, without that level. */
  xs(label: unknown, options: { readonly level?: number | string; readonly drop_level?: boolean } = {}): Series<T> {
    if (options.level === undefined || this.index.nlevels === 1) return this.loc(label) as unknown as Series<T>; // a cell, or its rows
    const { at, rows } = levelRows(this.index, label, options.level);
    const part = this[ROWS](rows);
    if (options.drop_level !== false) part.index = part.index.droplevel(at);
    return part;
  }

  /** Old pandas: by label, else by position. */
  ix(key: unknown): unknown {
    adviseOnce('Series.ix', 's.loc(label)、s.iloc(i)');
    const numeric = this.index.dtype === 'int64';
    if (typeof key === 'number' && !numeric) return this.at(key);
    return this[PICKED](rowsByLabel(this.index, key));
  }

  /** The cell of a Series of one, else the Series. */
  squeeze(): T | Series<T> {
    return this.length === 1 ? this.at(0) : (this as unknown as Series<T>);
  }
}
