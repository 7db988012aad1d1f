import { roundToTick, tickSize } from '../market/tick.ts';
import type { OrderStyle } from '../order/types.ts';
import type { Quote, Side } from '../trading.ts';
import type { FollowRules } from './rules.ts';

export interface Styled {
  readonly style: OrderStyle;
  /** CNY a share with which it is reckoned. */
  readonly price: number;
  readonly notes: readonly string[];
}

/** How a signal is priced; null when there is no price at all. Tick, cage and the day's limits are the planner's, as for any order. */
export function styleOf(
  rules: Pick<FollowRules, 'price' | 'slippage'>,
  asked: { readonly side: Side; readonly price: number | null },
  quote: Quote,
): Styled | null {
  const last = quote.lastPrice ?? quote.preClose;
  if (last === null) return null;
  const worse = asked.side === 'buy' ? 1 + rules.slippage : 1 - rules.slippage;
  const limit = (price: number, notes: readonly string[] = []): Styled => {
    const limitPrice = onTick(price * worse, quote.security, asked.side);
    return { style: { kind: 'limit', limitPrice }, price: limitPrice, notes };
  };
  const opponent = asked.side === 'buy' ? quote.ask1 : quote.bid1;
  switch (rules.price) {
    case 'signal':
      return asked.price === null
        ? limit(opponent ?? last, ["it names no price: the opponent's best is taken"])
        : limit(asked.price);
    case 'opponent':
      return limit(opponent ?? last);
    case 'market': {
      const limitPrice = rules.slippage > 0 ? onTick(last * worse, quote.security, asked.side) : null;
      return { style: { kind: 'market', limitPrice }, price: last, notes: [] };
    }
  }
}

/** A limit that slippage has moved off the grid goes back on it, not beyond what was allowed; never to nothing. */
function onTick(price: number, security: string, side: Side): number {
  const tick = tickSize(security);
  return Math.max(tick, roundToTick(price, tick, side === 'buy' ? 'down' : 'up'));
}

/** True when the price is at the limit against which this side can only queue. */
export function isAtLimit(side: Side, { lastPrice, highLimit, lowLimit, ask1, bid1 }: Quote): boolean {
  if (lastPrice === null) return false;
  if (side === 'buy') return highLimit !== null && lastPrice >= highLimit && ask1 === null;
  return lowLimit !== null && lastPrice <= lowLimit && bid1 === null;
}
