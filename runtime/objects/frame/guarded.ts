import { strictArray } from '../attributes.ts';
import { badOperator } from './errors.ts';

const WORDS =
  'an array does not calculate with operators: `values * 2` would be NaN. Write values.mul(2), values.add(b), values.gt(0), of a list np.array(list).mul(2), or keep the Series; one cell is values.at(-1).';

/** Symbol.toPrimitive of an array: numpy's calculates, JavaScript's would become a text or NaN. */
export function refuseOperators(array: { join(separator: string): string }, hint: string): string {
  if (hint === 'string') return array.join(',');
  throw badOperator(WORDS);
}

/** How far back `list[-1]` is understood. */
const DEEPEST = 64;

/** A list whose `[-1]` is its last item, as in Python; what map() and its like make of it is a plain array. */
export class List<T> extends Array<T> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  static holding<T>(values: readonly T[]): List<T> {
    return asListOf<List<T>>(List, [...values]);
  }

  [Symbol.toPrimitive](hint: string): string {
    return refuseOperators(this, hint);
  }

  tolist(): T[] {
    return [...this];
  }
}

/**
 * The array itself as one of a class of lists. Filled before it is one: in it, a place that has no value yet is looked for behind
 * the door of strictArray, which takes thirty times as long.
 */
export function asListOf<L extends object>(type: { readonly prototype: L }, values: unknown[]): L {
  return Object.setPrototypeOf(values, type.prototype) as L;
}

for (let back = 1; back <= DEEPEST; back += 1) {
  Object.defineProperty(List.prototype, `-${back}`, {
    configurable: true,
    get(this: List<unknown>) {
      return this.at(-back);
    },
    set(this: List<unknown>, value: unknown) {
      if (back <= this.length) this[this.length - back] = value;
      else throw badOperator(`there is no item ${-back} in a list of ${this.length}.`);
    },
  });
}

strictArray(List, 'an array');
