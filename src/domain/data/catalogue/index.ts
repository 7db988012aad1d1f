import { closestName } from '../../closest-name.ts';
import { BtError } from '../../errors.ts';
import { balance } from './balance.ts';
import { cash_flow } from './cash-flow.ts';
import type { ColumnSpec, Database, TableSpec } from './column.ts';
import * as companies from './finance/companies.ts';
import * as dividends from './finance/dividends.ts';
import * as funds from './finance/funds.ts';
import * as holders from './finance/holders.ts';
import * as links from './finance/links.ts';
import * as markets from './finance/markets.ts';
import * as statements from './finance/statements.ts';
import { income } from './income.ts';
import { indicator } from './indicator.ts';
import * as macro from './macro.ts';
import { bank_indicator, insurance_indicator, security_indicator } from './sectors.ts';
import { valuation } from './valuation.ts';

/** Every table of JoinQuant's that is known here, by database and name: its columns with kind, unit and meaning. */
export const CATALOGUE = {
  fundamentals: {
    valuation,
    indicator,
    income,
    balance,
    cash_flow,
    bank_indicator,
    security_indicator,
    insurance_indicator,
  },
  finance: {
    ...dividends,
    ...companies,
    ...holders,
    ...links,
    ...markets,
    ...funds,
    ...statements,
  },
  macro: { ...macro },
} as const satisfies Readonly<Record<Database, Readonly<Record<string, TableSpec>>>>;

const BY_NAME: ReadonlyMap<string, TableSpec> = new Map(
  Object.values(CATALOGUE).flatMap((tables) => Object.entries(tables)),
);

/** The table of a name; BtError UNKNOWN_TABLE with the name that was probably meant. */
export function catalogueTable(name: string): TableSpec {
  const table = BY_NAME.get(name);
  if (table !== undefined) return table;
  throw unknown('UNKNOWN_TABLE', `a table ${name.slice(0, 60)}`, closestName(name, [...BY_NAME.keys()]));
}

/** The column of a table; BtError UNKNOWN_COLUMN with the name that was probably meant. */
export function catalogueColumn(table: string, column: string): ColumnSpec {
  const { columns } = catalogueTable(table);
  const spec = Object.hasOwn(columns, column) ? columns[column] : undefined;
  if (spec !== undefined) return spec;
  const near = closestName(column, Object.keys(columns));
  throw unknown(
    'UNKNOWN_COLUMN',
    `a column ${table}.${column.slice(0, 60)}`,
    near === null ? null : `${table}.${near}`,
  );
}

function unknown(code: string, what: string, near: string | null): BtError {
  const advice = near === null ? 'Look it up in the list of tables.' : `Did you mean ${near}?`;
  return new BtError(code, `There is not ${what}. ${advice}`, { fault: 'strategy' });
}
