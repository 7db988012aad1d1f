import { KEYED_LISTS } from '../../wire.ts';
import type { KeyedList, Patch } from '../../wire.ts';
import type { InstanceStatus } from '../../../status/types.ts';

/** The document with what has changed. Rows that have not are the same objects as before: who draws them can tell. */
export function applyPatch(doc: InstanceStatus, { set, rows }: Patch): InstanceStatus {
  const changed: Record<string, unknown> = {};
  for (const name of Object.keys(KEYED_LISTS) as KeyedList[]) {
    const news = rows[name];
    if (news !== undefined) changed[name] = mergeRows(doc[name], news, KEYED_LISTS[name] as (row: unknown) => string);
  }
  return { ...doc, ...set, ...changed };
}

/** New rows behind those that were there. */
function mergeRows(before: readonly unknown[], news: readonly unknown[], keyOf: (row: unknown) => string): unknown[] {
  const fresh = new Map(news.map((row) => [keyOf(row), row]));
  const after = before.map((row) => {
    const key = keyOf(row);
    const row2 = fresh.get(key);
    fresh.delete(key);
    return row2 ?? row;
  });
  return [...after, ...fresh.values()];
}
