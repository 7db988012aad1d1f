import { badTable } from '../errors.ts';
import { makeFrame, makeIndex, makeLevels, makeRange } from '../factory.ts';
import { listOf } from '../select.ts';
import { DATA } from '../store.ts';
import type { DataFrame } from '../types.ts';

/** Row labels become the first columns (or are forgotten); one level of several when `level` says so. */
export function resetColumns(table: DataFrame, level: unknown, drop = false): DataFrame {
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
  if (drop) return makeFrame(table.names, table[DATA], rows);
  const levels = [...gone].sort((a, b) => a - b);
  const names = levels.map((at) => index.names[at] ?? (index.nlevels > 1 ? `level_${at}` : freeName(table)));
  for (const name of names) {
    if (table.names.includes(name))
      throw badTable(`there is a column ${name} already; rename it, or pass { drop: true }.`);
  }
  const flat = table.names.nlevels > 1;
  const first = flat
    ? names.map((name) => [name, ...Array.from({ length: table.names.nlevels - 1 }, () => '')])
    : names;
  const labels = makeIndex([...first, ...table.names.tolist()]).rename(flat ? table.names.names : table.names.name);
  const data = [...levels.flatMap((at) => index.levels.slice(at, at + 1)), ...table[DATA]];
  return makeFrame(labels, data, rows);
}

function freeName(table: DataFrame): string {
  return table.names.includes('index') ? 'level_0' : 'index';
}
