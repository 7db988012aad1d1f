import { named, textOr } from '../args.ts';
import { concatTables } from '../concat.ts';
import { badTable } from '../errors.ts';
import { isFrame, isSeries } from '../store.ts';
import type { DataFrame, Series } from '../types.ts';
import { mergeTables } from './merge.ts';

/** Columns of other tables by row label (or by a column of this one, `on`). */
export function joinTables(
  left: DataFrame,
  other: DataFrame | Series<unknown> | readonly (DataFrame | Series<unknown>)[],
  args: readonly unknown[],
): DataFrame {
  const a = named('join', ['on', 'how', 'lsuffix', 'rsuffix', 'sort'], args);
  const how = textOr(a['how'], ['left', 'right', 'inner', 'outer'], 'left', 'join() how');
  if (!isFrame(other) && !isSeries(other)) {
    const all = concatTables([left, ...other], { axis: 1, join: how === 'inner' ? 'inner' : 'outer' }) as DataFrame;
    return how === 'left' ? all.reindex(left.index) : all;
  }
  const right = isFrame(other) ? other : other.to_frame();
  const suffixes = [(a['lsuffix'] as string | undefined) ?? '', (a['rsuffix'] as string | undefined) ?? ''];
  const clash = left.names.tolist().filter((name) => right.names.includes(name));
  if (clash.length > 0 && suffixes.join('') === '') {
    throw badTable(`both tables have ${clash.map(String).join(', ')}; pass { lsuffix: '_a', rsuffix: '_b' }.`);
  }
  const on = a['on'];
  if (on === undefined || on === null) {
    return mergeTables(left, right, [{ left_index: true, right_index: true, how, suffixes, sort: a['sort'] === true }]);
  }
  return mergeTables(left, right, [{ left_on: on, right_index: true, how, suffixes }]);
}
