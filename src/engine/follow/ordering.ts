import { faultOf } from '../../domain/errors.ts';
import type { SignalEffect, SignalFact } from '../../domain/follow/life.ts';
import type { SignalRow } from '../../domain/follow/row.ts';
import { canCancel, nextCancelTime } from '../../domain/market/session.ts';
import type { OrderRequest, OrderStyle } from '../../domain/order/types.ts';
import type { Quote } from '../../domain/trading.ts';
import type { ClockTimer } from '../../platform/clock.ts';
import { isDone, isListed, orderEnded, orderOfKey, type KnownOrder } from './order-end.ts';
import { requestKeyOf, type FollowParts } from './parts.ts';
import type { Priced } from './preparer.ts';
import type { Followed } from './strategies.ts';

type OrderEffect = Extract<SignalEffect, { kind: 'order' }>;

/** An order of a signal that is followed to its end. */
interface FollowedOrder {
  readonly attempt: number;
  readonly requestKey: string;
  orderId: string | null;
  /** Its call has not returned. */
  isCalling: boolean;
  /** Planning it failed for a reason that passes. */
  mayRetry: boolean;
  /** Until when the list of its trades is waited for; null = it is not yet. */
  listedBy: number | null;
  timer: ClockTimer | null;
}

/** Market ms: trades may be listed a moment after an order's end. */
const FILLS_WAIT_MS = 10_000;

/** Why an order is not left to wait for its opening. */
const TOO_LATE = 'trading hours ended before it could be sent';

/** Orders of signals on the engine's own order path: each once, followed to its end. */
export class Ordering {
  readonly #parts: FollowParts;
  readonly #tell: (key: string, fact: SignalFact) => void;
  readonly #onFatal: (error: unknown) => void;
  /** By the signal's key. */
  readonly #prices = new Map<string, Priced>();
  readonly #orders = new Map<string, FollowedOrder>();
  /** Keys of signals by the id of their order. */
  readonly #keys = new Map<string, string>();
  #stopped = false;
  readonly #unsubscribe: () => void;

