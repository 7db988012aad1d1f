import { countFills } from '../../../domain/order/fills.ts';
import { ofDay } from '../../../domain/time.ts';
import { fillDoubt, type DayPrices } from '../../../domain/order/plausible-fill.ts';
import type { FillRow, IntentRow } from '../../../domain/order/rows.ts';
import type { BrokerTrade } from '../../../domain/trading.ts';
import type { OrderIndex } from './order-index.ts';

/** What cannot be true of an order of ours, in words. */
export interface Impossible {
  readonly clientId: string;
  readonly remark: string;
  readonly text: string;
  /** The next reading may show it otherwise: it is told when it lasts. */
  readonly mayPass: boolean;
}

/** When a list of trades was read, and what the market was then. */
export interface TradeTime {
  /** Trading day, `YYYY-MM-DD`. */
  readonly day: string;
  /** Market time, epoch ms. */
  readonly now: number;
  /** The day's price limits of a security, as far as known. */
  readonly prices: (security: string) => DayPrices;
}

/** What a list of trades says of our orders. */
export interface OwnTrades {
  readonly fills: readonly FillRow[];
  readonly impossible: readonly Impossible[];
}

type PricedTrade = BrokerTrade & { readonly price: number };

/** `owners`: whose the trades under a broker's order id are. */
export function ownTrades(
  trades: readonly BrokerTrade[],
  index: OrderIndex,
  owners: ReadonlyMap<string, IntentRow>,
  time: TradeTime,
): OwnTrades {
  const { possible, impossible } = sorted(trades, owners, time);
  const sums = amountsByOrder(possible);
  return {
    fills: fillRows(possible, sums, index, owners, time),
    impossible: [...impossible, ...overfilled(sums, owners)],
  };
}

/** The trades of our orders: what can be a fill of them, and what cannot. */
function sorted(
  trades: readonly BrokerTrade[],
  owners: ReadonlyMap<string, IntentRow>,
  { prices }: TradeTime,
): { readonly possible: readonly PricedTrade[]; readonly impossible: readonly Impossible[] } {
  const possible: PricedTrade[] = [];
  const impossible: Impossible[] = [];
  const asked = new Map<string, DayPrices>();
  const dayPrices = (security: string): DayPrices => {
    const known = asked.get(security) ?? prices(security);
    asked.set(security, known);
    return known;
  };
  for (const trade of trades) {
    const owner = owners.get(trade.orderId);
    if (owner === undefined) continue;
    const fill = isFill(owner, trade) ? trade : null;
    const doubt = trade.unreadable ?? (fill === null ? null : fillDoubt(owner, fill, dayPrices(owner.security)));
    if (doubt !== null) {
      const { clientId, remark } = owner;
      const text = `trade ${trade.tradeId} cannot be its (${doubt})`;
      impossible.push({ clientId, remark, text, mayPass: trade.unreadable !== undefined });
    } else if (fill !== null) possible.push(fill);
  }
  return { possible, impossible };
}

/** A row of 0 shares (a cancel in some back ends' lists) is no fill; nor is one without a price, until it has one. */
function isFill(owner: IntentRow, trade: BrokerTrade): trade is PricedTrade {
  return trade.price !== null && trade.amount > 0 && owner.security === trade.security;
}

/**
 * The fills of our orders. Those of an order whose trades exceed what its own row calls filled are left out: the list repeats
 * itself (a replay inside one list), or is younger than the list of orders. The next reading settles the one, and the other
 * never counts. Where the list of orders lacks its row, rows of trades that look alike are one until a row has called so much filled.
 */
function fillRows(
  ours: readonly PricedTrade[],
  sums: ReadonlyMap<string, number>,
  index: OrderIndex,
  owners: ReadonlyMap<string, IntentRow>,
  { day, now }: TradeTime,
): FillRow[] {
  const isToday = ofDay(day);
  const fills: FillRow[] = [];
  for (const { trade, ordinal } of countFills(ours)) {
    const { orderId: brokerOrderId, tradeId, amount, price, commission, tax } = trade;
    const owner = owners.get(brokerOrderId);
    if (owner === undefined) continue;
    const row = index.get(brokerOrderId);
    const sum = sums.get(brokerOrderId) ?? 0;
    if (sum > Math.min(owner.amount, row?.filled ?? owner.amount)) continue;
    if (row === null && ordinal > 1 && sum > owner.filled) continue;
    // The list is of today: what it dates otherwise came about when it was seen, as far as anybody can tell.
    const time = trade.time !== null && isToday(trade.time) ? trade.time : now;
    const { clientId } = owner;
    fills.push({ day, brokerOrderId, tradeId, ordinal, clientId, amount, price, time, commission, tax });
  }
  return fills;
}

/** Trades that sum up to more than was ordered; a list may repeat itself once. */
function overfilled(sums: ReadonlyMap<string, number>, owners: ReadonlyMap<string, IntentRow>): Impossible[] {
  const impossible: Impossible[] = [];
  for (const [orderId, amount] of sums) {
    const owner = owners.get(orderId);
    if (owner === undefined || amount <= owner.amount) continue;
    const text = `its trades sum up to ${amount} of ${owner.amount} ordered`;
    impossible.push({ clientId: owner.clientId, remark: owner.remark, text, mayPass: true });
  }
  return impossible;
}

function amountsByOrder(trades: readonly PricedTrade[]): Map<string, number> {
  const traded = new Map<string, number>();
  for (const { orderId, amount } of trades) traded.set(orderId, (traded.get(orderId) ?? 0) + amount);
  return traded;
}
