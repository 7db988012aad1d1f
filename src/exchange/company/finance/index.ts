import type { Needed } from '../../../domain/data/query/sources.ts';
import type { DataTable } from '../../../domain/data/table.ts';
import type { Steps } from '../../../domain/steps.ts';
import type { Market } from '../../market.ts';
import { STK_AH_PRICE_COMP } from './abroad.ts';
import { STK_AUDIT_OPINION, STK_CAPITAL_CHANGE, STK_COMPANY_INFO, STK_EMPLOYEE_INFO, STK_LIST } from './companies.ts';
import { STK_XR_XD } from './dividends.ts';
import { madeTable, type EventSources } from './event-table.ts';
import { STK_FIN_FORCAST } from './forecasts.ts';
import { FUND_DIVIDEND, FUND_MAIN_INFO, FUND_NET_VALUE, FUND_PORTFOLIO_STOCK, FUND_SHARE_DAILY } from './funds.ts';
import { STK_HOLDER_NUM, STK_SHAREHOLDER_FLOATING_TOP10, STK_SHAREHOLDER_TOP10, STK_SHARES_PLEDGE } from './holders.ts';
import { SW1_DAILY_VALUATION } from './industries.ts';
import { STK_EL_TOP_ACTIVATE, STK_HK_HOLD_INFO, STK_ML_QUOTA } from './links.ts';
import * as macro from './macro.ts';
import { STK_EXCHANGE_TRADE_INFO } from './markets.ts';
import { STK_BALANCE_SHEET, STK_CASHFLOW_STATEMENT, STK_INCOME_STATEMENT } from './statements.ts';

/** Every table of the databases finance and macro that the paper market fills. */
const SOURCES: EventSources = {
  STK_XR_XD,
  STK_LIST,
  STK_COMPANY_INFO,
  STK_AUDIT_OPINION,
  STK_CAPITAL_CHANGE,
  STK_EMPLOYEE_INFO,
  STK_FIN_FORCAST,
  STK_SHAREHOLDER_TOP10,
  STK_SHAREHOLDER_FLOATING_TOP10,
  STK_HOLDER_NUM,
  STK_SHARES_PLEDGE,
  STK_INCOME_STATEMENT,
  STK_CASHFLOW_STATEMENT,
  STK_BALANCE_SHEET,
  STK_ML_QUOTA,
  STK_EXCHANGE_TRADE_INFO,
  STK_HK_HOLD_INFO,
  STK_EL_TOP_ACTIVATE,
  STK_AH_PRICE_COMP,
  FUND_MAIN_INFO,
  FUND_NET_VALUE,
  FUND_SHARE_DAILY,
  FUND_DIVIDEND,
  FUND_PORTFOLIO_STOCK,
  SW1_DAILY_VALUATION,
  ...macro,
};

/** Their names. */
export const FILLED: readonly string[] = Object.keys(SOURCES);

/** What is needed of a table, as it was known at an instant. */
export function eventTable(market: Market, needed: Needed, asOf: number): Steps<DataTable> {
  return madeTable(market, SOURCES, needed, asOf);
}
