// The module `math` of a strategy, and `math`: Python's names. Where Python raises, this throws VALUE_ERROR.
import { halfToEven } from '../builtins/numbers.ts';
import { typeError, valueError } from '../builtins/errors.ts';
import { walkOver } from '../builtins/walk-over.ts';
import { strictObject } from '../objects/attributes.ts';
import { pyRepr } from '../text/python-text.ts';

type Real = (x: number) => number;

/** A function of numbers; a result that is no number where the arguments are some is Python's "math domain error". */
function real<A extends readonly number[]>(name: string, run: (...values: A) => number): (...values: A) => number {
  const call = (...values: A): number => {
    for (const value of values) {
      if (typeof value !== 'number') throw typeError(`math.${name}(): takes numbers, was ${pyRepr(value)}.`);
    }
    const result = run(...values);
    const isNew = Number.isNaN(result) && !values.some(Number.isNaN);
    const isBeyond = !Number.isFinite(result) && !Number.isNaN(result) && values.every(Number.isFinite);
    if (!isNew && !isBeyond) return result;
    throw valueError(
      `math.${name}(${values.join(', ')}): ${isBeyond ? 'math range error' : 'math domain error'}: look at where the number comes from.`,
    );
  };
  return Object.defineProperty(call, 'name', { value: name });
}

function whole(name: string, run: Real): Real {
  return real(name, (x: number) => {
    if (Number.isFinite(x)) return run(x) + 0;
    throw valueError(
      `math.${name}(): cannot convert float ${Number.isNaN(x) ? 'NaN' : 'infinity'} to integer. Ask math.isfinite(x) first.`,
    );
  });
}

export const pi = Math.PI;
export const e = Math.E;
export const tau = 2 * Math.PI;
export const inf = Infinity;
export const nan = NaN;
export const sqrt = real('sqrt', Math.sqrt);
export const exp = real('exp', Math.exp);
export const expm1 = real('expm1', Math.expm1);
export const log2 = real('log2', Math.log2);
export const log10 = real('log10', Math.log10);
export const log1p = real('log1p', Math.log1p);
export const sin = real('sin', Math.sin);
export const cos = real('cos', Math.cos);
export const tan = real('tan', Math.tan);
export const asin = real('asin', Math.asin);
export const acos = real('acos', Math.acos);
export const atan = real('atan', Math.atan);
export const sinh = real('sinh', Math.sinh);
export const cosh = real('cosh', Math.cosh);
export const tanh = real('tanh', Math.tanh);
export const atan2 = real('atan2', Math.atan2);
export const hypot = real('hypot', Math.hypot);
export const fabs = real('fabs', Math.abs);
export const degrees = real('degrees', (x: number) => (x * 180) / Math.PI);
export const radians = real('radians', (x: number) => (x * Math.PI) / 180);
export const fmod = real('fmod', (x: number, y: number) => x % y);
export const copysign = real('copysign', (x: number, y: number) => Math.abs(x) * (y < 0 || Object.is(y, -0) ? -1 : 1));
export const floor = whole('floor', Math.floor);
export const ceil = whole('ceil', Math.ceil);
export const trunc = whole('trunc', Math.trunc);

/** A power; of a negative number and a fraction VALUE_ERROR. */
export const pow = real('pow', (x: number, y: number) => (x === 1 || y === 0 ? 1 : x ** y));

const natural = real('log', (x: number) => Math.log(x));

/** The natural logarithm, or that of a base. */
export function log(x: number, base?: number): number {
  return base === undefined ? natural(x) : natural(x) / natural(base);
}

export function isnan(x: number): boolean {
  return Number.isNaN(x);
}

export function isinf(x: number): boolean {
  return x === Infinity || x === -Infinity;
}

export function isfinite(x: number): boolean {
  return Number.isFinite(x);
}

/** Are they the same to one part in a thousand million? */
export function isclose(
  a: number,
  b: number,
  { rel_tol = 1e-9, abs_tol = 0 }: { readonly rel_tol?: number; readonly abs_tol?: number } = {},
): boolean {
  return a === b || Math.abs(a - b) <= Math.max(rel_tol * Math.max(Math.abs(a), Math.abs(b)), abs_tol);
}

/** The exact sum, to the last digit of the number: what was lost is added at the end (Neumaier). */
export function fsum(items: Iterable<number>): number {
  let [total, lost] = [0, 0];
  for (const item of walkOver(items, 'math.fsum()') as Iterable<number>) {
    const next = total + item;
    lost += Math.abs(total) >= Math.abs(item) ? total - next + item : item - next + total;
    total = next;
  }
  return total + lost;
}

export function prod(items: Iterable<number>): number {
  return Array.from(walkOver(items, 'math.prod()') as Iterable<number>).reduce((product, item) => product * item, 1);
}

/** The product of 1 to n. */
export function factorial(n: number): number {
  if (!Number.isInteger(n) || n < 0) throw valueError(`math.factorial(${n}): takes a whole number from 0 on.`);
  return Array.from({ length: n }, (_, i) => i + 1).reduce((product, item) => product * item, 1);
}

export function gcd(a: number, b: number): number {
  return b === 0 ? Math.abs(a) : gcd(b, a % b);
}

/** How many ways there are to choose k of n. */
export function comb(n: number, k: number): number {
  if (k < 0 || k > n) return 0;
  return Array.from({ length: Math.min(k, n - k) }, (_, i) => i).reduce(
    (all, i) => halfToEven((all * (n - i)) / (i + 1)),
    1,
  );
}

const math = strictObject(
  {
    pi,
    e,
    tau,
    inf,
    nan,
    sqrt,
    exp,
    expm1,
    log,
    log2,
    log10,
    log1p,
    sin,
    cos,
    tan,
    asin,
    acos,
    atan,
    sinh,
    cosh,
    tanh,
    atan2,
    hypot,
    fabs,
    degrees,
    radians,
    fmod,
    copysign,
    floor,
    ceil,
    trunc,
    pow,
    isnan,
    isinf,
    isfinite,
    isclose,
    fsum,
    prod,
    factorial,
    gcd,
    comb,
  },
  'math',
);
export default math;
