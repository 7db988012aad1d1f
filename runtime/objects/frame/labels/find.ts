import { MINUTE } from '../../../../src/domain/time.ts';
import { cell } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { maskPositions, stepPositions } from '../column/take.ts';
import type { Positions } from '../column/take.ts';
import { unknownLabel } from '../errors.ts';
import { labelOrder } from '../kernel/order.ts';
import type { Slice } from '../slice.ts';
import type { Index } from '../types.ts';
import { hasClock, hasSeconds, levelKey, timeSpan } from './lookup.ts';

/** One row, or several when the label repeats, names part of a two-level label, or is a whole day or month. */
export type Found = number | Positions;

/** Where a label is; UNKNOWN_LABEL when nowhere. */
export function findLabel(index: Index, label: unknown): Found {
  const found = tryLabel(index, label);
  if (found !== null) return found;
  throw unknownLabel(label, index);
}

export function tryLabel(index: Index, label: unknown): Found | null {
  if (index.nlevels > 1) return findTuple(index, label);
  const [level] = index.levels;
  if (level === undefined) return null;
  if (level.kind === 'datetime64[ns]' && typeof label === 'string') {
    const whole = wholeSpan(level, label);
    if (whole !== null) return whole;
  }
  const row = index.rowOf(label);
  if (row < 0) return null;
  return index.is_unique ? row : repeats(level, levelKey(level, label));
}

/** All rows of a day or month named by a text, when the index is finer than that. */
function wholeSpan(level: Column, label: string): Positions | null {
  const span = timeSpan(label);
  if (span === null || span[0] === span[1]) return null;
  const daily = /^\d{4}-?\d{2}-?\d{2}$/.test(label);
  if (daily ? !hasClock(level) : span[1] - span[0] < MINUTE && !hasSeconds(level)) return null;
  const rows = maskPositions(
    Uint8Array.from(level.data as Float64Array, (ms) => Number(ms >= span[0] && ms <= span[1])),
  );
  return rows.length === 0 ? null : rows;
}

function repeats(level: Column, key: unknown): Found {
  const rows: number[] = [];
  for (let i = 0; i < level.data.length; i += 1) if (levelKey(level, cell(level, i)) === key) rows.push(i);
  return rows.length === 1 ? (rows[0] ?? 0) : Int32Array.from(rows);
}

/** A whole tuple, or its first parts (one label = the first level). */
function findTuple(index: Index, label: unknown): Found | null {
  const parts: readonly unknown[] = Array.isArray(label) ? label : [label];
  if (parts.length === index.nlevels && index.is_unique) {
    const row = index.rowOf(parts);
    return row < 0 ? null : row;
  }
  const rows: number[] = [];
  const keys = parts.map((part, i) => partKey(index.levels[i], part));
  for (let row = 0; row < index.length; row += 1) {
    if (keys.every((key, i) => key === partKey(index.levels[i], cellAt(index.levels[i], row)))) rows.push(row);
  }
  if (rows.length === 0) return null;
  return parts.length === index.nlevels && rows.length === 1 ? (rows[0] ?? 0) : Int32Array.from(rows);
}

function cellAt(level: Column | undefined, row: number): unknown {
  return level === undefined ? undefined : cell(level, row);
}

function partKey(level: Column | undefined, part: unknown): unknown {
  return level === undefined ? undefined : levelKey(level, part);
}

/** Rows of a slice of labels, both ends included. A bound that is no label is placed by order when the index is sorted. */
export function findSlice(index: Index, slice: Slice): Positions {
  const from = slice.start === null ? 0 : bound(index, slice.start, false);
  const to = slice.stop === null ? index.length : bound(index, slice.stop, true);
  return stepPositions(from, Math.max(from, to), slice.step ?? 1);
}

function bound(index: Index, label: unknown, end: boolean): number {
  const [level] = index.levels;
  if (level?.kind === 'datetime64[ns]' && index.nlevels === 1) {
    const span = timeSpan(label);
    if (span !== null && index.is_monotonic_increasing) return sorted(index, end ? span[1] : span[0], end);
  }
  const found = tryLabel(index, label);
  if (found !== null) {
    if (typeof found === 'number') return end ? found + 1 : found;
    return end ? (found.at(-1) ?? 0) + 1 : (found[0] ?? 0);
  }
  if (!index.is_monotonic_increasing) throw unknownLabel(label, index);
  return sorted(index, label, end);
}

/** First row whose label is not before `label` (after it, for an end). */
function sorted(index: Index, label: unknown, end: boolean): number {
  const [level] = index.levels;
  let row = 0;
  for (; row < index.length; row += 1) {
    const own = level?.kind === 'datetime64[ns]' ? level.data[row] : index.at(row);
    const order = labelOrder(own, label);
    if (end ? order > 0 : order >= 0) break;
  }
  return row;
}
