import { badArgument, isPlainObject } from '../../api/arguments.ts';
import { pyRepr } from '../../text/python-text.ts';
import { roundHalfEven } from '../frame/column/transforms.ts';
import { takesAtMost } from './arity.ts';
import * as numbers from './numbers.ts';
import { ArrayOperators, like } from './operators.ts';
import { readNumbers } from './read-numbers.ts';

/** Named arguments of statistics. */
export interface StatisticOptions {
  readonly axis?: number | null;
  readonly ddof?: number;
}

/** A second axis is refused: an array in a row has one. */
function onlyAxis(method: string, given: number | null | StatisticOptions | undefined): StatisticOptions {
  const options = isPlainObject(given) ? given : { axis: given ?? null };
  refuseOthers(`${method}()`, options, /^(?:std|var)$/u.test(method) ? ['axis', 'ddof'] : ['axis']);
  const { axis = null } = options;
  if (axis === null || axis === 0 || axis === -1) return options;
  throw badArgument(`${method}() axis`, `is 0 for an array in a row, was ${pyRepr(axis)}.`);
}

export function onlyNumbers(method: string, ...given: readonly unknown[]): void {
  const odd = given.find((one) => one !== null && typeof one !== 'number');
  if (odd !== undefined) throw badArgument(`${method}()`, `takes numbers by position, was ${pyRepr(odd)}.`);
}

/**
 * numpy's array in a row: a Float64Array whose methods calculate. `a.add(b)` is `a + b`, `a.gt(0)` is `a > 0` and gives a Mask,
 * `a.loc(mask)` is `a[mask]`, `a.at(-1)` is `a[-1]`; what map(), filter() and slice() make of it is such an array again, a copy.
 */
export class NdArray extends ArrayOperators {
  /** Of zeros. */
  static sized(length: number): NdArray {
    return NdArray.holding(new Float64Array(length));
  }

  /** Over the same numbers, which are not copied. */
  static holding(values: Float64Array): NdArray {
    return new NdArray(values.buffer as ArrayBuffer, values.byteOffset, values.length);
  }

  sum(axis?: number | null | StatisticOptions): number {
    onlyAxis('sum', axis);
    return numbers.sum(this);
  }

  prod(axis?: number | null | StatisticOptions): number {
    onlyAxis('prod', axis);
    return numbers.prod(this);
  }

  mean(axis?: number | null | StatisticOptions): number {
    onlyAxis('mean', axis);
    return numbers.mean(this);
  }

  /** Of the population: `ddof` is 0, as in numpy. */
  std(axis?: number | null | StatisticOptions): number {
    return numbers.std(this, onlyAxis('std', axis).ddof);
  }

  var(axis?: number | null | StatisticOptions): number {
    return numbers.variance(this, onlyAxis('var', axis).ddof);
  }

  min(axis?: number | null | StatisticOptions): number {
    onlyAxis('min', axis);
    return some(this, 'min', numbers.min(this));
  }

  max(axis?: number | null | StatisticOptions): number {
    onlyAxis('max', axis);
    return some(this, 'max', numbers.max(this));
  }

  argmin(axis?: number | null | StatisticOptions): number {
    onlyAxis('argmin', axis);
    return some(this, 'argmin', numbers.argmin(this));
  }

  argmax(axis?: number | null | StatisticOptions): number {
    onlyAxis('argmax', axis);
    return some(this, 'argmax', numbers.argmax(this));
  }

  any(axis?: number | null | StatisticOptions): boolean {
    onlyAxis('any', axis);
    return this.some((value) => value !== 0);
  }

  all(axis?: number | null | StatisticOptions): boolean {
    onlyAxis('all', axis);
    return this.every((value) => value !== 0);
  }

  cumsum(axis?: number | null | StatisticOptions): this {
    onlyAxis('cumsum', axis);
    return like(
      this,
      numbers.cumulated(this, (total, value) => total + value),
    );
  }

  cumprod(axis?: number | null | StatisticOptions): this {
    onlyAxis('cumprod', axis);
    return like(
      this,
      numbers.cumulated(this, (total, value) => total * value),
    );
  }

  /** Places in ascending order, NaN last. */
  argsort(): number[] {
    return numbers.argsort(this);
  }

  abs(): this {
    return this.map(Math.abs);
  }

  /** Ties go to the even digit. */
  round(digits = 0): this {
    onlyNumbers('round', digits);
    return this.map((value) => roundHalfEven(value, digits));
  }

  clip(low: number | null, high: number | null = null): this {
    onlyNumbers('clip', low, high);
    return like(this, numbers.clipped(this, low ?? -Infinity, high ?? Infinity));
  }

  /** The sum of products. BAD_ARGUMENT for another length: here a single number does not stand for many. */
  dot(other: Iterable<number>): number {
    const right = readNumbers(other, 'dot()');
    if (right.length === this.length) return numbers.dot(this, right);
    throw badArgument('dot()', `${this.length} and ${right.length} numbers do not meet: make them the same.`);
  }

  item(place = 0): number {
    return this.at(place);
  }

  copy(): this {
    return this.slice();
  }

  flatten(): this {
    return this.slice();
  }

  ravel(): this {
    return this;
  }

  /** The same numbers, for `int` without their fractions: all are floats here. */
  astype(kind: unknown): this {
    return isWhole(kind, 'astype()') ? this.map(Math.trunc) : this.slice();
  }
}

takesAtMost(NdArray, 0, 'argsort abs copy flatten ravel');
takesAtMost(NdArray, 1, 'argmin argmax round dot item astype');
takesAtMost(NdArray, 2, 'clip');

/** Is it a dtype of whole numbers (`int`, `'int64'`), or one of floats? BAD_ARGUMENT for others, which an array cannot hold. */
export function isWhole(kind: unknown, where: string): boolean {
  const name = typeof kind === 'function' ? kind.name : String(kind);
  if (name.startsWith('int')) return true;
  if (/^(?:float|double|f\d|number|object)/iu.test(name)) return false;
  throw badArgument(where, `makes int or float, was ${name}: write a.ne(0) for conditions, map(str, a) for texts.`);
}

/** An option is known or refused. */
export function refuseOthers(where: string, options: object, names: readonly string[]): void {
  const odd = Object.keys(options).find((name) => !names.includes(name));
  const known = names.length === 0 ? 'none by name' : names.join(', ');
  if (odd !== undefined) throw badArgument(where, `has no argument '${odd}'; it takes ${known}.`);
}

function some(array: Float64Array, method: string, value: number): number {
  if (array.length > 0) return value;
  throw badArgument(`${method}()`, 'there is nothing in the array: ask a.length first.');
}
