import { chinaInstant, chinaTimeOfDay, DAY, MINUTE, parseChinaTime } from '../../../../src/domain/time.ts';
import type { Column } from '../column/column.ts';
import { isDateLike } from '../column/infer.ts';
import { labelKey, tupleKey } from '../kernel/keys.ts';
import { cell } from '../column/column.ts';

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

/** Epoch ms of a label that may be a time. */
export function timeOf(label: unknown): number | null {
  if (typeof label === 'string') return parseChinaTime(label);
  return isDateLike(label) ? label.valueOf() : null;
}

/** First and last ms that a text means: `'2026'`, `'2026-07'`, a day, a minute; null when it is no time. */
export function timeSpan(label: unknown): readonly [number, number] | null {
  if (typeof label !== 'string') {
    const at = timeOf(label);
    return at === null ? null : [at, at];
  }
  const [, year, month] = /^(\d{4})(?:-?(\d{2}))?$/.exec(label) ?? [];
  if (year !== undefined) {
    const from = chinaInstant(`${year}-${month ?? '01'}-01`, '00:00');
    const next =
      month === undefined || month === '12'
        ? `${Number(year) + 1}-01`
        : `${year}-${String(Number(month) + 1).padStart(2, '0')}`;
    return [from, chinaInstant(`${next}-01`, '00:00') - 1];
  }
  const at = parseChinaTime(label);
  if (at === null) return null;
  if (/^\d{4}-?\d{2}-?\d{2}$/.test(label)) return [at, at + DAY - 1];
  return /\d{2}:\d{2}$/.test(label) && !/\d{2}:\d{2}:\d{2}$/.test(label) ? [at, at + MINUTE - 1] : [at, at];
}

/** True when some label has a time of day: then a day's text means all rows of that day. */
export function hasClock(level: Column): boolean {
  return level.kind === 'datetime64[ns]' && level.data.some((ms) => !Number.isNaN(ms) && chinaTimeOfDay(ms) !== 0);
}

/** True when some label has seconds: then a minute's text means all rows of that minute. */
export function hasSeconds(level: Column): boolean {
  return level.kind === 'datetime64[ns]' && level.data.some((ms) => ms % MINUTE !== 0 && !Number.isNaN(ms));
}
