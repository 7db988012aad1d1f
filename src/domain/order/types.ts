import type { Side } from '../trading.ts';

/** A price that an order waits for. `stop_loss`: a buy waits for the price to rise to it, a sell for it to fall; `take_profit`: the reverse. */
export interface StopPrice {
  readonly mode: 'stop_loss' | 'take_profit';
  /** CNY. */
  readonly price: number;
}

/**
 * Style of a strategy's order, already validated. `limitPrice` of a market order is the worst price the author accepts. With a
 * `stop` the order waits for that price and is one of its kind from then on.
 */
export type OrderStyle = (
  | { readonly kind: 'limit'; readonly limitPrice: number }
  | { readonly kind: 'market'; readonly limitPrice: number | null }
) & { readonly stop?: StopPrice | undefined };

/** What one strategy call asks for. `quantity`: shares for amount/target, CNY for value/target_value; sells are negative. */
export interface OrderRequest {
  readonly kind: 'amount' | 'target' | 'value' | 'target_value';
  readonly security: string;
  readonly quantity: number;
  readonly style: OrderStyle;
  /** Market seconds to wait for a final state; null = the style's default; 0 = asynchronous. */
  readonly waitTimeout: number | null;
  /** Label put into the remark behind our unique part. */
  readonly remark: string | null;
  /** Leave open what is open when the wait ends; null = the default (market: cancel; limit and asynchronous: keep). */
  readonly keep: boolean | null;
  /** Of which sub-portfolio it is; absent = 0, and orders written down before there were any. */
  readonly pindex?: number;
}

/** Of which sub-portfolio an order is. */
export function pindexOf({ pindex }: Pick<OrderRequest, 'pindex'>): number {
  return pindex ?? 0;
}

/** True when it asks for what is to be held afterwards, not for a trade. */
export function isTarget({ kind }: Pick<OrderRequest, 'kind'>): boolean {
  return kind === 'target' || kind === 'target_value';
}

/**
 * State of one intent (= one wire order = one exchange order).
 * planned → sending → accepted | rejected | unknown; accepted → canceling → …; planned → not_sent; open when its day ends → expired.
 */
export type IntentState = (typeof INTENT_STATES)[number];

const FINAL = ['filled', 'canceled', 'rejected', 'not_sent', 'not_placed', 'expired'] as const;

export const INTENT_STATES = ['planned', 'sending', 'unknown', 'accepted', 'canceling', ...FINAL] as const;

export const FINAL_INTENT_STATES: ReadonlySet<IntentState> = new Set(FINAL);

/** Who brought a change about: the strategy (`cancel_order`), bt by itself, its operator, the counter or exchange, or somebody else in the account. */
export type Actor = 'strategy' | 'bt' | 'operator' | 'counter' | 'somebody';

/** The order a strategy sees: the sum of its intents. Amounts are always positive. */
export interface OrderView {
  /** Our order id (stable across restarts); the broker's ids are in `brokerOrderIds`. */
  readonly orderId: string;
  readonly brokerOrderIds: readonly string[];
  readonly security: string;
  readonly side: Side;
  readonly amount: number;
  readonly filled: number;
  /** Average fill price; null until there is a fill. */
  readonly price: number | null;
  readonly avgCost: number | null;
  readonly commission: number | null;
  readonly style: OrderStyle;
  readonly state: IntentState;
  /** Why it is in this state, in words, when there is a reason. */
  readonly reason: string | null;
  /** True while the fate of a part of it is not known. */
  readonly unknown: boolean;
  /** Market time of the call, epoch ms. */
  readonly addTime: number;
  /** Absent = 0. */
  readonly pindex?: number;
}

export interface TradeView {
  readonly tradeId: string;
  readonly orderId: string;
  readonly security: string;
  readonly side: Side;
  readonly amount: number;
  readonly price: number;
  readonly time: number;
  readonly commission: number | null;
  readonly tax: number | null;
}

/** What a strategy reads of the account: last settled snapshot plus own fills since. */
export interface AccountView {
  /** Grows with every change. */
  readonly version: number;
  /** Market time at which the snapshot below it was requested, epoch ms. */
  readonly asOf: number;
  readonly availableCash: number;
  readonly lockedCash: number;
  readonly transferableCash: number | null;
  readonly totalValue: number;
  readonly startingCash: number;
  readonly positions: readonly PositionView[];
  /** Its sub-portfolios, by pindex: all of them together are what stands above. Absent = it is not divided. */
  readonly subs?: readonly SubView[];
  /** CNY of the account that are put aside: in no sub-portfolio, and not in the figures above. Absent = nothing. */
  readonly aside?: number;
}

/** Kinds of sub-portfolio that there are. */
export type SubType = 'stock';

/** What a sub-portfolio has. `startingCash`: what was put into it so far, less what was taken out. */
export interface SubView extends Pick<
  AccountView,
  'availableCash' | 'lockedCash' | 'transferableCash' | 'totalValue' | 'startingCash' | 'positions'
> {
  readonly type: SubType;
}

export interface PositionView {
  readonly security: string;
  readonly name: string | null;
  /** Whole holding, including shares frozen by open sells. */
  readonly amount: number;
  readonly closeableAmount: number;
  /** Frozen by open sell orders. */
  readonly lockedAmount: number;
  readonly todayAmount: number;
  readonly avgCost: number | null;
  readonly price: number | null;
  readonly value: number | null;
  /** Epoch ms; null when the venue does not say. */
  readonly initTime: number | null;
  readonly transactTime: number | null;
}
