import type { Ordering } from '../query-plan.ts';
import type { DataColumn } from '../table.ts';
import { textSign } from './compare.ts';
import { valuesOf } from './expressions.ts';
import type { Scope } from './expressions.ts';
import { at } from './vectors.ts';

/** The rows in order; equals as they came. What is missing comes first, last when descending, as MySQL has it. */
export function sortedRows(scope: Scope, orderings: readonly Ordering[]): Int32Array {
  const rows = Int32Array.from({ length: scope.rows }, (_, row) => row);
  if (orderings.length === 0) return rows;
  const signs = orderings.map(({ expression, descending }) => {
    const sign = rowSign(valuesOf(expression, scope));
    return descending ? (a: number, b: number): number => -sign(a, b) : sign;
  });
  return rows.sort((a, b) => {
    for (const sign of signs) {
      const found = sign(a, b);
      if (found !== 0) return found;
    }
    return a - b;
  });
}

function rowSign(column: DataColumn): (a: number, b: number) => number {
  if (column.kind === 'text') {
    const { values } = column;
    return (a, b) => {
      const [x, y] = [values[a] ?? null, values[b] ?? null];
      return x === null || y === null ? Number(x !== null) - Number(y !== null) : textSign(x, y);
    };
  }
  const { values } = column;
  return (a, b) => {
    const [x, y] = [at(values, a), at(values, b)];
    const difference = x - y;
    return Number.isNaN(difference) ? Number(!Number.isNaN(x)) - Number(!Number.isNaN(y)) : difference;
  };
}
