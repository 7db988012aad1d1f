import { badArgument, isPlainObject } from '../api/arguments.ts';
import { coefficients, rankOf, residuals } from '../factors/least-squares.ts';
import { Mask } from '../objects/array/mask.ts';
import { Matrix } from '../objects/array/matrix.ts';
import { NdArray } from '../objects/array/nd-array.ts';
import * as numbers from '../objects/array/numbers.ts';
import { columnsOfRows } from '../objects/array/rows.ts';
import { polyfit as fitted, polyval as valued } from '../stats/regression.ts';
import { matrix, numberOption, options, shaped, vector } from './read.ts';
import type { Numeric, Vector } from './read.ts';
import { combined } from './two-sided.ts';

/** The sum of products of two arrays; of matrices their product. */
export function dot(a: Numeric, b: Numeric, ...more: readonly never[]): number | NdArray | Matrix {
  options('np.dot()', [], more);
  const [x, y] = [shaped(a, 'np.dot()'), shaped(b, 'np.dot()')];
  if (typeof x === 'number' && typeof y === 'number') return x * y;
  if (typeof x === 'number') return (y as NdArray).mul(x);
  if (typeof y === 'number') return x.mul(y);
  if (x instanceof Matrix) return y instanceof Matrix ? x.dot(y) : onEach(y, x);
  return y instanceof Matrix ? onEach(x, columnsOfRows(y)) : x.dot(y);
}

function onEach(x: NdArray, lines: readonly NdArray[]): NdArray {
  return NdArray.holding(Float64Array.from(lines, (line) => x.dot(line)));
}

export const matmul = dot;

/** Each number of x by each of y. */
export function outer(x: Vector, y: Vector, ...more: readonly never[]): Matrix {
  options('np.outer()', [], more);
  const right = vector(y, 'np.outer()');
  return Matrix.ofRows(Array.from(vector(x, 'np.outer()'), (value) => right.mul(value)));
}

/** Rows of numbers that belong together: x, with y too. */
function together(x: Numeric, y: unknown, where: string): NdArray[] {
  return [...matrix(x, where), ...(y === undefined || y === null ? [] : matrix(y, where))];
}

function covariances(rows: readonly NdArray[], ddof: number): Matrix {
  const away = rows.map((row) => row.sub(row.mean()));
  const freedom = (rows[0]?.length ?? 0) - ddof;
  return Matrix.ofRows(away.map((row) => onEach(row, away).div(freedom)));
}

/** The covariances of rows, of the sample: ddof 1. Of one array a single number. */
export function cov(x: Numeric, ...values: readonly unknown[]): Matrix {
  const { y, ddof } = options('np.cov()', ['y', 'ddof'], values);
  const made = covariances(together(x, y, 'np.cov()'), numberOption('np.cov() ddof', ddof, 1));
  return made.size === 1 ? (made.at(0, 0) as never) : made; // as numpy: an array without axes
}

/** The correlations of rows: `corrcoef(a, b)[0][1]`. */
export function corrcoef(x: Numeric, y?: Numeric, ...more: readonly never[]): Matrix {
  options('np.corrcoef()', [], isPlainObject(y) ? [y] : more);
  const made = covariances(together(x, y, 'np.corrcoef()'), 1);
  const spread = made.map((row, i) => Math.sqrt(row.at(i)));
  const bound = (value: number): number => Math.max(-1, Math.min(1, value));
  const all = Matrix.ofRows(
    made.map((row, i) => row.map((value, j) => bound(value / ((spread[i] ?? NaN) * (spread[j] ?? NaN))))),
  );
  return all.size === 1 ? (all.at(0, 0) as never) : all;
}

/** Factors of a polynomial of degree `deg`, the highest power first; `w` weighs the distances. Gaps are refused. */
export function polyfit(x: Vector, y: Vector, deg: number, ...values: readonly unknown[]): NdArray {
  const { w } = options('np.polyfit()', ['w'], values);
  const [xs, ys] = [vector(x, 'np.polyfit() x'), vector(y, 'np.polyfit() y')];
  if (![...xs, ...ys].every(Number.isFinite)) {
    throw badArgument(
      'np.polyfit()',
      'has gaps in its numbers: leave them out first, s.dropna() or x.loc(np.isfinite(x)).',
    );
  }
  const weights = w === undefined || w === null ? {} : { w: vector(w, 'np.polyfit() w') };
  return NdArray.holding(fitted(xs, ys, deg, weights));
}

/** The value of a polynomial, the highest power first. */
export function polyval(p: Vector, x: number): number;
export function polyval(p: Vector, x: Vector): NdArray;
export function polyval(p: Vector, x: number | Vector, ...more: readonly never[]): number | NdArray {
  options('np.polyval()', [], more);
  const factors = vector(p, 'np.polyval() p');
  return typeof x === 'number' ? valued(factors, x) : NdArray.holding(valued(factors, vector(x, 'np.polyval() x')));
}

