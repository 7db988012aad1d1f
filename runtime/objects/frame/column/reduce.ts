import { badArgument } from '../../../api/arguments.ts';
import { textOr } from '../args.ts';
import { badOperator } from '../errors.ts';
import { cell, floats, isMissing, missingMask, numbersOf, objects, times } from './column.ts';
import type { Column } from './column.ts';
import { factorize } from './keys.ts';
import { argsort, comparable } from './sorting.ts';
import * as stats from './statistics.ts';
import { asFloats } from './take.ts';

/** Names of what reduces a column to one value. */
export const REDUCERS = [
  'sum',
  'mean',
  'median',
  'min',
  'max',
  'std',
  'var',
  'sem',
  'prod',
  'count',
  'skew',
  'kurt',
  'mad',
  'any',
  'all',
  'nunique',
  'first',
  'last',
  'size',
] as const;
export type Reducer = (typeof REDUCERS)[number];

export interface ReduceOptions {
  readonly axis?: unknown;
  readonly level?: number | string | null;
  readonly numeric_only?: boolean | null;
  readonly bool_only?: boolean | null;
  readonly dropna?: boolean;
  readonly skipna?: boolean;
  readonly ddof?: number;
  readonly min_count?: number;
}

/** One value out of a column, by pandas' rules for its dtype. */
export function reduce(column: Column, reducer: Reducer, options: ReduceOptions = {}): unknown {
  const skipna = options.skipna ?? true;
  switch (reducer) {
    case 'count':
      return column.data.length - missingMask(column).reduce((n, bit) => n + bit, 0);
    case 'size':
      return column.data.length;
    case 'nunique':
      return factorize(column, false, options.dropna === false).labels.data.length;
    case 'first':
    case 'last':
      return few(column, options) ? NaN : edge(column, reducer === 'first' ? 1 : -1);
    case 'any':
    case 'all':
      return truth(column, reducer, skipna);
    case 'sum':
    case 'mean':
    case 'median':
    case 'min':
    case 'max':
    case 'std':
    case 'var':
    case 'sem':
    case 'prod':
    case 'skew':
    case 'kurt':
    case 'mad':
      return calculated(column, reducer, skipna, options);
  }
}

/** Fewer values than `min_count` asks for. */
function few(column: Column, { min_count: least = 0 }: ReduceOptions): boolean {
  return least > 0 && column.data.length - missingMask(column).reduce((n, bit) => n + bit, 0) < least;
}

type Statistic = Exclude<Reducer, 'count' | 'size' | 'nunique' | 'first' | 'last' | 'any' | 'all'>;

function calculated(column: Column, reducer: Statistic, skipna: boolean, options: ReduceOptions): unknown {
  const numbers = column.kind === 'datetime64[ns]' ? column.data : (numbersOf(column) ?? loose(column));
  if (numbers === null) return ofTexts(column, reducer);
  const gaps = !skipna && numbers.some(Number.isNaN);
  const value = gaps || few(column, options) ? NaN : statistic(numbers, reducer, options.ddof ?? 1);
  const conditions = column.kind === 'bool' || (column.kind === 'object' && onlyConditions(column.data));
  if (conditions && (reducer === 'min' || reducer === 'max')) return Number.isNaN(value) ? value : value === 1;
  if (column.kind !== 'datetime64[ns]') return value;
  if (reducer === 'min' || reducer === 'max' || reducer === 'mean' || reducer === 'median') {
    return cell(times(Float64Array.of(value)), 0);
  }
  throw badOperator(`${reducer}() of times has no meaning; min(), max(), mean() and median() have.`);
}

