import { badArgument } from '../../api/arguments.ts';
import { asListOf, List } from '../frame/guarded.ts';
import { takesAtMost } from './arity.ts';

/** Conditions, one a row: an array that `loc()` takes, with the operators of a condition. */
export class Mask extends List<boolean> {
  /** Of true or 1 and anything else. */
  static ofBits(values: Iterable<unknown>): Mask {
    if (values instanceof Uint8Array) return ofBytes(values);
    const bits = indexed(values);
    return Mask.sized(bits.length, (i) => bits[i] === true || bits[i] === 1);
  }

  static sized(length: number, holds: (place: number) => boolean): Mask {
    const bits = room(length);
    for (let i = 0; i < length; i += 1) bits[i] = holds(i);
    return asListOf(Mask, bits);
  }

  /** What a test says of each number. */
  static tested(values: Float64Array, holds: (value: number) => boolean): Mask {
    const length = values.length;
    const bits = room(length);
    for (let i = 0; i < length; i += 1) bits[i] = holds(values[i] ?? NaN);
    return asListOf(Mask, bits);
  }

  /** `~` */
  not(): Mask {
    return Mask.sized(this.length, (i) => this[i] !== true);
  }

  /** `&`. BAD_ARGUMENT for another length, as for `or`. */
  and(other: Iterable<unknown>): Mask {
    const right = sameLength(this, 'and', other);
    return Mask.sized(this.length, (i) => this[i] === true && right[i] === true);
  }

  /** `|` */
  or(other: Iterable<unknown>): Mask {
    const right = sameLength(this, 'or', other);
    return Mask.sized(this.length, (i) => this[i] === true || right[i] === true);
  }

  any(): boolean {
    return this.includes(true);
  }

  all(): boolean {
    return !this.includes(false);
  }

  /** How many hold. */
  sum(): number {
    let count = 0;
    for (let i = 0; i < this.length; i += 1) if (this[i] === true) count += 1;
    return count;
  }
}

function sameLength({ length }: Mask, method: string, other: Iterable<unknown>): ArrayLike<unknown> {
  const right = indexed(other);
  if (right.length === length) return right;
  throw badArgument(
    `${method}()`,
    `the masks have ${length} and ${right.length} values: make them of arrays of one length.`,
  );
}

takesAtMost(Mask, 0, 'not any all sum tolist');
takesAtMost(Mask, 1, 'and or');

/** 1 where it holds, and 0. */
export function maskNumbers(mask: Mask): Float64Array<ArrayBuffer> {
  const out = new Float64Array(mask.length);
  for (let i = 0; i < out.length; i += 1) out[i] = mask[i] === true ? 1 : 0;
  return out;
}

function indexed(values: Iterable<unknown>): ArrayLike<unknown> {
  return Array.isArray(values) ? values : Array.from(values);
}

/** Filled by place: pushing one at a time takes three times as long. */
function room(length: number): boolean[] {
  return Array<boolean>(length);
}

/** What comparisons make. */
function ofBytes(bytes: Uint8Array): Mask {
  const length = bytes.length;
  const bits = room(length);
  for (let i = 0; i < length; i += 1) bits[i] = bytes[i] === 1;
  return asListOf(Mask, bits);
}
