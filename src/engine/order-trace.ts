import type { Life } from '../domain/order/life-types.ts';
import { tagIn } from '../domain/order/remark.ts';
import type { IntentRow } from '../domain/order/rows.ts';
import type { LogIds } from '../platform/log-record.ts';
import type { EngineEvent } from './events.ts';

/** Where an order is looked up that an event only names. */
export interface KnownOrders {
  readonly book: () => { life(orderId: string): Life | null };
  /** Wire orders of whatever day, by the tag in their remark. */
  readonly ledger: { intentOfTag(tag: string): IntentRow | null };
}

/** The order an event is about, as its lines in the log name it; null = it is about none. */
export function orderIds(event: EngineEvent, known: KnownOrders): LogIds | null {
  switch (event.kind) {
    case 'order':
      return ofOrder(event.order.orderId, event.intent, known);
    case 'fill':
      return ofOrder(event.intent.orderId, event.intent, known);
    case 'order_note':
    case 'operator':
      return event.orderId === null ? null : ofOrder(event.orderId, null, known);
    case 'alarm':
      return ofSubject(event.alarm.subject, known);
    case 'all_clear':
      return ofSubject(event.subject, known);
    case 'risk':
    case 'signal':
    case 'deviation':
    case 'external_change':
    case 'account':
    case 'venue':
    case 'gate':
    case 'link':
    case 'reading':
    case 'trigger':
    case 'task_not_run':
    case 'clock_step':
    case 'call_cut_off':
    case 'data_failed':
    case 'strategy_error':
    case 'strategy_exit':
      return null;
  }
}

/** What an alarm is about may be a remark, a security, a session. */
function ofSubject(subject: string | null, known: KnownOrders): LogIds | null {
  const tag = subject === null ? null : tagIn(subject);
  const intent = tag === null ? null : known.ledger.intentOfTag(tag);
  return intent === null ? null : ofOrder(intent.orderId, intent, known);
}

function ofOrder(orderId: string, intent: IntentRow | null, known: KnownOrders): LogIds {
  const placedIn = known.book().life(orderId)?.order.placedIn ?? null;
  return {
    order_id: orderId,
    ...(placedIn === null ? {} : { call_id: placedIn }),
    ...(intent === null ? {} : { client_id: intent.clientId, tag: intent.tag }),
    ...(intent === null || intent.brokerOrderId === null ? {} : { broker_order_id: intent.brokerOrderId }),
  };
}
