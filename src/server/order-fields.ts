import { errorCode } from '../domain/errors.ts';
import type { DepthQuote } from '../domain/gateway.ts';
import type { JsonObject } from '../protocol/json.ts';
import type { Gateway } from './adapters/gateway.ts';
import type { Dialect, OrderFields } from './dialects/dialect.ts';
import { sideByOperation } from './operations.ts';
import { firstTruthy, isTruthy, needObject, toFloatOrNull, toIntOrNull, toText } from './python.ts';

const DEFAULT_TEXT = 'bullet-trade';

/** A place request on its way through the server's steps. Its style and meta are objects, or it was refused. */
export interface PlaceDraft {
  readonly payload: JsonObject;
  /** With the price the server filled in, where the client gave none. */
  readonly style: JsonObject;
  readonly meta: JsonObject;
  readonly isMarket: boolean;
  /** Price that limits and risk reckon with; null = unknown. */
  readonly estimatedPrice: number | null;
  readonly warning: string | null;
  /** What the suspension was looked up in; null = the request names no security. */
  readonly quote: DepthQuote | null;
}

/** Checks the shape, looks at the suspension, and fills the price a limit order lacks with the last one. */
export async function draftPlace(
  payload: JsonObject,
  { gateway, dialect }: { readonly gateway: Gateway; readonly dialect: Dialect },
): Promise<PlaceDraft> {
  const style = isTruthy(payload['style']) ? needObject(payload['style']) : { type: 'limit' };
  const meta = isTruthy(payload['meta']) ? needObject(payload['meta']) : {};
  const security = payload['security'];
  const isMarket = isTruthy(payload['market']) || text(style['type'], 'limit').toLowerCase() === 'market';
  const quote = isTruthy(security) ? await quoteNow(gateway, dialect.security(security)) : null;
  const priced = isTruthy(style['price']) || isTruthy(style['protect_price']);
  const lastPrice = priced || quote === null ? null : quote.lastPrice;
  const filled = lastPrice !== null && !isMarket ? { ...style, price: lastPrice } : style;
  return {
    payload,
    style: filled,
    meta,
    isMarket,
    estimatedPrice: positive(firstTruthy(filled['price'], filled['protect_price'], payload['price'])) ?? lastPrice,
    warning: pausedWarning(payload, meta, quote?.paused === true),
    quote,
  };
}

/** Quotes that are away keep no order from the counter: it judges it itself. */
async function quoteNow(gateway: Gateway, security: string): Promise<DepthQuote | null> {
  try {
    return await gateway.data.quote(security);
  } catch (error) {
    if (errorCode(error) === 'QMT_UNAVAILABLE') return null;
    throw error;
  }
}

/** What the dialect reads the order from. */
export function orderFields(draft: PlaceDraft): OrderFields {
  const { payload, style, meta } = draft;
  const price = firstTruthy(style['price'], style['protect_price'], payload['price']);
  return {
    security: payload['security'] ?? null,
    amount: toIntOrNull(orderAmount(payload)),
    side: orderSide(payload).toUpperCase(),
    operation: orderOperation(payload),
    styleType: draft.isMarket ? 'market' : text(style['type'], 'limit').toLowerCase(),
    price: toFloatOrNull(price),
    remark: text(firstTruthy(payload['order_remark'], payload['remark']), DEFAULT_TEXT),
    strategyName: text(payload['strategy_name'], DEFAULT_TEXT),
    scenario: firstTruthy(meta['stub_scenario'], payload['stub_scenario']) ?? null,
  };
}

/** The quantity as sent: `amount`, or its alias `volume`; 0 when neither is there. */
export function orderAmount(payload: JsonObject): unknown {
  return firstTruthy(payload['amount'], payload['volume'], 0);
}

/** What kind of order it is said to be, as sent; null = nothing is said. */
export function orderOperation(payload: JsonObject): string | null {
  return isTruthy(payload['operation']) ? toText(payload['operation']) : null;
}

/** As sent; where none is, that of the operation, and without one a buy. */
export function orderSide(payload: JsonObject): string {
  return text(payload['side'], sideByOperation(orderOperation(payload)) ?? 'BUY');
}

/** Value of the order in CNY as limits see it; 0 = it cannot be reckoned. */
export function orderValue(draft: PlaceDraft): number {
  const amount = toIntOrNull(orderAmount(draft.payload)) ?? 0;
  return Math.abs(amount) * (draft.estimatedPrice ?? 0);
}

/** A client may send the warning itself; the deployed server returns it like its own. */
function pausedWarning(payload: JsonObject, meta: JsonObject, isPaused: boolean): string | null {
  if (isPaused) return `${toText(payload['security'])} 停牌，拒绝远程委托`;
  return isTruthy(meta['paused_warning']) ? toText(meta['paused_warning']) : null;
}

function positive(value: unknown): number | null {
  const number = toFloatOrNull(value);
  return number !== null && number > 0 ? number : null;
}

function text(value: unknown, fallback: string): string {
  return isTruthy(value) ? toText(value) : fallback;
}
