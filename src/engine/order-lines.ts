import { amountText, priceText } from '../domain/number-text.ts';
import { isNothingToDo } from '../domain/order/plan.ts';
import type { IntentRow } from '../domain/order/rows.ts';
import type { Actor, OrderView } from '../domain/order/types.ts';
import type { LogEntry } from '../platform/log.ts';
import type { EngineEvent, OrderChange } from './events.ts';

/** One line of the log. */
export interface Line {
  readonly level: LogEntry['level'];
  readonly source: string;
  readonly text: string;
}

const BY: Readonly<Record<Actor, string>> = {
  strategy: 'by the strategy',
  bt: 'by bt',
  operator: 'by the operator',
  counter: 'by the counter',
  somebody: 'by somebody else',
};

/** The line of one change of an order: what became of it, by whom and why. Null = its fills tell. */
export function orderLine(change: OrderChange): Line | null {
  return change.intent === null ? wholeLine(change) : intentLine(change, change.intent);
}

function wholeLine({ order, from, to, reason }: OrderChange): Line {
  const { side, amount, security } = order;
  if (to === 'planned')
    return info(`${side} ${amountText(amount)} ${security} ${reason ?? 'waits for its sending window'}.`);
  const why = reason ?? '?';
  const named = why.includes(security) ? why : `${security}: ${why}`;
  if (isNothingToDo(why)) return info(`Not ordered: ${named}`);
  return warning(`${from === 'planned' ? 'A waiting order was not sent' : 'Order refused'}: ${named}`);
}

function intentLine({ from, to, reason, by }: OrderChange, intent: IntentRow): Line | null {
  const { brokerOrderId, remark } = intent;
  const name = nameOf(intent);
  const id = brokerOrderId === null ? '' : ` (${brokerOrderId})`;
  const who = by === null ? '' : ` ${BY[by]}`;
  const why = reason === null || reason === '' ? '' : `: ${reason}`;
  switch (to) {
    case 'accepted':
      if (from === 'canceling') return warning(`${name} works on${id}${why}`);
      return from === 'sending' || from === null
        ? info(`${name}: accepted${id}`)
        : warning(`Found: order ${remark} is ${brokerOrderId ?? '?'} (${name})${why}.`);
    case 'unknown':
      return warning(
        `Order ${remark} (${name}) is of UNKNOWN fate (${reason ?? '?'}). It is searched for and will not be sent again.`,
      );
    case 'canceling':
      return info(`${name}: to be cancelled${id}${who}${why}`);
    case 'rejected':
      return warning(`${name}: rejected${from === 'accepted' ? ' after it was accepted' : ''}${id}${who}${why}`);
    case 'not_sent':
    case 'not_placed':
      return warning(`${name}: ${to === 'not_sent' ? 'not sent' : 'not placed'}${id}${why}`);
    case 'canceled': {
      const text = `${name}: cancelled${id}${who}${why}; ${filledText(intent)}`;
      return by === 'somebody' || by === 'counter' ? warning(text) : info(text);
    }
    case 'expired':
      return info(`${name}: expired${id}${why}; ${filledText(intent)}`);
    case 'planned':
    case 'sending':
    case 'filled':
      return null;
  }
}

/** The line of one fill; `listed` of the order's shares are filled with it. */
export function fillLine({ fill, intent, listed }: Extract<EngineEvent, { kind: 'fill' }>): Line {
  const { side, security, remark, day } = intent;
  const id = fill.brokerOrderId === '' ? remark : fill.brokerOrderId;
  const part = fill.amount === intent.amount ? '' : `, ${amountText(listed)} of ${amountText(intent.amount)}`;
  const late = intent.state === 'expired' ? `; listed late, order ${remark} of ${day}` : '';
  return info(
    `filled: ${side} ${amountText(fill.amount)} ${security} at ${priceText(fill.price)} (${id})${part}${late}`,
  );
}

/** `buy 100 000001.XSHE at 9.9` */
export function nameOf({
  side,
  amount,
  security,
  price,
}: Pick<IntentRow, 'side' | 'amount' | 'security' | 'price'>): string {
  return `${side} ${amountText(amount)} ${security} at ${priceText(price)}`;
}

/** `100 of 200 filled` */
export function filledText({ filled, amount }: Pick<OrderView, 'filled' | 'amount'>): string {
  return `${amountText(filled)} of ${amountText(amount)} filled`;
}

function info(text: string): Line {
  return { level: 'info', source: 'order', text };
}

function warning(text: string): Line {
  return { level: 'warning', source: 'order', text };
}
