import { filledText, nameOf, orderLine } from '../../engine/order-lines.ts';
import type { EngineEvent, OrderChange } from '../../engine/events.ts';
import { lineOf } from '../../engine/events-log.ts';
import type { Notice } from '../../notify/notice.ts';
import { stateText } from '../../domain/words/order-state.ts';
import { priceText } from '../../domain/number-text.ts';

/** A notice before its time is known. */
export type Told = Omit<Notice, 'time'>;

/** What is told in the words of the log. */
const WORDED = {
  strategy_error: { kind: 'strategy_error', level: 'warning', title: 'Strategy error' },
  strategy_exit: { kind: 'stop', level: 'warning', title: 'Strategy ended' },
  task_not_run: { kind: 'task', level: 'warning', title: 'Task not run' },
  external_change: { kind: 'account', level: 'info', title: 'Change from outside' },
  risk: { kind: 'risk', level: 'warning', title: 'Limit' },
  operator: { kind: 'operator', level: 'info', title: 'By a person' },
  clock_step: { kind: 'clock', level: 'warning', title: 'Clock' },
  call_cut_off: { kind: 'strategy_error', level: 'warning', title: 'Call cut off' },
} as const;

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
    case 'trigger':
      return triggerNotice(event);
    case 'signal':
    case 'deviation':
      return followNotice(event);
    case 'strategy_error':
    case 'strategy_exit':
    case 'task_not_run':
    case 'external_change':
    case 'risk':
    case 'operator':
    case 'clock_step':
    case 'call_cut_off':
      return worded(event, WORDED[event.kind]);
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

/** A signal's end, when it is not what was asked for (what was filled is told by its orders), and what differs from its source. */
function followNotice(event: Extract<EngineEvent, { kind: 'signal' | 'deviation' }>): Told | null {
  if (event.kind === 'deviation')
    return event.count === 0 ? null : worded(event, { kind: 'account', level: 'warning', title: 'Deviation' });
  const { signal, level, text } = event;
  if (level === 'info') return null;
  const title = signal.end === 'partly_filled' ? 'Signal partly filled' : 'Signal refused';
  return { kind: 'refusal', level, title, text, key: `signal ${signal.key} ${signal.phase}` };
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
      return { kind: 'order', level, title: `Order ${stateText(to)}`, text: line.text, key };
    case 'sending':
    case 'filled':
      return null;
  }
}
