import { badArgument } from '../../api/arguments.ts';
import { calculate, compare } from '../frame/column/operators.ts';
import type { Arithmetic, Comparison } from '../frame/column/operators.ts';
import { roundHalfEven } from '../frame/column/transforms.ts';
import { strictArray } from '../attributes.ts';
import { positionIn } from '../frame/errors.ts';
import { List } from '../frame/guarded.ts';
import { pyRepr } from '../../text/python-text.ts';
import { takesAtMost } from './arity.ts';
import { NdArray, onlyNumbers } from './nd-array.ts';
import * as numbers from './numbers.ts';
import { readNumbers } from './read-numbers.ts';
import { along, columnsOfRows, combined, flatOf, rowsOver } from './rows.ts';
import type { Axis } from './rows.ts';

/** What a matrix is calculated with: a number, a row for each of its rows, a matrix of its shape or of one column. */
export type MatrixOperand = number | boolean | Iterable<unknown>;

/**
 * numpy's array of rows and columns: a list of rows, each an NdArray over the same numbers, so that `m[0][1]` and `m[0][1] = 2` work.
 * Comparisons give 1 and 0.
 */
export class Matrix extends List<NdArray> {
  /** BAD_ARGUMENT for rows of several lengths. */
  static ofRows(rows: readonly Iterable<unknown>[], where = 'array()'): Matrix {
    const { flat, width } = flatOf(rows, where);
    return Matrix.over(flat, rows.length, width);
  }

  /** Over numbers that lie row by row, which are not copied. */
  static over(flat: Float64Array, height: number, width: number): Matrix {
    const made = new Matrix();
    for (const row of rowsOver(flat, height, width)) made.push(row);
    return made;
  }

  get shape(): [number, number] {
    return [this.length, this[0]?.length ?? 0];
  }

  get ndim(): number {
    return 2;
  }

  get size(): number {
    return this.length * this.shape[1];
  }

  get T(): Matrix {
    return Matrix.ofRows(columnsOfRows(this));
  }

  /** `m[i]` and `m[i, j]`, negative from the end. INDEX_OUT_OF_RANGE outside. */
  override at(row: number): NdArray;
  override at(row: number, column: number): number;
  override at(row: number, column?: number): NdArray | number {
    const found = this[positionIn(this.length, row, 'a matrix')] ?? NdArray.sized(0);
    return column === undefined ? found : found.at(column);
  }

  /** `m[:, j]`, a copy. */
  col(column: number): NdArray {
    return NdArray.holding(Float64Array.from(this, (row) => row.at(column)));
  }

  /** All numbers in a row, row by row; a copy. */
  flatten(): NdArray {
    return flatOf(this, 'flatten()').flat;
  }

  ravel(): NdArray {
    return this.flatten();
  }

  copy(): Matrix {
    return this.each((value) => value);
  }

  /** Each number through a function. */
  each(run: (value: number) => number): Matrix {
    return Matrix.over(this.flatten().map(run), ...this.shape);
  }

  override tolist(): never {
    return Array.from(this, (row) => row.tolist()) as never; // lists, where a List says items
  }

  override toString(): string {
    return pyRepr([...this]);
  }

  add(other: MatrixOperand): Matrix {
    return this.#with('add', other);
  }

  sub(other: MatrixOperand): Matrix {
    return this.#with('sub', other);
  }

  mul(other: MatrixOperand): Matrix {
    return this.#with('mul', other);
  }

  div(other: MatrixOperand): Matrix {
    return this.#with('div', other);
  }

  floordiv(other: MatrixOperand): Matrix {
    return this.#with('floordiv', other);
  }

  mod(other: MatrixOperand): Matrix {
    return this.#with('mod', other);
  }

  pow(other: MatrixOperand): Matrix {
    return this.#with('pow', other);
  }

  rsub(other: MatrixOperand): Matrix {
    return this.neg().add(other);
  }

  neg(): Matrix {
    return this.each((value) => -value);
  }

  gt(other: MatrixOperand): Matrix {
    return this.#compared('gt', other);
  }

  ge(other: MatrixOperand): Matrix {
    return this.#compared('ge', other);
  }

  lt(other: MatrixOperand): Matrix {
    return this.#compared('lt', other);
  }

  le(other: MatrixOperand): Matrix {
    return this.#compared('le', other);
  }

