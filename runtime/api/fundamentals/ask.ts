import { catalogueTable } from '../../../src/domain/data/catalogue/index.ts';
import type { Database } from '../../../src/domain/data/catalogue/column.ts';
import type { QueryPlan } from '../../../src/domain/data/query-plan.ts';
import { checkPlan } from '../../../src/domain/data/query/no-rows.ts';
import { tablesOf } from '../../../src/domain/data/query/walk.ts';
import { numbersOf, takeRows, textsOf } from '../../../src/domain/data/table.ts';
import type { DataTable } from '../../../src/domain/data/table.ts';
import { BtError } from '../../../src/domain/errors.ts';
import { currentHost } from '../../host.ts';
import { runState } from '../../objects/shared.ts';
import { speakOnce } from '../../objects/speak.ts';
import { badArgument } from '../arguments.ts';
import { today } from '../days.ts';

/** When a question is about: a day as of which the newest is meant, a report's period, or one after the other of several days. */
export interface When {
  readonly day?: string;
  readonly period?: string;
  readonly days?: readonly string[];
}

/** The answer of a database to a plan; the row above `most` is told and left out, as JoinQuant leaves it out. */
export function ask(name: string, database: Database, plan: QueryPlan, when: When, most: number): DataTable {
  // A mistake is told here, in its own words, and not as a request that failed.
  checkPlan(plan);
  const limit = Math.min(plan.limit ?? Infinity, most + 1);
  const { day = null, period = null, days = null } = when;
  const query = { ...plan, limit };
  const table = currentHost().data({ dataset: 'query', params: { database, query, day, period, days } });
  if (days !== null || table.rows <= most) return table;
  tellCut(name, most);
  return firstRows(table, most);
}

export function firstRows(table: DataTable, rows: number): DataTable {
  return takeRows(
    table,
    Array.from({ length: rows }, (_, row) => row),
  );
}

/** By the order in which the securities were asked for, then by a column of days. */
export function bySecurity(table: DataTable, codes: readonly string[], day: string): DataTable {
  const place = new Map<string | null, number>(codes.map((code, i) => [code, i]));
  const own = textsOf(table, 'code').map((code) => place.get(code) ?? codes.length);
  const days = numbersOf(table, day);
  const order = Array.from({ length: table.rows }, (_, row) => row).sort((a, b) => {
    const sign = (own[a] ?? 0) - (own[b] ?? 0);
    return sign === 0 ? (days[a] ?? 0) - (days[b] ?? 0) : sign;
  });
  return takeRows(table, order);
}

/** Says once that there are more rows than a call gives. */
export function tellCut(name: string, most: number): void {
  speakOnce(
    `most-rows:${name}`,
    'system',
    'warning',
    `${name}() gives at most ${most} rows, and there are more: the rest is left out. Ask in parts, by filter() or limit() and offset().`,
  );
}

/** The tables of a plan, which must be tables of this database. */
export function requireDatabase(name: string, plan: QueryPlan, database: Database): readonly string[] {
  const tables = tablesOf(plan);
  for (const table of tables) {
    const { database: own } = catalogueTable(table);
    if (own === database) continue;
    const call = own === 'fundamentals' ? 'get_fundamentals(query)' : `${own}.run_query(query)`;
    throw badArgument(`${name}()`, `cannot ask for ${table}. It is asked for by ${call}.`);
  }
  if (tables.length > 0) return tables;
  throw badArgument(`${name}()`, 'needs a query of at least one column of a table.');
}

/**
 * The day, or today in its place when it has not come yet: nothing of it can be known. With `set_option('avoid_future_data', true)`
 * that is an error, FUTURE_DATA.
 */
export function knownDay(name: string, argument: string, day: string): string {
  const now = today();
  if (day <= now) return day;
  refuseFuture(name, `${argument} ${day}`);
  speakOnce(
    `future:${name}`,
    'system',
    'warning',
    `${name}() was asked for ${argument} ${day}, which has not come yet: what is known on ${now} is given.`,
  );
  return now;
}

/** FUTURE_DATA when the strategy wants that to be an error. */
export function refuseFuture(name: string, what: string): void {
  if (!runState(currentHost()).avoidFutureData) return;
  throw new BtError('FUTURE_DATA', `${name}(): ${what} has not come yet on ${today()}. Ask for an earlier one.`, {
    fault: 'strategy',
  });
}
