import type { JsonObject } from '../protocol/json.ts';
import type { ResolvedAccount } from './account-types.ts';
import type { Dialect } from './dialects/dialect.ts';
import { keptText } from './kept-text.ts';
import { orderAmount, orderOperation, orderSide } from './order-fields.ts';
import { firstTruthy, isTruthy, toFloatOrNull, toInt, toText } from './python.ts';

/** The key of a place request: a text without the blanks around it; null = none. Throws REQUEST_FAILED for one that is too long. */
export function idempotencyKey(payload: JsonObject): string | null {
  const value = payload['idempotency_key'];
  if (value === null || value === undefined) return null;
  const key = toText(value).trim();
  return key === '' ? null : keptText('idempotency_key', key);
}

/** Keys are apart for each account and configured sub-account. */
export function idempotencyScope(resolved: ResolvedAccount, key: string): string {
  return JSON.stringify([resolved.account.key, resolved.subAccount?.id ?? '', key]);
}

/**
 * What must be equal for two requests to be the same order. The reference compares the fields as they are written, so an account
 * that is spelled out differs from one that is left out; otherwise what they mean is compared.
 * Throws REQUEST_FAILED for an amount that is no number.
 */
export function fingerprint(
  payload: JsonObject,
  style: JsonObject,
  resolved: ResolvedAccount,
  dialect: Dialect,
): string {
  const amount = toInt(orderAmount(payload));
  return dialect.comparesMeaning
    ? meaning(payload, style, resolved, dialect, amount)
    : asWritten(payload, style, amount);
}

function asWritten(payload: JsonObject, style: JsonObject, amount: number): string {
  return JSON.stringify([
    written(payload['account_key']),
    written(payload['sub_account_id']),
    payload['security'] ?? null,
    payload['side'] ?? null,
    amount,
    isTruthy(style['type']) ? style['type'] : 'limit',
    style['price'] ?? null,
    style['protect_price'] ?? null,
  ]);
}

function meaning(
  payload: JsonObject,
  style: JsonObject,
  resolved: ResolvedAccount,
  dialect: Dialect,
  amount: number,
): string {
  const side = orderSide(payload).toUpperCase();
  const operation = orderOperation(payload);
  const isMarket = isTruthy(payload['market']) || written(style['type']).toLowerCase() === 'market';
  return JSON.stringify([
    resolved.account.key,
    resolved.subAccount?.id ?? '',
    dialect.security(payload['security']),
    side,
    amount,
    isMarket ? 'market' : 'limit',
    toFloatOrNull(firstTruthy(style['price'], style['protect_price'], payload['price'])),
    // A plain buy or sell is the same order whether it is called so or not.
    ...(operation === null || operation.toUpperCase() === side ? [] : [operation]),
  ]);
}

function written(value: unknown): string {
  return isTruthy(value) ? toText(value) : '';
}
