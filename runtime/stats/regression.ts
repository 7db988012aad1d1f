import { badArgument, bindArguments, isPlainObject, keyword, objectArgument, optional } from '../api/arguments.ts';
import { isIterable, nullable, readBoolean, readFinite, readInteger } from '../api/readers.ts';
import { coefficients, rankOf } from '../factors/least-squares.ts';
import { numbersFrom } from '../indicators/talib/define.ts';
import { cells, numbersOf } from '../objects/frame/column/column.ts';
import { isFrame } from '../objects/frame/is-table.ts';
import { DATA } from '../objects/frame/store.ts';
import type { DataFrame, Series } from '../objects/frame/types.ts';
import { twoSided } from './distributions.ts';

/** Numbers in a row: an array, a Series, anything that can be walked over. */
export type Vector = ArrayLike<number> | Iterable<number | null> | Series;
/** Columns side by side: a table, rows as lists, or one vector. */
export type Matrix = Vector | DataFrame | readonly (readonly number[] | Float64Array)[];

function vector(value: unknown, where: string): Float64Array {
  return numbersFrom(value, where);
}

/** The columns of a matrix; rows as lists are turned. */
export function columnsOf(value: unknown, where: string): Float64Array[] {
  if (isFrame(value)) {
    return value[DATA].map((column) => numbersOf(column) ?? numbersFrom(cells(column) as readonly number[], where));
  }
  if (!Array.isArray(value) || !value.some(isIterable)) return [vector(value, where)];
  const rows = (value as readonly unknown[]).map((row) => vector(row, where));
  return Array.from({ length: rows[0]?.length ?? 0 }, (_, i) => Float64Array.from(rows, (row) => row[i] ?? NaN));
}

function sameLength(where: string, x: Float64Array, y: Float64Array, least: number): void {
  if (x.length !== y.length) {
    throw badArgument(where, `x has ${x.length} and y ${y.length} values; cut them to the same rows.`);
  }
  if (x.length < least) throw badArgument(where, `needs at least ${least} points, got ${x.length}.`);
}

function mean(x: Float64Array): number {
  return x.reduce((sum, value) => sum + value, 0) / x.length;
}

function products(x: Float64Array, y: Float64Array): number {
  const [a, b] = [mean(x), mean(y)];
  return x.reduce((sum, value, i) => sum + (value - a) * ((y[i] ?? NaN) - b), 0);
}

/** What scipy.stats.linregress gives. */
export interface LinregressResult {
  readonly slope: number;
  readonly intercept: number;
  readonly rvalue: number;
  /** Of the test that the slope is 0, two-sided. */
  readonly pvalue: number;
  readonly stderr: number;
  [Symbol.iterator](): Iterator<number>;
}

/** The line through points; also to be taken apart: `const [slope, intercept, rvalue, pvalue, stderr] = …`. */
export function linregress(x: Vector, y: Vector): LinregressResult {
  const [xs, ys] = [vector(x, 'linregress() x'), vector(y, 'linregress() y')];
  sameLength('linregress()', xs, ys, 2);
  const [xx, yy, xy] = [products(xs, xs), products(ys, ys), products(xs, ys)];
  if (xx === 0) throw badArgument('linregress() x', 'must not be the same value everywhere.');
  const slope = xy / xx;
  const rvalue = xx === 0 || yy === 0 ? 0 : Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
  const freedom = xs.length - 2;
  const stderr = freedom === 0 ? 0 : Math.sqrt(((1 - rvalue ** 2) * yy) / xx / freedom);
  const t = rvalue * Math.sqrt(freedom / ((1 - rvalue + 1e-20) * (1 + rvalue + 1e-20)));
  const pvalue = freedom === 0 ? (ys[0] === ys[1] ? 1 : 0) : twoSided(t, freedom);
  const result = { slope, intercept: mean(ys) - slope * mean(xs), rvalue, pvalue, stderr };
  return { ...result, [Symbol.iterator]: () => Object.values(result)[Symbol.iterator]() };
}

/** Factors of a polynomial of degree `deg`, the highest power first; weights are of the distances, as numpy has them. */
export function polyfit(x: Vector, y: Vector, deg: number, options: { readonly w?: Vector | null } = {}): Float64Array {
  const a = bindArguments(
    'polyfit',
    {
      x: objectArgument(same),
      y: objectArgument(same),
      deg: optional(readInteger, 1),
      w: keyword(nullable(same), null),
    },
    [x, y, deg, options],
  );
  const [xs, ys] = [vector(a.x, 'polyfit() x'), vector(a.y, 'polyfit() y')];
  if (a.deg < 0) throw badArgument('polyfit() deg', 'must be 0 or more.');
  sameLength('polyfit()', xs, ys, 1);
  const weights = a.w === null ? xs.map(() => 1) : vector(a.w, 'polyfit() w');
  sameLength('polyfit() w', xs, weights, 1);
  // Powers of large numbers are nearly the same column: around their middle they are not.
  const scale = Math.max(1e-300, ...xs.map(Math.abs));
  const columns = Array.from({ length: a.deg + 1 }, (_, power) =>
    xs.map((value, i) => (value / scale) ** power * (weights[i] ?? NaN)),
  );
  const factors = coefficients(
    columns,
    ys.map((value, i) => value * (weights[i] ?? NaN)),
  );
  return Float64Array.from(factors, (factor, power) => factor / scale ** power).reverse();
}

