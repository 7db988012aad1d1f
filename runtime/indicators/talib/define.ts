import { badArgument, isPlainObject } from '../../api/arguments.ts';
import { isIterable } from '../../api/readers.ts';
import { NdArray } from '../../objects/array/nd-array.ts';
import { floats, numbersOf } from '../../objects/frame/column/column.ts';
import { makeSeries } from '../../objects/frame/factory.ts';
import { isSeries, storedColumn } from '../../objects/frame/is-table.ts';
import type { Series } from '../../objects/frame/types.ts';
import { pyRepr } from '../../text/python-text.ts';
import { firstValue } from './functions/real.ts';
import type { Real } from './functions/real.ts';
import type { Option } from './options.ts';

/** What a function takes for a series of numbers; null is a gap. */
export type Numbers = ArrayLike<number> | Iterable<number | null> | Series;

/** One function of TA-Lib, as the tests and the documentation read it. */
export interface TalibSpec {
  readonly name: string;
  readonly inputs: readonly string[];
  readonly options: readonly Option[];
  readonly outputs: readonly string[];
  /** True where the result counts places: TA-Lib has 0, not NaN, before the first. */
  readonly places: boolean;
}

type Given<P extends readonly Option[]> = { readonly [K in P[number]['name']]?: number };
type Each<T extends readonly unknown[], V> = { [K in keyof T]: V };
type Rest<P extends readonly Option[]> = (number | Given<P>)[];
type Result<O extends readonly unknown[], V> = O['length'] extends 1 ? V : { -readonly [K in keyof O]: V };
type Tail<T extends readonly unknown[]> = T extends readonly [unknown, ...infer R] ? R : [];

/**
 * Series first, then options by position or by name. Series in, Series out with the labels of the first; else arrays. Several
 * results come as a list, in TA-Lib's order.
 */
export interface TalibFunction<I extends readonly string[], P extends readonly Option[], O extends readonly string[]> {
  (...args: [Series, ...Each<Tail<I>, Numbers>, ...Rest<P>]): Result<O, Series>;
  (...args: [...Each<I, Numbers>, ...Rest<P>]): Result<O, NdArray>;
}

interface Shape<I extends readonly string[], P extends readonly Option[], O extends readonly string[]> {
  readonly inputs: I;
  readonly options: P;
  readonly outputs: O;
  readonly places?: boolean;
  /** On inputs of one length that all begin with a value. */
  readonly run: (inputs: Each<I, Real>, options: Each<P, number>) => Real | readonly Real[];
}

const specs: TalibSpec[] = [];

/** Every function, in the order of its definition. */
export function talibSpecs(): readonly TalibSpec[] {
  return specs;
}

export function defineTalib<
  const I extends readonly string[],
  const P extends readonly Option[],
  const O extends readonly string[],
>(name: string, shape: Shape<I, P, O>): TalibFunction<I, P, O> {
  const { inputs, options, outputs, places = false } = shape;
  specs.push({ name, inputs, options, outputs, places });
  const run = shape.run as (inputs: readonly Real[], options: readonly number[]) => Real | readonly Real[];
  const call = (...args: readonly unknown[]): unknown => {
    const where = `talib.${name}()`;
    const series = inputs.map((input, i) => numbersFrom(args[i], `${where} ${input}`));
    const values = readOptions(where, options, args.slice(inputs.length));
    const length = sameLength(where, series);
    const results = calculated(series, length, (parts) => run(parts, values), places);
    const labels = args.find(isSeries);
    const shown = results.map((result) =>
      labels === undefined ? NdArray.holding(result) : makeSeries(floats(result), labels.index),
    );
    return outputs.length === 1 ? shown[0] : shown;
  };
  Object.defineProperty(call, 'name', { value: name });
  return call as TalibFunction<I, P, O>; // its arguments are checked by the readers of the definition
}

/** Numbers of an array, a Series, an Index or anything that can be walked over. BAD_ARGUMENT for other things and texts. */
export function numbersFrom(value: unknown, where: string): Real {
  if (value instanceof Float64Array) return value;
  const column = storedColumn(value);
  const stored = column === null ? null : numbersOf(column);
  if (stored !== null) return stored;
  if (!isIterable(value)) throw badArgument(where, `must be an array or a Series of numbers, was ${pyRepr(value)}.`);
  return Float64Array.from(value, (one) => {
    if (typeof one === 'number') return one;
    if (one === null || one === undefined) return NaN;
    throw badArgument(where, `must hold numbers, found ${pyRepr(one)}.`);
  });
}

function sameLength(where: string, series: readonly Real[]): number {
  const [first] = series;
  const length = first?.length ?? 0;
  const other = series.find((one) => one.length !== length);
  if (other === undefined) return length;
  throw badArgument(where, `the series have ${length} and ${other.length} values; cut them to the same bars.`);
}

/** As TA-Lib's Python does it: counts from where all inputs have a value, and what is before stays a gap. */
function calculated(
  series: readonly Real[],
  length: number,
  run: (parts: readonly Real[]) => Real | readonly Real[],
  places: boolean,
): Real[] {
  const first = Math.max(0, ...series.map(firstValue));
  const parts = run(first === 0 ? series : series.map((one) => one.subarray(first)));
  return (parts instanceof Float64Array ? [parts] : parts).map((part) => {
    const out = new Float64Array(length).fill(NaN);
    out.set(places ? part.map((place) => place + first) : part, first);
    return places ? out.map((place) => (Number.isNaN(place) ? 0 : place)) : out;
  });
}

function readOptions(where: string, options: readonly Option[], given: readonly unknown[]): number[] {
  let count = given.length;
  while (count > 0 && given[count - 1] === undefined) count -= 1;
  const last = given[count - 1];
  const named = isPlainObject(last) ? last : {};
  const placed = isPlainObject(last) ? count - 1 : count;
  const names = options.map(({ name }) => name);
  if (placed > options.length) throw badArgument(where, `takes at most ${names.join(', ')} behind its series.`);
  for (const key of Object.keys(named)) {
    if (!names.includes(key)) throw badArgument(where, `has no option '${key}'; it takes ${names.join(', ')}.`);
  }
  return options.map((option, i) => {
    const byPlace = i < placed ? given[i] : undefined;
    const byName = named[option.name];
    if (byPlace !== undefined && byName !== undefined) {
      throw badArgument(where, `got '${option.name}' twice; give it once.`);
    }
    return readOption(where, option, byPlace ?? byName);
  });
}

function readOption(where: string, { name, fallback, min, max, whole }: Option, value: unknown): number {
  if (value === undefined) return fallback;
  const fits = typeof value === 'number' && value >= min && value <= max && (!whole || Number.isSafeInteger(value));
  if (fits) return value;
  const kind = whole ? 'a whole number' : 'a number';
  throw badArgument(`${where} ${name}`, `must be ${kind} from ${min} to ${max}, was ${pyRepr(value)}.`);
}
