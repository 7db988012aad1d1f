// The public face of the strategy API: this list IS the module `jqdata` and the source of the ambient globals.
// A name added here goes into api/names.ts and globals.d.ts too; a test holds the three together.
export { DateTime } from 'luxon';
export { cancel_order, get_open_orders, get_orders, get_trades } from './api/order-queries.ts';
export { batch_cancel_orders, batch_submit_orders } from './api/batch.ts';
export type { BatchOrder } from './api/batch.ts';
export { order, order_target, order_target_value, order_value } from './api/orders.ts';
export { run_daily, run_monthly, run_weekly, unschedule_all } from './api/schedule.ts';
export {
  disable_cache,
  enable_profile,
  record,
  set_benchmark,
  set_commission,
  set_option,
  set_order_cost,
  set_slippage,
  set_universe,
} from './api/settings.ts';
export { log, print } from './api/log.ts';
export { read_file, write_file } from './api/files.ts';
export { send_message } from './api/messages.ts';
export { get_all_trade_days, get_current_data, get_trade_days, normalize_code } from './api/data.ts';
export { get_all_securities, get_security_info } from './api/reference/securities.ts';
export { get_extras } from './api/reference/extras.ts';
export { get_fund_info, get_split_dividend } from './api/reference/funds.ts';
export { get_dominant_future, get_future_contracts, get_trade_day } from './api/reference/futures.ts';
export { get_index_stocks, get_index_weights } from './api/reference/indices.ts';
export {
  get_concept,
  get_concept_stocks,
  get_concepts,
  get_industries,
  get_industry,
  get_industry_stocks,
} from './api/reference/industries.ts';
export { get_billboard_list } from './api/market/billboard.ts';
export { get_call_auction } from './api/market/call-auction.ts';
export { get_current_tick } from './api/market/current-tick.ts';
export { get_all_factors, get_factor_values } from './api/market/factors.ts';
export { get_locked_shares } from './api/market/locked-shares.ts';
export { get_margincash_stocks, get_marginsec_stocks, get_mtss } from './api/market/margin.ts';
export { get_money_flow } from './api/market/money-flow.ts';
export { get_ticks } from './api/market/ticks.ts';
export { get_fundamentals } from './api/fundamentals/get-fundamentals.ts';
export { get_fundamentals_continuously } from './api/fundamentals/continuously.ts';
export { get_history_fundamentals } from './api/fundamentals/get-history-fundamentals.ts';
export { get_valuation } from './api/fundamentals/get-valuation.ts';
export { finance, macro } from './api/fundamentals/run-query.ts';
export { and_, func, not_, or_ } from './query/functions.ts';
export { query } from './query/query.ts';
export {
  balance,
  bank_indicator,
  cash_flow,
  fundamentals,
  income,
  indicator,
  insurance_indicator,
  security_indicator,
  valuation,
} from './query/tables.ts';
export { subscribe, unsubscribe, unsubscribe_all } from './api/subscriptions.ts';
export { get_bars } from './api/get-bars.ts';
export { get_price } from './api/get-price.ts';
export { attribute_history, history } from './api/history.ts';
export { FixedSlippage, OrderCost, PerTrade, PriceRelatedSlippage, StepRelatedSlippage } from './objects/cost.ts';
export { date } from './objects/datetime/date.ts';
export { timedelta } from './objects/datetime/timedelta.ts';
export { g } from './objects/g.ts';
export { DataFrame } from './objects/frame/data-frame.ts';
export { fmt, has, len, sorted } from './objects/frame/helpers.ts';
export { concat, Index, isnull, merge, notnull, pd } from './objects/frame/pandas.ts';
export { Series } from './objects/frame/series.ts';
export { slice } from './objects/frame/slice.ts';
import './builtins/methods.ts';
export * from './builtins/index.ts';
export { standardlize, winsorize, winsorize_med } from './factors/cleaning.ts';
export { neutralize } from './factors/neutralize.ts';
export { portfolio_optimizer } from './optimizer/portfolio-optimizer.ts';
export { stats } from './stats/index.ts';
export { talib } from './indicators/talib/index.ts';
export { OrderStatus } from './objects/order-status.ts';
export {
  LimitOrderStyle,
  MarketOrderStyle,
  StopLimitOrderStyle,
  StopMarketOrderStyle,
} from './objects/order-styles.ts';
export {
  cancel_all_orders,
  create_backtest,
  get_backtest,
  get_factor_kanban_values,
  is_trade_date,
  margincash_close,
  margincash_direct_refund,
  margincash_open,
  marginsec_close,
  marginsec_direct_refund,
  marginsec_open,
  order_lots,
  order_market,
  order_percent,
  order_target_percent,
  purchase,
  redeem,
  send_msg,
  set_redeem_latency,
} from './api/unsupported.ts';
export { inout_cash, set_subportfolios, transfer_cash } from './api/sub-portfolios.ts';
export { SubPortfolioConfig } from './objects/sub-portfolio-config.ts';

export type { Context } from './objects/context.ts';
// What it adds to luxon's DateTime is declared there: an editor reads it only when it is named here.
export type { DateTimeFields } from './objects/datetime/luxon-methods.ts';
export type { Portfolio, SubPortfolio } from './objects/portfolio.ts';
export type { Position } from './objects/position.ts';
export type { Positions } from './objects/positions.ts';
export type { Order } from './objects/order.ts';
export type { Trade } from './objects/trade.ts';
export type { CurrentData, SecurityCurrentData } from './objects/current-data.ts';
export type { BarData, SecurityUnitData } from './objects/bar-data.ts';
export type { SecurityInfo } from './objects/security-info.ts';
export type { BarField } from './objects/bars.ts';
export type { Bytes } from './objects/bytes.ts';
export type { Dict } from './objects/dict.ts';
export type { Row } from './objects/frame/types.ts';
export type { Label } from './objects/frame/types.ts';
export type { Panel } from './objects/frame/panel.ts';
export type { Condition } from './query/column.ts';
export type { Query } from './query/query.ts';
export type { Tick } from './objects/tick.ts';
export type { TimeLike } from './objects/datetime/read-time.ts';
export type { TimeOfDay } from './objects/datetime/time-of-day.ts';
export type { OrderFunction, OrderOptions, Style } from './api/orders.ts';
export type { TaskFunction } from './api/schedule.ts';