/** A polynomial that is called with x. */
export function poly1d(p: Vector, ...more: readonly never[]): (x: number) => number {
  options('np.poly1d()', [], more);
  const factors = vector(p, 'np.poly1d()').slice();
  return (x) => valued(factors, x);
}

/** `[solution, sums of squares left, rank, null]` of the best solution of A x = y. */
function lstsq(a: Numeric, y: Vector, ..._rcond: readonly unknown[]): [NdArray, NdArray, number, null] {
  const columns = columnsOfRows(matrix(a, 'np.linalg.lstsq()'));
  const target = vector(y, 'np.linalg.lstsq() b');
  const left = residuals(columns, target);
  const rank = rankOf(columns);
  const squares =
    rank === columns.length && target.length > rank ? Float64Array.of(numbers.dot(left, left)) : new Float64Array(0);
  return [NdArray.holding(Float64Array.from(coefficients(columns, target))), NdArray.holding(squares), rank, null];
}

/** The lower left cleared by rows, the largest in front: the work of solve, inv and det. BAD_ARGUMENT when there is no answer. */
function eliminated(a: Matrix, right: readonly number[][], where: string): { answer: number[][]; det: number } {
  const n = a.length;
  if (a.shape[1] !== n) throw badArgument(where, `needs as many rows as columns, has (${a.shape.join(', ')}).`);
  const rows = a.map((row, i) => [...row, ...(right[i] ?? [])]);
  let det = 1;
  for (let k = 0; k < n; k += 1) {
    const best = rows
      .slice(k)
      .reduce((found, row, i) => (Math.abs(row[k] ?? 0) > Math.abs(rows[found]?.[k] ?? 0) ? k + i : found), k);
    const [pivot = [], other = []] = [rows[best], rows[k]];
    if (best !== k) [rows[k], rows[best], det] = [pivot, other, -det];
    det *= pivot[k] ?? 0;
    if (det === 0) return { answer: [], det: 0 };
    rows.forEach((row, i) => {
      const factor = (row[k] ?? 0) / (pivot[k] ?? 1);
      if (i !== k) for (let j = k; j < row.length; j += 1) row[j] = (row[j] ?? 0) - factor * (pivot[j] ?? 0);
    });
  }
  return { answer: rows.map((row, i) => row.slice(n).map((value) => value / (row[i] ?? NaN))), det };
}

function answerOf(a: Numeric, right: readonly number[][], where: string): number[][] {
  const { answer, det } = eliminated(matrix(a, where), right, where);
  if (det === 0)
    throw badArgument(
      where,
      'the matrix has no inverse (LinAlgError: Singular matrix): leave out what depends on the rest.',
    );
  return answer;
}

export const linalg = Object.freeze({
  lstsq,
  solve: (a: Numeric, b: Vector): NdArray =>
    vector(
      answerOf(
        a,
        Array.from(vector(b, 'np.linalg.solve()'), (value) => [value]),
        'np.linalg.solve()',
      ),
      'solve',
    ),
  inv: (a: Numeric): Matrix => {
    const n = matrix(a, 'np.linalg.inv()').length;
    const one = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => Number(i === j)));
    return Matrix.ofRows(answerOf(a, one, 'np.linalg.inv()'));
  },
  det: (a: Numeric): number => eliminated(matrix(a, 'np.linalg.det()'), [], 'np.linalg.det()').det,
  norm: (x: Numeric, ...more: readonly never[]): number => {
    options('np.linalg.norm()', [], more);
    return Math.hypot(...vector(x, 'np.linalg.norm()'));
  },
});

/** Is each number the same to one part in 100,000, or as near as `rtol` and `atol` say? */
export function isclose(a: Vector, b: Vector | number, ...values: readonly unknown[]): Mask {
  const where = 'np.isclose()';
  const given = options(where, ['rtol', 'atol'], values);
  const rtol = numberOption(`${where} rtol`, given['rtol'], 1e-5);
  const atol = numberOption(`${where} atol`, given['atol'], 1e-8);
  const near = (x: number, y: number): number =>
    Number(x === y || (Number.isFinite(y) && Math.abs(x - y) <= atol + rtol * Math.abs(y)));
  return Mask.ofBits(vector(combined(where, shaped(a, where), shaped(b, where), near), where));
}

export function allclose(a: Vector, b: Vector | number, ...values: readonly unknown[]): boolean {
  return isclose(a, b, ...values).all();
}

/** The same shape and the same numbers? */
export function array_equal(a: Numeric, b: Numeric, ...more: readonly never[]): boolean {
  options('np.array_equal()', [], more);
  const [x, y] = [shaped(a, 'np.array_equal()'), shaped(b, 'np.array_equal()')];
  const shapes = [x, y].map((one) => (typeof one === 'number' ? '' : String(one.shape)));
  const [p, q] = [vector(x, ''), vector(y, '')];
  return shapes[0] === shapes[1] && p.every((value, i) => value === q[i]);
}
