import type { Side } from '../trading.ts';
import type { IntentNews } from './intent.ts';
import type { IntentRow, OrderRow } from './rows.ts';
import type { Actor, IntentState } from './types.ts';

/** An order with its intents: all that decides what happens to it next. The same data whether it comes from memory or from a ledger. */
export interface Life {
  readonly order: OrderRow;
  readonly intents: readonly IntentRow[];
}

/** Something that has become known about an order. That time has passed is none: `advance` is told the time anyway. */
export type Fact =
  /** What was asked for has become wire orders, to be sent now. `waitUntil`: as in the row. */
  | {
      readonly kind: 'planned';
      readonly side: Side;
      readonly amount: number;
      readonly costBefore: number | null;
      /** Last price of the quote it was planned on, CNY. */
      readonly quoted: number | null;
      readonly waitUntil: number | null;
      readonly intents: readonly IntentRow[];
    }
  /** It can be sent from `opensAt` on and is planned again then. */
  | {
      readonly kind: 'parked';
      readonly side: Side;
      readonly amount: number;
      readonly costBefore: number | null;
      /** Last price of the quote it was planned on, CNY. */
      readonly quoted: number | null;
      readonly opensAt: number;
    }
  /** That price, CNY, is the one its security trades at: an order that waits for it goes on. */
  | { readonly kind: 'price'; readonly price: number }
  /** Nothing of it will be sent. */
  | { readonly kind: 'denied'; readonly reason: string }
  /** Trading waits, so nothing of a plan was sent: an order that had waited for its window waits on. */
  | { readonly kind: 'held' }
  /** Somebody wants it cancelled; `insists`: also later, when it is not possible now. */
  | { readonly kind: 'cancel'; readonly why: string; readonly insists: boolean }
  /** The cancel is not possible now, or has not been confirmed. */
  | { readonly kind: 'cancel_failed' }
  /** Who held this life in memory is gone; only the rows are left. */
  | { readonly kind: 'restarted' }
  | { readonly kind: 'news'; readonly news: IntentNews };

/** What is to be done about an order. Each can be done twice without harm: who does it knows what is under way. */
export type Effect =
  /** Ask for a quote, plan, and tell `planned`, `parked` or `denied`. */
  | { readonly kind: 'plan' }
  /** Look at the price of its security, and tell it. */
  | { readonly kind: 'watch' }
  | { readonly kind: 'place'; readonly clientIds: readonly string[] }
  | { readonly kind: 'cancel'; readonly clientId: string; readonly why: string }
  /** Look at it again at that market time, epoch ms. */
  | { readonly kind: 'wake'; readonly at: number }
  | { readonly kind: 'finish' }
  | { readonly kind: 'tell'; readonly change: LifeChange };

/** One change of state, of an intent or (intent null) of the order as a whole. */
export interface LifeChange {
  readonly intent: IntentRow | null;
  readonly from: IntentState | null;
  readonly to: IntentState;
  /** Of an order (intent null) that waits: for what, when it is no sending window. */
  readonly reason: string | null;
  /** Who is behind it; null = nobody in particular. */
  readonly by: Actor | null;
}

export const NOT_SENT_AT_RESTART = 'not sent: bt stopped before its turn';
export const DAY_ENDED = 'the trading day ended';
export const NEVER_TRIGGERED = 'the trading day ended, its stop price had not come';
export const CLOSED_BEFORE = 'the trading day ended before it could be sent';
