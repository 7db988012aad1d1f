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
