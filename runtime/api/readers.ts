import { canonicalSecurity } from '../../src/domain/market/symbol.ts';
import { badArgument } from './arguments.ts';
import type { Reader } from './arguments.ts';
import { pyRepr } from '../text/python-text.ts';

/** A finite number: NaN, undefined and Infinity are refused, because they would become an order or a date of nonsense. */
export function readFinite(value: unknown, where: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw badArgument(where, `must be a finite number, was ${pyRepr(value)}. Check the calculation it comes from.`);
}

export function readInteger(value: unknown, where: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw badArgument(where, `must be a whole number, was ${pyRepr(value)}.`);
}

/** Number of a sub-portfolio, from 0. */
export function readPindex(value: unknown, where: string): number {
  const pindex = readInteger(value, where);
  if (pindex >= 0) return pindex;
  throw badArgument(where, `must be the number of a sub-portfolio, 0 or above, was ${pindex}.`);
}

/** A whole number of bars or days, at least 1. */
export function readCount(value: unknown, where: string): number {
  const count = readInteger(value, where);
  if (count >= 1) return count;
  throw badArgument(where, `must be at least 1, was ${count}.`);
}

export function readBoolean(value: unknown, where: string): boolean {
  if (typeof value === 'boolean') return value;
  throw badArgument(where, `must be true or false, was ${pyRepr(value)}.`);
}

export function readText(value: unknown, where: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw badArgument(where, `must be a text, was ${pyRepr(value)}.`);
}

/** Anything at all; the function decides. */
export function readAny(value: unknown): unknown {
  return value;
}

/** A code in any known spelling, as `600000.XSHG`; BAD_SECURITY when malformed. */
export function readSecurity(value: unknown, where: string): string {
  if (typeof value === 'string') return canonicalSecurity(value);
  throw badArgument(where, `must be a security like '000001.XSHE', was ${pyRepr(value)}.`);
}

/** One code, or any iterable of codes (array, Set, positions). */
export function readSecurities(value: unknown, where: string): string | readonly string[] {
  return typeof value === 'string' ? canonicalSecurity(value) : readSecurityList(value, where);
}

/**
 * A list of codes in their order; one code counts as a list of one. What is there twice, in whatever spelling, counts once: answers
 * are by code, and a row that came twice would be counted twice.
 */
export function readSecurityList(value: unknown, where: string): readonly string[] {
  if (typeof value === 'string') return [canonicalSecurity(value)];
  if (!isIterable(value)) {
    throw badArgument(where, `must be a security or a list of them, was ${pyRepr(value)}.`);
  }
  return [...new Set(Array.from(value, (item) => readSecurity(item, where)))];
}

/** Null (Python's None) passes through. */
export function nullable<T>(read: Reader<T>): Reader<T | null> {
  return (value, where) => (value === null ? null : read(value, where));
}

/** One of the given words. */
export function oneOf<const T extends string>(words: readonly T[]): Reader<T> {
  return (value, where) => {
    const found = words.find((word) => word === value);
    if (found !== undefined) return found;
    throw badArgument(where, `must be one of ${words.join(', ')}, was ${pyRepr(value)}.`);
  };
}

/** One word or a list of words, as a list without repeats; an empty list is refused. */
export function listOf<const T extends string>(words: readonly T[]): Reader<readonly T[]> {
  const readWord = oneOf(words);
  return (value, where) => {
    const items: unknown[] = typeof value === 'string' || !isIterable(value) ? [value] : [...value];
    if (items.length === 0) throw badArgument(where, `must name at least one of ${words.join(', ')}.`);
    return [...new Set(items.map((item) => readWord(item, where)))];
  };
}

export function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}