  constructor(parts: FollowParts, tell: (key: string, fact: SignalFact) => void, onFatal: (error: unknown) => void) {
    this.#parts = parts;
    this.#tell = tell;
    this.#onFatal = onFatal;
    this.#unsubscribe = parts.events.on((event) => {
      if (event.kind !== 'order' && event.kind !== 'fill') return;
      const key = this.#keys.get(event.kind === 'order' ? event.order.orderId : event.intent.orderId);
      // The book is in the middle of its change.
      if (key !== undefined) queueMicrotask(() => this.#look(key));
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#unsubscribe();
    for (const { timer } of this.#orders.values()) timer?.cancel();
  }

  /** How the next order of a signal is priced. */
  price(key: string, priced: Priced): void {
    this.#prices.set(key, priced);
  }

  /** Orders, unless that number was ordered in this life or an earlier one. */
  order(row: SignalRow, { attempt, shares }: OrderEffect, { rules, pindex }: Followed): void {
    const { key } = row;
    if (this.#orders.get(key)?.attempt === attempt) return;
    const requestKey = requestKeyOf(row, attempt);
    const own: FollowedOrder = {
      attempt,
      requestKey,
      orderId: null,
      isCalling: false,
      mayRetry: false,
      listedBy: null,
      timer: null,
    };
    this.#orders.set(key, own);
    const priced = this.#prices.get(key) ?? null;
    this.#prices.delete(key);
    if (this.#known(key, own) !== null) {
      queueMicrotask(() => this.#look(key));
      return;
    }
    if (priced !== null) {
      this.#submit(key, own, requestOf(row, shares, priced.style, rules.name, pindex), priced.quote);
      return;
    }
    // Died between its row and its order: nothing was sent, and a price of then is none of now.
    const reason = 'bt stopped before it was ordered';
    const unsent: SignalFact = { kind: 'order_ended', attempt, planned: null, filled: 0, how: 'unsent', reason };
    queueMicrotask(() => this.#tell(key, unsent));
  }

  /** Resolves when the order of a signal is planned, or has failed to be. */
  async planned(key: string): Promise<void> {
    const orderId = this.#orders.get(key)?.orderId ?? null;
    if (orderId !== null) await this.#parts.trading.driver.planned(orderId);
  }

  /** Cancels what is open of a signal's order, to its end, or says when that can be. Throws LEDGER_WRITE_FAILED. */
  cancel({ key, security }: SignalRow, why: string): SignalFact {
    const { clock, trading } = this.#parts;
    const now = clock.now();
    if (!canCancel(now, security)) return { kind: 'left', quoteAt: nextCancelTime(now, security) };
    const orderId = this.#orders.get(key)?.orderId ?? null;
    if (orderId !== null) trading.driver.cancel(orderId, why, true);
    return { kind: 'left', quoteAt: null };
  }

  /** As `cancel`, unless its cancel is on its way. */
  overtake(row: SignalRow, why: string): SignalFact | null {
    const known = orderOfKey(requestKeyOf(row, row.attempt), this.#parts);
    if (known === null || isDone(known) || known.life.order.cancelWhy !== null) return null;
    return this.cancel(row, why);
  }

  forget(key: string): void {
    const own = this.#orders.get(key);
    own?.timer?.cancel();
    if (own?.orderId != null) this.#keys.delete(own.orderId);
    this.#orders.delete(key);
    this.#prices.delete(key);
  }

  #submit(key: string, own: FollowedOrder, request: OrderRequest, quote: Quote): void {
    const { desk } = this.#parts.trading;
    own.isCalling = true;
    const call = desk.submit(request, own.requestKey, () => null, quote);
    this.#known(key, own);
    void this.#called(key, own, call);
  }

  async #called(key: string, own: FollowedOrder, call: Promise<unknown>): Promise<void> {
    try {
      await call;
    } catch (error) {
      const fault = faultOf(error);
      own.mayRetry = fault === 'network' || fault === 'venue';
    }
    own.isCalling = false;
    this.#look(key);
  }

  #known(key: string, own: FollowedOrder): KnownOrder | null {
    const known = orderOfKey(own.requestKey, this.#parts);
    if (known !== null) {
      own.orderId = known.life.order.orderId;
      this.#keys.set(own.orderId, key);
    }
    return known;
  }

  /** Tells how its order ended, once it has and its trades are listed, or were waited for. */
  #look(key: string): void {
    const own = this.#orders.get(key);
    if (own === undefined || own.isCalling || this.#stopped) return;
    try {
      const known = this.#known(key, own);
      // Nothing is planned any more in this run; the next one goes on.
      if (known === null) return;
      if (known.life.order.phase === 'parked') {
        this.#takeBack(own, known.life.order.orderId);
        return;
      }
      if (!isDone(known)) return;
      if (!isListed(known) && !this.#hasWaited(key, own)) return;
      const closed = this.#parts.trading.gate.reason() !== null;
      this.#tell(key, orderEnded(own.attempt, known, own.mayRetry || closed));
    } catch (error) {
      this.#onFatal(error);
    }
  }

  /**
   * Its session ended while it was being planned. The order path would send it at the next opening, however old it is by then: taken back, its
   * signal waits itself, by its own rules.
   */
  #takeBack(own: FollowedOrder, orderId: string): void {
    own.mayRetry = true;
    this.#parts.trading.driver.cancel(orderId, TOO_LATE, true);
  }

  #hasWaited(key: string, own: FollowedOrder): boolean {
    const { clock } = this.#parts;
    if (own.listedBy !== null) return clock.now() >= own.listedBy;
    own.listedBy = clock.now() + FILLS_WAIT_MS;
    own.timer = clock.at(own.listedBy, () => this.#look(key));
    return false;
  }
}

function requestOf(
  { security, side }: SignalRow,
  shares: number,
  style: OrderStyle,
  remark: string,
  pindex: number,
): OrderRequest {
  const quantity = side === 'buy' ? shares : -shares;
  return { kind: 'amount', security, quantity, style, waitTimeout: 0, remark, keep: true, pindex };
}
