import { DateTime } from 'luxon';
import { isPlainObject } from '../api/arguments.ts';
import { pyRepr } from '../text/python-text.ts';
import { typeError, valueError } from './errors.ts';
import { float, int, str } from './numbers.ts';
import { dict, list, set, tuple } from './sequences.ts';
import { bool } from './truth.ts';

type Test = (value: unknown) => boolean;

/** What is of Python's own kinds. JavaScript has one kind of number: a whole one is an int, and any is a float. */
const TESTS = new Map<unknown, Test>([
  [int, (value) => (typeof value === 'number' && Number.isInteger(value)) || typeof value === 'boolean'],
  [float, (value) => typeof value === 'number'],
  [str, (value) => typeof value === 'string'],
  [bool, (value) => typeof value === 'boolean'],
  [list, (value) => Array.isArray(value)],
  [tuple, (value) => Array.isArray(value)],
  [set, (value) => value instanceof Set],
  [dict, (value) => value instanceof Map || isPlainObject(value)],
]);

/** Python's `isinstance(x, int)`, `isinstance(x, [list, set])`, of classes too. TYPE_ERROR for what is no kind. */
export function isinstance(value: unknown, kind: unknown): boolean {
  if (Array.isArray(kind)) return kind.some((one) => isinstance(value, one));
  const test = TESTS.get(kind);
  if (test !== undefined) return test(value);
  if (typeof kind !== 'function')
    throw typeError(`isinstance(): takes a class or a list of them, was ${pyRepr(kind)}.`);
  if (kind === DateTime) return DateTime.isDateTime(value);
  return typeof kind.prototype === 'object' && value instanceof kind;
}

/** The order in which `type()` asks: a whole number is an int. */
const TYPES: readonly unknown[] = [bool, int, float, str, list, set, dict];

/** Python's `type(x)`, to be compared: `type(x) === list`. */
export function type(value: unknown): unknown {
  const found = TYPES.find((kind) => TESTS.get(kind)?.(value) === true);
  if (found !== undefined || typeof value !== 'object' || value === null) return found ?? null;
  return Reflect.get(value, 'constructor');
}

/** Python's `hasattr(x, 'name')`. */
export function hasattr(value: unknown, name: string): boolean {
  return (typeof value === 'object' || typeof value === 'function') && value !== null && name in value;
}

/** Python's `getattr(x, 'name', fallback)`. VALUE_ERROR (AttributeError) when there is neither. */
export function getattr(value: unknown, name: string, ...fallback: readonly unknown[]): unknown {
  if (hasattr(value, name)) return Reflect.get(value as object, name); // what has a name is one
  if (fallback.length > 0) return fallback[0];
  throw valueError(
    `getattr(): ${pyRepr(value)} has no attribute '${name}': give a fallback, getattr(x, '${name}', null).`,
  );
}

/** Python's `setattr(x, 'name', v)`. */
export function setattr(object: object, name: string, value: unknown): void {
  Reflect.set(object, name, value);
}
