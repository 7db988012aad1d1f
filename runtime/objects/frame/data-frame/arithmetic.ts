import { readAxis } from '../args.ts';
import type { Named } from '../args.ts';
import type { Column } from '../column/column.ts';
import { columnFrom } from '../column/dtypes.ts';
import { arithmetic, comparison, invert, logic, scalarColumn } from '../column/operators.ts';
import type { Arithmetic, Comparison } from '../column/operators.ts';
import { sliceColumn, takeColumn } from '../column/take.ts';
import { badTable } from '../errors.ts';
import { makeFrame } from '../factory.ts';
import { alignIndexes, filledPair, pairWith } from '../labels/align.ts';
import { listOf } from '../selection/select.ts';
import { negative } from '../series/arithmetic.ts';
import { COLUMN, DATA, MAP_COLUMNS, NAMES } from '../store.ts';
import { isFrame, isSeries } from '../is-table.ts';
import type { DataFrame, Index } from '../types.ts';
import { FrameSelection } from './selection.ts';

export interface FrameOperatorOptions {
  readonly axis?: 0 | 1 | 'index' | 'columns';
  readonly fill_value?: number;
}

type Join = (left: Column, right: Column, n: number) => Column;

/** Python's operators on a table: with a table by both labels, with a Series by column (`axis: 0` by row), with one value. */
export abstract class FrameArithmetic<C extends string> extends FrameSelection<C> {
  add(other: unknown, options?: FrameOperatorOptions): DataFrame<C> {
    return this.#arithmetic('add', other, options, false);
  }

  sub(other: unknown, options?: FrameOperatorOptions): DataFrame<C> {
    return this.#arithmetic('sub', other, options, false);
  }

  mul(other: unknown, options?: FrameOperatorOptions): DataFrame<C> {
    return this.#arithmetic('mul', other, options, false);
  }

  div(other: unknown, options?: FrameOperatorOptions): DataFrame<C> {
    return this.#arithmetic('div', other, options, false);
  }

  truediv(other: unknown, options?: FrameOperatorOptions): DataFrame<C> {
    return this.div(other, options);
  }

  floordiv(other: unknown, options?: FrameOperatorOptions): DataFrame<C> {
    return this.#arithmetic('floordiv', other, options, false);
  }

  mod(other: unknown, options?: FrameOperatorOptions): DataFrame<C> {
    return this.#arithmetic('mod', other, options, false);
  }

  pow(other: unknown, options?: FrameOperatorOptions): DataFrame<C> {
    return this.#arithmetic('pow', other, options, false);
  }

  radd(other: unknown, options?: FrameOperatorOptions): DataFrame<C> {
    return this.#arithmetic('add', other, options, true);
  }

  /** other - this */
  rsub(other: unknown, options?: FrameOperatorOptions): DataFrame<C> {
    return this.#arithmetic('sub', other, options, true);
  }

  rmul(other: unknown, options?: FrameOperatorOptions): DataFrame<C> {
    return this.#arithmetic('mul', other, options, true);
  }

  /** other / this */
  rdiv(other: unknown, options?: FrameOperatorOptions): DataFrame<C> {
    return this.#arithmetic('div', other, options, true);
  }

  rfloordiv(other: unknown, options?: FrameOperatorOptions): DataFrame<C> {
    return this.#arithmetic('floordiv', other, options, true);
  }

  rmod(other: unknown, options?: FrameOperatorOptions): DataFrame<C> {
    return this.#arithmetic('mod', other, options, true);
  }

  /** other ** this */
  rpow(other: unknown, options?: FrameOperatorOptions): DataFrame<C> {
    return this.#arithmetic('pow', other, options, true);
  }

  gt(other: unknown, options?: FrameOperatorOptions): DataFrame<C> {
    return this.#compared('gt', other, options);
  }

  ge(other: unknown, options?: FrameOperatorOptions): DataFrame<C> {
    return this.#compared('ge', other, options);
  }

  lt(other: unknown, options?: FrameOperatorOptions): DataFrame<C> {
    return this.#compared('lt', other, options);
  }

  le(other: unknown, options?: FrameOperatorOptions): DataFrame<C> {
    return this.#compared('le', other, options);
  }

  eq(other: unknown, options?: FrameOperatorOptions): DataFrame<C> {
    return this.#compared('eq', other, options);
  }

  ne(other: unknown, options?: FrameOperatorOptions): DataFrame<C> {
    return this.#compared('ne', other, options);
  }

  /** `&` */
  and(other: unknown): DataFrame<C> {
    return this.#joined(other, {}, (a, b, n) => logic('and', a, b, n));
  }

