import { chinaTimeOfDay } from '../../../src/domain/time.ts';
import { badArgument } from '../../api/arguments.ts';
import { isFunction, pairsOf } from './args.ts';
import { cell, isMissing } from './column/column.ts';
import type { Column } from './column/column.ts';
import { columnFrom } from './column/infer.ts';
import { floatColumn, maskPositions, takeColumn } from './column/take.ts';
import type { Positions } from './column/take.ts';
import { badOperator, badTable, unknownLabel } from './errors.ts';
import { makeIndex } from './factory.ts';
import { labelKey } from './kernel/keys.ts';
import { tryLabel } from './labels/find.ts';
import { levelKey } from './labels/lookup.ts';
import { listOf } from './select.ts';
import { COLUMN } from './store.ts';
import type { Index } from './types.ts';

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

/** Labels through a dict (those it does not have stay) or a function. */
export function renamedLabels(index: Index, by: unknown): Index {
  if (isFunction(by)) return index.nlevels > 1 ? index : index.map(by);
  const pairs = pairsOf(by);
  if (pairs === null) throw badArgument('rename()', 'takes a dict { old: new } or a function.');
  const table = new Map(pairs.map(([key, value]) => [String(labelKey(key)), value]));
  const [level] = index.levels;
  const labels = index.tolist().map((label) => {
    const key = level === undefined ? label : levelKey(level, label);
    const found = table.has(String(labelKey(label))) ? String(labelKey(label)) : String(key);
    return table.has(found) ? table.get(found) : label;
  });
  return makeIndex(labels).rename(index.name);
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
export function cutRows(index: Index, start: string, end: string): Uint8Array {
  const [level] = index.levels;
  if (level?.kind !== 'datetime64[ns]') throw badOperator('between_time() needs an index of times.');
  const [from, to] = [clock(start), clock(end)];
  return Uint8Array.from(level.data, (ms) => {
    const at = chinaTimeOfDay(ms);
    return Number(from <= to ? at >= from && at <= to : at >= from || at <= to);
  });
}

function clock(text: string): number {
  const [hour = 0, minute = 0, second = 0] = text.split(':').map(Number);
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

/** The cells at these positions, a value where there is none; whole numbers stay whole when the value is. */
export function takeFilled(column: Column, positions: Positions, fill: unknown): Column {
  if (fill === undefined || fill === null || !positions.includes(-1)) return takeColumn(column, positions);
  const filled = columnFrom(Array.from(positions, (at) => (at < 0 ? fill : cell(column, at))));
  return column.kind === 'float64' ? floatColumn(filled) : filled;
}

/** The column with the cells of another Series where those are not missing. */
export function updated(
  column: Column,
  index: Index,
  other: { readonly index: Index; readonly [COLUMN]: Column },
): Column {
  const fresh = takeColumn(other[COLUMN], other.index.rowsOf(index));
  const cells = Array.from({ length: index.length }, (_, i) => cell(isMissing(fresh, i) ? column : fresh, i));
  const result = columnFrom(cells);
  return column.kind === 'float64' ? floatColumn(result) : result;
}
