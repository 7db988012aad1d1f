import { isPlainObject } from '../api/arguments.ts';
import { isIterable } from '../api/readers.ts';
import { pyRepr } from '../text/python-text.ts';
import { typeError } from './errors.ts';

/** What Python's `for` walks over: items, characters of a text, keys of a dict, names of a table's columns. TYPE_ERROR for the rest. */
export function walkOver(value: unknown, where: string): Iterable<unknown> {
  if (typeof value === 'string') return value;
  if (value instanceof Map) return value.keys();
  if (isIterable(value)) return value;
  if (isPlainObject(value)) return Object.keys(value);
  const advice =
    typeof value === 'number' ? `range(${value}) counts up to it` : 'give a list, a set, a dict, a text or a table';
  throw typeError(`${where}: ${pyRepr(value)} is not iterable; ${advice}.`);
}
