import type { Stamp } from '../../../platform/stamped-globals.ts';
import { finite, listOf, record, type Shape } from '../../../../runtime/border/shape.ts';

/**
 * What a dispatch read of the outside without a call, in order: the market clock (epoch ms) and the account's version. Each list
 * holds `value, how often in a row, value, how often …`, for loops read the same again and again.
 */
export interface Readings {
  readonly clock: readonly number[];
  readonly versions: readonly number[];
}

export const readingsShape: Shape<Readings> = record<Readings>({ clock: listOf(finite), versions: listOf(finite) });

/** Where the readings of a dispatch come from and go to; loading the module is the first dispatch. */
export interface ReadingsTap {
  /** What the next dispatch is to read instead of what there is; null = what there is. */
  give(): { readonly stamp: Stamp; readonly readings: Readings } | null;
  /** Told what a dispatch has read, just before its result. */
  take(stamp: Stamp, readings: Readings): void;
}
