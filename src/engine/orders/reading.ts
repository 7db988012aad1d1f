import { countFills } from '../../domain/order/fills.ts';
import { matchIntent } from '../../domain/order/match.ts';
import { canMove, eventOfStatus, isFinal } from '../../domain/order/state.ts';
import type { BrokerOrder, BrokerTrade } from '../../domain/trading.ts';
import type { FillRow, IntentRow } from '../../ledger/rows.ts';
import type { IntentNews } from './order-book.ts';

/** Both lists of the broker, whole, requested together. */
export interface Reading {
  readonly orders: readonly BrokerOrder[];
  readonly trades: readonly BrokerTrade[];
}

/** What a reading says about our intents. */
export interface ReadingNews {
  readonly news: readonly IntentNews[];
  readonly fills: readonly FillRow[];
  /** Intents of unknown fate that the reading does not show. */
  readonly absent: readonly string[];
  /** Rows that contradict what we hold for certain (e.g. a final order shown live again). */
  readonly contradictions: readonly string[];
}

/** Pure: intents × one reading → news. Absence is never news by itself. */
export function readNews(intents: readonly IntentRow[], reading: Reading, day: string, now: number): ReadingNews {
  const claimed = new Set(intents.flatMap((intent) => (intent.brokerOrderId === null ? [] : [intent.brokerOrderId])));
  const news: IntentNews[] = [];
  const absent: string[] = [];
  const contradictions: string[] = [];
  const owners = new Map<string, IntentRow>();
  for (const intent of intents) {
    if (intent.sentAt === null || intent.day !== day) continue;
    const order = matchIntent(intent, reading.orders, claimed);
    if (order === null) {
      if (intent.state === 'unknown') absent.push(intent.clientId);
      continue;
    }
    claimed.add(order.orderId);
    owners.set(order.orderId, intent);
    const event = eventOfStatus(order.status);
    if (event === null) continue;
    if (!canMove(intent.state, event)) {
      if (!isFinal(intent.state) || event === 'filled')
        contradictions.push(`${intent.clientId}: ${intent.state}, the broker says ${order.status}`);
      continue;
    }
    const reason =
      event === 'rejected' || event === 'canceled' ? { reason: order.statusText === '' ? null : order.statusText } : {};
    news.push({ clientId: intent.clientId, event, brokerOrderId: order.orderId, filled: order.filled, ...reason });
  }
  return { news, fills: fillRows(reading.trades, owners, day, now), absent, contradictions };
}

function fillRows(
  trades: readonly BrokerTrade[],
  owners: ReadonlyMap<string, IntentRow>,
  day: string,
  now: number,
): FillRow[] {
  return countFills(trades).flatMap(({ trade, ordinal }) => {
    const owner = owners.get(trade.orderId);
    if (owner === undefined) return [];
    return [
      {
        day,
        brokerOrderId: trade.orderId,
        tradeId: trade.tradeId,
        ordinal,
        clientId: owner.clientId,
        amount: trade.amount,
        price: trade.price,
        time: trade.time ?? now,
        commission: trade.commission,
        tax: trade.tax,
      },
    ];
  });
}
