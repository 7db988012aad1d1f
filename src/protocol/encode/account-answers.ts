import type { GatewayAccount, GatewayPosition } from '../../domain/gateway.ts';
import type { JsonObject } from '../json.ts';
import { dictAnswer } from './answers.ts';

type Holding = Pick<
  GatewayPosition,
  'security' | 'name' | 'amount' | 'closeableAmount' | 'avgCost' | 'lastPrice' | 'marketValue'
>;
type Totals = Pick<GatewayAccount, 'availableCash' | 'totalValue'> &
  Partial<Pick<GatewayAccount, 'frozenCash' | 'marketValue'>>;

/** The wire's names of what is held. */
export function holdingFields(position: Holding): JsonObject {
  return {
    security: position.security,
    name: position.name,
    amount: position.amount,
    closeable_amount: position.closeableAmount,
    avg_cost: position.avgCost,
    last_price: position.lastPrice,
    market_value: position.marketValue,
  };
}

/** The wire's names of what the server knows of a holding beside the gateway. */
export function heldFields(
  { profit, profitRate }: { readonly profit: number | null; readonly profitRate: number | null },
  held: { readonly days: number; readonly atLeast: boolean } | null,
): JsonObject {
  const days = held === null ? {} : { days_held: held.days, days_held_at_least: held.atLeast };
  return { profit, profit_rate: profitRate, ...days };
}

/** The wire's names of an account's money. */
export function totalsFields(account: Totals): JsonObject {
  return {
    available_cash: account.availableCash,
    frozen_cash: account.frozenCash,
    market_value: account.marketValue,
    total_value: account.totalValue,
  };
}

/** A holding, and what more the server knows of it. */
export function positionRow(position: GatewayPosition, more: JsonObject = {}): JsonObject {
  return {
    ...holdingFields(position),
    available_amount: position.closeableAmount,
    can_use_volume: position.closeableAmount,
    frozen_volume: position.frozenAmount,
    current_price: position.lastPrice,
    position_value: position.marketValue,
    ...more,
  };
}

/** `broker.account`: `positions` are rows already. */
export function accountAnswer(
  account: GatewayAccount,
  accountType: string,
  positions: readonly JsonObject[],
): JsonObject {
  return dictAnswer({
    account_id: account.accountId,
    account_type: accountType,
    ...totalsFields(account),
    transferable_cash: account.transferableCash,
    positions,
    total_asset: account.totalValue,
  });
}