  /** `|` */
  or(other: unknown): DataFrame<C> {
    return this.#joined(other, {}, (a, b, n) => logic('or', a, b, n));
  }

  /** `^` */
  xor(other: unknown): DataFrame<C> {
    return this.#joined(other, {}, (a, b, n) => logic('xor', a, b, n));
  }

  /** `~` */
  not(): DataFrame<C> {
    return this[MAP_COLUMNS](invert);
  }

  /** `-df` */
  neg(): DataFrame<C> {
    return this[MAP_COLUMNS](negative);
  }

  /** The same table with every column through a function. */
  [MAP_COLUMNS](apply: (column: Column) => Column): DataFrame<C> {
    return makeFrame<C>(this[NAMES], this[DATA].map(apply), this.index);
  }

  #arithmetic(
    op: Arithmetic,
    other: unknown,
    options: FrameOperatorOptions | undefined,
    turned: boolean,
  ): DataFrame<C> {
    return this.#joined(other, options, (a, b, n) => (turned ? arithmetic(op, b, a, n) : arithmetic(op, a, b, n)));
  }

  #compared(op: Comparison, other: unknown, options: FrameOperatorOptions | undefined): DataFrame<C> {
    return this.#joined(other, options, (a, b, n) => comparison(op, a, b, n));
  }

  #joined(other: unknown, options: FrameOperatorOptions | undefined, join: Join): DataFrame<C> {
    const a: Named = (options ?? {}) as Named;
    if (isFrame(other)) return this.#withFrame(other, a['fill_value'], join);
    const rows = a['axis'] !== undefined && readAxis(a['axis'], 1) === 0;
    if (isSeries(other) && !rows)
      return this.#withRow(
        other.index,
        (at) => (at < 0 ? scalarColumn(NaN) : sliceColumn(other[COLUMN], at, at + 1)),
        join,
      );
    const list = isSeries(other) ? null : listOf(other);
    if (list !== null && !rows) {
      if (list.length !== this[NAMES].length)
        throw badTable(`${list.length} values do not fit ${this[NAMES].length} columns.`);
      return this.#withRow(this[NAMES], (at) => scalarColumn(list[at]), join);
    }
    if (isSeries(other)) return this.#withColumn(other, a['fill_value'], join);
    const one = list === null ? scalarColumn(other) : columnFrom(list);
    return this[MAP_COLUMNS]((column) => join(column, one, this.length));
  }

  #withFrame(other: DataFrame, fill: unknown, join: Join): DataFrame<C> {
    const rows = alignIndexes(this.index, other.index);
    const names = alignIndexes(this[NAMES], other[NAMES]);
    const index = rows?.index ?? this.index;
    const columns = names?.index ?? this[NAMES];
    const [mine, theirs] = [this[DATA], other[DATA]];
    const side = (data: readonly Column[], at: number | undefined, from: Int32Array | undefined): Column => {
      const column = at === undefined || at < 0 ? null : data[at];
      if (column === null || column === undefined)
        return { kind: 'float64', data: new Float64Array(index.length).fill(NaN) };
      return from === undefined ? column : takeColumn(column, from);
    };
    const data = Array.from({ length: columns.length }, (_, c) => {
      const left = side(mine, names === null ? c : names.left[c], rows?.left);
      const right = side(theirs, names === null ? c : names.right[c], rows?.right);
      const pair = fill === undefined ? { left, right } : filledPair(index, left, right, fill);
      return join(pair.left, pair.right, index.length);
    });
    return makeFrame<C>(columns, data, index);
  }

  /** A Series whose labels are columns: one value a column. */
  #withRow(labels: Index, at: (row: number) => Column, join: Join): DataFrame<C> {
    const both = alignIndexes(this[NAMES], labels);
    const n = this.length;
    if (both === null)
      return makeFrame<C>(
        this[NAMES],
        this[DATA].map((column, c) => join(column, at(c), n)),
        this.index,
      );
    const gap = scalarColumn(NaN);
    const data = Array.from({ length: both.index.length }, (_, c) => {
      const left = this[DATA][both.left[c] ?? -1] ?? gap;
      return join(left, at(both.right[c] ?? -1), n);
    });
    return makeFrame<C>(both.index, data, this.index);
  }

  /** A Series whose labels are rows: the same cells for each column. */
  #withColumn(other: { readonly index: Index }, fill: unknown, join: Join): DataFrame<C> {
    let index = this.index;
    const data = this[DATA].map((column) => {
      const pair = pairWith(column, this.index, other, fill);
      index = pair.index;
      return join(pair.left, pair.right, pair.index.length);
    });
    return makeFrame<C>(this[NAMES], data, index);
  }
}
