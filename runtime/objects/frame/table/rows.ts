import { sliceColumn } from '../column/take.ts';
import { makeFrame, makeSeries } from '../factory.ts';
import { findSlice } from '../labels/find.ts';
import { isPlace, Slice, slicePositions } from '../slice.ts';
import { DATA } from '../store.ts';
import type { CellAccess, DataFrame, Series } from '../types.ts';
import { FrameCore } from './core.ts';

/** The size of a table, and its first and last rows. */
export abstract class FrameRows<C extends string> extends FrameCore<C> {
  /** Rows, columns. */
  get shape(): [number, number] {
    return [this.index.length, this[DATA].length];
  }

  get size(): number {
    return this.index.length * this[DATA].length;
  }

  get ndim(): number {
    return 2;
  }

  get empty(): boolean {
    return this.size === 0;
  }

  get dtypes(): Series<string> {
    return makeSeries<string>({ kind: 'object', data: this[DATA].map((column) => column.kind) }, this.names);
  }

  /** Rows start..stop (not included), as `df[a:b:step]`. */
  slice(start: unknown = null, stop: unknown = null, step: number | null = null): DataFrame<C> {
    if (!isPlace(start) || !isPlace(stop)) return this.rows(findSlice(this.index, new Slice(start, stop, step)));
    if (step !== null && step !== 1) return this.rows(slicePositions(this.length, start, stop, step));
    const index = this.index.slice(start, stop);
    const from = index.length === 0 ? 0 : Math.max(0, start === null ? 0 : start < 0 ? this.length + start : start);
    return makeFrame<C>(
      this.names,
      this[DATA].map((column) => sliceColumn(column, from, from + index.length)),
      index,
    );
  }

  head(n = 5): DataFrame<C> {
    return this.slice(0, n);
  }

  tail(n = 5): DataFrame<C> {
    return this.slice(n < 0 ? -n : Math.max(0, this.length - n));
  }

  copy(): DataFrame<C> {
    return makeFrame<C>(this.names, this[DATA], this.index);
  }

  /** One cell by labels. */
  get at(): CellAccess {
    return this.loc as unknown as CellAccess; // loc with two labels is a cell
  }

  /** One cell by positions. */
  get iat(): CellAccess {
    return this.iloc as unknown as CellAccess; // iloc with two positions is a cell
  }
}
