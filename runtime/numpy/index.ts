// numpy's functions by their names, over the arrays, Series and tables of a strategy.
import { runningMax, runningMin } from './series-of-numbers.ts';
import { maximum as larger, minimum as smaller } from './two-sided.ts';

export * from './create.ts';
export * from './element-wise.ts';
export * from './search.ts';
export * from './shape.ts';
export * from './statistics.ts';
export { convolve, cumprod, cumsum, diff, gradient, histogram, interp, nancumsum } from './series-of-numbers.ts';
export {
  add,
  arctan2,
  divide,
  fmax,
  fmin,
  hypot,
  logical_and,
  logical_or,
  mod,
  multiply,
  power,
  subtract,
} from './two-sided.ts';
export {
  allclose,
  array_equal,
  corrcoef,
  cov,
  dot,
  isclose,
  linalg,
  matmul,
  outer,
  poly1d,
  polyfit,
  polyval,
} from './linear.ts';
export { random } from './random.ts';
export { abs as absolute, abs as fabs, round as around, round as round_ } from './element-wise.ts';
export { max as amax, min as amin } from './statistics.ts';
export { isin as in1d } from './search.ts';
export { NdArray as ndarray } from '../objects/array/nd-array.ts';

/** The larger of two; `maximum.accumulate(x)` is the largest so far. */
export const maximum = Object.assign(larger, { accumulate: runningMax });
/** The smaller of two; `minimum.accumulate(x)` is the smallest so far. */
export const minimum = Object.assign(smaller, { accumulate: runningMin });

export const nan = NaN;
export const inf = Infinity;
export const pi = Math.PI;
export const e = Math.E;
export { nan as NaN, nan as NAN, inf as Inf };
