import { isPlainObject } from '../api/arguments.ts';
import { has } from '../objects/frame/helpers.ts';
import { labelKey } from '../objects/frame/column/keys.ts';
import { pyRepr } from '../text/python-text.ts';
import { valueError } from './errors.ts';
import { ascending } from './order.ts';
import { walkOver } from './walk-over.ts';

/** Named arguments of a list's sort(). */
export interface SortOptions<T = unknown> {
  readonly key?: (item: T) => unknown;
  readonly reverse?: boolean;
}

/** `sort` and `pop` of JavaScript, which do what they always did for the calls that JavaScript knows. */
const native = { sort: Array.prototype.sort, pop: Array.prototype.pop };

function placeOf(list: readonly unknown[], item: unknown, what: string): number {
  const key = labelKey(item);
  const found = list.findIndex((one) => Object.is(labelKey(one), key));
  if (found >= 0) return found;
  throw valueError(`list.${what}(x): ${pyRepr(item)} is not in the list: ask has(list, x) first.`);
}

/** Python's methods of a list, by name; `this` is the list. */
export const LIST_METHODS: Readonly<Record<string, (this: unknown[], ...values: never[]) => unknown>> = {
  append(item: unknown): void {
    this.push(item);
  },
  extend(items: unknown): void {
    for (const item of walkOver(items, 'list.extend()')) this.push(item);
  },
  insert(at: number, item: unknown): void {
    this.splice(at, 0, item);
  },
  remove(item: unknown): void {
    this.splice(placeOf(this, item, 'remove'), 1);
  },
  index(item: unknown): number {
    return placeOf(this, item, 'index');
  },
  count(item: unknown): number {
    return this.filter((one) => has([one], item)).length;
  },
  copy(): unknown[] {
    return [...this];
  },
  clear(): void {
    this.length = 0;
  },
  /** With a place, as Python; JavaScript knows only the last. */
  pop(...at: readonly unknown[]): unknown {
    const [place] = at;
    if (typeof place !== 'number') return Reflect.apply(native.pop, this, []);
    const index = place < 0 ? this.length + place : place;
    if (index in this) return this.splice(index, 1)[0];
    throw valueError(`list.pop(${place}): the list has ${this.length} items: ask len(list) first.`);
  },
  /** Without a function, or with `{ key, reverse }`, as Python: numbers as numbers. Texts are in the order of JavaScript, which is Python's. */
  sort(by?: unknown): unknown[] {
    if (isPlainObject(by)) return sortedInPlace(this, by);
    if (by === undefined && this.every(isOrdered)) return sortedInPlace(this, {});
    return Reflect.apply(native.sort, this, [by]) as unknown[];
  },
};

/** What JavaScript would order by its text: numbers, lists, and None, which has no order in Python. */
function isOrdered(item: unknown): boolean {
  return typeof item === 'number' || item === null || Array.isArray(item);
}

function sortedInPlace(list: unknown[], { key, reverse = false }: SortOptions): unknown[] {
  const keyed = list.map((item) => ({ item, by: key === undefined ? item : key(item) }));
  const sign = reverse ? -1 : 1;
  const order = Reflect.apply(native.sort, keyed, [
    (a: { by: unknown }, b: { by: unknown }) => sign * ascending(a.by, b.by),
  ]) as typeof keyed; // sort gives the list itself
  order.forEach(({ item }, i) => {
    list[i] = item;
  });
  return list;
}
