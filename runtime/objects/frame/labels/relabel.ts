import { chinaTimeOfDay } from '../../../../src/domain/time.ts';
import { badArgument } from '../../../api/arguments.ts';
import { textOr } from '../args.ts';
import { cell, isMissing } from '../column/column.ts';
import type { Column } from '../column/column.ts';
import { columnFrom } from '../column/dtypes.ts';
import { floatColumn, maskPositions, takeColumn } from '../column/take.ts';
import type { Positions } from '../column/take.ts';
import { badOperator, badTable, unknownColumn, unknownLabel } from '../errors.ts';
import { makeFrame, makeIndex, makeLevels, makeRange } from '../factory.ts';
import { tryLabel } from '../index/lookup.ts';
import { listOf } from '../selection/select.ts';
import { COLUMN, DATA, NAMES } from '../store.ts';
import { isIndex, isSeries } from '../is-table.ts';
import type { DataFrame, Index } from '../types.ts';

/** Rows of the old index for each label of the new one; -1, or with a method the last (next) label before (after) it. */
export function reindexRows(old: Index, target: Index, method: unknown): Positions {
  if (!old.is_unique) throw badTable('cannot reindex rows with repeated labels; make them unique first.');
  const exact = old.rowsOf(target);
  if (method === undefined || method === null) return exact;
  const backward = method === 'bfill' || method === 'backfill';
  const both = old.append(target).sort_values().unique();
  const rows = old.rowsOf(both);
  let last = -1;
  for (let k = 0; k < rows.length; k += 1) {
    const i = backward ? rows.length - 1 - k : k;
    last = (rows[i] ?? -1) >= 0 ? (rows[i] ?? -1) : last;
    rows[i] = last;
  }
  return Int32Array.from(both.rowsOf(target), (at) => rows[at] ?? -1);
}

/** Rows that remain when these labels go. UNKNOWN_LABEL when one does not exist, unless they may. */
export function dropPositions(index: Index, labels: unknown, ignore: boolean): Positions {
  const keep = new Uint8Array(index.length).fill(1);
  const list = listOf(labels) ?? [labels];
  for (const label of list) {
    const found = tryLabel(index, label);
    if (found === null) {
      if (ignore) continue;
      throw unknownLabel(label, index);
    }
    for (const row of typeof found === 'number' ? [found] : found) keep[row] = 0;
  }
  return maskPositions(keep);
}

/** 1 for rows whose time of day is between two clock times. */
export function cutRows(index: Index, start: unknown, end: unknown, inclusive?: unknown): Uint8Array {
  const [level] = index.levels;
  if (level?.kind !== 'datetime64[ns]') throw badOperator('between_time() needs an index of times.');
  const sides = textOr(inclusive, ['both', 'neither', 'left', 'right'], 'both', 'between_time() inclusive');
  const [from, to] = [clock(start), clock(end)];
  const low = sides === 'both' || sides === 'left';
  const high = sides === 'both' || sides === 'right';
  return Uint8Array.from(level.data, (ms) => {
    const at = chinaTimeOfDay(ms);
    const [after, until] = [low ? at >= from : at > from, high ? at <= to : at < to];
    return Number(from <= to ? after && until : after || until);
  });
}

function clock(time: unknown): number {
  const [hour = 0, minute = 0, second = 0] = String(time).split(':').map(Number);
  const at = hour * 3600 + minute * 60 + second;
  if (Number.isNaN(at)) throw badArgument('between_time()', "takes clock times like '9:30'.");
  return at;
}

/** Rows of one label of a level, and the number of that level. */
export function levelRows(
  index: Index,
  label: unknown,
  level: number | string,
): { readonly at: number; readonly rows: Positions } {
  const at = index.levelOf(level);
  const rows = maskPositions(Uint8Array.from(index.get_level_values(at).eq(label), Number));
  if (rows.length === 0) throw unknownLabel(label, index.get_level_values(at).unique());
  return { at, rows };
}

