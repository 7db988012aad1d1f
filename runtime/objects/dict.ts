import { pyDict } from '../text/python-text.ts';
import { keyedProxy } from './keyed.ts';

/**
 * The methods of a Python-like dict. Iterating gives keys; every list is a copy taken at the call, so a loop may
 * change what it walks over. `key in dict`, `dict[key]` and `Object.values(dict)` work; a missing key is undefined.
 */
export class DictMethods<V> {
  readonly #entries: ReadonlyMap<string, V>;

  constructor(entries: ReadonlyMap<string, V>) {
    this.#entries = entries;
  }

  get length(): number {
    return this.#entries.size;
  }

  keys(): string[] {
    return [...this.#entries.keys()];
  }

  values(): V[] {
    return [...this.#entries.values()];
  }

  items(): [string, V][] {
    return [...this.#entries];
  }

  has(key: string): boolean {
    return this.#entries.has(key);
  }

  /** The value, else `fallback` (null when not given). */
  get(key: string): V | null;
  get<D>(key: string, fallback: D): V | D;
  get(key: string, fallback: unknown = null): unknown {
    return this.#entries.has(key) ? this.#entries.get(key) : fallback;
  }

  [Symbol.iterator](): Iterator<string> {
    return this.keys()[Symbol.iterator]();
  }

  toString(): string {
    return pyDict(this.items());
  }
}

/** A read-only dict in insertion order. */
export type Dict<V> = DictMethods<V> & { readonly [key: string]: V };

/** Makes a Dict; a key given twice keeps its last value. */
export function createDict<V>(entries: Iterable<readonly [string, V]>, what: string): Dict<V> {
  const map = new Map<string, V>(entries);
  const keyed = {
    read: (key: string) => map.get(key),
    has: (key: string) => map.has(key),
    keys: () => [...map.keys()],
    strict: false,
  };
  return keyedProxy(new DictMethods(map), keyed, what) as Dict<V>; // the proxy answers the index signature
}
