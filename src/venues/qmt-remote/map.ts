import { BtError, errorMessage } from '../../domain/errors.ts';
import { inEnglish } from '../../domain/order/counter-words.ts';
import { FINAL_BROKER_STATUSES } from '../../domain/trading.ts';
import type { BrokerOrder } from '../../domain/trading.ts';
import { decodeCancelAnswer, decodePlaceAnswer } from '../../protocol/decode/order-answers.ts';
import { refusalOf } from '../../protocol/refusals.ts';
import type { CancelOutcome, PlaceOutcome, PlaceRequest } from '../broker.ts';

/** Refusals of a cancel that the gateway raises before it asks the counter. */
const CANCEL_REFUSALS: readonly RegExp[] = [
  /^缺少 order_id$/,
  /^❌ 当日撤单次数超限: .+$/,
  /^❌ 撤单过于频繁: .+$/,
  /^❌ 单笔订单撤单次数超限: .+$/,
];

/** What a response to a place request proves. Only an order row with status rejected is a rejection; a doubtful answer is unknown. */
export function placeOutcomeOfAnswer(payload: unknown, request: PlaceRequest): PlaceOutcome {
  const answer = decodePlaceAnswer(payload);
  if (answer.submitUnknown) {
    return unknownPlace(
      'SUBMIT_UNKNOWN',
      answer.warning === null ? 'the gateway does not know whether the order exists' : inEnglish(answer.warning),
      false,
    );
  }
  const { orderId } = answer;
  if (orderId === null) return unknownPlace('EMPTY_ORDER_ID', 'the answer has no usable order id', false);
  const difference = answer.order === null ? null : differenceOf(answer.order, request);
  if (difference !== null) {
    return unknownPlace('ANSWER_MISMATCH', `the answer describes another order (${difference})`, false);
  }
  if (answer.status === 'rejected') {
    const reason =
      answer.statusText === '' ? 'the counter rejected the order without a reason' : inEnglish(answer.statusText);
    return { kind: 'rejected', code: 'REJECTED', reason, orderId };
  }
  return { kind: 'accepted', orderId, order: answer.order };
}

/** What a failed place request proves: never written, refused by a known text, or nothing. */
export function placeOutcomeOfError(error: unknown): PlaceOutcome {
  if (!(error instanceof BtError)) return unknownPlace('UNEXPECTED_ERROR', errorMessage(error), false);
  const { sent, answered, wireMessage } = error.details;
  if (sent === false) return { kind: 'rejected', code: 'NOT_SENT', reason: error.message, orderId: null };
  if (answered !== true) return unknownPlace(error.code, error.message, false);
  const text = typeof wireMessage === 'string' ? wireMessage : '';
  const refusal = refusalOf(error.code, text);
  if (refusal !== null) return { kind: 'rejected', code: error.code, reason: inEnglish(refusal), orderId: null };
  // A gateway that itself waited in vain (REQUEST_TIMEOUT, BIG_QMT_GATEWAY_TIMEOUT) has answered nothing about the order.
  return unknownPlace(error.code, error.message, !error.code.endsWith('_TIMEOUT'));
}

/** What a response to a cancel proves; `value: true` only says that the request was taken. */
export function cancelOutcomeOfAnswer(payload: unknown): CancelOutcome {
  const { accepted, status, order } = decodeCancelAnswer(payload);
  if (!accepted)
    return { kind: 'refused', reason: 'the counter refused the cancel: the order is final, or its id unknown' };
  if (status !== null && FINAL_BROKER_STATUSES.has(status)) return { kind: 'final', order, status };
  return { kind: 'requested', order };
}

/** What a failed cancel proves: mostly nothing; asking again does no harm. */
export function cancelOutcomeOfError(error: unknown): CancelOutcome {
  const text = error instanceof BtError ? error.details['wireMessage'] : null;
  if (typeof text === 'string' && CANCEL_REFUSALS.some((refusal) => refusal.test(text))) {
    return { kind: 'refused', reason: inEnglish(text) };
  }
  return { kind: 'unknown', reason: errorMessage(error) };
}

/** In what the order of an answer is not the one we sent. */
function differenceOf(order: BrokerOrder, request: PlaceRequest): string | null {
  if (order.security !== request.security) return `${order.security} instead of ${request.security}`;
  if (order.side !== null && order.side !== request.side) return `${order.side} instead of ${request.side}`;
  return null;
}

function unknownPlace(code: string, reason: string, answered: boolean): PlaceOutcome {
  return { kind: 'unknown', code, reason, answered };
}
