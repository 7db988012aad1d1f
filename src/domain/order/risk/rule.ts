import type { PlannedOrder } from '../plan.ts';
import type { Side } from '../../trading.ts';
import type { Working } from '../reserves.ts';
import type { AccountView } from '../types.ts';
import type { RiskLimits } from './limits.ts';
import type { DayTally } from './tally.ts';

/** The name of a limit, as settings, ledger, log and page spell it. */
export type RiskRule =
  | 'order_value'
  | 'order_amount'
  | 'min_order_value'
  | 'daily_value'
  | 'daily_orders'
  | 'daily_cancels'
  | 'cancels_per_order'
  | 'cancel_interval'
  | 'actions_per_second'
  | 'daily_actions'
  | 'names'
  | 'weight'
  | 'exposure'
  | 'allowed'
  | 'denied'
  | 'st'
  | 'new_listing'
  | 'price_deviation'
  | 'duplicate'
  | 'daily_loss'
  | 'drawdown'
  | 'breaker'
  | 'pause'
  | 'kill';

export interface Denial {
  readonly rule: RiskRule;
  /** Why, and what the user can do. */
  readonly text: string;
}

/** An order that was planned a moment ago, for the guard against the same one again and again. */
export interface RecentOrder {
  readonly security: string;
  readonly side: Side;
  readonly amount: number;
  readonly price: number;
  /** Market time, epoch ms. */
  readonly at: number;
}

/** What is known of a security where a limit asks for it; null = it could not be had. */
export interface RiskSecurity {
  readonly isSt: boolean | null;
  /** Calendar days since its listing. */
  readonly listedDays: number | null;
}

export interface RuleInputs {
  readonly limits: RiskLimits;
  readonly tally: DayTally;
  /** The account as the order's owner sees it. */
  readonly account: AccountView;
  /** Own orders that are not settled. */
  readonly working: readonly Working[];
  readonly lastPrice: number | null;
  readonly recent: readonly RecentOrder[];
  readonly security: RiskSecurity;
  /** Market time, epoch ms. */
  readonly now: number;
}

/** Why orders are not sent by one limit, or null. */
export type Rule = (orders: readonly PlannedOrder[], total: Total, inputs: RuleInputs) => Denial | null;

/** One strategy order: all its exchange orders together. */
export interface Total {
  readonly security: string;
  readonly side: Side;
  readonly amount: number;
  readonly price: number;
  readonly value: number;
}

export function over(value: number, limit: number | null): limit is number {
  return limit !== null && value > limit;
}

export function denied(rule: RiskRule, why: string): Denial {
  return { rule, text: `limit ${rule}: ${why}.` };
}
