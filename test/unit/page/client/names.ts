import type { RiskRule } from '../../../../src/domain/order/risk/rule.ts';
import { INTENT_STATES } from '../../../../src/domain/order/types.ts';

export const IntentStates = INTENT_STATES;

/** Every limit once: one that is missing, or is none, does not compile. */
const RULES: Readonly<Record<RiskRule, true>> = {
  order_value: true,
  order_amount: true,
  min_order_value: true,
  daily_value: true,
  daily_orders: true,
  daily_cancels: true,
  cancels_per_order: true,
  cancel_interval: true,
  actions_per_second: true,
  daily_actions: true,
  names: true,
  weight: true,
  exposure: true,
  allowed: true,
  denied: true,
  st: true,
  new_listing: true,
  price_deviation: true,
  duplicate: true,
  daily_loss: true,
  drawdown: true,
  breaker: true,
  pause: true,
  kill: true,
};

export const RiskRules = Object.keys(RULES);
