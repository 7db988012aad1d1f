import { badArgument } from '../../api/arguments.ts';
import { List } from '../frame/guarded.ts';
import { takesAtMost } from './arity.ts';

/** Conditions, one a row: an array that `loc()` takes, with the operators of a condition. */
export class Mask extends List<boolean> {
  /** Of true or 1 and anything else. */
  static ofBits(values: Iterable<unknown>): Mask {
    if (values instanceof Uint8Array) return ofBytes(values);
    const bits = indexed(values);
    return Mask.sized(bits.length, (i) => bits[i] === true || bits[i] === 1);
  }

  /** Filled by place: pushing one at a time takes thirty times as long. */
  static sized(length: number, holds: (place: number) => boolean): Mask {
    const mask = new Mask(length);
    for (let i = 0; i < length; i += 1) mask[i] = holds(i);
    return mask;
  }

  /** `~` */
  not(): Mask {
    return Mask.sized(this.length, (i) => this[i] !== true);
  }

  /** `&`. BAD_ARGUMENT for another length, as for `or`. */
  and(other: Iterable<unknown>): Mask {
    const right = this.#meet('and', other);
    return Mask.sized(this.length, (i) => this[i] === true && right[i] === true);
  }

  /** `|` */
  or(other: Iterable<unknown>): Mask {
    const right = this.#meet('or', other);
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
    return this.filter(Boolean).length;
  }

  #meet(method: string, other: Iterable<unknown>): ArrayLike<unknown> {
    const right = indexed(other);
    if (right.length === this.length) return right;
    throw badArgument(
      `${method}()`,
      `the masks have ${this.length} and ${right.length} values: make them of arrays of one length.`,
    );
  }
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

/** What comparisons make. */
function ofBytes(bytes: Uint8Array): Mask {
  const mask = new Mask(bytes.length);
  for (let i = 0; i < bytes.length; i += 1) mask[i] = bytes[i] === 1;
  return mask;
}
