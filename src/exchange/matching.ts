import { mix, unit } from '../platform/random.ts';
import type { OrderData, TakenData } from './data.ts';
import type { DaySession } from './day-session.ts';
import type { Level } from './order-book.ts';

/** Books `amount` shares of an order at `price` ticks. */
export type FillOrder = (order: OrderData, amount: number, price: number) => void;

/** One security at one tick, and what own orders already took from its book. */
export interface Pit {
  readonly session: Pick<DaySession, 'price' | 'lotsAt' | 'book'>;
  readonly tick: number;
  readonly taken: TakenData;
  readonly fill: FillOrder;
}

/** Better price first, then older. */
export function byPriority(a: OrderData, b: OrderData): number {
  if (a.limit !== b.limit) return a.side === 'buy' ? b.limit - a.limit : a.limit - b.limit;
  return a.serial - b.serial;
}

/** An order meets the book: takes what its limit reaches, else queues. */
export function join(order: OrderData, pit: Pit): void {
  if (reachable(order, pit).length === 0) {
    rest(order, queueBefore(order, pit));
    return;
  }
  order.mode = 'taking';
  take(order, pit);
}

/**
 * All orders of one side at a new tick, in `byPriority` order. A taking order meets the fresh book. A resting one fills at its
 * limit when the price went through it, out of the tick's volume and what the book shows there; at its very price it fills from what trades
 * after the queue before it is served.
 */
export function matchTick(orders: readonly OrderData[], pit: Pit): void {
  const price = pit.session.price(pit.tick);
  const traded = pit.session.lotsAt(pit.tick) * 100;
  let pool = traded;
  for (const order of orders) {
    if (order.mode === 'taking') {
      if (reachable(order, pit).length > 0) take(order, pit);
      else rest(order, 0);
      continue;
    }
    const beyond = order.side === 'buy' ? order.limit - price : price - order.limit;
    if (beyond < 0) continue;
    const before = beyond > 0 ? 0 : order.queue;
    order.queue = beyond > 0 ? 0 : Math.max(0, before - traded);
    const shown = beyond > 0 ? untaken(order, pit) : 0;
    const amount = Math.min(order.amount - order.filled, Math.min(pool, Math.max(0, traded - before)) + shown);
    if (amount <= 0) continue;
    const fromBook = Math.max(0, amount - pool);
    pool -= amount - fromBook;
    takeShown(order, pit, fromBook);
    pit.fill(order, amount, order.limit);
  }
}

/**
 * A call auction: every order of one side that is better than the auction price trades at that price, in `byPriority` order, as far as the
 * auction's volume goes; one at the very price after a seeded queue.
 */
export function matchAuction(orders: readonly OrderData[], price: number, volume: number, fill: FillOrder): void {
  let pool = volume;
  for (const order of orders) {
    const beyond = order.side === 'buy' ? order.limit - price : price - order.limit;
    if (beyond < 0) continue;
    const before = beyond > 0 ? 0 : Math.floor(volume * 1.2 * unit(mix(order.key, 91)));
    const amount = Math.min(order.amount - order.filled, Math.max(0, pool - before));
    if (amount <= 0) continue;
    pool -= amount;
    fill(order, amount, price);
  }
}

function rest(order: OrderData, queue: number): void {
  order.mode = 'resting';
  order.queue = queue;
}

/** Levels of the other side within the order's limit, also those already used up. */
function reachable(order: OrderData, { session, tick }: Pit): readonly Level[] {
  const { bids, asks } = session.book(tick);
  return order.side === 'buy'
    ? asks.filter(({ price }) => price <= order.limit)
    : bids.filter(({ price }) => price >= order.limit);
}

function take(order: OrderData, pit: Pit): void {
  const taken = takenSide(order, pit);
  for (const [index, level] of reachable(order, pit).entries()) {
    const amount = Math.min(order.amount - order.filled, level.volume - (taken[index] ?? 0));
    if (amount <= 0) continue;
    taken[index] = (taken[index] ?? 0) + amount;
    pit.fill(order, amount, level.price);
  }
}

function untaken(order: OrderData, pit: Pit): number {
  const taken = takenSide(order, pit);
  return reachable(order, pit).reduce((sum, { volume }, index) => sum + volume - (taken[index] ?? 0), 0);
}

function takeShown(order: OrderData, pit: Pit, amount: number): void {
  const taken = takenSide(order, pit);
  let left = amount;
  for (const [index, { volume }] of reachable(order, pit).entries()) {
    const part = Math.min(left, volume - (taken[index] ?? 0));
    taken[index] = (taken[index] ?? 0) + part;
    left -= part;
  }
}

function takenSide(order: OrderData, { taken }: Pit): number[] {
  return order.side === 'buy' ? taken.asks : taken.bids;
}

/** Shares that stand before a newly resting order: what the book shows at its price, nothing inside the spread, a seeded amount deeper. */
function queueBefore(order: OrderData, { session, tick }: Pit): number {
  const { bids, asks } = session.book(tick);
  const own = order.side === 'buy' ? bids : asks;
  const level = own.find(({ price }) => price === order.limit);
  if (level !== undefined) return level.volume;
  const [best, deepest] = [own[0], own.at(-1)];
  if (best === undefined || deepest === undefined) return 0;
  const isBest = order.side === 'buy' ? order.limit > best.price : order.limit < best.price;
  return isBest ? 0 : Math.round((deepest.volume / 100) * (0.5 + unit(mix(order.key, 92)))) * 100;
}
