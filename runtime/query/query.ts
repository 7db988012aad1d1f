import { plainPlan } from '../../src/domain/data/query-plan.ts';
import type { Expression, Join, Ordering, QueryPlan, Selected } from '../../src/domain/data/query-plan.ts';
import { BtError } from '../../src/domain/errors.ts';
import { catalogueTable } from '../../src/domain/data/catalogue/index.ts';
import { badArgument } from '../api/arguments.ts';
import { readInteger } from '../api/readers.ts';
import { pyRepr } from '../text/python-text.ts';
import { Column, conditionOf, Ordered } from './column.ts';
import type { Condition, ValueKind } from './column.ts';
import { expressionText } from './print.ts';
import { tableName } from './table.ts';

/** What a query may select: columns, or tables with all of theirs. */
export type Selectable = Column | { readonly [column: string]: Column };

/** The names of the columns that come back. */
export type NamesOf<S> = S extends Column<ValueKind, infer N> ? N : keyof S & string;

/**
 * What is asked of a table or of several: columns, conditions, order. Every method gives a new query and leaves this one as it is.
 * It holds no data: `get_fundamentals(q)`, `finance.run_query(q)` ask. `C` are the names of the columns that come back.
 */
export class Query<C extends string = string> {
  /** Only for the compiler. */
  declare readonly columns?: C;
  readonly #plan: QueryPlan;

  constructor(plan: QueryPlan) {
    this.#plan = plan;
    Object.freeze(this);
  }

  /** The query as data. */
  static read(query: Query): QueryPlan {
    return query.#plan;
  }

  /** Only rows for which all conditions hold; called again, more conditions. */
  filter(...conditions: readonly Condition[]): Query<C> {
    const filter = conditions.map((condition) => conditionOf(condition, 'filter()'));
    return this.#open('filter', { filter: [...this.#plan.filter, ...filter] });
  }

  /** By these columns, small ones first unless `.desc()`; what is missing comes first, with `.desc()` last. */
  order_by(...columns: readonly (Column | Ordered)[]): Query<C> {
    return this.#open('order_by', { orderBy: [...this.#plan.orderBy, ...columns.map(readOrder)] });
  }

  /** One row for each different value of these columns; `func` is calculated over each. */
  group_by(...columns: readonly Column[]): Query<C> {
    const groupBy = columns.map((column) => readColumn(column, 'group_by()'));
    return this.#open('group_by', { groupBy: [...this.#plan.groupBy, ...groupBy] });
  }

  /** Only groups for which all conditions hold. */
  having(...conditions: readonly Condition[]): Query<C> {
    const having = conditions.map((condition) => conditionOf(condition, 'having()'));
    return this.#open('having', { having: [...this.#plan.having, ...having] });
  }

  /** Equal rows once. */
  distinct(): Query<C> {
    return this.#with({ distinct: true });
  }

  /** At most so many rows; null takes the limit away. */
  limit(count: number | null): Query<C> {
    return this.#with({ limit: readBound(count, 'limit()') });
  }

  /** Without the first rows. */
  offset(count: number | null): Query<C> {
    return this.#with({ offset: readBound(count, 'offset()') });
  }

  /** Beside a table, the rows for which the condition holds. Tables of the fundamentals are joined by their code without it. */
  join(table: object, condition: Condition): Query<C> {
    return this.#joined(table, condition, false);
  }

  /** As `join`, but rows without a partner stay, with missing values. */
  outerjoin(table: object, condition: Condition): Query<C> {
    return this.#joined(table, condition, true);
  }

  toString(): string {
    const { select, filter, orderBy, groupBy, having, joins, distinct, limit, offset } = this.#plan;
    const list = (expressions: readonly Expression[]): string => expressions.map(expressionText).join(', ');
    const call = (name: string, text: string): string => (text === '' ? '' : `.${name}(${text})`);
    const orders = orderBy.map(({ expression, descending }) => new Ordered(expression, descending).toString());
    return [
      `query(${select.map(selectedText).join(', ')})`,
      ...joins.map(({ table, on, outer }) => call(outer ? 'outerjoin' : 'join', `${table}, ${expressionText(on)}`)),
      call('filter', list(filter)),
      call('group_by', list(groupBy)),
      call('having', list(having)),
      call('order_by', orders.join(', ')),
      distinct ? '.distinct()' : '',
      limit === null ? '' : `.limit(${limit})`,
      offset === null ? '' : `.offset(${offset})`,
    ].join('');
  }

