import { badArgument } from '../../../api/arguments.ts';
import { isFunction, textOr } from '../args.ts';
import type { Column } from '../column/column.ts';
import { makeLevels, makeRange, makeSeries } from '../factory.ts';
import { isIndex, isSeries } from '../is-table.ts';
import { COLUMN } from '../store.ts';
import type { Index, Series } from '../types.ts';
import { operandColumn } from './align.ts';

/** Whether missing cells come first: pandas' `na_position`. */
export function missingFirst(value: unknown): boolean {
  return textOr(value, ['first', 'last'], 'last', 'na_position') === 'first';
}

export function readKeep(value: unknown): 'first' | 'last' | 'all' {
  return textOr(value, ['first', 'last', 'all'], 'first', 'keep');
}

export function readRepeat(value: unknown, where: string): 'first' | 'last' | false {
  return value === false ? false : textOr(value, ['first', 'last'], 'first', `${where} keep`);
}

/** The cells a sort goes by: those of the column, or what `key` makes of it as a whole. */
export function keyedColumn(series: Series<unknown>, key: unknown): Column {
  if (key === undefined || key === null) return series[COLUMN];
  if (!isFunction(key))
    throw badArgument('sort', 'key is a function of the whole column: { key: (s) => s.str.lower() }.');
  const made = key(series);
  const column = operandColumn(isSeries(made) || isIndex(made) ? made.tolist() : made, series.length);
  if (column.data.length === series.length) return column;
  throw badArgument('sort', 'key must give as many cells as the column has.');
}

/** The labels a sort goes by: the index, or what `key` makes of it. */
export function keyedIndex(index: Index, key: unknown): Index {
  if (key === undefined || key === null) return index;
  const levels = index.levels.map((level, i) =>
    keyedColumn(makeSeries(level, makeRange(index.length), index.names[i]), key),
  );
  return makeLevels(levels, index.names);
}
