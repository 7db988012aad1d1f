import { parseSecurity } from '../../../domain/market/symbol.ts';
import type { Side } from '../../../domain/trading.ts';
import { checkAccountType, enteredSide, OPERATION_NAMES, operationOf, readOperation } from '../../operations.ts';
import type { OperationName } from '../../operations.ts';

/** The numbers of the vendor's API (source: vendor's documentation, xtconstant). */
export const FIX_PRICE = 11;

/** The vendor's number of each operation. */
const CODES: Readonly<Record<OperationName, number>> = {
  buy: 23,
  sell: 24,
  margin_buy: 27,
  short_sell: 28,
  buy_to_return: 29,
  return_securities: 30,
  sell_to_repay: 31,
  repay_cash: 32,
  special_margin_buy: 40,
  special_short_sell: 41,
  special_buy_to_return: 42,
  special_return_securities: 43,
  special_sell_to_repay: 44,
  special_repay_cash: 45,
};

const BY_CODE = new Map(OPERATION_NAMES.map((name) => [CODES[name], name] as const));

/** What a row's order type is; null: a number we do not know, or none. */
function named(orderType: number | null): OperationName | null {
  return orderType === null ? null : (BY_CODE.get(orderType) ?? null);
}

/** What a row's order type does; null: neither buys nor sells, or a number we do not know. */
export function sideOf(orderType: number | null): Side | null {
  const name = named(orderType);
  return name === null ? null : operationOf(name).side;
}

/** The side that a fill moves shares to: what gives shares back takes them out as a sell does. */
export function fillSideOf(orderType: number | null): Side | null {
  const name = named(orderType);
  return name === null ? null : enteredSide(name);
}

/** The name of what only a credit account does; null for a plain buy or sell, and for what is not known. */
export function operationOnRow(orderType: number | null): OperationName | null {
  const name = named(orderType);
  return name !== null && operationOf(name).credit ? name : null;
}

/** The number of an operation. Throws REQUEST_FAILED where it contradicts the side or the account's kind. */
export function orderType(operation: string, side: Side, accountType: string): number {
  const name = readOperation(operation, side);
  if (name === null) return CODES[side];
  checkAccountType(name, accountType);
  return CODES[name];
}

/**
 * How orders in market style go to the counter. `limit`: as a limit at the protected price, which every broker takes; the others are
 * the exchanges' own styles, which paper accounts refuse.
 */
export type MarketStyle = 'limit' | 'best_five' | 'opposite';
export const MARKET_STYLES: readonly MarketStyle[] = ['limit', 'best_five', 'opposite'];

export interface PriceTerms {
  readonly priceType: number;
  readonly price: number;
}

/** Shanghai and Beijing want the protected price with it, Shenzhen none. */
const BEST_FIVE = { XSHG: 42, XSHE: 47, BJSE: 42 } as const;
const OPPOSITE = 44;
const NO_PRICE = -1;

/** `price`: the limit, or the protected price of an order in market style. */
export function priceTerms(security: string, style: string, price: number, marketStyle: MarketStyle): PriceTerms {
  if (style !== 'market' || marketStyle === 'limit') return { priceType: FIX_PRICE, price };
  const { exchange } = parseSecurity(security);
  const priceType = marketStyle === 'opposite' ? OPPOSITE : BEST_FIVE[exchange];
  return { priceType, price: exchange === 'XSHE' ? NO_PRICE : price };
}

/** The counter's own codes of what an order was, on its rows: 50 is a limit, the others the exchanges' market styles. */
const MARKET_ON_ROWS: ReadonlySet<number> = new Set([42, 43, 44, 45, 46, 47, 48, 49, 51, 84, 85, 86, 87, 88, 89]);

/** What the row of an order says of its style; never what was sent. */
export function styleOnRow(priceType: number | null): string {
  if (priceType === null) return '';
  if (priceType === 50 || priceType === FIX_PRICE) return 'limit';
  return MARKET_ON_ROWS.has(priceType) ? 'market' : String(priceType);
}
