import { isPlainObject } from '../api/arguments.ts';
import { readInteger } from '../api/readers.ts';
import { pyRepr } from '../text/python-text.ts';
import { typeError, valueError } from './errors.ts';
import { bool } from './truth.ts';
import { walkOver } from './walk-over.ts';

/** Python's `range(stop)`, `range(start, stop, step)`, as a list. */
export function range(start: number, stop?: number, step = 1): number[] {
  const [from, to] = stop === undefined ? [0, start] : [start, stop];
  readInteger(from, 'range() start');
  readInteger(to, 'range() stop');
  readInteger(step, 'range() step');
  if (step === 0) throw valueError('range(): step must not be zero.');
  const length = Math.max(0, Math.ceil((to - from) / step));
  return Array.from({ length }, (_, i) => from + i * step);
}

/** Python's `list(x)`: a new list of the items, the characters, the keys of a dict. */
export function list<T>(items: Iterable<T> | Readonly<Record<string, unknown>> = []): T[] {
  return Array.from(walkOver(items, 'list()') as Iterable<T>); // a plain object is its keys, which are texts
}

/** Python's `tuple(x)`: a list; it can be changed. */
export function tuple<T>(items: Iterable<T> | Readonly<Record<string, unknown>> = []): T[] {
  return Array.from(walkOver(items, 'tuple()') as Iterable<T>);
}

/** Python's `set(x)`. */
export function set<T>(items: Iterable<T> | Readonly<Record<string, unknown>> = []): Set<T> {
  return new Set(walkOver(items, 'set()') as Iterable<T>);
}

/** Python's `dict(…)`: of pairs, of another dict. Keys are texts: VALUE_ERROR for others, which a `new Map(pairs)` keeps. */
export function dict<V>(
  items: Iterable<readonly [string, V]> | Readonly<Record<string, V>> = [],
  more: Readonly<Record<string, V>> = {},
): Record<string, V> {
  const made: Record<string, V> = {};
  for (const [key, value] of isPlainObject(items) ? Object.entries(items) : pairsOf<V>(items)) {
    if (typeof key !== 'string') throw valueError(`dict(): the key ${pyRepr(key)} is no text; write new Map(pairs).`);
    made[key] = value;
  }
  return Object.assign(made, more);
}

function* pairsOf<V>(items: unknown): Iterable<readonly [unknown, V]> {
  if (typeof items === 'object' && items !== null && !(items instanceof Map) && 'items' in items) {
    const { items: read } = items;
    if (typeof read === 'function') {
      yield* Reflect.apply(read, items, []) as Iterable<readonly [unknown, V]>; // pairs, as Python's items()
      return;
    }
  }
  for (const pair of items instanceof Map ? items : walkOver(items, 'dict()')) {
    if (!Array.isArray(pair) || pair.length !== 2) {
      throw valueError(`dict(): takes pairs [key, value], found ${pyRepr(pair)}.`);
    }
    yield [pair[0], pair[1] as V];
  }
}

/** Python's `enumerate(x, start)`: pairs [number, item]. */
export function enumerate<T>(items: Iterable<T>, start: number | { readonly start?: number } = 0): [number, T][] {
  const first = typeof start === 'number' ? start : (start.start ?? 0);
  return Array.from(walkOver(items, 'enumerate()') as Iterable<T>, (item, i) => [first + i, item]);
}

type Items<L extends readonly Iterable<unknown>[]> = {
  -readonly [K in keyof L]: L[K] extends Iterable<infer T> ? T : never;
};

/** Python's `zip(a, b, …)`: lists of one item of each, as many as the shortest has. */
export function zip<L extends readonly Iterable<unknown>[]>(...lists: L): Items<L>[] {
  const all = lists.map((one) => Array.from(walkOver(one, 'zip()')));
  const length = all.length === 0 ? 0 : Math.min(...all.map((one) => one.length));
  return Array.from({ length }, (_, i) => all.map((one) => one[i]) as Items<L>);
}

/** Python's `map(f, x)`, as a list; of several lists f gets one item of each. */
export function map<L extends readonly Iterable<unknown>[], R>(run: (...items: Items<L>) => R, ...lists: L): R[] {
  callable(run, 'map()');
  return zip(...lists).map((items) => run(...items));
}

/** Python's `filter(f, x)`, as a list; without f (null) the items that are true in Python. */
export function filter<T>(keep: ((item: T) => unknown) | null, items: Iterable<T>): T[] {
  if (keep !== null) callable(keep, 'filter()');
  const test = keep ?? ((item: T): unknown => item);
  return Array.from(walkOver(items, 'filter()') as Iterable<T>).filter((item) => bool(test(item)));
}

/** Python's `reversed(x)`, as a list. */
export function reversed<T>(items: Iterable<T>): T[] {
  return Array.from(walkOver(items, 'reversed()') as Iterable<T>).reverse();
}

/** Python's `iter(x)`. */
export function iter<T>(items: Iterable<T>): Iterator<T> {
  return (walkOver(items, 'iter()') as Iterable<T>)[Symbol.iterator]();
}

/** Python's `next(iterator, fallback)`: also the first of a list. VALUE_ERROR (StopIteration) when there is none and no fallback. */
export function next<T, D = never>(from: Iterator<T> | Iterable<T>, ...fallback: readonly [D?]): T | D {
  const iterator = 'next' in from && typeof from.next === 'function' ? from : iter(from as Iterable<T>);
  const { done, value } = iterator.next();
  if (done !== true) return value;
  if (fallback.length > 0) return fallback[0] as D; // given, also as undefined
  throw valueError('next(): there is nothing left (StopIteration): give a fallback, next(x, null).');
}

function callable(run: unknown, where: string): void {
  if (typeof run !== 'function') throw typeError(`${where}: takes a function first, was ${pyRepr(run)}.`);
}