/** The bare statistic of numbers, missing ones left out. */
export function statistic(values: Float64Array, reducer: Statistic, ddof = 1): number {
  switch (reducer) {
    case 'sum':
      return stats.sum(values);
    case 'mean':
      return stats.mean(values);
    case 'median':
      return stats.median(values);
    case 'min':
      return stats.min(values);
    case 'max':
      return stats.max(values);
    case 'std':
      return stats.std(values, ddof);
    case 'var':
      return stats.variance(values, ddof);
    case 'sem':
      return stats.sem(values, ddof);
    case 'prod':
      return stats.prod(values);
    case 'skew':
      return stats.skew(values);
    case 'kurt':
      return stats.kurt(values);
    case 'mad':
      return stats.mad(values);
  }
}

function onlyConditions(values: readonly unknown[]): boolean {
  return (
    values.some((value) => typeof value === 'boolean') &&
    values.every((value) => typeof value !== 'number' || Number.isNaN(value))
  );
}

/** Numbers and gaps in an object column; null when there is anything else. */
function loose(column: Column): Float64Array | null {
  if (column.kind !== 'object') return null;
  const good = column.data.every((value) => typeof value === 'number' || typeof value === 'boolean' || value == null);
  return good ? Float64Array.from(column.data, (value) => (value == null ? NaN : Number(value))) : null;
}

function ofTexts(column: Column, reducer: Statistic): unknown {
  if (reducer === 'min' || reducer === 'max') {
    if (!comparable(column)) throw badOperator(`${reducer}() of texts, times and numbers together has no meaning.`);
    const order = argsort(column).filter((at) => !isMissing(column, at));
    return order.length === 0 ? NaN : cell(column, (reducer === 'min' ? order[0] : order.at(-1)) ?? 0);
  }
  const texts = column.data as readonly unknown[];
  if (reducer === 'sum' && texts.every((value) => typeof value === 'string')) return texts.join('');
  throw badOperator(
    `${reducer}() needs numbers; this column holds ${column.kind}: use .astype('float') or leave it out.`,
  );
}

function edge(column: Column, step: 1 | -1): unknown {
  const { length } = column.data;
  for (let i = step > 0 ? 0 : length - 1; i >= 0 && i < length; i += step) {
    if (!isMissing(column, i)) return cell(column, i);
  }
  return NaN;
}

function truth(column: Column, reducer: 'any' | 'all', skipna: boolean): boolean {
  const holds = (i: number): boolean => {
    if (isMissing(column, i)) return skipna ? reducer === 'all' : true;
    const value = cell(column, i);
    return value !== 0 && value !== false && value !== '';
  };
  const rows = Array.from({ length: column.data.length }, (_, i) => i);
  return reducer === 'any' ? rows.some(holds) : rows.every(holds);
}

/** True for columns that statistics are made of when only numbers count. */
export function isStatistical(column: Column): boolean {
  return column.kind !== 'object' && column.kind !== 'datetime64[ns]';
}

export type Interpolation = stats.Interpolation;
export interface QuantileOptions {
  /** Between two cells: on the line (linear), the lower, the higher, the nearer one, or the middle. */
  readonly interpolation?: Interpolation;
}

export function readInterpolation(value: unknown): Interpolation {
  return textOr(value, ['linear', 'lower', 'higher', 'nearest', 'midpoint'], 'linear', 'quantile() interpolation');
}

/** The quantile of a column of numbers or times. */
export function quantileCell(column: Column, q: number, rule: Interpolation = 'linear'): unknown {
  if (!(q >= 0 && q <= 1)) throw badArgument('quantile()', `q must be from 0 to 1, was ${q}.`);
  if (column.kind === 'bool')
    throw badOperator("quantile() of conditions has no meaning; use .astype('int') or .mean().");
  const value = stats.quantile(asFloats(column), q, rule);
  return column.kind === 'datetime64[ns]' ? cell(times(Float64Array.of(value)), 0) : value;
}

/** A column of results, whatever they are: numbers stay float64 unless every source was whole. */
export function resultColumn(values: readonly unknown[], whole: boolean): Column | null {
  if (values.every((value) => typeof value === 'number')) {
    const data = Float64Array.from(values);
    return whole && data.every(Number.isInteger) ? { kind: 'int64', data } : floats(data);
  }
  return values.length === 0 ? objects([]) : null;
}
