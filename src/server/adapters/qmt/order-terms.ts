import { parseSecurity } from '../../../domain/market/symbol.ts';
import type { Side } from '../../../domain/trading.ts';
import { requestFailed } from '../../python.ts';

/** The numbers of the vendor's API (source: vendor's documentation, xtconstant). */
export const FIX_PRICE = 11;

/** Operations of an account by name; `side` as the counter's rows show it, null where nothing is bought or sold. */
const OPERATIONS: ReadonlyMap<string, { readonly code: number; readonly side: Side | null; readonly credit: boolean }> =
  new Map([
    ['buy', { code: 23, side: 'buy', credit: false }],
    ['sell', { code: 24, side: 'sell', credit: false }],
    ['margin_buy', { code: 27, side: 'buy', credit: true }],
    ['short_sell', { code: 28, side: 'sell', credit: true }],
    ['buy_to_return', { code: 29, side: 'buy', credit: true }],
    ['return_securities', { code: 30, side: null, credit: true }],
    ['sell_to_repay', { code: 31, side: 'sell', credit: true }],
    ['repay_cash', { code: 32, side: null, credit: true }],
    ['special_margin_buy', { code: 40, side: 'buy', credit: true }],
    ['special_short_sell', { code: 41, side: 'sell', credit: true }],
    ['special_buy_to_return', { code: 42, side: 'buy', credit: true }],
    ['special_return_securities', { code: 43, side: null, credit: true }],
    ['special_sell_to_repay', { code: 44, side: 'sell', credit: true }],
    ['special_repay_cash', { code: 45, side: null, credit: true }],
  ]);

const BY_CODE = new Map([...OPERATIONS.values()].map(({ code, side }) => [code, side] as const));

/** What a row's order type does; null: neither buys nor sells, or a number we do not know. */
export function sideOf(orderType: number | null): Side | null {
  return orderType === null ? null : (BY_CODE.get(orderType) ?? null);
}

/**
 * The number of an operation. Throws REQUEST_FAILED for a name that is none, one that contradicts the side, and a credit operation on
 * an account of another kind. On a credit account plain buys and sells are those of collateral.
 */
export function orderType(operation: string, side: Side, accountType: string): number {
  const found = OPERATIONS.get(operation);
  if (found === undefined)
    throw requestFailed(`不支持的 operation: ${operation}（可用: ${[...OPERATIONS.keys()].join(', ')}）`);
  if (found.side !== null && found.side !== side) throw requestFailed(`operation ${operation} 与 side 不一致`);
  if (found.credit && accountType.toUpperCase() !== 'CREDIT')
    throw requestFailed(`operation ${operation} 仅适用于信用账户（type: credit）`);
  return found.code;
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
