import type { DepthQuote } from '../domain/gateway.ts';
import { lotRule, roundBuyAmount, roundSellAmount } from '../domain/market/lot.ts';
import { safeCagePrice } from '../domain/market/price-cage.ts';
import { isRepo } from '../domain/market/repo.ts';
import { isContinuous } from '../domain/market/session.ts';
import { roundToTick, tickSize } from '../domain/market/tick.ts';
import { priceText } from '../domain/number-text.ts';
import type { AccountBroker, NewOrder } from './adapters/gateway.ts';
import { requestFailed } from './python.ts';

/** How far from the last price a market order that names no price may go: 0.015 = a buy up to 1.5 % above. */
export interface MarketRoom {
  readonly buy: number;
  /** Negative: below. */
  readonly sell: number;
}

export const DEFAULT_MARKET_ROOM: MarketRoom = { buy: 0.015, sell: -0.015 };

export interface FitContext {
  /** Null = the gateway was not asked. */
  readonly quote: DepthQuote | null;
  readonly broker: Pick<AccountBroker, 'positions'>;
  /** Market time, epoch ms. */
  readonly now: number;
  readonly room: MarketRoom;
}

/** An order as it is entered, and in words what it was before. */
export interface FittedOrder {
  readonly order: NewOrder;
  readonly notes: readonly string[];
}

/**
 * What the deployed gateway makes of an order before it enters it, because its clients rely on it: whole lots, a sell of no more than
 * can be sold, a limit inside the day's limits, and a worst price for a market order, inside limits and price cage. Nothing is changed
 * in silence. Throws REQUEST_FAILED, in the deployed gateway's words, where nothing is left to order.
 */
export async function fitOrder(order: NewOrder, context: FitContext): Promise<FittedOrder> {
  const amount = await fittedAmount(order, context.broker);
  const price = order.style === 'market' ? marketPrice(order, context) : limitPrice(order, context.quote);
  const notes = [];
  if (amount !== order.amount) notes.push(`${order.security} 数量从 ${order.amount} 取整为 ${amount}`);
  if (price !== order.price && order.price !== null && price !== null) {
    const what = order.style === 'market' ? '保护价' : '限价';
    notes.push(`${order.security} ${what} ${priceText(order.price)} 调整为 ${priceText(price)}（涨跌停/价格笼子）`);
  }
  return { order: { ...order, amount, price }, notes };
}

async function fittedAmount({ security, side, amount }: NewOrder, broker: FitContext['broker']): Promise<number> {
  // Who lends sells what he does not hold.
  const isBuy = side === 'buy' || isRepo(security);
  const fitted = isBuy ? roundBuyAmount(security, amount) : await sellAmount(security, amount, broker);
  if (fitted > 0) return fitted;
  const { minBuy, step } = lotRule(security);
  throw requestFailed(`${security} 数量不足最小手数（原始数量=${amount}，最小手数=${minBuy}，步进=${step}）`);
}

async function sellAmount(security: string, amount: number, broker: FitContext['broker']): Promise<number> {
  const held = (await broker.positions()).find((position) => position.security === security);
  const closeable = held?.closeableAmount ?? 0;
  // 0 is an answer: what was bought today is not sold by mistake, as the deployed gateway does.
  if (closeable <= 0) throw requestFailed(`${security} 无可卖数量`);
  return roundSellAmount(security, amount, closeable);
}

function limitPrice({ price }: NewOrder, quote: DepthQuote | null): number | null {
  if (price === null || quote === null) return price;
  return within(price, quote.lowLimit, quote.highLimit);
}

/** The client's own worst price or one made from the last, on the tick, inside cage and limits; null = there is nothing to make it from. */
export function marketPrice(
  { security, side, price }: NewOrder,
  { quote, now, room }: Omit<FitContext, 'broker'>,
): number | null {
  if (quote === null) return price;
  const { highLimit, lowLimit } = quote;
  const isBuy = side === 'buy';
  const last = positive(quote.lastPrice) ?? positive(isBuy ? highLimit : lowLimit);
  if (price === null && last === null) throw requestFailed(`${security} 无法获取有效价格`);
  const wanted = price ?? (last ?? 0) * (1 + (isBuy ? room.buy : room.sell));
  const cage = isContinuous(now, security) ? safeCagePrice(security, side, quote) : null;
  const caged = cage === null ? wanted : isBuy ? Math.min(wanted, cage) : Math.max(wanted, cage);
  return within(roundToTick(caged, tickSize(security), isBuy ? 'down' : 'up'), lowLimit, highLimit);
}

function within(price: number, low: number | null, high: number | null): number {
  return Math.min(Math.max(price, positive(low) ?? price), positive(high) ?? Infinity);
}

/** A vendor's 0 is a price that is not there. */
function positive(price: number | null): number | null {
  return price !== null && price > 0 ? price : null;
}
