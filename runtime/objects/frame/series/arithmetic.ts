import { numbersOf } from '../column/column.ts';
import { sameLabel } from '../column/keys.ts';
import type { Column } from '../column/column.ts';
import { arithmetic, comparison, invert, logic, scalarColumn } from '../column/operators.ts';
import type { Arithmetic, Comparison, Logic } from '../column/operators.ts';
import { badOperator } from '../errors.ts';
import { makeSeries } from '../factory.ts';
import { pairWith } from '../labels/align.ts';
import { COLUMN, MAP_NUMBERS, NUMBERS, WITH_COLUMN } from '../store.ts';
import { isFrame, isSeries } from '../is-table.ts';
import type { Series } from '../types.ts';
import { SeriesSelection } from './selection.ts';

/** A Series, a list of the same length, or one value. */
export type Operand = unknown;

/** `{ fill_value: 0 }` stands in where one side is missing. */
export interface OperatorOptions {
  readonly fill_value?: number;
  readonly axis?: 0 | 'index';
}

/** Python's operators as methods; two Series meet by label. */
export abstract class SeriesArithmetic<T> extends SeriesSelection<T> {
  add(other: Operand, options?: OperatorOptions): Series<T> {
    return this.#calculated('add', other, options, false);
  }

  sub(other: Operand, options?: OperatorOptions): Series<T> {
    return this.#calculated('sub', other, options, false);
  }

  mul(other: Operand, options?: OperatorOptions): Series<T> {
    return this.#calculated('mul', other, options, false);
  }

  div(other: Operand, options?: OperatorOptions): Series<T> {
    return this.#calculated('div', other, options, false);
  }

  truediv(other: Operand, options?: OperatorOptions): Series<T> {
    return this.div(other, options);
  }

  floordiv(other: Operand, options?: OperatorOptions): Series<T> {
    return this.#calculated('floordiv', other, options, false);
  }

  mod(other: Operand, options?: OperatorOptions): Series<T> {
    return this.#calculated('mod', other, options, false);
  }

  pow(other: Operand, options?: OperatorOptions): Series<T> {
    return this.#calculated('pow', other, options, false);
  }

  radd(other: Operand, options?: OperatorOptions): Series<T> {
    return this.#calculated('add', other, options, true);
  }

  /** other - this */
  rsub(other: Operand, options?: OperatorOptions): Series<T> {
    return this.#calculated('sub', other, options, true);
  }

  rmul(other: Operand, options?: OperatorOptions): Series<T> {
    return this.#calculated('mul', other, options, true);
  }

  /** other / this */
  rdiv(other: Operand, options?: OperatorOptions): Series<T> {
    return this.#calculated('div', other, options, true);
  }

  rfloordiv(other: Operand, options?: OperatorOptions): Series<T> {
    return this.#calculated('floordiv', other, options, true);
  }

  rmod(other: Operand, options?: OperatorOptions): Series<T> {
    return this.#calculated('mod', other, options, true);
  }

  /** other ** this */
  rpow(other: Operand, options?: OperatorOptions): Series<T> {
    return this.#calculated('pow', other, options, true);
  }

  gt(other: Operand, options?: OperatorOptions): Series<boolean> {
    return this.#compared('gt', other, options);
  }

  ge(other: Operand, options?: OperatorOptions): Series<boolean> {
    return this.#compared('ge', other, options);
  }

  lt(other: Operand, options?: OperatorOptions): Series<boolean> {
    return this.#compared('lt', other, options);
  }

  le(other: Operand, options?: OperatorOptions): Series<boolean> {
    return this.#compared('le', other, options);
  }

  eq(other: Operand, options?: OperatorOptions): Series<boolean> {
    return this.#compared('eq', other, options);
  }

  ne(other: Operand, options?: OperatorOptions): Series<boolean> {
    return this.#compared('ne', other, options);
  }

  /** `&` */
  and(other: Operand): Series<boolean> {
    return this.#logical('and', other);
  }

  /** `|` */
  or(other: Operand): Series<boolean> {
    return this.#logical('or', other);
  }

  /** `^` */
  xor(other: Operand): Series<boolean> {
    return this.#logical('xor', other);
  }

  /** `~` */
  not(): Series<boolean> {
    return this[WITH_COLUMN]<boolean>(invert(this[COLUMN]));
  }

  /** `-s` */
  neg(): Series<T> {
    return this[WITH_COLUMN]<T>(negative(this[COLUMN]));
  }

  abs(): Series<T> {
    return this[MAP_NUMBERS]('abs', Math.abs);
  }

  /** Each number through a function; whole numbers stay int64 while the function keeps them whole. */
  protected [MAP_NUMBERS](method: string, apply: (value: number) => number): Series<T> {
    const column = this[COLUMN];
    const data = this[NUMBERS](method).map(apply);
    const whole = column.kind === 'int64' && data.every(Number.isInteger);
    return this[WITH_COLUMN]<T>({ kind: whole ? 'int64' : 'float64', data });
  }

  /** The cells as numbers, shared; BAD_OPERATOR names the method when they are none. */
  protected [NUMBERS](method: string): Float64Array {
    const column = this[COLUMN];
    const numbers = numbersOf(column) ?? numbersInObjects(column);
    if (numbers !== null) return numbers;
    throw badOperator(
      `${method}() needs a column of numbers; '${this.name ?? ''}' holds ${column.kind}: use .astype('float').`,
    );
  }

  #calculated(op: Arithmetic, other: Operand, options: OperatorOptions | undefined, turned: boolean): Series<T> {
    if (isFrame(other)) throw badOperator(`${op}() of a Series with a DataFrame: write df.${op}(s) instead.`);
    const fill = options?.fill_value;
    const { index, left, right } = pairWith(this[COLUMN], this.index, other, fill);
    const column = turned ? arithmetic(op, right, left, index.length) : arithmetic(op, left, right, index.length);
    return makeSeries<T>(column, index, this.#common(other));
  }

  #compared(op: Comparison, other: Operand, options: OperatorOptions | undefined): Series<boolean> {
    const fill = options?.fill_value;
    const { index, left, right } = pairWith(this[COLUMN], this.index, other, fill);
    return makeSeries<boolean>(comparison(op, left, right, index.length), index, this.#common(other));
  }

  #logical(op: Logic, other: Operand): Series<boolean> {
    const { index, left, right } = pairWith(this[COLUMN], this.index, other);
    return makeSeries<boolean>(logic(op, left, right, index.length), index, this.#common(other));
  }

  /** pandas keeps a name only when both sides have it. */
  #common(other: Operand): unknown {
    return isSeries(other) && !sameLabel(other.name, this.name) ? null : this.name;
  }
}

/** `-column`; of a float 0 the negative one, as numpy. */
export function negative(column: Column): Column {
  if (column.kind === 'float64') return { kind: 'float64', data: column.data.map((value) => -value) };
  return arithmetic('sub', scalarColumn(0), column, column.data.length);
}

/** Numbers in an object column (booleans with gaps, rows cut out of a mixed table). */
function numbersInObjects(column: Column): Float64Array | null {
  if (column.kind !== 'object') return null;
  const good = column.data.every(
    (value) => typeof value === 'number' || typeof value === 'boolean' || value === null || value === undefined,
  );
  return good ? Float64Array.from(column.data, (value) => (value === null ? NaN : Number(value))) : null;
}
