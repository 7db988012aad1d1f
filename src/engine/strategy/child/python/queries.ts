import * as jqdata from '../../../../../runtime/index.ts';
import { Column, Ordered, Query } from '../../../../../runtime/foreign.ts';
import { BtError } from '../../../../domain/errors.ts';

/** Methods of a column, in Python's operators and names. */
const COLUMN_METHODS: ReadonlySet<string> = new Set(
  'gt ge lt le eq ne is_ isnot in_ notin_ between like add sub mul div neg and or not asc desc label'.split(' '),
);
const QUERY_METHODS: ReadonlySet<string> = new Set(
  'filter order_by group_by having distinct limit offset join outerjoin'.split(' '),
);

type Method = (...args: readonly unknown[]) => unknown;

/** A table by its name: `valuation`, `finance.STK_XR_XD`. Throws as the name does in a strategy. */
export function tableOf(name: string): object {
  const [first = '', second] = name.split('.');
  if (second !== undefined && first === 'finance') return member(jqdata.finance, second) as object;
  if (second !== undefined && first === 'macro') return member(jqdata.macro, second) as object;
  const found: unknown = Object.hasOwn(FUNDAMENTALS, first) ? FUNDAMENTALS[first] : undefined;
  if (found !== undefined && second === undefined) return found as object;
  throw new BtError('UNKNOWN_TABLE', `There is not a table ${name}. Look it up in the list of tables.`, {
    fault: 'strategy',
  });
}

/** A column of a table. */
export function columnIn(table: string, column: string): unknown {
  return member(tableOf(table), column);
}

/** What a method of a column (or of one with a direction) gives; of a number, that of the column which always holds it: `2 / column`. */
export function columnMethod(value: unknown, name: string, args: readonly unknown[]): unknown {
  const on = typeof value === 'number' ? new Column({ op: 'value', value }) : value;
  if (!(on instanceof Column || on instanceof Ordered) || !COLUMN_METHODS.has(name)) throw noMethod(name);
  return called(on, name, args);
}

/** `and_`, `func.sum` … */
export function applied(name: string, args: readonly unknown[]): unknown {
  const [first = '', second] = name.split('.');
  if (first === 'func' && second !== undefined && Object.hasOwn(jqdata.func, second))
    return called(jqdata.func, second, args);
  if (second === undefined && (first === 'and_' || first === 'or_' || first === 'not_')) {
    return called({ and_: jqdata.and_, or_: jqdata.or_, not_: jqdata.not_ }, first, args);
  }
  throw noMethod(name);
}

export type QueryStep = readonly [method: string, args: readonly unknown[]];

/** `query(…)` with what was called on it, in that order. */
export function queryOf(columns: readonly unknown[], steps: readonly QueryStep[]): unknown {
  let query: unknown = Reflect.apply(jqdata.query as Method, null, columns);
  for (const [name, args] of steps) {
    if (!(query instanceof Query) || !QUERY_METHODS.has(name)) throw noMethod(name);
    query = called(query, name, args);
  }
  return query;
}

const FUNDAMENTALS: Readonly<Record<string, object>> = {
  valuation: jqdata.valuation,
  indicator: jqdata.indicator,
  income: jqdata.income,
  balance: jqdata.balance,
  cash_flow: jqdata.cash_flow,
  bank_indicator: jqdata.bank_indicator,
  security_indicator: jqdata.security_indicator,
  insurance_indicator: jqdata.insurance_indicator,
};

/** Tables a query can be written with, by the names that `tableOf` takes. */
export function tableNames(): readonly string[] {
  const tables = (database: object): string[] => Object.keys(database).filter((name) => name !== 'run_query');
  return [
    ...Object.keys(FUNDAMENTALS),
    ...tables(jqdata.finance).map((name) => `finance.${name}`),
    ...tables(jqdata.macro).map((name) => `macro.${name}`),
  ];
}

/** The columns of a table by its name; null when it is none. */
export function columnNames(name: string): readonly string[] | null {
  return tableNames().includes(name) ? Object.keys(tableOf(name)) : null;
}

/** Reading a name that is not there throws, as for a strategy. */
function member(of: object, name: string): unknown {
  return Reflect.get(of, name);
}

function called(on: object, name: string, args: readonly unknown[]): unknown {
  const method: unknown = Reflect.get(on, name);
  if (typeof method !== 'function') throw noMethod(name);
  return Reflect.apply(method, on, args);
}

function noMethod(name: string): BtError {
  return new BtError('BAD_QUERY', `a query has no '${name}' here: look at what query(), columns and func have.`, {
    fault: 'strategy',
  });
}