  eq(other: MatrixOperand): Matrix {
    return this.#compared('eq', other);
  }

  ne(other: MatrixOperand): Matrix {
    return this.#compared('ne', other);
  }

  sum(axis?: Axis): number | NdArray {
    return along(this, axis, numbers.sum);
  }

  prod(axis?: Axis): number | NdArray {
    return along(this, axis, numbers.prod);
  }

  mean(axis?: Axis): number | NdArray {
    return along(this, axis, numbers.mean);
  }

  min(axis?: Axis): number | NdArray {
    return along(this, axis, numbers.min);
  }

  max(axis?: Axis): number | NdArray {
    return along(this, axis, numbers.max);
  }

  argmin(axis?: Axis): number | NdArray {
    return along(this, axis, numbers.argmin);
  }

  argmax(axis?: Axis): number | NdArray {
    return along(this, axis, numbers.argmax);
  }

  std(axis?: Axis): number | NdArray {
    return along(this, axis, (values) => numbers.std(values, ddofOf(axis)));
  }

  var(axis?: Axis): number | NdArray {
    return along(this, axis, (values) => numbers.variance(values, ddofOf(axis)));
  }

  /** The product with a row of numbers, or with a matrix. */
  dot(other: Iterable<number>): NdArray;
  dot(other: Matrix): Matrix;
  dot(other: Iterable<number> | Matrix): NdArray | Matrix {
    const lines = other instanceof Matrix ? columnsOfRows(other) : [NdArray.holding(readNumbers(other, 'dot()'))];
    const rows = this.map((row) => lines.map((line) => row.dot(line)));
    return other instanceof Matrix ? Matrix.ofRows(rows) : NdArray.holding(Float64Array.from(rows.flat()));
  }

  reshape(...shape: readonly (number | readonly number[])[]): NdArray | Matrix {
    return reshaped(this.flatten(), shape);
  }

  abs(): Matrix {
    return this.each(Math.abs);
  }

  round(digits = 0): Matrix {
    onlyNumbers('round', digits);
    return this.each((value) => roundHalfEven(value, digits));
  }

  #with(op: Arithmetic, other: MatrixOperand): Matrix {
    return Matrix.ofRows(combined(this, op, other, (a, b) => calculate(op, a, b, a.length)));
  }

  #compared(op: Comparison, other: MatrixOperand): Matrix {
    return Matrix.ofRows(combined(this, op, other, (a, b) => Float64Array.from(compare(op, a, b, a.length))));
  }
}

strictArray(Matrix, 'a matrix');
takesAtMost(Matrix, 0, 'flatten ravel copy tolist neg abs');
takesAtMost(Matrix, 1, 'add sub mul div floordiv mod pow rsub gt ge lt le eq ne dot round col');
takesAtMost(Matrix, 1, 'sum prod mean min max argmin argmax std var');

/** The same numbers in another shape, -1 for what is left: `reshape(2, -1)`, `reshape([2, 3])`, `reshape(-1)`. */
export function reshaped(flat: NdArray, shape: readonly (number | readonly number[])[]): NdArray | Matrix {
  const wanted = shape.flat();
  const known = wanted.filter((size) => size >= 0).reduce((product, size) => product * size, 1);
  const [height = flat.length, width, more] = wanted.map((size) => (size === -1 ? flat.length / known : size));
  const fits = height * (width ?? 1) === flat.length && Number.isInteger(height) && more === undefined;
  if (!fits) throw badArgument('reshape()', `${flat.length} numbers do not fit the shape (${wanted.join(', ')}).`);
  return width === undefined ? flat.slice() : Matrix.over(flat.slice(), height, width);
}

declare module './nd-array.ts' {
  interface NdArray {
    /** The same numbers in rows and columns: `a.reshape(2, -1)`. A copy. */
    reshape(...shape: readonly (number | readonly number[])[]): NdArray | Matrix;
  }
}
Object.defineProperty(NdArray.prototype, 'reshape', {
  value(this: NdArray, ...shape: readonly (number | readonly number[])[]): NdArray | Matrix {
    return reshaped(this, shape);
  },
  writable: true,
  configurable: true,
});

function ddofOf(axis: Axis | undefined): number {
  return typeof axis === 'object' && axis !== null ? (axis.ddof ?? 0) : 0;
}
