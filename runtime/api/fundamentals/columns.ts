import { catalogueColumn } from '../../../src/domain/data/catalogue/index.ts';
import type { Selected } from '../../../src/domain/data/query-plan.ts';
import { Column } from '../../query/column.ts';
import { pyRepr } from '../../text/python-text.ts';
import { badArgument } from '../arguments.ts';
import type { Reader } from '../arguments.ts';
import { isIterable } from '../readers.ts';

/** Columns of tables, or names in one table, as a list without repeats. */
export function readColumns(table: string | null): Reader<readonly Selected[]> {
  return (value, where) => {
    const items: unknown[] =
      typeof value === 'string' || value instanceof Column || !isIterable(value) ? [value] : [...value];
    const found = new Map(items.map((item) => readColumn(item, table, where)).map((column) => [column.name, column]));
    if (found.size > 0) return [...found.values()];
    throw badArgument(where, 'must name at least one column.');
  };
}

function readColumn(value: unknown, table: string | null, where: string): Selected {
  if (typeof value === 'string' && table !== null) {
    catalogueColumn(table, value);
    return { name: value, expression: { op: 'column', table, column: value } };
  }
  if (value instanceof Column) {
    const { expression, name } = Column.read(value);
    if (expression.op === 'column' && (table === null || expression.table === table))
      return { name: name ?? expression.column, expression };
  }
  const wanted = table === null ? 'columns like balance.total_assets' : `names of columns of ${table}`;
  throw badArgument(where, `must be ${wanted}, was ${pyRepr(value)}.`);
}
