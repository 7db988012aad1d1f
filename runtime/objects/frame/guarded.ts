import { badOperator } from './errors.ts';

const WORDS =
  'an array does not calculate: `values * 2` would be NaN. Keep the Series: s.mul(2), s.add(t), s.gt(0), or write values.map((x) => x * 2); one cell is values.at(-1).';

/** Symbol.toPrimitive of an array: numpy's calculates, JavaScript's would become a text or NaN. */
function refuse(this: readonly unknown[], hint: string): string {
  if (hint === 'string') return this.join(',');
  throw badOperator(WORDS);
}

const PROPERTY = { value: refuse, configurable: true, enumerable: false, writable: false };

/** An array of the tables on its way to a strategy: arithmetic and comparisons with it throw BAD_OPERATOR instead of NaN. */
export function guarded<A extends object>(array: A): A {
  return Object.defineProperty(array, Symbol.toPrimitive, PROPERTY);
}

/** How far back `list[-1]` is understood. */
const DEEPEST = 64;

/** A list whose `[-1]` is its last item, as in Python; what map() and its like make of it is a plain array. */
export class List<T> extends Array<T> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  static holding<T>(values: readonly T[]): List<T> {
    const list = new List<T>();
    for (const value of values) list.push(value);
    return list;
  }

  [Symbol.toPrimitive](hint: string): string {
    return Reflect.apply(refuse, this, [hint]);
  }

  tolist(): T[] {
    return [...this];
  }
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
