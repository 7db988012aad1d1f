import { badArgument, bindArguments, objectArgument, optional, required } from '../api/arguments.ts';
import type { Arg, ArgMap, Bound, Reader } from '../api/arguments.ts';
import { isIterable, nullable, readFinite, readInteger, readSecurity, readSecurityList } from '../api/readers.ts';
import type { Context } from '../objects/context.ts';

/** A function of the wizard: values by position or by name, as everywhere. */
export function wizard<M extends ArgMap, F extends (...args: never[]) => unknown>(
  name: string,
  map: M,
  run: (a: Bound<M>) => ReturnType<F>,
): F {
  const call = (...values: readonly unknown[]): unknown => run(bindArguments(name, map, values));
  Object.defineProperty(call, 'name', { value: name });
  return call as unknown as F; // every argument is unknown here and read by its reader
}

const readContext: Reader<Context> = (value, where) => {
  if (typeof value === 'object' && value !== null && 'portfolio' in value) return value as Context;
  throw badArgument(where, 'must be the context of the hook or task.');
};

/** The strategy's own list of what could not be sold: it is added to. */
const readOpenList: Reader<string[]> = (value, where) => {
  if (Array.isArray(value)) return value as string[];
  throw badArgument(where, 'must be a list of codes, like g.open_sell_securities = [].');
};

const readRange: Reader<readonly [number, number]> = (value, where) => {
  const items = isIterable(value) ? [...value] : [];
  if (items.length !== 2) throw badArgument(where, 'must be two numbers, like [20, 80].');
  return [readFinite(items[0], where), readFinite(items[1], where)];
};

export const CONTEXT: Arg<Context> = objectArgument(readContext);
export const SECURITY = required(readSecurity);
export const SECURITIES = required(readSecurityList);
export const NUMBER = required(readFinite);
export const RANGE = required(readRange);
export const WHOLE = required(readInteger);

export function number(fallback: number): Arg<number> {
  return optional(readFinite, fallback);
}

export function whole(fallback: number): Arg<number> {
  return optional(readInteger, fallback);
}

export const OPTIONAL_NUMBER: Arg<number | null> = optional(nullable(readFinite), null);
export const OPTIONAL_SECURITY: Arg<string | null> = optional(nullable(readSecurity), null);

/** What was not sold; a list of its own when the strategy gives none. */
export const OPEN_LIST: Arg<string[] | null> = optional(nullable(readOpenList), null);

/** `dayu`, `xiaoyu`, `qujian`: more than a number, less than one, between two. */
export type More = (value: number, limit: number) => boolean;
export const above: More = (value, limit) => value > limit;
export const below: More = (value, limit) => value < limit;
export function between(value: number, [from, to]: readonly [number, number]): boolean {
  return from < value && value < to;
}
