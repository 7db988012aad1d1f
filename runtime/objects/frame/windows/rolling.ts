import { strictMembers } from '../../attributes.ts';
import { COLUMN_AT } from '../store.ts';
import { badArgument } from '../../../api/arguments.ts';
import { numberOr, pairsOf } from '../args.ts';
import { readInterpolation } from '../column/reduce.ts';
import type { Interpolation } from '../column/reduce.ts';
import * as stats from '../column/statistics.ts';
import { makeSeries } from '../factory.ts';
import type { DataFrame, Series } from '../types.ts';
import {
  fullWindowSums,
  rollingApply,
  rollingCount,
  rollingExtreme,
  rollingQuantile,
  rollingSum,
  rollingVariance,
} from './aggregations.ts';
import type { WindowPlan, Windows } from './aggregations.ts';
import { WINDOWS } from '../signatures/groups.ts';
import { given, installSignatures } from '../signatures/signature.ts';
import { besides, chosen } from './choose.ts';
import { finite } from './source.ts';
import type { Source } from './source.ts';

type Statistic = 'mean' | 'sum' | 'std' | 'var' | 'min' | 'max' | 'median' | 'count' | 'skew' | 'kurt' | 'sem';

/** `s.rolling(20)`, `s.expanding()`: statistics over the rows up to each one. Too few values give NaN. */
export class Rolling<R> {
  readonly #source: Source<R>;
  readonly #plan: WindowPlan;
  #made: Windows | null = null;
  readonly #minPeriods: number;
  /** min_periods of count(): rows, not values; pandas' own default is 0. */
  readonly #countPeriods: number;

  constructor(source: Source<R>, plan: WindowPlan, minPeriods: number, countPeriods: number) {
    this.#source = source;
    this.#plan = plan;
    this.#minPeriods = minPeriods;
    this.#countPeriods = countPeriods;
  }

  mean(): R {
    return this.#source.build(this.#source.numbers.map((values) => this.#sums(values, true)));
  }

  sum(): R {
    return this.#source.build(this.#source.numbers.map((values) => this.#sums(values, false)));
  }

  /** Of the sample (ddof 1). */
  std(...args: DdofArgs): R {
    const ddof = numberOr(given(args)['ddof'], 1, 'std() ddof');
    return this.#each((values) => this.#variance(values, ddof).map(Math.sqrt));
  }

  var(...args: DdofArgs): R {
    const ddof = numberOr(given(args)['ddof'], 1, 'var() ddof');
    return this.#each((values) => this.#variance(values, ddof));
  }

