/** A value in a condition; a day or an instant is a text `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS`. Null = SQL's null. */
export type Scalar = number | string | boolean | null;

export type Arithmetic = 'add' | 'sub' | 'mul' | 'div' | 'neg';
export type Comparison = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge' | 'like' | 'is_null';
export type Logic = 'and' | 'or' | 'not';
/** SQL's functions; the first row of them are aggregates, over a group or over all rows. */
export type SqlFunction =
  | 'sum'
  | 'avg'
  | 'min'
  | 'max'
  | 'count'
  | 'count_distinct'
  | 'abs'
  | 'round'
  | 'length'
  | 'substr';

/** What a query calculates from a row, as data: made by the query builder, carried over border and wire, evaluated by the source. */
export type Expression =
  | { readonly op: 'column'; readonly table: string; readonly column: string }
  | { readonly op: 'value'; readonly value: Scalar }
  | { readonly op: Arithmetic | Comparison | Logic; readonly args: readonly Expression[] }
  | { readonly op: 'in'; readonly arg: Expression; readonly values: readonly Scalar[] }
  | { readonly op: 'function'; readonly name: SqlFunction; readonly args: readonly Expression[] };

/** A column of the answer. */
export interface Selected {
  readonly name: string;
  readonly expression: Expression;
}

export interface Ordering {
  readonly expression: Expression;
  readonly descending: boolean;
}

/** Tables that are put side by side where the condition holds, beside the natural join on the code. */
export interface Join {
  readonly table: string;
  readonly on: Expression;
  /** True: rows of the left side without a partner stay, with missing values. */
  readonly outer: boolean;
}

/** `query(…).filter(…).order_by(…)…` as data. */
export interface QueryPlan {
  readonly select: readonly Selected[];
  /** All of them must hold. */
  readonly filter: readonly Expression[];
  readonly orderBy: readonly Ordering[];
  readonly groupBy: readonly Expression[];
  /** Conditions on groups. */
  readonly having: readonly Expression[];
  readonly joins: readonly Join[];
  readonly distinct: boolean;
  readonly limit: number | null;
  readonly offset: number | null;
}

/** The rows under these conditions, as they come: no order, groups, joins or limits. */
export function plainPlan(select: readonly Selected[], filter: readonly Expression[] = []): QueryPlan {
  return {
    select,
    filter,
    orderBy: [],
    groupBy: [],
    having: [],
    joins: [],
    distinct: false,
    limit: null,
    offset: null,
  };
}

/** A plan about some securities: the rows whose code, in this table, is one of them. */
export function planFor(select: readonly Selected[], table: string, codes: readonly string[]): QueryPlan {
  return plainPlan(select, [{ op: 'in', arg: { op: 'column', table, column: 'code' }, values: codes }]);
}
