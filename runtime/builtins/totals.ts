import { isPlainObject } from '../api/arguments.ts';
import { timedelta } from '../objects/datetime/timedelta.ts';
import { pyRepr } from '../text/python-text.ts';
import { typeError, valueError } from './errors.ts';
import { isLess } from './order.ts';
import { bool } from './truth.ts';
import { walkOver } from './walk-over.ts';

/** Python's `sum(x, start)`: of numbers, true and false, spans of time. TYPE_ERROR for texts and None. */
export function sum(items: Iterable<number | boolean>, start?: number): number;
export function sum(items: Iterable<timedelta>, start?: number): timedelta;
export function sum(items: Iterable<unknown>, start = 0): unknown {
  let total = start;
  let spans: timedelta | null = null;
  for (const item of walkOver(items, 'sum()')) {
    if (typeof item === 'number' || typeof item === 'boolean') total += Number(item);
    else if (item instanceof timedelta) spans = spans === null ? item : spans.add(item);
    else
      throw typeError(
        `sum(): takes numbers, found ${pyRepr(item)}; of texts write list.join(''), of lists list.flat().`,
      );
  }
  return spans ?? total;
}

/** Named arguments of max and min. */
export interface ChooseOptions<T, D = never> {
  readonly key?: (item: T) => unknown;
  readonly default?: D;
}

interface Choose {
  (first: number, second: number, ...more: readonly number[]): number;
  <T>(first: T, second: T, ...more: readonly T[]): T;
  <T, D = never>(items: Iterable<T>, options?: ChooseOptions<T, D>): T | D;
}

/** Python's `max(a, b)`, `max(list, { key, default })`: the first of the greatest. VALUE_ERROR for an empty list without default. */
export const max = choose('max', (best, item) => isLess(best, item));

/** Python's `min(a, b)`, `min(list, { key, default })`. */
export const min = choose('min', (best, item) => isLess(item, best));

function choose(name: string, isBetter: (best: unknown, item: unknown) => boolean): Choose {
  const run = (...values: readonly unknown[]): unknown => {
    const { items, options } = split(name, values);
    const key = options.key ?? ((item: unknown): unknown => item);
    let found: { readonly item: unknown; readonly key: unknown } | null = null;
    for (const item of items) {
      const by = key(item);
      if (found === null || isBetter(found.key, by)) found = { item, key: by };
    }
    if (found !== null) return found.item;
    if ('default' in options) return options.default;
    throw valueError(`${name}(): there is nothing in it. Ask len(x) first, or give ${name}(x, { default: 0 }).`);
  };
  return Object.defineProperty(run, 'name', { value: name }) as Choose;
}

interface Chosen {
  readonly items: Iterable<unknown>;
  readonly options: ChooseOptions<unknown, unknown>;
}

function split(name: string, values: readonly unknown[]): Chosen {
  const last = values.at(-1);
  const named = values.length > 1 && isPlainObject(last) && Object.keys(last).every(isOption);
  const placed = named ? values.slice(0, -1) : values;
  if (placed.length === 0) throw typeError(`${name}(): takes a list, or two values and more.`);
  const items = placed.length > 1 ? placed : walkOver(placed[0], `${name}()`);
  return { items, options: named ? last : {} };
}

function isOption(name: string): boolean {
  return name === 'key' || name === 'default';
}

/** Python's `any(x)`: is one true, in Python's meaning? */
export function any(items: Iterable<unknown>): boolean {
  for (const item of walkOver(items, 'any()')) if (bool(item)) return true;
  return false;
}

/** Python's `all(x)`: are all true, in Python's meaning? */
export function all(items: Iterable<unknown>): boolean {
  for (const item of walkOver(items, 'all()')) if (!bool(item)) return false;
  return true;
}
