import { BtError } from '../../src/domain/errors.ts';

/** Turns what a strategy passed into what the function works with, or throws BAD_ARGUMENT / UNSUPPORTED naming `where`. */
export type Reader<T> = (value: unknown, where: string) => T;

/** One parameter of an API function. */
export interface Arg<T> {
  readonly read: Reader<T>;
  /** Null = the argument is required. */
  readonly fallback: { readonly value: T } | null;
  /** Only in the options object, never by position. */
  readonly keywordOnly: boolean;
  /** A plain object in this position is the value itself, not the options. */
  readonly takesObject: boolean;
}

/** Parameters by name, in positional order. */
export type ArgMap = Readonly<Record<string, Arg<unknown>>>;

export type Bound<M extends ArgMap> = { readonly [K in keyof M]: M[K] extends Arg<infer T> ? T : never };

export function required<T>(read: Reader<T>): Arg<T> {
  return { read, fallback: null, keywordOnly: false, takesObject: false };
}

export function optional<T>(read: Reader<T>, fallback: NoInfer<T>): Arg<T> {
  return { read, fallback: { value: fallback }, keywordOnly: false, takesObject: false };
}

/** Optional, and only by name. */
export function keyword<T>(read: Reader<T>, fallback: NoInfer<T>): Arg<T> {
  return { read, fallback: { value: fallback }, keywordOnly: true, takesObject: false };
}

/** Required, and a plain object is its value. */
export function objectArgument<T>(read: Reader<T>): Arg<T> {
  return { read, fallback: null, keywordOnly: false, takesObject: true };
}

/** BAD_ARGUMENT; `problem` ends with what to write instead. */
export function badArgument(where: string, problem: string): BtError {
  return new BtError('BAD_ARGUMENT', `${where}: ${problem}`, { fault: 'strategy' });
}

/** BAD_ARGUMENT unless exactly one of two arguments, given by their names, is there. */
export function requireOneOf(name: string, pair: Readonly<Record<string, unknown>>): void {
  if (givenOf(pair) === 1) return;
  throw badArgument(`${name}()`, `takes either ${Object.keys(pair).join(' or ')}: give one of the two.`);
}

/** BAD_ARGUMENT when both of two arguments are there that say the same in two ways. */
export function refuseBoth(name: string, pair: Readonly<Record<string, unknown>>): void {
  if (givenOf(pair) < 2) return;
  throw badArgument(`${name}()`, `takes ${Object.keys(pair).join(' or ')}, not both.`);
}

function givenOf(pair: Readonly<Record<string, unknown>>): number {
  return Object.values(pair).filter((value) => value !== null).length;
}

/**
 * Python's calling convention: values by position, then one options object `{ name: value }` as the last argument.
 * Undefined counts as not given. BAD_ARGUMENT for a missing, surplus, unknown or doubled argument.
 */
export function bindArguments<M extends ArgMap>(name: string, map: M, values: readonly unknown[]): Bound<M> {
  const positional = Object.keys(map).filter((key) => map[key]?.keywordOnly === false);
  const { byPosition, byName } = split(map, positional, values);
  if (byPosition.length > positional.length) {
    throw badArgument(`${name}()`, `takes at most ${positional.length} values by position (${positional.join(', ')}).`);
  }
  for (const key of Object.keys(byName)) {
    if (Object.hasOwn(map, key)) continue;
    throw badArgument(`${name}()`, `has no argument '${key}'; it takes ${Object.keys(map).join(', ')}.`);
  }
  const bound: Record<string, unknown> = {};
  for (const [key, arg] of Object.entries(map)) {
    const index = positional.indexOf(key);
    const placed = index < 0 ? undefined : byPosition[index];
    const named = byName[key];
    if (placed !== undefined && named !== undefined)
      throw badArgument(`${name}()`, `got '${key}' twice; give it once.`);
    bound[key] = readOne(name, key, arg, placed ?? named ?? (placed === null || named === null ? null : undefined));
  }
  return bound as Bound<M>; // each key was read by the reader of the same key
}

function readOne(name: string, key: string, arg: Arg<unknown>, value: unknown): unknown {
  if (value !== undefined) return arg.read(value, `${name}() ${key}`);
  if (arg.fallback !== null) return arg.fallback.value;
  throw badArgument(`${name}()`, `needs a value for '${key}' (missing or undefined).`);
}

interface Split {
  readonly byPosition: readonly unknown[];
  readonly byName: Readonly<Record<string, unknown>>;
}

function split(map: ArgMap, positional: readonly string[], values: readonly unknown[]): Split {
  let count = values.length;
  while (count > 0 && values[count - 1] === undefined) count -= 1;
  const last = values[count - 1];
  const parameter = map[positional[count - 1] ?? ''];
  if (!isPlainObject(last) || parameter?.takesObject === true)
    return { byPosition: values.slice(0, count), byName: {} };
  return { byPosition: values.slice(0, count - 1), byName: last };
}

/** An object literal: not an array, not an instance of a class. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
