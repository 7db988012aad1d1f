import { List } from '../frame/guarded.ts';

/** Conditions, one a row: an array that `loc()` takes, with the operators of a condition. */
export class Mask extends List<boolean> {
  static ofBits(values: Iterable<unknown>): Mask {
    const mask = new Mask();
    for (const value of values) mask.push(value === true || value === 1);
    return mask;
  }

  /** `~` */
  not(): Mask {
    return Mask.ofBits(this.map((bit) => !bit));
  }

  /** `&` */
  and(other: Iterable<unknown>): Mask {
    const right = Array.from(other);
    return Mask.ofBits(this.map((bit, i) => bit && right[i] === true));
  }

  /** `|` */
  or(other: Iterable<unknown>): Mask {
    const right = Array.from(other);
    return Mask.ofBits(this.map((bit, i) => bit || right[i] === true));
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
}
