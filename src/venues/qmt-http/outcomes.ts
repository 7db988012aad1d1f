import { BtError, errorMessage } from '../../domain/errors.ts';
import { inEnglish } from '../../domain/order/counter-words.ts';
import { wireId, wireText } from '../../protocol/decode/fields.ts';
import { isJsonObject } from '../../protocol/json.ts';
import type { JsonObject } from '../../protocol/json.ts';
import type { CancelOutcome, PlaceOutcome } from '../broker.ts';
import type { Reply } from './exchange.ts';

/** Nothing behind it has seen a request that was answered so: refused for its shape, its sender or its path. */
const NOT_TAKEN: ReadonlySet<number> = new Set([400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 431]);

/** What an answer to a place request proves. -1 alone proves nothing: the terminal says it of what it did not take, and of its own failures. */
export function placeOutcomeOf({ status, body }: Reply): PlaceOutcome {
  const fields = isJsonObject(body) ? body : {};
  if (status === 200) return placedOrNot(fields);
  const reason = reasonOf(status, fields);
  if (NOT_TAKEN.has(status)) return { kind: 'rejected', code: `HTTP_${status}`, reason, orderId: null };
  if (fields['outcome'] === 'not_placed') return { kind: 'rejected', code: 'NOT_SENT', reason, orderId: null };
  // What stands between may answer in its place: then nobody has answered about the order.
  const isOfTheGateway = status === 500 || (fields['outcome'] === 'unknown' && status !== 504);
  return { kind: 'unknown', code: `HTTP_${status}`, reason, answered: isOfTheGateway };
}

function placedOrNot(fields: JsonObject): PlaceOutcome {
  const orderId = wireId(fields['order_id']);
  const told = wireText(fields['message']);
  const reason = told === null ? 'the wrapper gives no reason' : inEnglish(told);
  if (orderId !== null) {
    return told === null
      ? { kind: 'accepted', orderId, order: null }
      : { kind: 'rejected', code: 'REJECTED', reason, orderId };
  }
  if (fields['outcome'] === 'rejected') return { kind: 'rejected', code: 'REJECTED', reason, orderId: null };
  if (fields['outcome'] === 'not_placed') return { kind: 'rejected', code: 'NOT_SENT', reason, orderId: null };
  return {
    kind: 'unknown',
    code: 'NO_ORDER_ID',
    reason: `the answer has no usable order id; ${reason}`,
    answered: true,
  };
}

/** What a place request without an answer proves: never sent, or nothing. */
export function placeOutcomeOfError(error: unknown): PlaceOutcome {
  if (!(error instanceof BtError)) {
    return { kind: 'unknown', code: 'UNEXPECTED_ERROR', reason: errorMessage(error), answered: false };
  }
  const { code, message, details } = error;
  if (details['sent'] === false) return { kind: 'rejected', code: 'NOT_SENT', reason: message, orderId: null };
  return { kind: 'unknown', code, reason: message, answered: false };
}

/** 0 says only that the request was taken. */
export function cancelOutcomeOf({ status, body }: Reply): CancelOutcome {
  const fields = isJsonObject(body) ? body : {};
  const result = fields['cancel_order_result'];
  if (status !== 200 || typeof result !== 'number') return { kind: 'unknown', reason: reasonOf(status, fields) };
  if (result === 0) return { kind: 'requested', order: null };
  const told = wireText(fields['message']);
  const reason =
    told === null ? 'the counter refused the cancel: the order is final, or its id unknown' : inEnglish(told);
  return { kind: 'refused', reason };
}

/** Problem details have a text; the wrapper's own failures are pages. */
export function reasonOf(status: number, fields: JsonObject): string {
  return wireText(fields['detail']) ?? wireText(fields['message']) ?? `the wrapper answered with HTTP ${status}`;
}
