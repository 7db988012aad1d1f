import { closestName } from '../../../src/domain/closest-name.ts';
import type { Database, TableSpec } from '../../../src/domain/data/catalogue/column.ts';
import { CATALOGUE } from '../../../src/domain/data/catalogue/index.ts';
import { tablesOf as tablesIn } from '../../../src/domain/data/query/walk.ts';
import { BtError } from '../../../src/domain/errors.ts';
import type { DataFrame } from '../../objects/frame/types.ts';
import { readOnlyError } from '../../objects/guard.ts';
import { frameOfTable } from '../../objects/table-frame.ts';
import { readQuery } from '../../query/query.ts';
import type { Query } from '../../query/query.ts';
import { isProbe } from '../../query/table.ts';
import type { QueryTables } from '../../query/table.ts';
import { tablesOf } from '../../query/tables.ts';
import type { QueryPlan } from '../../../src/domain/data/query-plan.ts';
import { badArgument, required } from '../arguments.ts';
import type { Arg } from '../arguments.ts';
import { ANY_PHASE, defineApi } from '../define-api.ts';
import { ask, requireDatabase } from './ask.ts';
import { valuationRows } from './valuation-rows.ts';

/** Rows of one answer. */
const MOST_ROWS = 4000;

/** `finance.run_query(q)`: the rows of one table as they were published; days are dates, at most 4,000 rows. */
export type RunQuery = <C extends string>(query_object: Query<C>) => DataFrame<C>;

function runQuery(database: Exclude<Database, 'fundamentals'>): RunQuery {
  const name = `${database}.run_query`;
  return defineApi<{ query_object: Arg<QueryPlan> }, RunQuery>(
    { name, phases: ANY_PHASE, args: { query_object: required(readQuery) } },
    ({ query_object: plan }) => {
      const asked = tablesIn(plan);
      if (database === 'finance' && asked.length === 1 && asked[0] === 'valuation')
        return frameOfTable(valuationRows(name, plan, MOST_ROWS), { days: 'date', index: null });
      const tables = requireDatabase(name, plan, database);
      if (tables.length > 1)
        throw badArgument(`${name}()`, `asks one table at a time, not ${tables.join(' and ')}. Merge the answers.`);
      return frameOfTable(ask(name, database, plan, {}, MOST_ROWS), { days: 'date', index: null });
    },
  );
}

/** The tables of a database beside its `run_query`. A misspelt table throws UNKNOWN_TABLE with the near one. */
function databaseOf<T extends Readonly<Record<string, TableSpec>>>(
  name: Exclude<Database, 'fundamentals'>,
  specs: T,
): QueryTables<T> & { readonly run_query: RunQuery } {
  const members = { ...tablesOf(specs), run_query: runQuery(name) };
  const refuse = (_target: object, key: string | symbol): never => {
    throw readOnlyError(name, String(key));
  };
  const guarded = new Proxy<object>(Object.freeze(members), {
    get(target, key) {
      if (typeof key === 'symbol' || Object.hasOwn(target, key) || isProbe(key))
        return Reflect.get(target, key) as unknown;
      const near = closestName(key, Object.keys(target));
      const advice = near === null ? 'Look it up in the list of tables.' : `Did you mean ${name}.${near}?`;
      throw new BtError('UNKNOWN_TABLE', `There is not a table ${name}.${key}. ${advice}`, { fault: 'strategy' });
    },
    set: refuse,
    defineProperty: refuse,
    deleteProperty: refuse,
  });
  return guarded as typeof members; // the proxy answers them
}

/** Dividends, holders, links to Hong Kong, funds … : `finance.run_query(query(finance.STK_XR_XD).filter(…))`. */
export const finance = databaseOf('finance', CATALOGUE.finance);
/** Figures of the economy: `macro.run_query(query(macro.MAC_CPI_MONTH))`. */
export const macro = databaseOf('macro', CATALOGUE.macro);
