import { BtError } from '../../src/domain/errors.ts';
import { pyRepr } from '../text/python-text.ts';
import { valueError } from './errors.ts';
import { LIST_METHODS } from './list-methods.ts';
import { TEXT_METHODS } from './text-methods.ts';
import { walkOver } from './walk-over.ts';

/** Python's methods of a set that JavaScript does not have; `this` is the set. */
const SET_METHODS: Readonly<Record<string, (this: Set<unknown>, ...values: never[]) => unknown>> = {
  remove(item: unknown): void {
    if (!this.delete(item)) {
      throw valueError(
        `set.remove(x): ${pyRepr(item)} is not in the set (KeyError): ask set.has(x), or use discard(x).`,
      );
    }
  },
  discard(item: unknown): void {
    this.delete(item);
  },
  update(items: unknown): void {
    for (const item of walkOver(items, 'set.update()')) this.add(item);
  },
  copy(): Set<unknown> {
    return new Set(this);
  },
  union(...others: readonly unknown[]): Set<unknown> {
    return new Set([...this, ...others.flatMap((other) => [...walkOver(other, 'set.union()')])]);
  },
  intersection(...others: readonly unknown[]): Set<unknown> {
    const sets = others.map((other) => setOf(other, 'intersection'));
    return new Set([...this].filter((item) => sets.every((set) => set.has(item))));
  },
  difference(...others: readonly unknown[]): Set<unknown> {
    const sets = others.map((other) => setOf(other, 'difference'));
    return new Set([...this].filter((item) => !sets.some((set) => set.has(item))));
  },
  issubset(other: unknown): boolean {
    const set = setOf(other, 'issubset');
    return [...this].every((item) => set.has(item));
  },
  issuperset(other: unknown): boolean {
    return [...setOf(other, 'issuperset')].every((item) => this.has(item));
  },
};

function setOf(value: unknown, method: string): ReadonlySet<unknown> {
  return value instanceof Set ? value : new Set(walkOver(value, `set.${method}()`));
}

/** What a calculation with one of them would be NaN or false of: throws, as Python does. Texts of them stay. */
function refuseCalculation(prototype: object, advice: string, text: (value: never) => string): void {
  Object.defineProperty(prototype, Symbol.toPrimitive, {
    value(this: never, hint: string): string {
      if (hint !== 'number') return text(this);
      throw new BtError('BAD_OPERATOR', advice, { fault: 'strategy' });
    },
    writable: true,
    configurable: true,
    enumerable: false,
  });
}

/**
 * Python's methods on JavaScript's lists, texts and sets, in the strategy's process only: not enumerable, and none takes the place
 * of one that JavaScript has, but for `sort`, `pop` and `split` in calls that mean nothing there and for sets with lists. A second call changes nothing.
 */
export function installPythonMethods(): void {
  refuseCalculation(
    Array.prototype,
    'a list does not calculate or compare: write [...a, ...b], a[0] < b[0], max(list), or np.array(list).mul(2).',
    (list: readonly unknown[]) => list.join(','),
  );
  refuseCalculation(
    Set.prototype,
    'a set does not calculate: write a.union(b), a.intersection(b), a.difference(b), a.issubset(b).',
    (set: object) => Object.prototype.toString.call(set),
  );
  install(Array.prototype, LIST_METHODS);
  install(String.prototype, TEXT_METHODS);
  install(Set.prototype, SET_METHODS);
}

function install(prototype: object, methods: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(methods)) {
    Object.defineProperty(prototype, name, { value, writable: true, configurable: true, enumerable: false });
  }
}

// Here, so that the names of a strategy are never without them.
installPythonMethods();
