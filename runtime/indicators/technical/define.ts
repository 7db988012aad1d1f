import { bindArguments, optional, required } from '../../api/arguments.ts';
import type { Arg, ArgMap } from '../../api/arguments.ts';
import { readUnit } from '../../api/bar-arguments.ts';
import { nullable, readBoolean, readFinite, readSecurity, readSecurityList } from '../../api/readers.ts';
import { createDict } from '../../objects/dict.ts';
import type { Dict } from '../../objects/dict.ts';
import { readTime } from '../../objects/datetime/read-time.ts';
import type { TimeLike } from '../../objects/datetime/read-time.ts';
import { at } from '../talib/functions/real.ts';
import type { Real } from '../talib/functions/real.ts';
import { alignedTo, barsOf, readCheckDate, readPeriod } from './bars.ts';
import type { Bars, BarSeries } from './bars.ts';

type Params = Readonly<Record<string, number>>;

/** The arguments that every indicator takes by name beside its own numbers. */
interface Common {
  /** `1d` (default), `1m`, `5m` … as get_bars takes it. */
  readonly unit?: string;
  /** The bar that is not finished counts (default true). */
  readonly include_now?: boolean;
  /** Prices as they looked on that day; null (default): as they look now. */
  readonly fq_ref_date?: TimeLike | null;
}

type Options<P extends Params> = { readonly [K in keyof P]?: number } & Common;
type Codes = string | Iterable<string>;
type Values<O extends readonly string[]> = O['length'] extends 1
  ? Dict<number>
  : { readonly [K in keyof O]: Dict<number> };

/** `MA(codes, check_date, 20)` or `{ timeperiod: 20 }`: a dict of code to value; with several results a list of dicts. */
export interface Indicator<P extends Params, O extends readonly string[]> {
  (security_list: Codes, check_date: TimeLike, ...rest: (number | string | boolean | Options<P>)[]): Values<O>;
}

/** The same with the code of an index in front. */
export interface IndexIndicator<P extends Params, O extends readonly string[]> {
  (
    index_stock: string,
    security_list: Codes,
    check_date: TimeLike,
    ...rest: (number | string | boolean | Options<P>)[]
  ): Values<O>;
}

/** One indicator, as tests and documentation read it. */
export interface IndicatorSpec {
  readonly name: string;
  readonly index: boolean;
  readonly params: Params;
  readonly outputs: readonly string[];
}

interface Shape<P extends Params, O extends readonly string[]> {
  /** Its numbers in positional order, with their defaults. Those that are no counts of bars are named in `factors`. */
  readonly params: P;
  readonly factors?: readonly string[];
  readonly fields: readonly BarSeries[];
  readonly outputs: O;
  /** Bars after which the last value does not change any more. */
  readonly bars: (params: P) => number;
}

interface Own<P extends Params, O extends readonly string[]> extends Shape<P, O> {
  readonly run: (bars: Bars, params: P) => readonly Real[];
}

interface WithIndex<P extends Params, O extends readonly string[]> extends Shape<P, O> {
  readonly run: (bars: Bars, index: Bars, params: P) => readonly Real[];
}

const specs: IndicatorSpec[] = [];

export function indicatorSpecs(): readonly IndicatorSpec[] {
  return specs;
}

export function indicator<const P extends Params, const O extends readonly string[]>(
  name: string,
  shape: Own<P, O>,
): Indicator<P, O> {
  const any = shape as unknown as Own<Params, O>; // its numbers come from its own params
  return defined(name, false, any, any.run) as Indicator<P, O>;
}

export function indexIndicator<const P extends Params, const O extends readonly string[]>(
  name: string,
  shape: WithIndex<P, O>,
): IndexIndicator<P, O> {
  const any = shape as unknown as WithIndex<Params, O>; // as above
  const call = defined(name, true, any, (bars, params, index) => any.run(bars, alignedTo(bars.time, index), params));
  return call as IndexIndicator<P, O>;
}

function defined(
  name: string,
  index: boolean,
  shape: Shape<Params, readonly string[]>,
  run: (bars: Bars, params: Params, index: Bars) => readonly Real[],
): (...values: readonly unknown[]) => unknown {
  specs.push({ name, index, params: shape.params, outputs: shape.outputs });
  const map = argumentsOf(index, shape);
  const call = (...values: readonly unknown[]): unknown => {
    const a = bindArguments(name, map, values);
    const params = Object.fromEntries(Object.keys(shape.params).map((key) => [key, a[key] as number]));
    const codes = [...new Set(a['security_list'] as readonly string[])];
    const asked = {
      end: a['check_date'] as number,
      unit: a['unit'] as string,
      includeNow: a['include_now'] as boolean,
      reference: a['fq_ref_date'] as number | null,
    };
    const all = index ? [...codes, a['index_stock'] as string] : codes;
    const bars = codes.length === 0 ? [] : barsOf(all, shape.bars(params), shape.fields, asked);
    const market = bars.at(-1);
    const values_ = codes.map((_, i) => {
      const own = bars[i];
      return own === undefined || market === undefined ? [] : lastOf(run(own, params, market));
    });
    const dicts = dictsOf(name, codes, values_, shape.outputs.length);
    return dicts.length === 1 ? dicts[0] : dicts;
  };
  Object.defineProperty(call, 'name', { value: name });
  return call;
}

/** What an indicator gives: of each of its results a dict of code to value. */
export function dictsOf(
  name: string,
  codes: readonly string[],
  values: readonly (readonly number[])[],
  results: number,
): Dict<number>[] {
  return Array.from({ length: results }, (_, o) =>
    createDict(
      codes.map((code, i): [string, number] => [code, values[i]?.[o] ?? NaN]),
      `${name}()`,
    ),
  );
}

function lastOf(results: readonly Real[]): number[] {
  return results.map((result) => at(result, result.length - 1));
}

function argumentsOf(index: boolean, { params, factors = [] }: Shape<Params, readonly string[]>): ArgMap {
  const own = Object.entries(params).map(([key, fallback]): [string, Arg<unknown>] => [
    key,
    optional(factors.includes(key) ? readFinite : readPeriod, fallback),
  ]);
  return {
    ...(index ? { index_stock: required(readSecurity) } : {}),
    security_list: required(readSecurityList),
    check_date: required(readCheckDate),
    ...Object.fromEntries(own),
    unit: optional(readUnit, '1d'),
    include_now: optional(readBoolean, true),
    fq_ref_date: optional(nullable(readTime), null),
  };
}
