import type { Column } from './column/column.ts';
import { IndexBase } from './index/base.ts';
import { COLUMN, DATA } from './store.ts';
import type { DataFrame, Index, Series } from './types.ts';

export function isSeries(value: unknown): value is Series<unknown> {
  return typeof value === 'object' && value !== null && COLUMN in value;
}

export function isFrame(value: unknown): value is DataFrame {
  return typeof value === 'object' && value !== null && DATA in value;
}

export function isIndex(value: unknown): value is Index<unknown> {
  return value instanceof IndexBase;
}

/** The cells of a Series or a one-level Index as a column; null for anything else. */
export function storedColumn(value: unknown): Column | null {
  if (isSeries(value)) return value[COLUMN];
  if (!isIndex(value) || value.nlevels > 1) return null;
  return value.levels[0] ?? null;
}
