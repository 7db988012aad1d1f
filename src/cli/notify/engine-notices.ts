import { filledText, nameOf, orderLine } from '../../engine/order-lines.ts';
import type { EngineEvent, OrderChange } from '../../engine/events.ts';
import { lineOf } from '../../engine/events-log.ts';
import type { Notice } from '../../notify/notice.ts';
import { priceText } from '../../domain/number-text.ts';

/** A notice before its time is known. */
export type Told = Omit<Notice, 'time'>;

/** What a person is told of an event; null = nothing, or only when it lasts (gate and link: `run-teller`). */
export function noticeOf(event: EngineEvent): Told | null {
  switch (event.kind) {
    case 'order':
      return orderNotice(event);
    case 'alarm': {
      const { code, subject, text } = event.alarm;
      return { kind: 'alarm', level: 'critical', title: 'ALARM', text, key: `alarm ${code} ${subject ?? ''}` };
    }
    case 'all_clear':
      return { kind: 'all_clear', level: 'warning', title: 'All clear', text: event.text };
    case 'strategy_error':
      return worded(event, { kind: 'strategy_error', level: 'warning', title: 'Strategy error' });
    case 'strategy_exit':
      return worded(event, { kind: 'stop', level: 'warning', title: 'Strategy ended' });
    case 'task_not_run':
      return worded(event, { kind: 'task', level: 'warning', title: 'Task not run' });
    case 'trigger':
      return triggerNotice(event);
    case 'external_change':
      return worded(event, { kind: 'account', level: 'info', title: 'Change from outside' });
    case 'risk':
      return worded(event, { kind: 'risk', level: 'warning', title: 'Limit' });
    case 'operator':
      return worded(event, { kind: 'operator', level: 'info', title: 'By a person' });
    case 'clock_step':
      return worded(event, { kind: 'clock', level: 'warning', title: 'Clock' });
    case 'call_cut_off':
      return worded(event, { kind: 'strategy_error', level: 'warning', title: 'Call cut off' });
    case 'fill':
    case 'order_note':
    case 'account':
    case 'venue':
    case 'gate':
    case 'link':
    case 'reading':
    case 'data_failed':
      return null;
  }
}

/** In the words of the log. */
function worded(event: EngineEvent, told: Omit<Told, 'text'>): Told | null {
  const line = lineOf(event);
  return line === null ? null : { ...told, text: line.text };
}

/** Skipped is told; what ran is not, and what failed is by its error. */
function triggerNotice({ trigger }: Extract<EngineEvent, { kind: 'trigger' }>): Told | null {
  if (trigger.outcome !== 'skipped') return null;
  const text = `${trigger.task} was skipped: ${trigger.reason ?? 'no reason was given'}`;
  return { kind: 'task', level: 'warning', title: 'Task skipped', text };
}

/** The end of an order, and what is in doubt of it; on its way there it is nobody's business. */
function orderNotice(change: OrderChange): Told | null {
  const { to, order, intent } = change;
  if (intent !== null && to === 'filled') {
    const at = order.price === null ? '' : ` on average ${priceText(order.price)}`;
    const text = `${nameOf(intent)}: ${filledText(intent)}${at}`;
    return { kind: 'order', level: 'info', title: 'Order filled', text, key: `filled ${intent.clientId}` };
  }
  const line = orderLine(change);
  if (line === null || to === 'planned' || to === 'canceling') return null;
  const key = `${to} ${intent?.clientId ?? order.orderId}`;
  const level = line.level === 'warning' ? 'warning' : 'info';
  if (intent === null)
    return level === 'info' ? null : { kind: 'refusal', level, title: 'Refused', text: line.text, key: line.text };
  switch (to) {
    case 'unknown':
      return { kind: 'unknown', level: 'critical', title: 'Order UNKNOWN', text: line.text, key };
    case 'accepted':
      return level === 'info' ? null : { kind: 'order', level, title: 'Order found', text: line.text, key };
    case 'rejected':
    case 'not_sent':
    case 'not_placed':
      return { kind: 'refusal', level, title: `Order ${to.replace('_', ' ')}`, text: line.text, key };
    case 'canceled':
    case 'expired':
      return { kind: 'order', level, title: `Order ${to}`, text: line.text, key };
    case 'sending':
    case 'filled':
      return null;
  }
}