/** The column with the cells of another Series where those are not missing. */
export function updated(
  column: Column,
  index: Index,
  other: { readonly index: Index; readonly [COLUMN]: Column },
  overwrite = true,
): Column {
  const fresh = takeColumn(other[COLUMN], other.index.rowsOf(index));
  const cells = Array.from({ length: index.length }, (_, i) => {
    const own = isMissing(fresh, i) || (!overwrite && !isMissing(column, i));
    return cell(own ? column : fresh, i);
  });
  const result = columnFrom(cells);
  return column.kind === 'float64' ? floatColumn(result) : result;
}

/** Columns (or lists of labels) as row labels. */
export function setIndex(table: DataFrame, keys: unknown, drop: boolean, append: boolean): DataFrame {
  const list = Array.isArray(keys) ? (keys as readonly unknown[]) : [keys];
  const used = new Set<number>();
  const parts = list.map((key): { readonly column: Column; readonly name: string | null } => {
    if (isSeries(key)) return { column: key[COLUMN], name: key.name };
    if (isIndex(key)) return { column: key.levels[0] ?? columnFrom([]), name: key.name };
    if (Array.isArray(key) || ArrayBuffer.isView(key))
      return { column: columnFrom(key as readonly unknown[]), name: null };
    const at = table[NAMES].rowOf(key);
    const column = table[DATA][at];
    if (column === undefined) throw unknownColumn(key, table[NAMES]);
    used.add(at);
    return { column, name: key as string };
  });
  for (const { column } of parts) {
    if (column.data.length !== table.length)
      throw badTable(`${column.data.length} labels do not fit ${table.length} rows.`);
  }
  const old = append ? table.index.levels : [];
  const oldNames = append ? table.index.names : [];
  const index = makeLevels(
    [...old, ...parts.map((part) => part.column)],
    [...oldNames, ...parts.map((part) => part.name)],
  );
  const stay = Array.from(table[DATA].keys()).filter((at) => !drop || !used.has(at));
  const data = stay.flatMap((at) => table[DATA].slice(at, at + 1));
  return makeFrame(table[NAMES].take(Int32Array.from(stay)), data, index);
}

/** Row labels become the first columns (or are forgotten); one level of several when `level` says so. */
export function resetColumns(table: DataFrame, level: unknown, drop = false, named?: unknown): DataFrame {
  const { index } = table;
  const wanted = level === undefined || level === null ? null : (listOf(level) ?? [level]);
  const gone = new Set(
    wanted === null ? index.levels.keys() : wanted.map((one) => index.levelOf(one as number | string)),
  );
  const kept = index.levels.filter((_, i) => !gone.has(i));
  const rows =
    kept.length === 0
      ? makeRange(table.length)
      : makeLevels(
          kept,
          index.names.filter((_, i) => !gone.has(i)),
        );
  if (drop) return makeFrame(table[NAMES], table[DATA], rows);
  const levels = [...gone].sort((a, b) => a - b);
  const given = named === undefined || named === null ? null : (listOf(named) ?? [named]);
  if (given !== null && given.length !== levels.length)
    throw badTable(`${given.length} names do not fit ${levels.length} levels.`);
  const names = levels.map(
    (at, i) =>
      (given?.[i] as string | undefined) ?? index.names[at] ?? (index.nlevels > 1 ? `level_${at}` : freeName(table)),
  );
  for (const name of names) {
    if (table[NAMES].includes(name))
      throw badTable(`there is a column ${name} already; rename it, or pass { drop: true }.`);
  }
  const flat = table[NAMES].nlevels > 1;
  const first = flat
    ? names.map((name) => [name, ...Array.from({ length: table[NAMES].nlevels - 1 }, () => '')])
    : names;
  const labels = makeIndex([...first, ...table[NAMES].tolist()]).rename(flat ? table[NAMES].names : table[NAMES].name);
  const data = [...levels.flatMap((at) => index.levels.slice(at, at + 1)), ...table[DATA]];
  return makeFrame(labels, data, rows);
}

function freeName(table: DataFrame): string {
  return table[NAMES].includes('index') ? 'level_0' : 'index';
}
