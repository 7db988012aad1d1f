/** Each function logs how long its question took; `performance` is the machine's own time, the strategy's `Date` the market's. */
export const STRATEGY = `
import {
  g, balance, cash_flow, get_all_securities, get_current_data, get_factor_values, get_fundamentals, history, income, indicator, log,
  query, valuation,
} from 'jqdata';

export function initialize() {}

function measured(ask, rows) {
  const began = performance.now();
  const size = ask();
  const spent = performance.now() - began;
  if (size < rows) throw new Error('an answer of ' + size + ' rows');
  log.info(JSON.stringify([spent]));
}

export function securities() {
  measured(() => get_all_securities('stock').length, 4000);
}

function wholeMarket(day) {
  const { code, market_cap, pe_ratio, pb_ratio, ps_ratio, circulating_market_cap } = valuation;
  const { roe, roa, eps, inc_net_profit_year_on_year, gross_profit_margin, adjusted_profit } = indicator;
  const { net_profit, operating_revenue, np_parent_company_owners } = income;
  const { total_assets, total_liability, retained_profit } = balance;
  const { net_operate_cash_flow, subtotal_operate_cash_inflow } = cash_flow;
  return get_fundamentals(
    query(code, market_cap, pe_ratio, pb_ratio, ps_ratio, circulating_market_cap, roe, roa, eps, inc_net_profit_year_on_year,
      gross_profit_margin, adjusted_profit, net_profit, operating_revenue, np_parent_company_owners, total_assets,
      total_liability, retained_profit, net_operate_cash_flow, subtotal_operate_cash_inflow)
      .order_by(market_cap.asc())
      .limit(5000),
    day,
  );
}

export function screen() {
  measured(() => {
    const table = wholeMarket();
    if (!('codes' in g)) g.codes = table.code.to_list().slice(-300);
    return table.length;
  }, 4000);
}

let days = 0;
export function another() {
  days += 1;
  measured(() => wholeMarket('2026-05-' + String(days).padStart(2, '0')).length, 4000);
}

export function closes() {
  measured(() => history(250, '1d', 'close', g.codes).shape[1], 300);
}

export function current() {
  measured(() => {
    const data = get_current_data();
    return g.codes.filter((code) => data[code].last_price > 0).length;
  }, 280);
}

export function factors() {
  measured(
    () => get_factor_values(g.codes, ['roe_ttm', 'VOL20', 'size'], { count: 20 }).VOL20.shape[1],
    300,
  );
}`;
