import { cells, isMissingValue } from './column/column.ts';
import type { Column } from './column/column.ts';
import { inferColumn } from './column/infer.ts';
import { badArgument } from '../../api/arguments.ts';
import { labelKey } from './kernel/keys.ts';
import { pairsOf } from './args.ts';

/** Cells that equal one of the old values take the new one. */
export function replaceCells(column: Column, what: unknown, value: unknown): Column {
  const table = replacements(what, value);
  let changed = false;
  const list = cells(column).map((was) => {
    const key = labelKey(was);
    if (!table.has(key)) return was;
    changed = true;
    return table.get(key);
  });
  if (!changed) return column;
  const fresh = inferColumn(list);
  const gaps = column.kind === 'float64' && fresh.kind === 'int64';
  if (column.kind === 'object')
    return fresh.kind === 'float64' || fresh.kind === 'int64' ? fresh : { kind: 'object', data: list };
  return gaps ? { kind: 'float64', data: fresh.data } : fresh;
}

function replacements(what: unknown, value: unknown): Map<unknown, unknown> {
  const pairs = pairsOf(what);
  if (pairs !== null) {
    // Keys of an object literal are texts: a key that reads as a number means the number too.
    const table = new Map<unknown, unknown>(pairs.map(([key, to]) => [labelKey(key), to]));
    for (const [key, to] of pairs) {
      if (typeof key === 'string' && key.trim() !== '' && !Number.isNaN(Number(key))) table.set(Number(key), to);
      if (key === 'NaN') table.set(NaN, to);
    }
    return table;
  }
  if (value === undefined)
    throw badArgument('replace()', 'needs the new value: replace(0, 1) or replace({ old: new }).');
  const olds = Array.isArray(what) ? (what as readonly unknown[]) : [what];
  const news = Array.isArray(value) ? (value as readonly unknown[]) : null;
  if (news !== null && news.length !== olds.length) {
    throw badArgument('replace()', `got ${olds.length} old and ${news.length} new values; give as many of both.`);
  }
  return new Map(olds.map((old, i) => [isMissingValue(old) ? NaN : labelKey(old), news === null ? value : news[i]]));
}