  sem(): R {
    return this.#each((values) => {
      const n = rollingCount(values, this.#windows, 0);
      // pandas 1.5 divides by the root of n - ddof here.
      return this.#variance(values, 1).map((value, i) => Math.sqrt(value) / Math.sqrt((n[i] ?? NaN) - 1));
    });
  }

  min(): R {
    return this.#each((values) => rollingExtreme(values, this.#windows, this.#minPeriods, false));
  }

  max(): R {
    return this.#each((values) => rollingExtreme(values, this.#windows, this.#minPeriods, true));
  }

  median(): R {
    return this.quantile(0.5);
  }

  quantile(q: number, options: { readonly interpolation?: Interpolation } = {}): R {
    const rule = readInterpolation(options.interpolation);
    if (!(q >= 0 && q <= 1)) throw badArgument('quantile()', `q must be from 0 to 1, was ${q}.`);
    return this.#each((values) => rollingQuantile(values, this.#windows, this.#minPeriods, q, rule));
  }

  /** Values that are not missing. */
  count(): R {
    return this.#each((values) => rollingCount(values, this.#windows, this.#countPeriods));
  }

  skew(): R {
    return this.#each((values) => rollingApply(values, this.#windows, this.#minPeriods, stats.skew));
  }

  kurt(): R {
    return this.#each((values) => rollingApply(values, this.#windows, this.#minPeriods, stats.kurt));
  }

  /** A function of each window as a Series, or as a Float64Array with `raw: true`, which is faster. */
  apply(apply: (window: Series) => number, options?: { readonly raw?: false; readonly args?: readonly unknown[] }): R;
  apply(
    apply: (window: Float64Array) => number,
    options: { readonly raw: true; readonly args?: readonly unknown[] },
  ): R;
  apply(
    apply: (window: never, ...args: readonly never[]) => number,
    options: { readonly raw?: boolean; readonly args?: readonly unknown[] } = {},
  ): R {
    const more = options.args ?? [];
    const call = (window: unknown): unknown => (apply as (...args: readonly unknown[]) => unknown)(window, ...more);
    const { index } = this.#source;
    const run = (window: Float64Array, start: number): number => {
      if (options.raw === true) return Number(call(window.slice()));
      return Number(call(makeSeries({ kind: 'float64', data: window }, index.slice(start, start + window.length))));
    };
    return this.#each((values) => rollingApply(values, this.#windows, this.#minPeriods, run));
  }

  /** Correlation with the same window of another Series or table. */
  corr(other: unknown): R {
    return this.#paired(other, stats.correlation);
  }

  cov(other: unknown, options: { readonly ddof?: number } = {}): R {
    return this.#paired(other, (a, b) => stats.covariance(a, b, 1, options.ddof ?? 1));
  }

  /** One statistic by name or function; a list of names gives a table with a column each. */
  agg(what: string | ((window: Series) => number)): R;
  agg(what: readonly string[] | Readonly<Record<string, string>>): DataFrame;
  agg(what: unknown): unknown {
    if (typeof what === 'function') return this.apply(what as (window: Series) => number);
    if (typeof what === 'string') return this.#byName(what);
    if (pairsOf(what) !== null) return this.#byColumn(pairsOf(what) ?? []);
    const names = Array.isArray(what) ? (what as readonly string[]) : [];
    return besides(
      names,
      names.map((name) => this.#byName(name)),
    );
  }

  /** Windows of some columns of a table. */
  cols(...names: readonly (string | readonly string[])[]): Rolling<R> {
    const wanted = names.flatMap((name) => (typeof name === 'string' ? [name] : [...name]));
    return new Rolling(chosen(this.#source, wanted) as Source<R>, this.#plan, this.#minPeriods, this.#countPeriods);
  }

  /** Windows of one column of a table. */
  col(name: string): Rolling<Series> {
    const one = chosen(this.#source, [name]);
    const source = {
      ...one,
      build: (results: readonly Float64Array[]) => one.build(results)[COLUMN_AT](0) as unknown as Series,
    };
    return new Rolling(source, this.#plan, this.#minPeriods, this.#countPeriods);
  }

  #byColumn(pairs: readonly (readonly [unknown, unknown])[]): DataFrame {
    const parts = pairs.map(([name, what]) => this.col(String(name)).#byName(String(what)));
    return besides(
      pairs.map(([name]) => String(name)),
      parts,
    );
  }

  #byName(name: string): R {
    const method: unknown = Reflect.get(this, name);
    const known: readonly Statistic[] = [
      'mean',
      'sum',
      'std',
      'var',
      'min',
      'max',
      'median',
      'count',
      'skew',
      'kurt',
      'sem',
    ];
    if (typeof method === 'function' && known.includes(name as Statistic)) return Reflect.apply(method, this, []) as R;
    throw badArgument('agg()', `there is no statistic '${name}'; there are ${known.join(', ')}.`);
  }

  get #windows(): Windows {
    this.#made ??= this.#plan.windows();
    return this.#made;
  }

  #sums(values: Float64Array, mean: boolean): Float64Array {
    const { size } = this.#plan;
    const plain = size !== null && size > 0 && this.#minPeriods === size ? fullWindowSums(values, size, mean) : null;
    return plain ?? rollingSum(finite(values), this.#windows, this.#minPeriods, mean);
  }

  #variance(values: Float64Array, ddof: number): Float64Array {
    return rollingVariance(values, this.#windows, Math.max(this.#minPeriods, 1), ddof);
  }

  #each(run: (values: Float64Array) => Float64Array): R {
    return this.#source.build(this.#source.numbers.map((values) => run(finite(values))));
  }

  #paired(other: unknown, run: (a: Float64Array, b: Float64Array) => number): R {
    const partners = this.#source.partner(other);
    return this.#source.build(
      this.#source.numbers.map((values, k) => {
        const right = partners[k] ?? values;
        const both = values.map((value, i) => (Number.isNaN(right[i]) ? NaN : value));
        return rollingApply(both, this.#windows, this.#minPeriods, (window, start) =>
          run(window, right.subarray(start, start + window.length)),
        );
      }),
      other,
    );
  }
}

type DdofArgs = readonly [ddof?: number | { readonly ddof?: number }];

installSignatures(Rolling.prototype, WINDOWS);
strictMembers(Rolling, 'rolling()');
