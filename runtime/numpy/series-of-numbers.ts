import { badArgument } from '../api/arguments.ts';
import { readInteger } from '../api/readers.ts';
import type { Matrix } from '../objects/array/matrix.ts';
import { NdArray } from '../objects/array/nd-array.ts';
import * as numbers from '../objects/array/numbers.ts';
import { eachLine, eachNumber, numberOption, options, vector } from './read.ts';
import type { Numeric, Same, Vector } from './read.ts';
import { isSeries } from '../objects/frame/is-table.ts';

type Cumulate = <T extends Numeric>(x: T, ...values: readonly unknown[]) => Same<T>;

/** Of a Series with its labels, leaving gaps out, as its own method does; of a matrix all numbers, or along an axis. */
function cumulate(name: 'cumsum' | 'cumprod', step: (total: number, value: number) => number): Cumulate {
  const where = `np.${name}()`;
  const run = (values: Float64Array): NdArray => NdArray.holding(numbers.cumulated(values, step));
  const call = (x: unknown, ...values: readonly unknown[]): unknown => {
    if (isSeries(x)) return x[name]();
    const { axis = null } = options(where, ['axis'], values);
    return eachLine(x, where, axis, run);
  };
  return Object.defineProperty(call, 'name', { value: name }) as Cumulate;
}

export const cumsum = cumulate('cumsum', (total, value) => total + value);
export const cumprod = cumulate('cumprod', (total, value) => total * value);

/** Sums up to each, gaps as nothing. */
export function nancumsum(x: Vector, ...more: readonly never[]): NdArray {
  options('np.nancumsum()', [], more);
  return cumsum(vector(x, 'np.nancumsum()').map((value) => (Number.isNaN(value) ? 0 : value)));
}

/** Each less the one before, `n` times; a matrix along its rows, or along another axis. */
export function diff(x: Numeric, ...values: readonly unknown[]): NdArray | Matrix {
  const where = 'np.diff()';
  const { n = 1, axis = -1 } = options(where, ['n', 'axis'], values);
  const once = (line: NdArray): NdArray => {
    const out = new Float64Array(Math.max(0, line.length - 1));
    for (let i = 0; i < out.length; i += 1) out[i] = (line[i + 1] ?? NaN) - (line[i] ?? NaN);
    return NdArray.holding(out);
  };
  const length = readInteger(n, `${where} n`);
  return eachLine(x, where, axis, (line) => Array.from({ length }).reduce<NdArray>((left) => once(left), line));
}

/** Slopes in the middle of both neighbours. */
export function gradient(x: Vector, ...more: readonly never[]): NdArray {
  options('np.gradient()', [], more);
  const values = vector(x, 'np.gradient()');
  const last = values.length - 1;
  if (last < 1) throw badArgument('np.gradient()', 'needs two numbers and more.');
  return values.map((value, i) => {
    const [before, after] = [values[i - 1] ?? value, values[i + 1] ?? value];
    return (after - before) / (i === 0 || i === last ? 1 : 2);
  });
}

/** Values between points of a line by x; outside of them the first and the last, or `left` and `right`. */
export function interp(x: number, xp: Vector, fp: Vector, ...more: readonly unknown[]): number;
export function interp(x: Vector, xp: Vector, fp: Vector, ...more: readonly unknown[]): NdArray;
export function interp(x: number | Vector, xp: Vector, fp: Vector, ...more: readonly unknown[]): number | NdArray {
  const given = options('np.interp()', ['left', 'right'], more);
  const [at, values] = [vector(xp, 'np.interp() xp'), vector(fp, 'np.interp() fp')];
  if (at.length !== values.length || at.length === 0)
    throw badArgument('np.interp()', 'xp and fp need as many numbers.');
  const before = numberOption('np.interp() left', given['left'], values.at(0));
  const behind = numberOption('np.interp() right', given['right'], values.at(-1));
  const one = (place: number): number => {
    const right = at.findIndex((known) => known >= place);
    if (Number.isNaN(place)) return NaN;
    if (right < 0) return behind;
    if (at[right] === place) return values[right] ?? NaN;
    if (right === 0) return before;
    const [x0, x1, y0, y1] = [at.at(right - 1), at.at(right), values.at(right - 1), values.at(right)];
    return y0 + ((y1 - y0) * (place - x0)) / (x1 - x0);
  };
  return typeof x === 'number' ? one(x) : vector(x, 'np.interp()').map(one);
}

const MODES = ['full', 'same', 'valid'];

/** The sliding sum of products with the turned weights. */
export function convolve(a: Vector, v: Vector, ...values: readonly unknown[]): NdArray {
  const { mode = 'full' } = options('np.convolve()', ['mode'], values);
  if (!MODES.includes(String(mode))) throw badArgument('np.convolve() mode', `is one of ${MODES.join(', ')}.`);
  const [x, w] = [vector(a, 'np.convolve()'), vector(v, 'np.convolve()')];
  const whole = NdArray.sized(x.length + w.length - 1);
  x.forEach((value, i) => {
    w.forEach((weight, j) => {
      whole[i + j] = (whole[i + j] ?? 0) + value * weight;
    });
  });
  if (mode === 'full') return whole;
  const [short, long] = [Math.min(x.length, w.length), Math.max(x.length, w.length)];
  return mode === 'valid'
    ? whole.slice(short - 1, long)
    : whole.slice(Math.floor((short - 1) / 2), Math.floor((short - 1) / 2) + long);
}

/** How many lie between the bounds: `[counts, bounds]`. */
export function histogram(x: Vector, ...values: readonly unknown[]): [NdArray, NdArray] {
  const { bins = 10 } = options('np.histogram()', ['bins'], values);
  const all = vector(x, 'np.histogram()');
  const [low, high] = [numbers.min(all), numbers.max(all)];
  const n = typeof bins === 'number' ? numberOption('np.histogram() bins', bins, 10) : 0;
  const bounds =
    typeof bins === 'number'
      ? NdArray.holding(Float64Array.from({ length: n + 1 }, (_, i) => low + ((high - low) * i) / n))
      : vector(bins, 'np.histogram() bins');
  const counts = NdArray.sized(bounds.length - 1);
  for (const value of all) {
    const at = value === bounds.at(-1) ? counts.length - 1 : bounds.findLastIndex((bound) => bound <= value);
    if (at >= 0 && at < counts.length) counts[at] = (counts[at] ?? 0) + 1;
  }
  return [counts, bounds];
}

/** The largest so far, the smallest so far. */
export const runningMax = (x: Numeric): unknown =>
  eachNumber(x, 'np.maximum.accumulate()', (values) => numbers.cumulated(values, Math.max));
export const runningMin = (x: Numeric): unknown =>
  eachNumber(x, 'np.minimum.accumulate()', (values) => numbers.cumulated(values, Math.min));
