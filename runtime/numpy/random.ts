import { badArgument } from '../api/arguments.ts';
import { readInteger } from '../api/readers.ts';
import { Matrix } from '../objects/array/matrix.ts';
import type { NdArray } from '../objects/array/nd-array.ts';
import { full } from './create.ts';
import { options } from './read.ts';
import type { Vector } from './read.ts';

/** The strategy's own chance, which its engine seeds and records; `seed()` puts a row of numbers in its place that begins anew. */
let chance = (): number => Math.random();

/** The same seed gives the same numbers, other ones than numpy's: mulberry32. */
function seed(value: number): void {
  let state = readInteger(value, 'np.random.seed()') >>> 0;
  chance = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Of the bell curve: Box and Muller. */
function bell(): number {
  return Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
}

type Size = number | readonly number[] | null | undefined;

export interface Draw<A extends readonly unknown[]> {
  (...values: [...A, size: readonly [number, number]]): Matrix;
  (...values: [...A, size: number | readonly [number]]): NdArray;
  (...values: [...Partial<A>, options: { readonly size: number }]): NdArray;
  (...values: [...Partial<A>, options: { readonly size: readonly [number, number] }]): Matrix;
  (...values: Partial<A>): number;
}

/** One, or as many as `size` says, in a row or in rows and columns. */
function drawn(size: Size, one: () => number): number | NdArray | Matrix {
  if (size === null || size === undefined) return one();
  const made = full(size as number, 0) as NdArray | Matrix; // by what `size` is
  return made instanceof Matrix ? made.each(one) : made.map(one);
}

function draw<A extends readonly unknown[]>(
  name: string,
  names: readonly string[],
  one: (read: (name: string, fallback: number) => number) => () => number,
): Draw<A> {
  const where = `np.random.${name}()`;
  const call = (...values: readonly unknown[]): unknown => {
    const given = options(where, [...names, 'size'], values);
    const read = (key: string, fallback: number): number => {
      const value = given[key] ?? fallback;
      if (typeof value === 'number' && !Number.isNaN(value)) return value;
      throw badArgument(`${where} ${key}`, 'must be a number.');
    };
    return drawn(given['size'] as Size, one(read));
  };
  return Object.defineProperty(call, 'name', { value: name }) as Draw<A>;
}

function shuffled<T>(items: Iterable<T>): T[] {
  const list = Array.from(items);
  for (let i = list.length - 1; i > 0; i -= 1) {
    const other = Math.floor(chance() * (i + 1));
    [list[i], list[other]] = [list[other] as T, list[i] as T]; // both are places of the list
  }
  return list;
}

/** One of them, or `size` of them, again or not; `p` are their shares. */
function choice<T>(items: number | Iterable<T>, ...values: readonly unknown[]): T | T[] {
  const where = 'np.random.choice()';
  const { size, replace = true, p } = options(where, ['size', 'replace', 'p'], values);
  const all = Array.from(
    typeof items === 'number' ? (Array.from({ length: items }).keys() as Iterable<unknown>) : items,
  ) as T[];
  if (all.length === 0) throw badArgument(where, 'there is nothing to choose from: ask len(x) first.');
  const shares = p === undefined ? all.map(() => 1 / all.length) : Array.from(p as Vector, Number);
  if (shares.length !== all.length)
    throw badArgument(`${where} p`, `has ${shares.length} shares of ${all.length} things.`);
  const take = (): T => {
    let left = chance() * shares.reduce((sum, share) => sum + share, 0);
    const at = shares.findIndex((share) => (left -= share) < 0);
    const place = at < 0 ? all.length - 1 : at;
    const [found] = replace === false ? all.splice(place, 1) : [all[place]];
    if (replace === false) shares.splice(place, 1);
    return found as T; // a place of the list
  };
  if (size === undefined || size === null) return take();
  const count = readInteger(size, `${where} size`);
  if (replace === false && count > all.length)
    throw badArgument(where, `has ${all.length}, not ${count} to choose from.`);
  return Array.from({ length: count }, take);
}

type Bounds = [low: number, high: number];

export const random = Object.freeze({
  seed,
  choice,
  rand: (...shape: readonly number[]) => drawn(shape.length === 0 ? null : shape, () => chance()),
  randn: (...shape: readonly number[]) => drawn(shape.length === 0 ? null : shape, bell),
  random: draw<[]>('random', [], () => () => chance()),
  standard_normal: draw<[]>('standard_normal', [], () => bell),
  uniform: draw<Bounds>('uniform', ['low', 'high'], (read) => {
    const [low, high] = [read('low', 0), read('high', 1)];
    return () => low + chance() * (high - low);
  }),
  normal: draw<[loc: number, scale: number]>('normal', ['loc', 'scale'], (read) => {
    const [loc, scale] = [read('loc', 0), read('scale', 1)];
    return () => loc + scale * bell();
  }),
  /** Whole numbers below `high`; with one number from 0 to it. */
  randint: draw<Bounds>('randint', ['low', 'high'], (read) => {
    const [first, second] = [read('low', NaN), read('high', Infinity)];
    const [low, high] = second === Infinity ? [0, first] : [first, second];
    return () => low + Math.floor(chance() * (high - low));
  }),
  exponential: draw<[scale: number]>('exponential', ['scale'], (read) => {
    const scale = read('scale', 1);
    return () => -scale * Math.log(1 - chance());
  }),
  permutation: (items: number | Iterable<unknown>): unknown[] =>
    shuffled(typeof items === 'number' ? Array.from({ length: items }).keys() : items),
  /** In its place. */
  shuffle: (list: { [place: number]: unknown } & Iterable<unknown>): void => {
    shuffled(list).forEach((item, i) => {
      list[i] = item;
    });
  },
});
