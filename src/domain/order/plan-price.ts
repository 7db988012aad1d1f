import { safeCagePrice } from '../market/price-cage.ts';
import { roundToTick, tickSize } from '../market/tick.ts';
import { priceText } from '../number-text.ts';
import type { Quote, Side } from '../trading.ts';
import type { OrderStyle } from './types.ts';

/** How far a market-style order may go from the last price, and whether the price cage applies now. */
export interface PriceRules {
  /** 0.015 = a buy is protected at last × 1.015. */
  readonly buyPercent: number;
  /** −0.015 = a sell is protected at last × 0.985. */
  readonly sellPercent: number;
  /** The cage holds in continuous auction only. */
  readonly continuous: boolean;
}

export type PricePlan =
  | { readonly kind: 'price'; readonly price: number; readonly notes: readonly string[] }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * The explicit price of an order. It moves only to the author's advantage: a buy limit above the cage or the day's limit
 * comes down to it (in the cage with a tick to spare: what it is measured from moves while the order is on its way), never up; one that the exchange would refuse and that cannot be improved is refused here.
 */
export function protectedPrice(
  style: OrderStyle,
  side: Side,
  quote: Quote,
  last: number,
  rules: PriceRules,
): PricePlan {
  const tick = tickSize(quote.security);
  const inward = side === 'buy' ? 'down' : 'up';
  const better = side === 'buy' ? Math.min : Math.max;
  const wanted = wantedPrice(style, side, last, rules);
  const bounds = [
    side === 'buy' ? quote.highLimit : quote.lowLimit,
    rules.continuous ? safeCagePrice(quote.security, side, quote) : null,
  ];
  const bounded = bounds.reduce<number>((price, bound) => (bound === null ? price : better(price, bound)), wanted);
  const price = roundToTick(bounded, tick, inward);
  const far = side === 'buy' ? quote.lowLimit : quote.highLimit;
  if (!(price > 0)) return { kind: 'refused', reason: `a price of ${priceText(price)} is not possible.` };
  if (far !== null && (side === 'buy' ? price < far : price > far)) {
    const name = side === 'buy' ? 'below today’s lower' : 'above today’s upper';
    return {
      kind: 'refused',
      reason: `the limit ${priceText(price)} is ${name} limit ${priceText(far)}; the exchange would refuse it.`,
    };
  }
  const notes =
    style.kind === 'limit' && priceText(price) !== priceText(wanted)
      ? [
          `Limit ${priceText(wanted)} of ${quote.security} becomes ${priceText(price)} (tick size, price cage or daily limit).`,
        ]
      : [];
  return { kind: 'price', price, notes };
}

function wantedPrice(style: OrderStyle, side: Side, last: number, rules: PriceRules): number {
  if (style.kind === 'limit') return style.limitPrice;
  const moved = last * (1 + (side === 'buy' ? rules.buyPercent : rules.sellPercent));
  if (style.limitPrice === null) return moved;
  return side === 'buy' ? Math.min(moved, style.limitPrice) : Math.max(moved, style.limitPrice);
}
