import { columnFrom } from './column/dtypes.ts';
import { Index } from './index/index.ts';
import { LEVELS } from './signatures/others.ts';
import { signed } from './signatures/signature.ts';

export interface LevelOptions {
  readonly names?: readonly (string | null)[];
}

const makers = {
  from_tuples: (tuples: Iterable<readonly unknown[]>, { names }: LevelOptions = {}): Index =>
    Index.fromTuples(tuples, names ?? []),
  from_arrays: (arrays: readonly Iterable<unknown>[], { names }: LevelOptions = {}): Index =>
    Index.of(
      arrays.map((array) => columnFrom(array)),
      arrays.map((_, i) => names?.[i] ?? null),
    ),
  from_product: (lists: readonly Iterable<unknown>[], { names }: LevelOptions = {}): Index => {
    const tuples = lists.reduce<unknown[][]>(
      (all, list) => all.flatMap((tuple) => Array.from(list, (one) => [...tuple, one])),
      [[]],
    );
    return Index.fromTuples(tuples, names ?? []);
  },
};

/** `MultiIndex.from_tuples([['a', 1], ['b', 2]], { names: ['x', 'y'] })` and its like. */
export const MultiIndex = {
  from_tuples: signed('from_tuples', LEVELS['from_tuples'] ?? '', makers.from_tuples),
  from_arrays: signed('from_arrays', LEVELS['from_arrays'] ?? '', makers.from_arrays),
  from_product: signed('from_product', LEVELS['from_product'] ?? '', makers.from_product),
};
