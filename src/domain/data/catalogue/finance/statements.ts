import { BALANCE_ITEMS } from '../balance.ts';
import { CASH_FLOW_ITEMS } from '../cash-flow.ts';
import { defineTable } from '../column.ts';
import type { TableSpec } from '../column.ts';
import { INCOME_ITEMS } from '../income.ts';
import { STATEMENT_HEAD } from './heads.ts';

// Statements as published, flows accumulated since the first of January, one row a report; lines as in the tables of fundamentals.

const REPORT: Omit<TableSpec, 'columns'> = { database: 'finance', rows: 'event' };

/** Profit and loss of the group. */
export const STK_INCOME_STATEMENT = defineTable(REPORT, { ...STATEMENT_HEAD, ...INCOME_ITEMS });

/** Cash of the group. */
export const STK_CASHFLOW_STATEMENT = defineTable(REPORT, { ...STATEMENT_HEAD, ...CASH_FLOW_ITEMS });

/** What the group owns and owes. */
export const STK_BALANCE_SHEET = defineTable(REPORT, { ...STATEMENT_HEAD, ...BALANCE_ITEMS });
