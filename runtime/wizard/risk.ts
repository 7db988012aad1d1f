import { attribute_history } from '../api/history.ts';
import { log } from '../api/log.ts';
import { order_target_value } from '../api/orders.ts';
import { badArgument } from '../api/arguments.ts';
import type { Context } from '../objects/context.ts';
import { g } from '../objects/g.ts';
import { canonicalSecurity } from '../../src/domain/market/symbol.ts';
import { CONTEXT, number, OPEN_LIST, OPTIONAL_SECURITY, whole, wizard } from './define.ts';

type Open = string[] | null;
type Stop = (context: Context, limit?: number, open_sell_securities?: Open) => void;
type IndexStop = (
  context: Context,
  n?: number,
  ...rest: (number | string | Open | { readonly stoploss_index?: string })[]
) => void;

/** What all positions cost, in yuan. */
export function get_all_avg_cost(context: Context): number {
  return context.portfolio.positions
    .values()
    .reduce((sum, position) => sum + position.total_amount * position.avg_cost, 0);
}

/** Sells a position whole; what is still held afterwards is added to the list, for another day. */
export function sellWhole(context: Context, security: string, open: Open): void {
  order_target_value(security, 0);
  if (!context.portfolio.positions.has(security)) return;
  log.info(`${security} was not sold whole: it is on the list for the next trading day.`);
  if (open !== null && !open.includes(security)) open.push(security);
}

function sellAll(context: Context, open: Open, flag: 'daily_risk_management' | 'risk_management_signal'): void {
  for (const security of context.portfolio.positions.keys()) sellWhole(context, security, open);
  Reflect.set(g, flag, false);
}

/** Gain of the positions against what they cost, as a share. */
function gain(context: Context): number {
  return context.portfolio.positions_value / get_all_avg_cost(context) - 1;
}

const limited = (fallback: number, name: 'loss' | 'profit') =>
  ({ context: CONTEXT, [name]: number(fallback), open_sell_securities: OPEN_LIST }) as const;

/** Sells all when the positions together have lost the share `loss`; `g.daily_risk_management` becomes false. */
export const portfolio_stoploss: Stop = wizard('portfolio_stoploss', limited(1, 'loss'), (a) => {
  if (a.context.portfolio.positions.length > 0 && -gain(a.context) >= Number(a['loss'])) {
    sellAll(a.context, a.open_sell_securities, 'daily_risk_management');
  }
});

export const portfolio_stopprofit: Stop = wizard('portfolio_stopprofit', limited(1, 'profit'), (a) => {
  if (a.context.portfolio.positions.length > 0 && gain(a.context) >= Number(a['profit'])) {
    sellAll(a.context, a.open_sell_securities, 'daily_risk_management');
  }
});

/** Sells all when the strategy has lost the share `loss` since its start; `g.risk_management_signal` becomes false. */
export const portfolio_max_stoploss: Stop = wizard('portfolio_max_stoploss', limited(1, 'loss'), (a) => {
  if (-a.context.portfolio.returns >= Number(a['loss'])) {
    sellAll(a.context, a.open_sell_securities, 'risk_management_signal');
  }
});

export const portfolio_max_stopprofit: Stop = wizard('portfolio_max_stopprofit', limited(1, 'profit'), (a) => {
  if (a.context.portfolio.returns >= Number(a['profit'])) {
    sellAll(a.context, a.open_sell_securities, 'risk_management_signal');
  }
});

/** Sells each position that has lost the share `loss` of its cost. */
export const security_stoploss: Stop = wizard('security_stoploss', limited(0.1, 'loss'), (a) => {
  for (const [security, { price, avg_cost }] of a.context.portfolio.positions.items()) {
    if (1 - price / avg_cost >= Number(a['loss'])) sellWhole(a.context, security, a.open_sell_securities);
  }
});

export const security_stopprofit: Stop = wizard('security_stopprofit', limited(0.1, 'profit'), (a) => {
  for (const [security, { price, avg_cost }] of a.context.portfolio.positions.items()) {
    if (price / avg_cost - 1 >= Number(a['profit'])) sellWhole(a.context, security, a.open_sell_securities);
  }
});

function closesOf(name: string, index: string | null, count: number): Float64Array {
  const known: unknown = index ?? Reflect.get(g, 'index');
  if (typeof known !== 'string') throw badArgument(`${name}()`, "needs stoploss_index, or g.index = '000300.XSHG'.");
  return (
    attribute_history(canonicalSecurity(known), count, { fields: ['close'], df: false })['close'] ?? new Float64Array(0)
  );
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Sells all when the index fell through its mean of n days yesterday. */
export const index_stoploss_sicha: IndexStop = wizard(
  'index_stoploss_sicha',
  { context: CONTEXT, n: whole(60), open_sell_securities: OPEN_LIST, stoploss_index: OPTIONAL_SECURITY },
  (a) => {
    const closes = closesOf('index_stoploss_sicha', a.stoploss_index, a.n + 2);
    const [before = NaN, last = NaN] = closes.slice(-2);
    if (before > mean(closes.slice(0, -2)) && last < mean(closes.slice(1, -1))) {
      sellAll(a.context, a.open_sell_securities, 'daily_risk_management');
    }
  },
);

/** Sells all when the index has lost the share `zs` in n days. */
export const index_stoploss_diefu: IndexStop = wizard(
  'index_stoploss_diefu',
  {
    context: CONTEXT,
    n: whole(10),
    zs: number(0.03),
    open_sell_securities: OPEN_LIST,
    stoploss_index: OPTIONAL_SECURITY,
  },
  (a) => {
    const closes = closesOf('index_stoploss_diefu', a.stoploss_index, a.n + 2);
    if (1 - (closes.at(-1) ?? NaN) / (closes[0] ?? NaN) >= a.zs) {
      sellAll(a.context, a.open_sell_securities, 'daily_risk_management');
    }
  },
);
