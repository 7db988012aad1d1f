import type { OrderStatus } from '../../../status/types.ts';
import { count, price, timeOn } from '../format.ts';
import { Badge } from '../parts/card.tsx';
import type { Tone } from '../parts/card.tsx';
import type { Column } from '../parts/table.tsx';
import { named, t } from '../words.ts';

/** An order's columns that are the same wherever orders are listed. */
export const LATEST_COLUMNS: readonly Column<OrderStatus>[] = [
  { head: 'col.time', cell: ({ at, day }) => timeOn(at, day) },
  { head: 'col.security', isName: true, cell: ({ security }) => security },
  { head: 'col.side', cell: ({ side }) => <span class={`side ${side}`}>{named('side', side)}</span> },
  { head: 'col.style', isWide: true, cell: styleText },
  { head: 'col.amount', isNumber: true, cell: ({ amount }) => count(amount) },
  { head: 'col.filled', isNumber: true, cell: ({ filled }) => count(filled) },
  { head: 'col.price', isNumber: true, cell: (order) => price(order.price) },
  { head: 'col.state', cell: (order) => <Badge {...orderState(order)} /> },
  { head: 'col.reason', isWide: true, cell: ({ reason }) => <span class="reason">{reason ?? ''}</span> },
];

export function newestFirst(orders: readonly OrderStatus[]): OrderStatus[] {
  return orders.toSorted((a, b) => (b.at === a.at ? b.orderId.localeCompare(a.orderId) : b.at - a.at));
}

/** True while something may still come of it. */
export function isOpen({ phase, unknown }: OrderStatus): boolean {
  return phase !== 'done' || unknown;
}

function styleText({ style }: OrderStatus): string {
  const { kind, limitPrice, stop } = style;
  const own = limitPrice === null ? t(`style.${kind}`) : `${t(`style.${kind}`)} ${price(limitPrice)}`;
  return stop === undefined ? own : `${named('style', stop.mode)} ${price(stop.price)} → ${own}`;
}

function orderState(order: OrderStatus): { readonly tone: Tone; readonly text: string } {
  const { state, phase, filled, amount, unknown } = order;
  if (unknown) return { tone: 'bad', text: t('order.unknown') };
  if (phase === 'parked') return { tone: 'busy', text: t('order.parked') };
  if (state === 'canceled' && filled > 0) return { tone: 'look', text: t('order.partly') };
  if (state === 'filled' || (phase === 'done' && filled > 0 && filled === amount))
    return { tone: 'good', text: t('order.filled') };
  return { tone: toneOf(state), text: named('order', state) };
}

/** The tone of a state; a state of another version has none. */
export function toneOf(state: string): Tone {
  switch (state) {
    case 'filled':
      return 'good';
    case 'unknown':
    case 'rejected':
      return 'bad';
    case 'planned':
    case 'sending':
    case 'accepted':
    case 'canceling':
      return 'busy';
    default:
      return 'quiet';
  }
}
