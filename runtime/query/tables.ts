import type { TableSpec } from '../../src/domain/data/catalogue/column.ts';
import { CATALOGUE } from '../../src/domain/data/catalogue/index.ts';
import { strictObject } from '../objects/attributes.ts';
import { queryTable } from './table.ts';
import type { QueryTables } from './table.ts';

const tables = CATALOGUE.fundamentals;

/** Prices against figures of each day: pe_ratio, market_cap in 100M CNY … */
export const valuation = queryTable('valuation', tables.valuation.columns);
/** Ratios of the reported single quarter. */
export const indicator = queryTable('indicator', tables.indicator.columns);
/** Profit and loss of the reported single quarter, CNY. */
export const income = queryTable('income', tables.income.columns);
/** What a company owns and owes, CNY. */
export const balance = queryTable('balance', tables.balance.columns);
/** Cash of the reported single quarter, CNY. */
export const cash_flow = queryTable('cash_flow', tables.cash_flow.columns);
/** Banks, by year. */
export const bank_indicator = queryTable('bank_indicator', tables.bank_indicator.columns);
/** Brokers, by year. */
export const security_indicator = queryTable('security_indicator', tables.security_indicator.columns);
/** Insurers, by year. */
export const insurance_indicator = queryTable('insurance_indicator', tables.insurance_indicator.columns);

/** The same tables under the name that early scripts find them by: `fundamentals.indicator.roe`. [C] */
export const fundamentals = strictObject(
  {
    valuation,
    indicator,
    income,
    balance,
    cash_flow,
    bank_indicator,
    security_indicator,
    insurance_indicator,
  },
  'fundamentals',
);

/** The objects of a database's tables. */
export function tablesOf<T extends Readonly<Record<string, TableSpec>>>(specs: T): QueryTables<T> {
  const made = Object.entries(specs).map(([name, { columns }]) => [name, queryTable(name, columns)]);
  return Object.fromEntries(made) as QueryTables<T>; // one for each name of the list
}
