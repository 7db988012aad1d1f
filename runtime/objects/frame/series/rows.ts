import { cell } from '../column/column.ts';
import { sliceColumn } from '../column/take.ts';
import type { Positions } from '../column/take.ts';
import { positionIn } from '../errors.ts';
import { makeSeries } from '../factory.ts';
import { findSlice, tryLabel } from '../labels/find.ts';
import { isPlace, Slice, slicePositions } from '../slice.ts';
import { COLUMN } from '../store.ts';
import type { Index, Label, Series } from '../types.ts';
import { SeriesCore } from './core.ts';

/** Rows one by one and several at once. */
export abstract class SeriesRows<T> extends SeriesCore<T> {
  get(key: unknown, fallback: unknown = null): T {
    const found = tryLabel(this.index, key);
    return (found === null ? fallback : this.picked(found)) as T; // the fallback stands for a cell
  }

  /** Positions start..stop (not included), as `s[a:b:step]`. */
  slice(start: unknown = null, stop: unknown = null, step: number | null = null): Series<T> {
    if (!isPlace(start) || !isPlace(stop)) return this.rows(findSlice(this.index, new Slice(start, stop, step)));
    if (step !== null && step !== 1) return this.rows(slicePositions(this.length, start, stop, step));
    const index = this.index.slice(start, stop);
    const from = index.length === 0 ? 0 : Math.max(0, start === null ? 0 : start < 0 ? this.length + start : start);
    return makeSeries<T>(sliceColumn(this[COLUMN], from, from + index.length), index, this.name);
  }

  head(n = 5): Series<T> {
    return this.slice(0, n);
  }

  tail(n = 5): Series<T> {
    return this.slice(n < 0 ? -n : Math.max(0, this.length - n));
  }

  /** The rows at these positions. */
  take(positions: readonly number[] | Positions): Series<T> {
    return this.rows(Int32Array.from(positions, (at) => positionIn(this.length, at, 'a Series')));
  }

  copy(): Series<T> {
    return makeSeries<T>(this[COLUMN], this.index, this.name);
  }

  keys(): Index {
    return this.index;
  }

  items(): [Label, T][] {
    return Array.from({ length: this.length }, (_, i) => [this.index.labelAt(i) as Label, cell(this[COLUMN], i) as T]);
  }

  iteritems(): [Label, T][] {
    return this.items();
  }

  to_list(): T[] {
    return this.tolist();
  }

  to_numpy(): T extends number ? Float64Array : T[] {
    return this.values;
  }
}
