import { NAMES } from './store.ts';
import { badArgument } from '../../api/arguments.ts';
import { ascending } from '../../builtins/order.ts';
import { walkOver } from '../../builtins/walk-over.ts';
import { braceFormat, hasField } from '../../text/brace-format.ts';
import { hasSpecifier, percentFormat } from '../../text/percent-format.ts';
import { flag, isFunction, named } from './args.ts';
import { labelKey } from './column/keys.ts';
import { isFrame, isIndex, isSeries } from './is-table.ts';

/** Python's `x in container`: lists, sets, texts, dicts, positions; rows of an Index, cells of a list by value, columns of a table. */
export function has(container: unknown, item: unknown): boolean {
  if (isFrame(container)) return container[NAMES].includes(item);
  if (isSeries(container)) return container.index.includes(item);
  if (isIndex(container)) return container.includes(item);
  if (typeof container === 'string') return container.includes(String(item));
  if (container instanceof Set || container instanceof Map) return container.has(item);
  if (typeof container !== 'object' || container === null) throw badArgument('has()', 'takes a container and an item.');
  if (Array.isArray(container) || ArrayBuffer.isView(container)) {
    const key = labelKey(item);
    return Array.from(container as readonly unknown[]).some((one) => Object.is(labelKey(one), key));
  }
  return typeof item === 'string' && item in container;
}

/** Python's `len(x)`: rows of a table, items of a list, set, dict, characters of a text. */
export function len(value: unknown): number {
  if (typeof value === 'string') return Array.from(value).length;
  if (value instanceof Set || value instanceof Map) return value.size;
  if (typeof value !== 'object' || value === null) throw badArgument('len()', 'takes a list, text, dict or table.');
  if (isFrame(value) || isSeries(value) || isIndex(value)) return value.length;
  const length: unknown = Reflect.get(value, 'length');
  return typeof length === 'number' ? length : Object.keys(value).length;
}

/**
 * Python's `sorted(x, key=…, reverse=…)`: a new list in ascending order; numbers as numbers, lists by their members, of a dict its keys.
 * TYPE_ERROR for kinds that have no order.
 */
export function sorted<T = string>(
  items: Iterable<T> | Readonly<Record<string, unknown>>,
  options: { readonly key?: (item: T) => unknown; readonly reverse?: boolean } = {},
): T[] {
  const { key, reverse } = named('sorted', ['key', 'reverse'], [options]);
  const by = (item: T): unknown => (isFunction(key) ? key(item) : item);
  const sign = flag(reverse, false) ? -1 : 1;
  return Array.from(walkOver(items, 'sorted()') as Iterable<T>, (item) => [by(item), item] as const)
    .sort(([a], [b]) => sign * ascending(a, b))
    .map(([, item]) => item);
}

/** Python's `text % values` and `text.format(values)`: `fmt('%s %.2f', code, price)`, `fmt('{} {:.2%}', code, share)`. */
export function fmt(text: string, ...values: readonly unknown[]): string {
  if (!hasSpecifier(text) && hasField(text)) return braceFormat(text, values);
  const result = percentFormat(text, values);
  if (result !== null) return result;
  throw badArgument('fmt()', `the ${values.length} values do not fit '${text}'.`);
}