  #joined(table: object, condition: Condition, outer: boolean): Query<C> {
    const name = tableName(table);
    if (name === null) throw badArgument('join()', `needs a table like income, was ${pyRepr(table)}.`);
    const join: Join = { table: name, on: conditionOf(condition, 'join()'), outer };
    return this.#open('join', { joins: [...this.#plan.joins, join] });
  }

  /** As in SQLAlchemy: what is said after a limit would be read as before it. */
  #open(method: string, change: Partial<QueryPlan>): Query<C> {
    if (this.#plan.limit === null && this.#plan.offset === null) return this.#with(change);
    throw new BtError('BAD_QUERY', `${method}() comes after limit() or offset(): put those last.`, {
      fault: 'strategy',
    });
  }

  #with(change: Partial<QueryPlan>): Query<C> {
    return new Query({ ...this.#plan, ...change });
  }
}

/** A question to JoinQuant's tables: `query(valuation.code, income).filter(…)`. Columns are named as in their table; a name that comes again is `code.1`. */
export function query<const S extends readonly Selectable[]>(...columns: S): Query<NamesOf<S[number]>> {
  if (columns.length === 0)
    throw badArgument('query()', 'needs at least one column or table, like query(valuation.code).');
  const select = named(columns.flatMap((column) => selected(column)));
  return new Query(plainPlan(select));
}

/** The plan of a query; BAD_ARGUMENT for anything else. */
export function readQuery(value: unknown, where: string): QueryPlan {
  if (value instanceof Query) return Query.read(value);
  throw badArgument(where, `must be a query like query(valuation.code), was ${pyRepr(value)}.`);
}

type Unnamed = Omit<Selected, 'name'> & { readonly name: string | null };

function selected(value: unknown): readonly Unnamed[] {
  if (value instanceof Column) return [Column.read(value)];
  const table = tableName(value);
  if (table !== null)
    return Object.keys(catalogueTable(table).columns).map((column) => ({
      name: column,
      expression: { op: 'column', table, column },
    }));
  throw badArgument('query()', `takes columns and tables, like query(valuation.code, income), was ${pyRepr(value)}.`);
}

/** What has no name is called as SQLAlchemy calls it: `sum_1`, `anon_1`. */
function named(columns: readonly Unnamed[]): readonly Selected[] {
  const unnamed = new Map<string, number>();
  const taken = new Map<string, number>();
  return columns.map(({ name, expression }) => {
    let own = name;
    if (own === null) {
      const kind = expression.op === 'function' ? expression.name : 'anon';
      const number = (unnamed.get(kind) ?? 0) + 1;
      unnamed.set(kind, number);
      own = `${kind}_${number}`;
    }
    const times = taken.get(own) ?? 0;
    taken.set(own, times + 1);
    return { name: times === 0 ? own : `${own}.${times}`, expression };
  });
}

function selectedText({ name, expression }: Selected): string {
  const text = expressionText(expression);
  return expression.op === 'column' && expression.column === name ? text : `${text} AS ${name}`;
}

function readColumn(value: unknown, where: string): Expression {
  if (value instanceof Column) return Column.read(value).expression;
  throw badArgument(where, `needs columns like valuation.code, was ${pyRepr(value)}.`);
}

function readOrder(value: unknown): Ordering {
  if (value instanceof Ordered) return { expression: value.expression, descending: value.descending };
  return { expression: readColumn(value, 'order_by()'), descending: false };
}

function readBound(value: unknown, where: string): number | null {
  if (value === null) return null;
  const count = readInteger(value, where);
  if (count >= 0) return count;
  throw badArgument(where, `must be 0 or more, was ${count}.`);
}
