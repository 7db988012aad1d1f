import type { BrokerOrder, BrokerOrderStatus } from '../../domain/trading.ts';
import { isJsonObject } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { brokerStatus } from '../status.ts';
import { answerObject, badAnswer, pick, wireId, wireText } from './fields.ts';
import { orderIfComplete } from './orders.ts';

export interface PlaceAnswer {
  /** Null for a missing, empty, zero or negative id: then there may or may not be an order. */
  readonly orderId: string | null;
  readonly status: BrokerOrderStatus;
  /** The order, when the answer describes it completely. */
  readonly order: BrokerOrder | null;
  /** The server says itself that it does not know whether the order exists. */
  readonly submitUnknown: boolean;
  readonly warning: string | null;
  /** The counter's own words, empty when there are none. */
  readonly statusText: string;
}

export interface CancelAnswer {
  /** The counter took the cancel request (or the order was final already); says nothing about the order's state. */
  readonly accepted: boolean;
  /** Null when the answer names none. */
  readonly status: BrokerOrderStatus | null;
  /** The server saw no final state while it waited. */
  readonly timedOut: boolean;
  readonly order: BrokerOrder | null;
}

/** `broker.place_order`. Throws BAD_ANSWER only for something that is no object. */
export function decodePlaceAnswer(payload: unknown): PlaceAnswer {
  const answer = answerObject(payload, 'broker.place_order');
  const submitUnknown = answer['submit_unknown'] === true || answer['status'] === 'submit_unknown';
  const orderId = wireId(pick(answer, ['order_id', 'entrust_id']));
  const snapshot = snapshotOf(answer);
  const described = orderIfComplete(answer) ?? orderIfComplete(snapshot);
  const order = described !== null && described.orderId === orderId ? described : null;
  return {
    orderId,
    status: submitUnknown ? 'unknown' : (statusOf(answer, order) ?? 'unknown'),
    order,
    submitUnknown,
    warning: wireText(answer['warning']),
    statusText: wireText(answer['status_msg']) ?? wireText(snapshot?.['status_msg']) ?? '',
  };
}

/** `broker.cancel_order`. Throws BAD_ANSWER when it does not say yes or no. */
export function decodeCancelAnswer(payload: unknown): CancelAnswer {
  const answer = answerObject(payload, 'broker.cancel_order');
  const order = orderIfComplete(snapshotOf(answer));
  return {
    accepted: wasAccepted(answer),
    status: statusOf(answer, order),
    timedOut: answer['timed_out'] === true,
    order,
  };
}

/** The answer's own status, else that of the order it describes; null when there is neither. */
function statusOf(answer: JsonObject, order: BrokerOrder | null): BrokerOrderStatus | null {
  const word = pick(answer, ['status', 'state']);
  const rawStatus = pick(answer, ['raw_status']);
  if (word === undefined && rawStatus === undefined) return order?.status ?? null;
  const status = brokerStatus(word, rawStatus);
  return status === 'canceled' && order !== null && order.filled > 0 ? 'partly_canceled' : status;
}

/** `value` is a boolean from most back ends, an object `{success, value}` from one of them. One "no" is a no. */
function wasAccepted(answer: JsonObject): boolean {
  const value = answer['value'];
  const inner = isJsonObject(value) ? [value['success'], value['value']] : [value];
  const verdicts = [...inner, answer['success']].filter((verdict) => typeof verdict === 'boolean');
  if (verdicts.length === 0) throw badAnswer('broker.cancel_order', 'value is missing or not usable');
  return !verdicts.includes(false);
}

function snapshotOf(answer: JsonObject): JsonObject | null {
  const snapshot = answer['last_snapshot'];
  return isJsonObject(snapshot) ? snapshot : null;
}
