import { decodeCancelAnswer, decodePlaceAnswer } from '../../protocol/decode/order-answers.ts';
import { isJsonObject } from '../../protocol/json.ts';
import type { JsonObject } from '../../protocol/json.ts';
import { refusalOf } from '../../protocol/refusals.ts';
import type { Outcome } from '../requests.ts';
import type { SessionView } from '../session-view.ts';
import { failedRead } from './asking.ts';
import type { Behind } from './asking.ts';
import { HttpProblem } from '../../net/http/problem.ts';

/** What became of a place request: three outcomes as everywhere, and that nothing was handed over at all. */
export type Placed =
  | { readonly kind: 'accepted'; readonly orderId: string; readonly row: JsonObject }
  | {
      readonly kind: 'rejected' | 'not_placed';
      readonly code: string;
      readonly reason: string;
      readonly orderId: string | null;
      readonly row: JsonObject | null;
    }
  | { readonly kind: 'unknown'; readonly code: string; readonly reason: string };

/** The key is that of an order of another day, which may exist. */
export const KEY_USED = 'IDEMPOTENCY_KEY_USED';

/** An order as both doors spell it; it goes the same way as one that came over the wire. */
export interface WantedOrder {
  readonly accountKey: string;
  readonly subAccountId: string | null;
  /** Canonical code. */
  readonly security: string;
  /** Null: that of the operation. */
  readonly side: 'buy' | 'sell' | null;
  /** Null: a plain buy or sell. */
  readonly operation: string | null;
  readonly amount: number;
  readonly type: 'limit' | 'market';
  /** Null: a market order without protection. */
  readonly price: number | null;
  /** Null: what the server writes there of itself. */
  readonly remark: string | null;
  readonly strategy: string | null;
  /** Market seconds. */
  readonly waitSeconds: number;
  /** Null: the caller has none. */
  readonly key: string | null;
}

/** Never rejects, never asks twice. */
export async function place(behind: Behind, caller: SessionView, order: WantedOrder): Promise<Placed> {
  const outcome = await behind.ask('broker.place_order', payloadOf(order), caller);
  return outcome.kind === 'ok' ? placedOf(outcome.payload) : failedPlace(outcome);
}

function payloadOf(order: WantedOrder): JsonObject {
  const isMarket = order.type === 'market';
  const priced = order.price === null ? {} : { [isMarket ? 'protect_price' : 'price']: order.price };
  return {
    account_key: order.accountKey,
    ...(order.subAccountId === null ? {} : { sub_account_id: order.subAccountId }),
    security: order.security,
    ...(order.side === null ? {} : { side: order.side.toUpperCase() }),
    ...(order.operation === null ? {} : { operation: order.operation }),
    amount: order.amount,
    style: { type: order.type, ...priced },
    market: isMarket,
    wait_timeout: order.waitSeconds,
    // What it may cost and how much it is, is said by whoever sends it: nothing is rounded or moved.
    exact: true,
    ...(order.remark === null ? {} : { order_remark: order.remark }),
    ...(order.strategy === null ? {} : { strategy_name: order.strategy }),
    ...(order.key === null ? {} : { idempotency_key: order.key }),
  };
}

function placedOf(payload: unknown): Placed {
  if (!isJsonObject(payload)) return { kind: 'unknown', code: 'BAD_ANSWER', reason: 'the answer is no order' };
  const row = payload;
  const { orderId, status, submitUnknown, warning, statusText } = decodePlaceAnswer(payload);
  if (submitUnknown || orderId === null) {
    const reason = warning ?? 'the gateway does not know whether the order exists';
    return { kind: 'unknown', code: submitUnknown ? 'SUBMIT_UNKNOWN' : 'EMPTY_ORDER_ID', reason };
  }
  if (status !== 'rejected') return { kind: 'accepted', orderId, row };
  const reason = statusText === '' ? 'the counter rejected the order without a reason' : statusText;
  return { kind: 'rejected', code: 'REJECTED', reason, orderId, row };
}

function failedPlace(outcome: Exclude<Outcome, { kind: 'ok' }>): Placed {
  if (outcome.kind === 'timeout') {
    return {
      kind: 'unknown',
      code: 'REQUEST_TIMEOUT',
      reason: `nothing was answered within ${outcome.limitMs / 1000} s`,
    };
  }
  const { code, message } = outcome;
  const nothing = { orderId: null, row: null };
  if (code === 'SERVER_DOWN') return { kind: 'not_placed', code, reason: message, ...nothing };
  if (message.startsWith('idempotency_key 冲突')) {
    return { kind: 'rejected', code: 'IDEMPOTENCY_CONFLICT', reason: message, ...nothing };
  }
  if (message.startsWith('idempotency_key 已在')) return { kind: 'unknown', code: KEY_USED, reason: message };
  if (refusalOf(code, message) !== null) return { kind: 'rejected', code: 'REFUSED', reason: message, ...nothing };
  return { kind: 'unknown', code, reason: message };
}

export interface Cancelled {
  readonly accepted: boolean;
  /** The gateway's words of a refusal; empty = none. */
  readonly text: string;
  readonly row: JsonObject | null;
}

/** Asks for the cancel of one order. Throws HttpProblem when it is not known whether it was taken. */
export async function cancel(
  behind: Behind,
  caller: SessionView,
  wanted: { readonly accountKey: string; readonly orderId: string; readonly waitSeconds: number },
): Promise<Cancelled> {
  const payload = { account_key: wanted.accountKey, order_id: wanted.orderId, wait_timeout: wanted.waitSeconds };
  const outcome = await behind.ask('broker.cancel_order', payload, caller);
  if (outcome.kind === 'ok') return cancelledOf(outcome.payload);
  // Limits on cancels and the like: nothing was asked of the counter.
  if (outcome.kind === 'error' && outcome.message.startsWith('❌')) {
    return { accepted: false, text: outcome.message, row: null };
  }
  const failed = failedRead(outcome);
  throw new HttpProblem(
    failed.status,
    failed.code,
    `${failed.message} Whether the cancel was taken is not known: look at the order, or ask again, which is harmless.`,
  );
}

function cancelledOf(payload: unknown): Cancelled {
  const { accepted } = decodeCancelAnswer(payload);
  const answer = isJsonObject(payload) ? payload : {};
  const { message, last_snapshot: row } = answer;
  return { accepted, text: typeof message === 'string' ? message : '', row: isJsonObject(row) ? row : null };
}
