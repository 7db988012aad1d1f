import type { TableSpec } from '../../src/domain/data/catalogue/column.ts';
import { CATALOGUE } from '../../src/domain/data/catalogue/index.ts';
import { queryTable } from './table.ts';
import type { QueryTables } from './table.ts';

const { fundamentals } = CATALOGUE;

/** Prices against figures of each day: pe_ratio, market_cap in 100M CNY … */
export const valuation = queryTable('valuation', fundamentals.valuation.columns);
/** Ratios of the reported single quarter. */
export const indicator = queryTable('indicator', fundamentals.indicator.columns);
/** Profit and loss of the reported single quarter, CNY. */
export const income = queryTable('income', fundamentals.income.columns);
/** What a company owns and owes, CNY. */
export const balance = queryTable('balance', fundamentals.balance.columns);
/** Cash of the reported single quarter, CNY. */
export const cash_flow = queryTable('cash_flow', fundamentals.cash_flow.columns);
/** Banks, by year. */
export const bank_indicator = queryTable('bank_indicator', fundamentals.bank_indicator.columns);
/** Brokers, by year. */
export const security_indicator = queryTable('security_indicator', fundamentals.security_indicator.columns);
/** Insurers, by year. */
export const insurance_indicator = queryTable('insurance_indicator', fundamentals.insurance_indicator.columns);

/** The objects of a database's tables. */
export function tablesOf<T extends Readonly<Record<string, TableSpec>>>(specs: T): QueryTables<T> {
  const tables = Object.entries(specs).map(([name, { columns }]) => [name, queryTable(name, columns)]);
  return Object.fromEntries(tables) as QueryTables<T>; // one for each name of the list
}
