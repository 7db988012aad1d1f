import type { OrderStyle } from '../../src/domain/order/types.ts';
import { badArgument, bindArguments, optional, required } from '../api/arguments.ts';
import type { Reader } from '../api/arguments.ts';
import { nullable, readFinite } from '../api/readers.ts';
import { fixed } from '../text/fixed.ts';
import { pyRepr } from '../text/python-text.ts';
import { strictMembers } from './attributes.ts';
import { callable } from './guard.ts';

/** Marks a style; by symbol and not by class, because a strategy bundle may hold another copy of this module. */
const STYLE = Symbol.for('bt-live.order-style.v1');

/** A price in CNY; 0 and below are refused. */
const readPrice: Reader<number> = (value, where) => {
  const price = readFinite(value, where);
  if (price > 0) return price;
  throw badArgument(where, `must be a price above 0, was ${price}.`);
};

/** Market order: sent with a protected price; `limit_price` is the worst price you accept. */
class MarketStyle {
  readonly limit_price: number | null;
  readonly [STYLE]: OrderStyle;

  constructor(limit_price?: number | null | { readonly limit_price?: number | null }) {
    const a = bindArguments('MarketOrderStyle', { limit_price: optional(nullable(readPrice), null) }, [limit_price]);
    this.limit_price = a.limit_price;
    this[STYLE] = { kind: 'market', limitPrice: a.limit_price };
    Object.freeze(this);
  }

  toString(): string {
    return this.limit_price === null ? 'MarketOrderStyle' : `MarketOrderStyle: limit_price=${this.limit_price}`;
  }
}

/** Limit order: works at `limit_price` until it is filled, cancelled or the day ends. */
class LimitStyle {
  readonly limit_price: number;
  readonly [STYLE]: OrderStyle;

  constructor(limit_price: number | { readonly limit_price: number }) {
    const a = bindArguments('LimitOrderStyle', { limit_price: required(readPrice) }, [limit_price]);
    this.limit_price = a.limit_price;
    this[STYLE] = { kind: 'limit', limitPrice: a.limit_price };
    Object.freeze(this);
  }

  toString(): string {
    return `LimitOrderStyle: _limit_price=${this.limit_price}`;
  }
}

strictMembers(MarketStyle, 'MarketOrderStyle');
strictMembers(LimitStyle, 'LimitOrderStyle');

/** `MarketOrderStyle()` or `MarketOrderStyle(worst_price)`, with or without `new`. */
export const MarketOrderStyle = callable(MarketStyle);
export type MarketOrderStyle = MarketStyle;
/** `LimitOrderStyle(price)`, with or without `new`. */
export const LimitOrderStyle = callable(LimitStyle);
export type LimitOrderStyle = LimitStyle;

/** The style argument of the order functions; null means market. */
export const readStyle: Reader<OrderStyle> = (value, where) => {
  if (value === null) return { kind: 'market', limitPrice: null };
  if (typeof value === 'number') {
    const example = Number.isFinite(value) && value > 0 ? fixed(value, 2) : '10.00';
    throw badArgument(where, `is an order style, not a price: write LimitOrderStyle(${example}).`);
  }
  if (typeof value === 'object' && STYLE in value) {
    const style: unknown = value[STYLE];
    if (isOrderStyle(style)) return style;
  }
  throw badArgument(where, `must be MarketOrderStyle() or LimitOrderStyle(price), was ${pyRepr(value)}.`);
};

/** The style object a strategy reads from its order. */
export function styleObject(style: OrderStyle): MarketOrderStyle | LimitOrderStyle {
  return style.kind === 'limit' ? LimitOrderStyle(style.limitPrice) : MarketOrderStyle(style.limitPrice);
}

function isOrderStyle(value: unknown): value is OrderStyle {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    (value.kind === 'limit' || value.kind === 'market')
  );
}
