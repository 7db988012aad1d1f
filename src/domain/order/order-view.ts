import { sumFills } from './fills.ts';
import type { Life } from './life-types.ts';
import { pindexOf, type IntentState, type OrderView, type TradeView } from './types.ts';
import type { FillRow, OrderRow } from './rows.ts';

/** False for a call that is being planned, or was denied at once: it returned null, so for the strategy there is no order. */
export function isVisible({ order, intents }: Life): boolean {
  if (order.phase === 'new') return false;
  return order.denied === null || order.opensAt !== null || intents.length > 0;
}

/** The order as a strategy sees it: the sum of its intents. */
export function orderView(life: Life, fills: readonly FillRow[]): OrderView {
  const { order: row, intents } = life;
  const total = sumFills(fills);
  const filled = Math.max(
    total.amount,
    intents.reduce((sum, intent) => sum + intent.filled, 0),
  );
  const state = orderState(life);
  return {
    orderId: row.orderId,
    brokerOrderIds: intents.flatMap((intent) => (intent.brokerOrderId === null ? [] : [intent.brokerOrderId])),
    security: row.security,
    side: row.side,
    amount: row.amount,
    filled,
    price: total.price,
    avgCost: row.side === 'buy' ? total.price : row.costBefore,
    commission: sumOrNull(fills.map((fill) => fill.commission)),
    style: row.request.style,
    state,
    reason: row.denied ?? intents.find((intent) => intent.reason !== null)?.reason ?? null,
    unknown: intents.some((intent) => intent.state === 'unknown'),
    addTime: row.createdAt,
    pindex: pindexOf(row.request),
  };
}

/** Doubt first, then what still works, then the sum of what is final. */
function orderState({ order, intents }: Life): IntentState {
  if (order.denied !== null) return 'not_sent';
  if (intents.length === 0) return 'planned';
  const states = intents.map((intent) => intent.state);
  const [only] = states;
  if (states.length === 1 && only !== undefined) return only;
  for (const live of ['unknown', 'sending', 'planned', 'accepted', 'canceling'] as const) {
    if (states.includes(live)) return live;
  }
  if (states.every((state) => state === 'filled')) return 'filled';
  for (const whole of ['rejected', 'not_sent', 'not_placed', 'expired'] as const) {
    if (states.every((state) => state === whole)) return whole;
  }
  return 'canceled';
}

export function tradeView(fill: FillRow, order: OrderRow): TradeView {
  return {
    tradeId: fill.ordinal === 1 ? fill.tradeId : `${fill.tradeId}#${fill.ordinal}`,
    orderId: order.orderId,
    security: order.security,
    side: order.side,
    amount: fill.amount,
    price: fill.price,
    time: fill.time,
    commission: fill.commission,
    tax: fill.tax,
  };
}

/** Trades of the orders that `orderOf` knows by the client id. */
export function tradeViews(
  entries: readonly (readonly [string, readonly FillRow[]])[],
  orderOf: (clientId: string) => OrderRow | undefined,
): TradeView[] {
  return entries.flatMap(([clientId, fills]) => {
    const order = orderOf(clientId);
    return order === undefined ? [] : fills.map((fill) => tradeView(fill, order));
  });
}

function sumOrNull(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}