const same = (value: unknown): unknown => value;

/** The value of a polynomial, the highest power first. */
export function polyval(p: Vector, x: number): number;
export function polyval(p: Vector, x: Vector): Float64Array;
export function polyval(p: Vector, x: number | Vector): number | Float64Array {
  const factors = vector(p, 'polyval() p');
  const at = (value: number): number => factors.reduce((sum, factor) => sum * value + factor, 0);
  return typeof x === 'number' ? at(x) : vector(x, 'polyval() x').map(at);
}

/** A column of ones in front, as statsmodels' add_constant. */
export function add_constant(x: Matrix): number[][] {
  const columns = columnsOf(x, 'add_constant()');
  const rows = columns[0]?.length ?? 0;
  return Array.from({ length: rows }, (_, i) => [1, ...columns.map((column) => column[i] ?? NaN)]);
}

/** What statsmodels' OLS(y, X).fit() gives, by its names. */
export interface OlsResult {
  readonly params: Float64Array;
  readonly rsquared: number;
  readonly rsquared_adj: number;
  readonly resid: Float64Array;
  readonly fittedvalues: Float64Array;
  readonly nobs: number;
}

/** `OLS(y, add_constant(x)).fit()`: least squares. Rows with a gap are refused, or left out with `{ missing: 'drop' }`. */
export function OLS(y: Vector, x: Matrix, options: { readonly missing?: 'none' | 'drop' } = {}): { fit(): OlsResult } {
  const drop = isPlainObject(options) && options.missing === 'drop';
  const [target, columns] = [vector(y, 'OLS() y'), columnsOf(x, 'OLS() x')];
  for (const column of columns) sameLength('OLS()', column, target, 1);
  const whole = (_: number, i: number): boolean =>
    Number.isFinite(target[i]) && columns.every((column) => Number.isFinite(column[i]));
  if (!drop && !target.every(whole)) {
    throw badArgument('OLS()', "has gaps in its rows: pass { missing: 'drop' } to leave them out.");
  }
  const kept = columns.map((column) => column.filter(whole));
  return { fit: () => fitted(target.filter(whole), kept) };
}

function fitted(y: Float64Array, columns: readonly Float64Array[]): OlsResult {
  const params = Float64Array.from(coefficients(columns, y));
  const fittedvalues = y.map((_, i) =>
    columns.reduce((sum, column, c) => sum + (column[i] ?? NaN) * (params[c] ?? 0), 0),
  );
  const resid = y.map((value, i) => value - (fittedvalues[i] ?? NaN));
  const constant = columns.some((column) => column.every((value) => value === column[0] && value !== 0));
  const all = constant ? products(y, y) : y.reduce((sum, value) => sum + value ** 2, 0);
  const rsquared = 1 - resid.reduce((sum, value) => sum + value ** 2, 0) / all;
  const freedom = y.length - rankOf(columns);
  const rsquared_adj = 1 - ((y.length - (constant ? 1 : 0)) / freedom) * (1 - rsquared);
  return { params, rsquared, rsquared_adj, resid, fittedvalues, nobs: y.length };
}

/** scikit-learn's: `LinearRegression().fit(X, y)`, then `coef_`, `intercept_`, `predict(X)`, `score(X, y)`. */
export class LinearModel {
  readonly fit_intercept: boolean;
  coef_: Float64Array = new Float64Array(0);
  intercept_ = NaN;

  constructor(options: { readonly fit_intercept?: boolean } = {}) {
    const a = bindArguments('LinearRegression', { fit_intercept: keyword(readBoolean, true) }, [options]);
    this.fit_intercept = a.fit_intercept;
  }

  fit(x: Matrix, y: Vector): this {
    const [columns, target] = [columnsOf(x, 'fit() X'), vector(y, 'fit() y')];
    for (const column of columns) sameLength('fit()', column, target, 1);
    for (const value of target) readFinite(value, 'fit() y');
    for (const column of columns) for (const value of column) readFinite(value, 'fit() X');
    const ones = target.map(() => 1);
    const factors = coefficients(this.fit_intercept ? [ones, ...columns] : columns, target);
    this.coef_ = Float64Array.from(this.fit_intercept ? factors.slice(1) : factors);
    this.intercept_ = this.fit_intercept ? (factors[0] ?? 0) : 0;
    return this;
  }

  predict(x: Matrix): Float64Array {
    const columns = columnsOf(x, 'predict() X');
    if (columns.length !== this.coef_.length)
      throw badArgument('predict()', 'comes after fit(), with as many columns.');
    return (columns[0] ?? new Float64Array(0)).map((_, i) =>
      columns.reduce((sum, column, c) => sum + (column[i] ?? NaN) * (this.coef_[c] ?? 0), this.intercept_),
    );
  }

  /** The share of the variance that is explained. */
  score(x: Matrix, y: Vector): number {
    const target = vector(y, 'score() y');
    const shown = this.predict(x);
    const left = target.reduce((sum, value, i) => sum + (value - (shown[i] ?? NaN)) ** 2, 0);
    return 1 - left / products(target, target);
  }
}
