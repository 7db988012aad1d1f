import { badArgument, isPlainObject } from '../../api/arguments.ts';
import { pyRepr } from '../../text/python-text.ts';

/** Arguments of a call by name. */
export type Named = Readonly<Record<string, unknown>>;

/**
 * pandas' calling convention: values by position, then one options object. A plain object counts as the options when all
 * its keys are names of arguments; else it is a value (a dict), which only `dicts` allows. BAD_ARGUMENT for anything else.
 */
export function named(method: string, names: readonly string[], args: readonly unknown[], dicts = false): Named {
  let count = args.length;
  while (count > 0 && args[count - 1] === undefined) count -= 1;
  const last = args[count - 1];
  const asOptions = isPlainObject(last) && isOptions(last, names, count, dicts);
  const out: Record<string, unknown> = {};
  const placed = asOptions ? count - 1 : count;
  if (placed > names.length) throw badArgument(`${method}()`, `takes at most ${names.join(', ')}.`);
  for (let i = 0; i < placed; i += 1) out[names[i] ?? ''] = args[i];
  if (!asOptions) return out;
  for (const [key, value] of Object.entries(last)) {
    if (!names.includes(key))
      throw badArgument(`${method}()`, `has no argument '${key}'; it takes ${names.join(', ')}.`);
    if (value !== undefined) out[key] = value;
  }
  return out;
}

function isOptions(last: Named, names: readonly string[], count: number, dicts: boolean): boolean {
  const keys = Object.keys(last);
  if (!dicts) return true;
  return keys.every((key) => names.includes(key)) && (keys.length > 0 || count > 1);
}

export function flag(value: unknown, fallback: boolean): boolean {
  if (value === undefined || value === null) return fallback;
  return value === true || value === 1;
}

export function numberOr(value: unknown, fallback: number, where: string): number {
  if (value === undefined || value === null) return fallback;
  if (typeof value === 'number' && !Number.isNaN(value)) return value;
  throw badArgument(where, `must be a number, was ${pyRepr(value)}.`);
}

export function wholeNumber(value: unknown, fallback: number, where: string): number {
  const number = numberOr(value, fallback, where);
  if (Number.isInteger(number)) return number;
  throw badArgument(where, `must be a whole number, was ${pyRepr(value)}.`);
}

export function textOr<const T extends string, F extends T | undefined>(
  value: unknown,
  words: readonly T[],
  fallback: F,
  where: string,
): T | F {
  if (value === undefined || value === null) return fallback;
  const found = words.find((word) => word === value);
  if (found !== undefined) return found;
  throw badArgument(where, `must be one of ${words.join(', ')}, was ${pyRepr(value)}.`);
}

/** 0 for rows ('index'), 1 for columns. */
export function readAxis(value: unknown, fallback: 0 | 1 = 0): 0 | 1 {
  if (value === undefined || value === null) return fallback;
  if (value === 0 || value === 'index' || value === 'rows') return 0;
  if (value === 1 || value === 'columns') return 1;
  throw badArgument('axis', `must be 0 ('index') or 1 ('columns'), was ${pyRepr(value)}.`);
}

/** A plain object, a Map or a Series as pairs; null for anything else. */
export function pairsOf(value: unknown): [unknown, unknown][] | null {
  if (value instanceof Map) return [...value] as [unknown, unknown][];
  if (isPlainObject(value)) return Object.entries(value);
  return null;
}

/** Any function a strategy passes. */
export type AnyFunction = (...args: readonly unknown[]) => unknown;

export function isFunction(value: unknown): value is AnyFunction {
  return typeof value === 'function';
}
