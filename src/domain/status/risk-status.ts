import type { RiskLimits } from '../order/risk/limits.ts';
import type { RiskRule } from '../order/risk/rule.ts';
import type { DayTally } from '../order/risk/tally.ts';
import type { SeenAccount } from './seen-account.ts';

export type LimitUnit = 'CNY' | 'shares' | 'orders' | 'cancels' | 'actions' | 'names' | '%' | 's' | 'days' | 'codes';

/** A limit with how much of it is used. */
export interface RiskLimitStatus {
  readonly rule: RiskRule;
  /** The setting it comes from. */
  readonly variable: string;
  readonly unit: LimitUnit;
  /** Null = it is off. Of a list of codes: how many it has. */
  readonly limit: number | null;
  /** Null where nothing is used up (a bound of one order), or it is not known. */
  readonly used: number | null;
}

/** Each limit that is a number or a list, in the order in which documents list them. */
const LIMITS: readonly (readonly [keyof RiskLimits, RiskRule, string, LimitUnit])[] = [
  ['maxOrderValue', 'order_value', 'MAX_ORDER_VALUE', 'CNY'],
  ['maxOrderAmount', 'order_amount', 'MAX_ORDER_AMOUNT', 'shares'],
  ['minOrderValue', 'min_order_value', 'MIN_BUY_ORDER_VALUE', 'CNY'],
  ['maxDailyValue', 'daily_value', 'MAX_DAILY_TRADE_VALUE', 'CNY'],
  ['maxDailyOrders', 'daily_orders', 'MAX_DAILY_TRADES', 'orders'],
  ['maxDailyCancels', 'daily_cancels', 'MAX_DAILY_CANCELS', 'cancels'],
  ['maxCancelsPerOrder', 'cancels_per_order', 'MAX_CANCEL_PER_ORDER', 'cancels'],
  ['minCancelInterval', 'cancel_interval', 'MIN_CANCEL_INTERVAL_SECONDS', 's'],
  ['maxActionsPerSecond', 'actions_per_second', 'MAX_ACTIONS_PER_SECOND', 'actions'],
  ['maxDailyActions', 'daily_actions', 'MAX_DAILY_ACTIONS', 'actions'],
  ['maxNames', 'names', 'MAX_STOCK_COUNT', 'names'],
  ['maxWeight', 'weight', 'MAX_POSITION_RATIO', '%'],
  ['maxExposure', 'exposure', 'MAX_EXPOSURE_RATIO', '%'],
  ['allowed', 'allowed', 'ALLOWED_SECURITIES', 'codes'],
  ['denied', 'denied', 'DENIED_SECURITIES', 'codes'],
  ['minListedDays', 'new_listing', 'MIN_LISTED_DAYS', 'days'],
  ['maxPriceDeviation', 'price_deviation', 'MAX_PRICE_DEVIATION', '%'],
  ['duplicateSeconds', 'duplicate', 'DUPLICATE_ORDER_SECONDS', 's'],
  ['maxDailyLoss', 'daily_loss', 'MAX_DAILY_LOSS_RATIO', '%'],
  ['maxDrawdown', 'drawdown', 'MAX_DRAWDOWN_RATIO', '%'],
  ['breakerRejections', 'breaker', 'BREAKER_REJECTIONS', 'orders'],
  ['breakerCancels', 'breaker', 'BREAKER_CANCELS_PER_MINUTE', 'cancels'],
];

/** What of the limits is used: orders and cancels of the day, the account as it was last read, and what losses are reckoned from. */
export interface LimitUse {
  readonly tally: DayTally;
  readonly account: SeenAccount | null;
  /** CNY; null = there is none yet. */
  readonly firstOfDay: number | null;
  readonly best: number | null;
  /** Orders and cancels of this very second; null = not known. */
  readonly actionsNow: number | null;
}

/** Every limit, off or not. */
export function limitsStatus(limits: RiskLimits, use: LimitUse): RiskLimitStatus[] {
  const rows = LIMITS.map(([key, rule, variable, unit]): RiskLimitStatus => {
    const limit = sizeOf(limits[key]);
    return { rule, variable, unit, limit, used: usedOf(rule, use) };
  });
  return limits.noSt ? [...rows, { rule: 'st', variable: 'FORBID_ST', unit: 'codes', limit: 0, used: null }] : rows;
}

function sizeOf(value: RiskLimits[keyof RiskLimits]): number | null {
  if (typeof value === 'number') return value;
  return value instanceof Set ? value.size : null;
}

type Used = (use: LimitUse, account: SeenAccount) => number | null;

/** Of the limits that something is used of; without an account nothing is known of those that ask for it. */
const USED: Partial<Readonly<Record<RiskRule, Used>>> = {
  names: (_, account) => new Set(held(account).map(({ security }) => security)).size,
  weight: (_, account) => largest(account),
  exposure: (_, account) => shareOf(total(held(account)), account.totalValue),
  daily_loss: ({ firstOfDay }, { totalValue }) => lossBelow(firstOfDay, totalValue),
  drawdown: ({ best }, { totalValue }) => lossBelow(best, totalValue),
};

function usedOf(rule: RiskRule, use: LimitUse): number | null {
  const { tally, account, actionsNow } = use;
  if (rule === 'daily_value') return tally.value;
  if (rule === 'daily_orders') return tally.orders;
  if (rule === 'daily_cancels') return tally.cancels;
  if (rule === 'daily_actions') return tally.orders + tally.cancels;
  if (rule === 'actions_per_second') return actionsNow;
  return account === null ? null : (USED[rule]?.(use, account) ?? null);
}

function held({ positions }: SeenAccount): SeenAccount['positions'] {
  return positions.filter(({ amount }) => amount > 0);
}

/** Null as soon as one is not known: a sum of the others would look like the whole. */
function total(positions: SeenAccount['positions']): number | null {
  let sum = 0;
  for (const { value } of positions) {
    if (value === null) return null;
    sum += value;
  }
  return sum;
}

function largest(account: SeenAccount): number | null {
  const bySecurity = [...Map.groupBy(held(account), ({ security }) => security).values()].map(total);
  const known = bySecurity.filter((value) => value !== null);
  return known.length < bySecurity.length ? null : shareOf(Math.max(0, ...known), account.totalValue);
}

function shareOf(part: number | null, whole: number): number | null {
  return part === null || whole <= 0 ? null : (part / whole) * 100;
}

/** Per cent below a mark; 0 above it. */
function lossBelow(mark: number | null, value: number): number | null {
  return mark === null || mark <= 0 ? null : Math.max(0, ((mark - value) / mark) * 100);
}
