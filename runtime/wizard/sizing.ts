import { get_current_data, get_trade_days } from '../api/data.ts';
import { get_fundamentals } from '../api/fundamentals/get-fundamentals.ts';
import { order } from '../api/orders.ts';
import { oneOf } from '../api/readers.ts';
import { optional } from '../api/arguments.ts';
import type { Context } from '../objects/context.ts';
import { query } from '../query/query.ts';
import { valuation } from '../query/tables.ts';
import { CONTEXT, NUMBER, number, OPEN_LIST, OPTIONAL_NUMBER, SECURITIES, SECURITY, whole, wizard } from './define.ts';
import { sellWhole } from './risk.ts';

const STYLES = ['by_amount', 'by_cap_mean', 'by_market_cap_percent', 'by_circulating_market_cap_percent'] as const;
type Style = (typeof STYLES)[number];

function dayOpen(security: string): number {
  return get_current_data().get(security).day_open;
}

/** Whole lots that a value buys at today's opening price; 0 where there is none. */
function lots(security: string, value: number): number {
  const shares = Math.floor(value / dayOpen(security) / 100) * 100;
  return Number.isFinite(shares) ? shares : 0;
}

type Proportion = (context: Context, security: string, value: number, security_max_proportion?: number) => number;

/** What may be bought of a security, so that it is at most that share of the portfolio, in yuan. */
export const judge_security_max_proportion: Proportion = wizard(
  'judge_security_max_proportion',
  { context: CONTEXT, security: SECURITY, value: NUMBER, security_max_proportion: number(1) },
  ({ context, security, value, security_max_proportion }) => {
    const { total_value, positions } = context.portfolio;
    if (!positions.has(security)) return Math.min(value, total_value * security_max_proportion);
    const { total_amount, avg_cost } = positions.get(security);
    const left = security_max_proportion - (total_amount * avg_cost) / total_value;
    return left > 0 ? left * total_value : 0;
  },
);

type MaxBuy = (
  security: string,
  value: number,
  ...rest: (number | null | { readonly max_buy_value?: number | null; readonly max_buy_amount?: number | null })[]
) => number;

/** Shares in whole lots for a value, at most for `max_buy_value` yuan, or at most `max_buy_amount`. */
export const max_buy_value_or_amount: MaxBuy = wizard(
  'max_buy_value_or_amount',
  { security: SECURITY, value: NUMBER, max_buy_value: OPTIONAL_NUMBER, max_buy_amount: OPTIONAL_NUMBER },
  ({ security, value, max_buy_value, max_buy_amount }) => {
    if (max_buy_value !== null) return lots(security, Math.min(value, max_buy_value));
    return max_buy_amount === null ? lots(security, value) : Math.min(lots(security, value), max_buy_amount);
  },
);

type Sell = (
  context: Context,
  security: string,
  ...rest: (
    | number
    | null
    | string[]
    | {
        readonly amount?: number | null;
        readonly percent?: number | null;
        readonly open_sell_securities?: string[] | null;
      }
  )[]
) => void;

/** Sells so many shares, or a share of them, or all; a position of one lot is sold whole. */
export const sell_by_amount_or_percent_or_none: Sell = wizard(
  'sell_by_amount_or_percent_or_none',
  {
    context: CONTEXT,
    security: SECURITY,
    amount: OPTIONAL_NUMBER,
    percent: OPTIONAL_NUMBER,
    open_sell_securities: OPEN_LIST,
  },
  ({ context, security, amount, percent, open_sell_securities }) => {
    const held = context.portfolio.positions.get(security).total_amount;
    const part = amount ?? (percent === null ? null : Math.floor((percent * held) / 100) * 100);
    if (part === null || held <= 100) sellWhole(context, security, open_sell_securities);
    else if (part > 0) order(security, -part);
  },
);

type OrderStyle = (
  context: Context,
  security_list: string | Iterable<string>,
  ...rest: (
    | number
    | string
    | { readonly max_hold_stocknum?: number; readonly style?: Style; readonly amount?: number }
  )[]
) => Record<string, number>;

/** Yuan for each security: for so many shares, equal parts of the portfolio, or parts of the cash by market value. */
export const order_style: OrderStyle = wizard(
  'order_style',
  {
    context: CONTEXT,
    security_list: SECURITIES,
    max_hold_stocknum: whole(5),
    style: optional(oneOf(STYLES), 'by_cap_mean'),
    amount: number(100),
  },
  ({ context, security_list, max_hold_stocknum, style, amount }) => {
    if (security_list.length === 0) return {};
    if (style === 'by_amount') {
      return Object.fromEntries(
        security_list.map((code) => {
          const price = dayOpen(code);
          return [code, Number.isNaN(price) ? 0 : price * amount];
        }),
      );
    }
    const { total_value, available_cash } = context.portfolio;
    if (style === 'by_cap_mean') {
      return Object.fromEntries(security_list.map((code) => [code, total_value / max_hold_stocknum]));
    }
    const column = style === 'by_market_cap_percent' ? valuation.market_cap : valuation.circulating_market_cap;
    const table = get_fundamentals(
      query(valuation.code, column.label('size_')).filter(valuation.code.in_(security_list)),
    );
    const sizes = table.size_.tolist();
    const total = sizes.reduce((sum, size) => sum + size, 0);
    return Object.fromEntries(
      table.code.tolist().map((code, i) => [code, (available_cash * (sizes[i] ?? NaN)) / total]),
    );
  },
);

type Days = (context: Context, security: string, n?: number) => boolean;

/** Trading days since a position was opened, both included. */
function heldDays(context: Context, security: string): number {
  const { init_time } = context.portfolio.positions.get(security);
  return init_time === null ? NaN : get_trade_days({ start_date: init_time, end_date: context.current_dt }).length;
}

/** False while a position is held for at most n trading days. */
export const not_sell_in_n_days: Days = wizard(
  'not_sell_in_n_days',
  { context: CONTEXT, security: SECURITY, n: whole(10) },
  ({ context, security, n }) => !(heldDays(context, security) <= n),
);

/** True when a position is held for more than n trading days. */
export const max_hold_days: Days = wizard(
  'max_hold_days',
  { context: CONTEXT, security: SECURITY, n: whole(60) },
  ({ context, security, n }) => heldDays(context, security) > n,
);
