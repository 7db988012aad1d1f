import { rounded } from '../builtins/numbers.ts';
import { clipped } from '../objects/array/numbers.ts';
import { Mask } from '../objects/array/mask.ts';
import { NdArray } from '../objects/array/nd-array.ts';
import { Matrix } from '../objects/array/matrix.ts';
import { bools } from '../objects/frame/column/column.ts';
import { roundHalfEven } from '../objects/frame/column/transforms.ts';
import { makeSeries } from '../objects/frame/factory.ts';
import { isFrame, isSeries } from '../objects/frame/is-table.ts';
import type { DataFrame, Series } from '../objects/frame/types.ts';
import { eachNumber, numberOption, options, refuseOptions, shaped, vector } from './read.ts';
import type { Numeric, Same } from './read.ts';

type Unary = <T extends Numeric>(x: T) => Same<T>;

/** As map(), which makes its array through the class of the one it is called on: ten times as slow for a year of days. */
function mapped(values: Float64Array, run: (value: number) => number): Float64Array {
  const out = new Float64Array(values.length);
  for (let i = 0; i < out.length; i += 1) out[i] = run(values[i] ?? NaN);
  return out;
}

function unary(name: string, run: (value: number) => number): Unary {
  const where = `np.${name}()`;
  const call = (x: unknown, ...more: readonly unknown[]): unknown => {
    refuseOptions(where, more);
    return typeof x === 'number' ? run(x) : eachNumber(x, where, (values) => mapped(values, run));
  };
  return Object.defineProperty(call, 'name', { value: name }) as Unary;
}

export const abs = unary('abs', Math.abs);
export const exp = unary('exp', Math.exp);
export const expm1 = unary('expm1', Math.expm1);
export const log = unary('log', Math.log);
export const log2 = unary('log2', Math.log2);
export const log10 = unary('log10', Math.log10);
export const log1p = unary('log1p', Math.log1p);
export const sqrt = unary('sqrt', Math.sqrt);
export const square = unary('square', (value) => value * value);
export const sign = unary('sign', Math.sign);
export const floor = unary('floor', Math.floor);
export const ceil = unary('ceil', Math.ceil);
export const trunc = unary('trunc', Math.trunc);
export const rint = unary('rint', (value) => roundHalfEven(value, 0));
export const sin = unary('sin', Math.sin);
export const cos = unary('cos', Math.cos);
export const tan = unary('tan', Math.tan);
export const arctan = unary('arctan', Math.atan);
export const tanh = unary('tanh', Math.tanh);
export const degrees = unary('degrees', (value) => (value * 180) / Math.PI);
export const radians = unary('radians', (value) => (value * Math.PI) / 180);
export const negative = unary('negative', (value) => -value);

/** Ties go to the even digit; of numbers, arrays, Series and tables. */
export function round<T extends Numeric>(
  x: T,
  ...decimals: readonly (number | { readonly decimals?: number })[]
): Same<T> {
  const where = 'np.round()';
  const digits = numberOption(`${where} decimals`, options(where, ['decimals'], decimals)['decimals'], 0);
  if (typeof x === 'number') return (Number.isFinite(x) ? rounded(x, digits) : x) as Same<T>;
  return eachNumber(x, where, (values) => mapped(values, (value) => roundHalfEven(value, digits))) as Same<T>;
}

/** Zeros for NaN, and the largest numbers for infinity; others with `{ nan, posinf, neginf }`. */
export function nan_to_num<T extends Numeric>(x: T, ...values: readonly unknown[]): Same<T> {
  const where = 'np.nan_to_num()';
  const { nan, posinf, neginf } = options(where, ['copy', 'nan', 'posinf', 'neginf'], values);
  const run = (value: number): number => {
    if (Number.isNaN(value)) return numberOption(`${where} nan`, nan, 0);
    if (value === Infinity) return numberOption(`${where} posinf`, posinf, Number.MAX_VALUE);
    return value === -Infinity ? numberOption(`${where} neginf`, neginf, -Number.MAX_VALUE) : value;
  };
  return eachNumber(x, where, (all) => mapped(all, run)) as Same<T>;
}

/** What a test of each number gives: a Series or table of conditions, a matrix of 1 and 0, a Mask, true or false. */
export type Tested<T> = T extends number | boolean
  ? boolean
  : T extends Series<unknown>
    ? Series<boolean>
    : T extends DataFrame
      ? DataFrame
      : T extends Matrix
        ? Matrix
        : Mask;

function test(name: string, holds: (value: number) => boolean): <T extends Numeric>(x: T) => Tested<T> {
  const where = `np.${name}()`;
  const bit = (value: number): number => Number(holds(value));
  const call = (x: unknown, ...more: readonly unknown[]): unknown => {
    refuseOptions(where, more);
    // Before the others: a look for what it is not goes through the door behind its class.
    if (x instanceof NdArray) return Mask.tested(x, holds);
    if (isSeries(x)) return makeSeries(bools(Uint8Array.from(vector(x, where), bit)), x.index, x.name);
    if (isFrame(x)) return eachNumber(x, where, (values) => mapped(values, bit));
    const read = shaped(x, where);
    if (typeof read === 'number') return holds(read);
    return read instanceof Matrix ? read.each(bit) : Mask.tested(read, holds);
  };
  return Object.defineProperty(call, 'name', { value: name }) as <T extends Numeric>(x: T) => Tested<T>;
}

export const isnan = test('isnan', Number.isNaN);
export const isinf = test('isinf', (value) => Math.abs(value) === Infinity);
export const isfinite = test('isfinite', Number.isFinite);
export const logical_not = test('logical_not', (value) => value === 0);

/** Numbers between the bounds; null is no bound. */
export function clip<T extends Numeric>(
  x: T,
  low: number | null,
  high: number | null,
  ...more: readonly never[]
): Same<T> {
  const where = 'np.clip()';
  options(where, [], more);
  for (const bound of [low, high]) numberOption(where, bound, 0);
  return eachNumber(x, 'np.clip()', (values) => clipped(values, low ?? -Infinity, high ?? Infinity)) as Same<T>;
}
