import type { SqlFunction } from '../../src/domain/data/query-plan.ts';
import { Column, combined, operand } from './column.ts';
import type { Condition, ValueKind } from './column.ts';

function call<K extends ValueKind>(name: SqlFunction, ...args: readonly unknown[]): Column<K> {
  const given = args.filter((arg) => arg !== undefined);
  return new Column({ op: 'function', name, args: given.map((arg) => operand(arg, `func.${name}()`)) });
}

/** SQL's functions: `func.sum(income.net_profit)`. Aggregates are over the groups of `group_by()`, without it over all rows. */
export const func = Object.freeze({
  /** Sum of what is there; missing when nothing is. */
  sum: (column: Column): Column<'number'> => call('sum', column),
  /** Mean of what is there. */
  avg: (column: Column): Column<'number'> => call('avg', column),
  min: <K extends ValueKind>(column: Column<K>): Column<K> => call('min', column),
  max: <K extends ValueKind>(column: Column<K>): Column<K> => call('max', column),
  /** How many values are there; without a column, how many rows. */
  count: (column: Column | null = null): Column<'number'> => call('count', column ?? 1),
  /** How many different values are there. */
  count_distinct: (column: Column): Column<'number'> => call('count_distinct', column),
  abs: (column: Column): Column<'number'> => call('abs', column),
  /** Halves away from zero. */
  round: (column: Column, digits?: number): Column<'number'> => call('round', column, digits),
  /** In bytes, three for a Chinese letter. */
  length: (column: Column): Column<'number'> => call('length', column),
  /** Letters from `start` (1 is the first, −1 the last). */
  substr: (column: Column, start: number, length?: number): Column<'text'> => call('substr', column, start, length),
});

/** All of the conditions. */
export function and_(...conditions: readonly Condition[]): Condition {
  return combined('and', conditions);
}

/** One of the conditions. */
export function or_(...conditions: readonly Condition[]): Condition {
  return combined('or', conditions);
}

/** The condition turned round. */
export function not_(condition: Condition): Condition {
  return combined('and', [condition]).not();
}
