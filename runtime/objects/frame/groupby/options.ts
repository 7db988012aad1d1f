import { DATA } from '../store.ts';
import type { Grouped } from './groups.ts';
import type { Interpolation } from '../column/reduce.ts';

/** Keyword arguments of the statistics; by position in the order of pandas. */
export interface GroupStatOptions {
  readonly numeric_only?: boolean;
  readonly min_count?: number;
  readonly ddof?: number;
  readonly skipna?: boolean;
  readonly dropna?: boolean;
}
export type GroupArgs = readonly [first?: boolean | number | GroupStatOptions, ...more: readonly unknown[]];
export interface GroupQuantileOptions {
  readonly interpolation?: Interpolation;
  readonly numeric_only?: boolean;
}
export interface MostOptions {
  readonly keep?: 'first' | 'last' | 'all';
}

/** Places of the columns of numbers that describe() is of; null: of those that were chosen. */
export function describable({ frame, chosen, single }: Grouped): readonly number[] | null {
  const plain = chosen.filter((at) => ['int64', 'float64'].includes(frame[DATA][at]?.kind ?? ''));
  return single || plain.length === 0 ? null : plain;
}
