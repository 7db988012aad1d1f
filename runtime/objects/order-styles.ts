import type { OrderStyle, StopPrice } from '../../src/domain/order/types.ts';
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

const readMode: Reader<StopPrice['mode']> = (value, where) => {
  if (value === 'stop_loss' || value === 'take_profit') return value;
  const example = typeof value === 'number' ? `('stop_loss', ${fixed(value, 2)})` : "('stop_loss', 9.50)";
  throw badArgument(
    where,
    `is 'stop_loss' or 'take_profit', before the price, was ${pyRepr(value)}: write ${example}.`,
  );
};

type Mode = StopPrice['mode'];

/**
 * Waits for `stop_price` and is a market order from then on. `stop_loss`: a sell waits for the price to fall to it, a buy for it to rise;
 * `take_profit`: the reverse. Lives in continuous trading of its day; nothing is reserved for it.
 */
class StopMarketStyle {
  readonly mode: Mode;
  readonly stop_price: number;
  /** It has none. */
  readonly limit_price = null;
  readonly [STYLE]: OrderStyle;

  constructor(mode: Mode | { readonly mode: Mode; readonly stop_price: number }, stop_price?: number) {
    const args = { mode: required(readMode), stop_price: required(readPrice) };
    const a = bindArguments('StopMarketOrderStyle', args, [mode, stop_price]);
    this.mode = a.mode;
    this.stop_price = a.stop_price;
    this[STYLE] = { kind: 'market', limitPrice: null, stop: { mode: a.mode, price: a.stop_price } };
    Object.freeze(this);
  }

  toString(): string {
    return `StopMarketOrderStyle: mode=${this.mode}, stop_price=${this.stop_price}`;
  }
}

/** As `StopMarketOrderStyle`; from then on it is a limit order at `limit_price`. */
class StopLimitStyle {
  readonly mode: Mode;
  readonly stop_price: number;
  readonly limit_price: number;
  readonly [STYLE]: OrderStyle;

  constructor(
    mode: Mode | { readonly mode: Mode; readonly stop_price: number; readonly limit_price: number },
    stop_price?: number,
    limit_price?: number,
  ) {
    const prices = { stop_price: required(readPrice), limit_price: required(readPrice) };
    const args = { mode: required(readMode), ...prices };
    const a = bindArguments('StopLimitOrderStyle', args, [mode, stop_price, limit_price]);
    this.mode = a.mode;
    this.stop_price = a.stop_price;
    this.limit_price = a.limit_price;
    this[STYLE] = { kind: 'limit', limitPrice: a.limit_price, stop: { mode: a.mode, price: a.stop_price } };
    Object.freeze(this);
  }

  toString(): string {
    const { mode, stop_price, limit_price } = this;
    return `StopLimitOrderStyle: mode=${mode}, stop_price=${stop_price}, limit_price=${limit_price}`;
  }
}

strictMembers(StopMarketStyle, 'StopMarketOrderStyle');
strictMembers(StopLimitStyle, 'StopLimitOrderStyle');
strictMembers(MarketStyle, 'MarketOrderStyle');
strictMembers(LimitStyle, 'LimitOrderStyle');

/** `MarketOrderStyle()` or `MarketOrderStyle(worst_price)`, with or without `new`. */
export const MarketOrderStyle = callable(MarketStyle);
export type MarketOrderStyle = MarketStyle;
/** `LimitOrderStyle(price)`, with or without `new`. */
export const LimitOrderStyle = callable(LimitStyle);
export type LimitOrderStyle = LimitStyle;
/** `StopMarketOrderStyle('stop_loss', 9.5)`, with or without `new`. */
export const StopMarketOrderStyle = callable(StopMarketStyle);
export type StopMarketOrderStyle = StopMarketStyle;
/** `StopLimitOrderStyle('stop_loss', 9.5, 9.4)`, with or without `new`. */
export const StopLimitOrderStyle = callable(StopLimitStyle);
export type StopLimitOrderStyle = StopLimitStyle;

/** Any of them. */
export type AnyOrderStyle = MarketOrderStyle | LimitOrderStyle | StopMarketOrderStyle | StopLimitOrderStyle;

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
  throw badArgument(where, `must be MarketOrderStyle(), LimitOrderStyle(price) or a stop style, was ${pyRepr(value)}.`);
};

/** The style object a strategy reads from its order. */
export function styleObject(style: OrderStyle): AnyOrderStyle {
  const { stop } = style;
  if (style.kind === 'limit')
    return stop === undefined
      ? LimitOrderStyle(style.limitPrice)
      : StopLimitOrderStyle(stop.mode, stop.price, style.limitPrice);
  return stop === undefined ? MarketOrderStyle(style.limitPrice) : StopMarketOrderStyle(stop.mode, stop.price);
}

function isOrderStyle(value: unknown): value is OrderStyle {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    (value.kind === 'limit' || value.kind === 'market')
  );
}
