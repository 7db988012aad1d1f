import { refusal } from '../refusal.ts';
import { registerUnsupported } from './define-api.ts';

/** A JoinQuant name that exists here only to say so: calling it throws UNSUPPORTED. */
export type Unsupported = (...values: readonly unknown[]) => never;

const MARGIN = 'Margin trading and futures are not supported: trade stocks, funds and convertible bonds.';

const advices = new Map<string, string>();
/** What to do instead of each of these, by name. */
export const UNSUPPORTED: ReadonlyMap<string, string> = advices;

function unsupported(name: string, advice: string): Unsupported {
  registerUnsupported(name, advice);
  advices.set(name, advice);
  return refusal(name, advice);
}

export const margincash_open = unsupported('margincash_open', MARGIN);
export const margincash_close = unsupported('margincash_close', MARGIN);
export const margincash_direct_refund = unsupported('margincash_direct_refund', MARGIN);
export const marginsec_open = unsupported('marginsec_open', MARGIN);
export const marginsec_close = unsupported('marginsec_close', MARGIN);
export const marginsec_direct_refund = unsupported('marginsec_direct_refund', MARGIN);

const OPEN_FUNDS =
  'Open-end funds are subscribed and redeemed at their companies, which no gateway here does: trade a fund of an exchange (ETF, LOF) with order().';
export const purchase = unsupported('purchase', OPEN_FUNDS);
export const redeem = unsupported('redeem', OPEN_FUNDS);
export const set_redeem_latency = unsupported('set_redeem_latency', OPEN_FUNDS);

export const get_factor_kanban_values = unsupported(
  'get_factor_kanban_values',
  'It shows backtests of factors that JoinQuant runs: compare get_factor_values() with later prices.',
);

export const create_backtest = unsupported('create_backtest', 'It belongs to the research environment.');
export const get_backtest = unsupported('get_backtest', 'It belongs to the research environment.');

// Names of other platforms that scripts carry over: not JoinQuant's.
export const order_percent = unsupported(
  'order_percent',
  'Use order_value(code, context.portfolio.total_value * share).',
);
export const order_target_percent = unsupported(
  'order_target_percent',
  'Use order_target_value(code, context.portfolio.total_value * share).',
);
export const order_lots = unsupported('order_lots', 'Use order(code, lots * 100).');
export const order_market = unsupported(
  'order_market',
  'Use order(code, amount): a market order is the default style.',
);
export const cancel_all_orders = unsupported(
  'cancel_all_orders',
  'Loop over get_open_orders().values() and cancel_order() each.',
);
export const is_trade_date = unsupported(
  'is_trade_date',
  'Use get_trade_days({ start_date: day, end_date: day }).length > 0.',
);
export const send_msg = unsupported('send_msg', 'Use send_message(text).');
