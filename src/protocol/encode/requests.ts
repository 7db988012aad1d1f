import { chinaDay, chinaText } from '../../domain/time.ts';
import type { BarsRequest } from '../../domain/trading.ts';
import type { JsonObject } from '../json.ts';

/** Whose account a broker request is about; null = not configured. */
export interface AccountScope {
  readonly accountKey: string | null;
  readonly subAccountId: string | null;
}

/** Payload of account, positions, orders and trades; both names are always spelled out, so that they never vary. */
export function accountPayload(scope: AccountScope): JsonObject {
  return { account_key: scope.accountKey, sub_account_id: scope.subAccountId };
}

/** Payload of cancel_order and order_status. */
export function orderIdPayload(scope: AccountScope, orderId: string): JsonObject {
  return { ...accountPayload(scope), order_id: orderId };
}

/**
 * Payload of data.history for one security. Without `fields`, because the deployed server then leaves out the times;
 * with the adjustment always named, because its default is not ours.
 */
export function historyPayload(request: BarsRequest): JsonObject {
  const timeText = request.unit === '1d' ? chinaDay : chinaText;
  return {
    security: request.security,
    frequency: request.unit,
    count: request.count,
    start: request.start === null ? null : timeText(request.start),
    end: timeText(request.end),
    fq: request.adjust,
  };
}

/** Payload of snapshot, live_current and security_info. */
export function securityPayload(security: string): JsonObject {
  return { security };
}

/** Payload of data.trade_days; days as `YYYY-MM-DD`, inclusive. */
export function tradeDaysPayload(start: string, end: string): JsonObject {
  return { start, end };
}

/** Payload of subscribe and unsubscribe: always a list under `securities`, the only name unsubscribe reads. */
export function securitiesPayload(securities: readonly string[]): JsonObject {
  return { securities: [...securities] };
}
