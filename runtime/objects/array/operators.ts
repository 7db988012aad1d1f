import { badArgument } from '../../api/arguments.ts';
import { calculate, compare } from '../frame/column/operators.ts';
import type { Arithmetic, Comparison } from '../frame/column/operators.ts';
import { strictArray } from '../attributes.ts';
import { takesAtMost } from './arity.ts';
import { positionIn } from '../frame/errors.ts';
import { refuseOperators } from '../frame/guarded.ts';
import { Mask } from './mask.ts';
import { readNumbers } from './read-numbers.ts';

/** What an array is calculated with: a number, or as many numbers. */
export type Operand = number | boolean | Iterable<number | boolean | null>;

type Numbers = Float64Array<ArrayBuffer>;

/** An array in a row with its operators: reading, arithmetic, comparisons. */
export abstract class ArrayOperators extends Float64Array<ArrayBuffer> {
  get shape(): [number] {
    return [this.length];
  }

  get ndim(): number {
    return 1;
  }

  get size(): number {
    return this.length;
  }

  get T(): this {
    return this;
  }

  get dtype(): string {
    return 'float64';
  }

  add(other: Operand): this {
    return calculated(this, 'add', this, meet(this, 'add', other));
  }

  sub(other: Operand): this {
    return calculated(this, 'sub', this, meet(this, 'sub', other));
  }

  mul(other: Operand): this {
    return calculated(this, 'mul', this, meet(this, 'mul', other));
  }

  div(other: Operand): this {
    return calculated(this, 'div', this, meet(this, 'div', other));
  }

  floordiv(other: Operand): this {
    return calculated(this, 'floordiv', this, meet(this, 'floordiv', other));
  }

  mod(other: Operand): this {
    return calculated(this, 'mod', this, meet(this, 'mod', other));
  }

  pow(other: Operand): this {
    return calculated(this, 'pow', this, meet(this, 'pow', other));
  }

  /** `other - a` */
  rsub(other: Operand): this {
    return calculated(this, 'sub', meet(this, 'rsub', other), this);
  }

  /** `other / a` */
  rdiv(other: Operand): this {
    return calculated(this, 'div', meet(this, 'rdiv', other), this);
  }

  /** `other ** a` */
  rpow(other: Operand): this {
    return calculated(this, 'pow', meet(this, 'rpow', other), this);
  }

  neg(): this {
    return this.mul(-1);
  }

  gt(other: Operand): Mask {
    return compared(this, 'gt', other);
  }

  ge(other: Operand): Mask {
    return compared(this, 'ge', other);
  }

  lt(other: Operand): Mask {
    return compared(this, 'lt', other);
  }

  le(other: Operand): Mask {
    return compared(this, 'le', other);
  }

  eq(other: Operand): Mask {
    return compared(this, 'eq', other);
  }

  ne(other: Operand): Mask {
    return compared(this, 'ne', other);
  }

  /** The cells where a mask holds, or at places: `a[mask]`, `a[[0, 2]]`. */
  loc(which: Iterable<boolean | number>): this {
    const list = which instanceof Mask ? which : Array.from(which);
    if (!(list instanceof Mask || list.every((one) => typeof one === 'boolean')))
      return this.take(list as readonly number[]);
    if (list.length === this.length) return like(this, kept(this, list));
    throw badArgument('loc()', `the mask has ${list.length} values, the array ${this.length}: make it of this array.`);
  }

  take(places: Iterable<number>): this {
    return like(
      this,
      Float64Array.from(readNumbers(places, 'take()'), (place) => this.at(place)),
    );
  }

  /** INDEX_OUT_OF_RANGE instead of undefined, which would become NaN. */
  override at(place: number): number {
    return this[positionIn(this.length, place, 'an array')] ?? NaN;
  }

  // What JavaScript makes of such an array is one again.
  override map(step: (value: number, place: number, all: this) => number): this {
    return super.map(step) as this;
  }

  override filter(keep: (value: number, place: number, all: this) => unknown): this {
    return super.filter(keep) as this;
  }

  override slice(start?: number, end?: number): this {
    return super.slice(start, end) as this;
  }

  override subarray(start?: number, end?: number): this {
    return super.subarray(start, end) as this;
  }

  tolist(): number[] {
    return Array.from(this);
  }

  [Symbol.toPrimitive](hint: string): string {
    return refuseOperators(this, hint);
  }
}

// Read in every loop: found before the door that refuses what is no member.
for (const layer of [Float64Array.prototype, Object.getPrototypeOf(Float64Array.prototype) as object]) {
  for (const key of Reflect.ownKeys(layer)) {
    const member = Reflect.getOwnPropertyDescriptor(layer, key);
    if (member !== undefined && !Object.hasOwn(ArrayOperators.prototype, key)) {
      Object.defineProperty(ArrayOperators.prototype, key, member);
    }
  }
}
strictArray(ArrayOperators, 'an array');
takesAtMost(ArrayOperators, 0, 'neg tolist');
takesAtMost(ArrayOperators, 1, 'add sub mul div floordiv mod pow rsub rdiv rpow gt ge lt le eq ne take');

type Maker<T> = new (buffer: ArrayBuffer, start: number, length: number) => T;

/** An array of the kind of `model` over these numbers, which are not copied. */
export function like<T extends ArrayOperators>(model: T, values: Numbers): T {
  return new (model.constructor as unknown as Maker<T>)(values.buffer, values.byteOffset, values.length);
}

function kept(values: Float64Array, mask: readonly unknown[]): Numbers {
  const out = new Float64Array(values.length);
  let n = 0;
  for (let i = 0; i < values.length; i += 1) {
    if (mask[i] !== true) continue;
    out[n] = values[i] ?? NaN;
    n += 1;
  }
  return out.slice(0, n);
}

function calculated<T extends ArrayOperators>(model: T, op: Arithmetic, a: Float64Array, b: Float64Array): T {
  const n = a.length === 1 ? b.length : a.length;
  return like(model, calculate(op, a, b, n) as Numbers);
}

function compared(array: Float64Array, op: Comparison, other: unknown): Mask {
  const right = meet(array, op, other);
  return Mask.ofBits(compare(op, array, right, array.length === 1 ? right.length : array.length));
}

/** The other side: one number, or as many as here are. */
function meet(array: Float64Array, method: string, other: unknown): Float64Array {
  const right = readNumbers(other, `${method}()`);
  if (right.length === array.length || right.length === 1 || array.length === 1) return right;
  throw badArgument(`${method}()`, `the arrays have ${array.length} and ${right.length} values; make them the same.`);
}
