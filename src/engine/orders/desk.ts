import { isDeepStrictEqual } from 'node:util';
import { BtError } from '../../domain/errors.ts';
import { continuousUntil, nextCancelTime } from '../../domain/market/session.ts';
import { amountText } from '../../domain/number-text.ts';
import { isSettled } from '../../domain/order/intent.ts';
import { CANCEL_ORDER } from '../../domain/order/life-cause.ts';
import type { IntentRow, OrderRow } from '../../domain/order/rows.ts';
import type { OrderRequest, OrderView } from '../../domain/order/types.ts';
import type { Quote } from '../../domain/trading.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Events } from '../events.ts';
import { filledText } from '../order-lines.ts';
import { attended } from './attended.ts';
import type { OrderBook } from './book/order-book.ts';
import type { OrderDriver } from './driver.ts';
import { newOrder } from './new-order.ts';
import { waitForBook, type WaitResult } from './order-wait.ts';
import type { PriceProtection } from './planning/planner-options.ts';
import type { SeenQuotes } from './planning/seen-quotes.ts';
import type { Tracker } from './reading/tracker.ts';

export interface DeskRules extends PriceProtection {
  /** Market seconds a market-style order is waited for, and the longest a call waits to hear that its order is taken. */
  readonly maxWaitSeconds: number;
  /** Market ms for which nothing may have moved in the quotes before orders are refused; 0 = not looked at. */
  readonly quoteMaxAgeMs: number;
}

export interface DeskOptions {
  readonly book: OrderBook;
  readonly driver: OrderDriver;
  readonly tracker: Tracker;
  readonly clock: Clock;
  readonly events: Events;
  readonly rules: DeskRules;
  readonly owner: string;
  readonly stop: AbortSignal;
  readonly seen: Pick<SeenQuotes, 'note' | 'forget'>;
  /** Why a cancel of the strategy's is not asked for, written down; null = it is. */
  readonly limits: { cancelDenial(orderId: string, intents: readonly IntentRow[]): string | null };
}

/** Market milliseconds: fills may be listed a moment after the order reads final. */
const FILLS_WAIT_MS = 10_000;
type Key = string | null;

/** What a strategy calls: writes an order down, and waits for as long as a call may. The order's own life does not depend on it. */
export class OrderDesk {
  readonly #options: DeskOptions;

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  /**
   * Null = refused here with the reason told, nothing sent. Resolves when the order's end is known, its wait has ended, or (while
   * nothing can be matched, or when it is not waited for) it is at the exchange. `requestKey`: asked for again under the same key it
   * is the same order, also after a restart. Throws what planning met (no quote …), LEDGER_WRITE_FAILED and REQUEST_KEY_TAKEN (another
   * request has that key); then nothing was sent. `placedIn`: the call that asks, asked before its row is written. `quote`: one of its
   * security that was answered this moment; null = one is asked for.
   */
  submit(
    request: OrderRequest,
    requestKey: Key = null,
    placedIn = (): Key => null,
    quote: Quote | null = null,
  ): Promise<OrderView | null> {
    const { book, driver, clock, seen } = this.#options;
    return this.#attended(async () => {
      const known = requestKey === null ? null : book.orderOfKey(requestKey);
      if (known !== null) checkSame(known, request);
      else if (driver.isHalted()) return this.#refused(request);
      const order =
        known ?? newOrder(request, { ...this.#options, requestKey, placedIn: placedIn(), now: clock.now() });
      const { orderId } = order;
      if (quote !== null) seen.note(orderId, quote);
      try {
        if (known === null) book.enter(order, [], clock.now());
        // Also while the run is told to stop: what is planned may be sent, and its caller must know.
        await driver.planned(orderId);
      } finally {
        seen.forget(orderId);
      }
      await this.#returns(orderId);
      const failure = driver.takeFailure(orderId);
      if (failure !== null) throw failure;
      return book.visibleView(orderId);
    });
  }

