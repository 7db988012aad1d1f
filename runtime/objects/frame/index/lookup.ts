import { chinaInstant, chinaTimeOfDay, DAY, MINUTE } from '../../../../src/domain/time.ts';
import { parseLooseTime } from '../../datetime/loose-time.ts';
import { cell } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { timeOf } from '../column/dtypes.ts';
import { labelKey, tupleKey } from '../column/keys.ts';
import { labelOrder } from '../column/sorting.ts';
import { maskPositions, stepPositions } from '../column/take.ts';
import type { Positions } from '../column/take.ts';
import { badTable, unknownLabel } from '../errors.ts';
import { slicePositions } from '../slice.ts';
import type { Slice } from '../slice.ts';
import type { Index } from '../types.ts';

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
  const daily = DAILY.test(label);
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

/** A whole tuple, or its first parts (one label = the first level). One row only where no label repeats, as in pandas. */
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
  return rows.length === 0 ? null : Int32Array.from(rows);
}

function cellAt(level: Column | undefined, row: number): unknown {
  return level === undefined ? undefined : cell(level, row);
}

function partKey(level: Column | undefined, part: unknown): unknown {
  return level === undefined ? undefined : levelKey(level, part);
}

/** Rows of a slice of labels, both ends included. A bound that is no label is placed by order when the index is sorted. */
export function findSlice(index: Index, slice: Slice): Positions {
  const [level] = index.levels;
  const texts = [slice.start, slice.stop].every((bound) => bound === null || typeof bound === 'string');
  if (level?.kind === 'datetime64[ns]' && index.nlevels === 1 && texts && !index.is_monotonic_increasing)
    return betweenTimes(level.data, slice);
  const from = slice.start === null ? 0 : bound(index, slice.start, false);
  const to = slice.stop === null ? index.length : bound(index, slice.stop, true);
  return stepPositions(from, Math.max(from, to), slice.step ?? 1);
}

/** Times that are not in ascending order, between two texts: those inside, wherever they stand. */
function betweenTimes(times: Float64Array, { start, stop, step }: Slice): Positions {
  const from = start === null ? null : spanOf(start);
  const to = stop === null ? null : spanOf(stop);
  const low = from === null ? -Infinity : from[0];
  const high = to === null ? Infinity : to[1];
  const rows = Int32Array.from(times.keys()).filter((row) => (times[row] ?? NaN) >= low && (times[row] ?? NaN) <= high);
  return step === null || step === 1
    ? rows
    : Int32Array.from(slicePositions(rows.length, null, null, step), (at) => rows[at] ?? 0);
}

function spanOf(label: unknown): readonly [number, number] {
  const span = timeSpan(label);
  if (span !== null) return span;
  throw badTable(`'${String(label)}' is no time; write '2026-07-06', '2026-07' or a DateTime.`);
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
  if (index.is_monotonic_decreasing && index.nlevels === 1) return sortedDown(index, label, end);
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

/** As `sorted`, where labels go down. */
function sortedDown(index: Index, label: unknown, end: boolean): number {
  const wanted = timeOf(label) ?? label;
  const [level] = index.levels;
  let row = 0;
  for (; row < index.length; row += 1) {
    const own = level?.kind === 'datetime64[ns]' ? level.data[row] : index.at(row);
    const order = labelOrder(own, wanted);
    if (end ? order < 0 : order <= 0) break;
  }
  return row;
}

/** First row of each label, and whether a label repeats. */
export interface Lookup {
  readonly rows: ReadonlyMap<unknown, number>;
  readonly unique: boolean;
}

export function buildLookup(levels: readonly Column[], length: number): Lookup {
  const rows = new Map<unknown, number>();
  const keyAt = rowKeys(levels);
  for (let i = 0; i < length; i += 1) {
    const key = keyAt(i);
    if (!rows.has(key)) rows.set(key, i);
  }
  return { rows, unique: rows.size === length };
}

/** The key of each row's label, comparable with `wantedKey`. */
export function rowKeys(levels: readonly Column[]): (row: number) => unknown {
  const [first] = levels;
  if (levels.length === 1 && first !== undefined) {
    const { data } = first;
    return first.kind === 'object' ? (row) => labelKey(data[row]) : (row) => data[row];
  }
  return (row) =>
    tupleKey(levels.map((level) => (level.kind === 'datetime64[ns]' ? level.data[row] : cell(level, row))));
}

/** The key under which a label that someone asks for would be found. */
export function wantedKey(levels: readonly Column[], label: unknown): unknown {
  const [first] = levels;
  if (levels.length === 1 && first !== undefined) return levelKey(first, label);
  if (!Array.isArray(label)) return undefined;
  return tupleKey(levels.map((level, i) => levelKey(level, (label as readonly unknown[])[i])));
}

/** The key of a label on one level: times are found by text, Date, date and DateTime. */
export function levelKey(level: Column, label: unknown): unknown {
  switch (level.kind) {
    case 'object':
      return labelKey(label);
    case 'datetime64[ns]':
      return timeOf(label) ?? undefined;
    case 'bool':
    case 'int64':
    case 'float64':
      return typeof label === 'number' || typeof label === 'boolean' ? Number(label) : undefined;
  }
}

const DAILY = /^\s*\d{4}(?:\d{4}|([-/.])\d{1,2}\1\d{1,2})\s*$/;

/** First and last ms that a text means: `'2026'`, `'2026-07'`, a day, a minute; null when it is no time. */
function timeSpan(label: unknown): readonly [number, number] | null {
  if (typeof label !== 'string') {
    const at = timeOf(label);
    return at === null ? null : [at, at];
  }
  const [, year, two, one] = /^(\d{4})(?:-?(\d{2})|-(\d))?$/.exec(label) ?? [];
  if (year !== undefined) {
    const month = two ?? (one === undefined ? undefined : `0${one}`);
    const from = chinaInstant(`${year}-${month ?? '01'}-01`, '00:00');
    const next =
      month === undefined || month === '12'
        ? `${Number(year) + 1}-01`
        : `${year}-${String(Number(month) + 1).padStart(2, '0')}`;
    return [from, chinaInstant(`${next}-01`, '00:00') - 1];
  }
  const at = parseLooseTime(label);
  if (at === null) return null;
  if (DAILY.test(label)) return [at, at + DAY - 1];
  return /\d{2}:\d{2}$/.test(label) && !/\d{2}:\d{2}:\d{2}$/.test(label) ? [at, at + MINUTE - 1] : [at, at];
}

/** True when some label has a time of day: then a day's text means all rows of that day. */
function hasClock(level: Column): boolean {
  return level.kind === 'datetime64[ns]' && level.data.some((ms) => !Number.isNaN(ms) && chinaTimeOfDay(ms) !== 0);
}

/** True when some label has seconds: then a minute's text means all rows of that minute. */
function hasSeconds(level: Column): boolean {
  return level.kind === 'datetime64[ns]' && level.data.some((ms) => ms % MINUTE !== 0 && !Number.isNaN(ms));
}
