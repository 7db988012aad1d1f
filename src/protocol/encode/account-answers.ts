import type { GatewayAccount, GatewayPosition } from '../../domain/gateway.ts';
import type { JsonObject } from '../json.ts';
import { dictAnswer } from './answers.ts';

/** A holding, and what more the server knows of it. */
export function positionRow(position: GatewayPosition, more: JsonObject = {}): JsonObject {
  return {
    security: position.security,
    amount: position.amount,
    available_amount: position.closeableAmount,
    closeable_amount: position.closeableAmount,
    can_use_volume: position.closeableAmount,
    frozen_volume: position.frozenAmount,
    avg_cost: position.avgCost,
    last_price: position.lastPrice,
    current_price: position.lastPrice,
    name: position.name,
    market_value: position.marketValue,
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
    available_cash: account.availableCash,
    transferable_cash: account.transferableCash,
    frozen_cash: account.frozenCash,
    market_value: account.marketValue,
    positions,
    total_value: account.totalValue,
    total_asset: account.totalValue,
  });
}
