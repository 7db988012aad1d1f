import type { SqlFunction } from '../query-plan.ts';
import { numbers, texts } from '../table.ts';
import type { DataColumn } from '../table.ts';
import { badQuery } from './bad-query.ts';
import { textSign } from './compare.ts';
import type { Groups } from './groups.ts';
import type { ScalarFunction } from './scalar-functions.ts';
import { at, countable } from './vectors.ts';

export type Aggregate = Exclude<SqlFunction, ScalarFunction>;

/** One value for each group, of the values that are there: of none of them null, and 0 when they are counted. */
export function aggregate(name: Aggregate, column: DataColumn, groups: Groups): DataColumn {
  switch (name) {
    case 'count':
      return numbers('int', counts(column, groups));
    case 'count_distinct':
      return numbers('int', distinctCounts(column, groups));
    case 'sum':
      return numbers(column.kind === 'float' ? 'float' : 'int', sums(column, groups, 'sum'));
    case 'avg': {
      const count = counts(column, groups);
      return numbers(
        'float',
        sums(column, groups, 'avg').map((sum, group) => sum / at(count, group)),
      );
    }
    case 'min':
    case 'max':
      return extreme(column, groups, name === 'min' ? -1 : 1);
  }
}

function missing({ values }: DataColumn, row: number): boolean {
  const value = values[row] ?? null;
  return value === null || Number.isNaN(value);
}

function counts(column: DataColumn, { of, first }: Groups): Float64Array {
  const result = new Float64Array(first.length);
  for (const [row, group] of of.entries()) if (!missing(column, row)) result[group] = at(result, group) + 1;
  return result;
}

function distinctCounts(column: DataColumn, { of, first }: Groups): Float64Array {
  const seen = Array.from(first, () => new Set<unknown>());
  for (const [row, group] of of.entries()) if (!missing(column, row)) seen[group]?.add(column.values[row]);
  return Float64Array.from(seen, (set) => set.size);
}

function sums(column: DataColumn, { of, first }: Groups, what: string): Float64Array {
  const { values } = countable(column, what);
  const result = new Float64Array(first.length).fill(Number.NaN);
  for (const [row, group] of of.entries()) {
    const [value, sum] = [at(values, row), at(result, group)];
    if (!Number.isNaN(value)) result[group] = Number.isNaN(sum) ? value : sum + value;
  }
  return result;
}

/** Sign: 1 for the largest. */
function extreme(column: DataColumn, { of, first }: Groups, sign: 1 | -1): DataColumn {
  if (column.kind === 'text') {
    const best = Array.from<string | null>({ length: first.length }).fill(null);
    for (const [row, group] of of.entries()) {
      const [value, known] = [column.values[row] ?? null, best[group] ?? null];
      if (value !== null && (known === null || textSign(value, known) * sign > 0)) best[group] = value;
    }
    return texts(best);
  }
  const best = new Float64Array(first.length).fill(Number.NaN);
  for (const [row, group] of of.entries()) {
    const [value, known] = [at(column.values, row), at(best, group)];
    if (Number.isNaN(value)) continue;
    if (Number.isNaN(known) || (value - known) * sign > 0) best[group] = value;
  }
  return numbers(column.kind, best);
}

/** An aggregate where there are no groups: in a condition on rows, or within another one. */
export function noAggregateHere(name: Aggregate): Error {
  return badQuery(`func.${name}() stands where single rows are looked at. Select it, order by it, or use having().`);
}