  /** Cancels what is open of an order and waits until it is final, or cannot be now; null when the order is not ours. */
  async cancel(anyId: string): Promise<OrderView | null> {
    const { book, driver, events } = this.#options;
    const orderId = book.find(anyId);
    if (orderId === null) {
      const text = `cancel_order: there is no order ${anyId} of this strategy today.`;
      events.note('warning', null, text);
      return null;
    }
    const { order, intents = [] } = book.life(orderId) ?? {};
    const denial = order?.phase === 'working' ? this.#options.limits.cancelDenial(orderId, intents) : null;
    if (denial !== null) {
      events.note('warning', orderId, `cancel_order: ${denial}`);
      return book.view(orderId);
    }
    return this.#attended(async () => {
      driver.cancel(orderId, CANCEL_ORDER, true);
      this.#tellWaiting(orderId);
      await this.#flowing(() => this.#cancelled(orderId));
      return book.view(orderId);
    });
  }

  /** What nobody would plan is not written down. */
  #refused({ security }: OrderRequest): null {
    const text = `${security}: not ordered, nothing more is sent in this run (it ends, or its ledger cannot be written).`;
    this.#options.events.note('warning', null, text);
    return null;
  }

  async #returns(orderId: string): Promise<void> {
    const { book, driver, clock, rules } = this.#options;
    const order = (): OrderRow | null => book.life(orderId)?.order ?? null;
    if (order()?.phase !== 'working') return;
    const taken = (): boolean => this.#isTaken(orderId);
    await this.#until(taken, Math.min(order()?.waitUntil ?? Infinity, clock.now() + rules.maxWaitSeconds * 1000));
    if ((order()?.waitMs ?? 0) > 0) await this.#flowing(() => this.#matched(orderId));
    if (order()?.phase === 'done') {
      await this.#flowing(() => this.#allListed(orderId));
      return;
    }
    this.#tellKept(orderId);
    if (this.#waitHasEnded(orderId)) {
      // Whoever comes first at this instant, the cancel is asked for before the call returns.
      driver.look(orderId);
      await this.#flowing(() => this.#cancelled(orderId));
    }
  }

  /** While a match can happen, until the order has ended or its wait has. In an auction and at lunch nothing is waited for here. */
  async #matched(orderId: string): Promise<void> {
    const { book, clock, driver, stop } = this.#options;
    const life = book.life(orderId);
    const until = life === null ? null : continuousUntil(clock.now(), life.order.security);
    if (life === null || until === null) return;
    const deadline = Math.min(life.order.waitUntil ?? until, until);
    const result = await this.#until(() => isOver(book, orderId), deadline);
    // The run ends: what nobody waits for any more is not left behind.
    if (result === 'stopped' && stop.aborted && book.life(orderId)?.order.atEnd === 'cancel')
      driver.cancel(orderId, 'bt is stopping', true);
  }

  #waitHasEnded(orderId: string): boolean {
    const order = this.#options.book.life(orderId)?.order;
    if (order === undefined || order.phase === 'done') return false;
    const over = order.waitUntil !== null && this.#options.clock.now() >= order.waitUntil;
    return order.cancelWhy !== null || (over && order.atEnd === 'cancel');
  }

  /** A wait that ends and changes nothing has no other line. */
  #tellKept(orderId: string): void {
    const { book, clock, events } = this.#options;
    const order = book.life(orderId)?.order;
    if (order?.phase !== 'working' || order.atEnd !== 'keep' || order.cancelWhy !== null) return;
    if (order.waitUntil === null || clock.now() < order.waitUntil) return;
    const view = book.view(orderId);
    const text = `${view.side} ${amountText(view.amount)} ${view.security}: its wait of ${order.waitMs / 1000} s ended, ${filledText(view)}; it stays open (${view.brokerOrderIds.join(', ')}).`;
    events.note('info', orderId, text);
  }

  /** Until the order has ended, or what is done about its cancel has. */
  async #cancelled(orderId: string): Promise<void> {
    const { book, driver } = this.#options;
    await driver.cancelsUnderWay(orderId);
    if (book.life(orderId)?.order.phase === 'done') await this.#allListed(orderId);
  }

  /** Its trades may be listed a moment after its end. */
  async #allListed(orderId: string): Promise<void> {
    const { book, clock } = this.#options;
    await this.#until(() => isOver(book, orderId), clock.now() + FILLS_WAIT_MS);
  }

  /** Everything of it is at the broker, has ended, or is of unknown fate. */
  #isTaken(orderId: string): boolean {
    const { intents = [] } = this.#options.book.life(orderId) ?? {};
    return intents.every(({ state }) => state !== 'planned' && state !== 'sending');
  }

  #tellWaiting(orderId: string): void {
    const { book, driver, events, clock } = this.#options;
    const life = book.life(orderId);
    if (life?.order.phase !== 'working' || !driver.isQuiet(orderId)) return;
    const text = `${life.order.security}: ${waitText(driver.isHalted(), clock.now(), life.order.security)}`;
    events.note('warning', orderId, text);
  }

  #until(done: () => boolean, deadline: number): Promise<WaitResult> {
    const { book, clock, stop } = this.#options;
    return waitForBook(book, clock, deadline, done, stop);
  }

  /** Somebody waits. What merely takes its time costs no market time. */
  #attended<T>(work: () => Promise<T>): Promise<T> {
    return attended(this.#options, 'still', work);
  }

  /** It is the market that is waited for. */
  async #flowing(work: () => Promise<void>): Promise<void> {
    const release = this.#options.clock.hold('flow');
    try {
      await work();
    } finally {
      release();
    }
  }
}

/** What becomes of a cancel that is not under way. */
function waitText(isHalted: boolean, now: number, security: string): string {
  if (isHalted)
    return 'it is not cancelled, this run sends nothing more (it ends, or its ledger cannot be written). Cancel it in the terminal.';
  if (nextCancelTime(now, security) === null)
    return 'it is not cancelled, the exchange takes no more cancels today; what is open of it ends with the day.';
  return 'its cancel waits (the exchange takes none now, or the broker has not named the order yet); it is asked for as soon as that is possible.';
}

/** One key is one request: an order for something else must not be mistaken for it. */
function checkSame({ request: known, requestKey, orderId }: OrderRow, request: OrderRequest): void {
  // As a ledger gives it back: without what is undefined.
  if (isDeepStrictEqual(JSON.parse(JSON.stringify(known)), JSON.parse(JSON.stringify(request)))) return;
  const text = `The request key ${requestKey} is that of order ${orderId}, which asked for something else. Nothing was sent; give each request a key of its own.`;
  throw new BtError('REQUEST_KEY_TAKEN', text, { fault: 'strategy' });
}

/** True when nothing of the order can change any more, as far as its trades are concerned. */
function isOver(book: OrderBook, orderId: string): boolean {
  const life = book.life(orderId);
  if (life === null) return true;
  const { order, intents } = life;
  return order.phase === 'done' && intents.every((intent) => isSettled(intent, book.fillsOfIntent(intent.clientId)));
}
