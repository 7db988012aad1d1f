import type { Side } from '../domain/trading.ts';
import type { QmtStatus } from './types.ts';

/**
 * The exchange's mutable state: plain JSON data, all of it durable. Money in mills (1/1000 CNY) and amounts in shares, both
 * integers; times in epoch ms. Everything else (prices, books, names) follows from the seed.
 */
export interface ExchangeData {
  /** Current trading day, `YYYY-MM-DD`: today, or the last one. */
  day: string;
  /** Everything up to and including this instant has happened. */
  cursor: number;
  revision: number;
  /** Orders ever placed on this exchange; ranks orders of equal price. */
  serial: number;
  accounts: AccountData[];
  /** What own orders took from the book of the tick in force, by security. */
  taken: Record<string, TakenData>;
}

export interface TakenData {
  tick: number;
  /** Shares taken of each level. */
  bids: number[];
  asks: number[];
}

export interface AccountData {
  key: string;
  accountId: string;
  /** All cash, including what open buys hold. */
  cash: number;
  /** Held by open buys. */
  frozen: number;
  /** Net proceeds of today's sells: usable today, withdrawable tomorrow. */
  proceeds: number;
  positions: PositionData[];
  /** Lent by repo, gone from the cash until it comes back. */
  lent: LentData[];
  /** Of the current trading day, oldest first. */
  orders: OrderData[];
  trades: TradeData[];
}

export interface LentData {
  security: string;
  /** Trading day on which it was lent, `YYYY-MM-DD`. */
  day: string;
  money: number;
  /** Per cent a year, in thousandths. */
  rate: number;
}

export interface PositionData {
  security: string;
  amount: number;
  /** Held by open sells. */
  frozen: number;
  /** Bought today and not to be sold today. */
  locked: number;
  /** What the holding cost, fees included. */
  cost: number;
}

/**
 * Where an order stands in the market. `waiting`: not met it yet; `call`: in a call auction; `taking`: meets the other side of the
 * book at each tick; `resting`: queues at its limit; `done`: final.
 */
export type OrderMode = 'waiting' | 'call' | 'taking' | 'resting' | 'done';

export interface OrderData {
  /** Number within the account and day, from 1. */
  seq: number;
  serial: number;
  /** Root of everything random about this order. */
  key: number;
  security: string;
  side: Side;
  style: 'limit' | 'market';
  amount: number;
  /** As asked, CNY; the effective price once accepted. */
  price: number;
  /** Limit in ticks; 0 when rejected. */
  limit: number;
  status: QmtStatus;
  statusText: string;
  remark: string;
  strategyName: string;
  createdAt: number;
  day: string;
  mode: OrderMode;
  /** Shares in the queue before a resting order. */
  queue: number;
  /** Next steps of its life; null once done or when there is none. */
  waitAt: number | null;
  reportAt: number | null;
  joinAt: number | null;
  cancelAt: number | null;
  filled: number;
  /** Amount × price of its fills; of a repo, whose price is a rate, no money. */
  filledMoney: number;
  fills: number;
  /** Commission and transfer fee charged so far. */
  commission: number;
  /** Stamp duty charged so far. */
  tax: number;
  frozenCash: number;
  frozenAmount: number;
}

export interface TradeData {
  seq: number;
  fill: number;
  security: string;
  side: Side;
  amount: number;
  /** Price in mills. */
  price: number;
  time: number;
  commission: number;
  tax: number;
  remark: string;
}

/** Mills as CNY, the decimal it stands for. */
export function yuan(mills: number): number {
  return mills / 1000;
}

/** CNY as whole mills. */
export function mills(cny: number): number {
  return Math.round(cny * 1000);
}
