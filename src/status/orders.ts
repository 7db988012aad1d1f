import { tradedMoney } from '../domain/market/repo.ts';
import { isUnseenEnd } from '../domain/order/intent.ts';
import type { Life } from '../domain/order/life-types.ts';
import { orderView, tradeView } from '../domain/order/order-view.ts';
import type { FillRow, IntentRow, OrderChangeRow } from '../domain/order/rows.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { OrderPartStatus, OrderStatus, TradeStatus, UnknownStatus } from './types.ts';

/** What the ledger holds of the orders of a day. */
export interface DayOfOrders {
  readonly lives: readonly Life[];
  readonly fillsOf: ReadonlyMap<string, readonly FillRow[]>;
}

/** Orders of the day, oldest first, and their fills, by client id. */
export function ordersOfDay(ledger: Ledger, day: string): DayOfOrders {
  const intents = Map.groupBy(ledger.intentsOnDay(day), ({ orderId }) => orderId);
  const lives = ledger.ordersOf(day).map((order): Life => ({ order, intents: intents.get(order.orderId) ?? [] }));
  return { lives, fillsOf: Map.groupBy(ledger.fillsOf(day), ({ clientId }) => clientId) };
}

/** Without `changes` no order has a history. */
export function orderStatuses(
  { lives, fillsOf }: DayOfOrders,
  ledger: Pick<Ledger, 'trigger'>,
  changes: readonly OrderChangeRow[],
): OrderStatus[] {
  const history = Map.groupBy(changes, ({ orderId }) => orderId);
  const taskOf = (key: string | null): string | null => (key === null ? null : (ledger.trigger(key)?.task ?? null));
  return lives.map((life) => {
    const { order } = life;
    const view = orderView(life, fillsOfLife(life, fillsOf));
    const { orderId, security, side, amount, filled, price, commission, style, state, reason, unknown, addTime } = view;
    return {
      orderId,
      day: order.day,
      at: addTime,
      security,
      side,
      amount,
      filled,
      price,
      commission,
      callPrice: order.callPrice,
      triggerPrice: order.triggerPrice,
      costBefore: order.costBefore,
      style,
      state,
      phase: order.phase,
      reason,
      unknown,
      task: taskOf(order.placedIn),
      owner: order.owner,
      pindex: view.pindex ?? 0,
      parts: life.intents.map(partOf),
      history: (history.get(orderId) ?? []).map(({ at, state: to, reason: why, by, clientId }) => {
        return { at, state: to, reason: why, by, part: clientId };
      }),
    };
  });
}

export function tradeStatuses({ lives, fillsOf }: DayOfOrders): TradeStatus[] {
  return lives
    .flatMap((life) => fillsOfLife(life, fillsOf).map((fill) => ({ fill, order: life.order })))
    .map(({ fill, order }) => {
      const value = tradedMoney(order.security, fill.amount, fill.price);
      return { ...tradeView(fill, order), day: fill.day, value };
    })
    .toSorted((a, b) => a.time - b.time);
}

export function unknownStatus(intent: IntentRow): UnknownStatus {
  const { tag, orderId, remark, day, security, side, amount, filled, price, brokerOrderId, reason } = intent;
  const isPlaced = brokerOrderId !== null || filled > 0;
  const settledBy: UnknownStatus['settledBy'] = isUnseenEnd(intent)
    ? ['filled', ...(isPlaced ? [] : (['notPlaced'] as const))]
    : ['as', ...(isPlaced ? [] : (['notPlaced'] as const))];
  const since = intent.sentAt ?? intent.updatedAt;
  const ids = { id: tag, orderId, remark, brokerOrderId };
  return { ...ids, day, security, side, amount, filled, price, reason, since, settledBy };
}

function partOf(intent: IntentRow): OrderPartStatus {
  const { tag, clientId, remark, brokerOrderId, state, reason, amount, filled, price, sentAt, updatedAt } = intent;
  const ids = { id: tag, clientId, remark, brokerOrderId };
  return { ...ids, state, reason, amount, filled, price, sentAt, updatedAt, cancels: intent.cancels };
}

function fillsOfLife({ intents }: Life, fillsOf: DayOfOrders['fillsOf']): FillRow[] {
  return intents.flatMap(({ clientId }) => fillsOf.get(clientId) ?? []);
}
