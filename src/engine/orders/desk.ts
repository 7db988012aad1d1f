import { canSendOrder, isContinuous, nextSendTime } from '../../domain/market/session.ts';
import { planOrder, type Plan, type PlannedOrder } from '../../domain/order/plan.ts';
import { remarkOf } from '../../domain/order/remark.ts';
import { denial } from '../../domain/order/risk.ts';
import { isFinal } from '../../domain/order/state.ts';
import type { AccountView, OrderRequest, OrderView } from '../../domain/order/types.ts';
import { chinaDay } from '../../domain/time.ts';
import type { IntentRow, OrderRow } from '../../ledger/rows.ts';
import type { Clock } from '../../platform/clock.ts';
import { newClientId, shortId } from '../../platform/ids.ts';
import type { Log } from '../../platform/log.ts';
import type { Quote } from '../../domain/trading.ts';
import type { AccountKeeper } from './account-keeper.ts';
import type { Canceler } from './canceler.ts';
import { isSettled, type OrderBook } from './order-book.ts';
import { waitForBook } from './order-wait.ts';
import type { Placer } from './placer.ts';
import type { Tracker } from './tracker.ts';

export interface DeskRules {
  /** Market seconds a market-style order is waited for. */
  readonly maxWaitSeconds: number;
  /** Protection of market-style orders: 0.015 and −0.015. */
  readonly buyPercent: number;
  readonly sellPercent: number;
}

export interface DeskOptions {
  readonly book: OrderBook;
  readonly account: AccountKeeper;
  readonly placer: Placer;
  readonly canceler: Canceler;
  readonly tracker: Tracker;
  readonly clock: Clock;
  readonly log: Log;
  readonly rules: DeskRules;
  readonly quote: (security: string) => Promise<Quote | null>;
  /** Why no order may be sent now, or null. */
  readonly closed: () => string | null;
  /** Ends waits when the run is told to stop. */
  readonly stop: AbortSignal;
}

/** Fills may be listed a moment after the order reads final; market milliseconds are not the measure here. */
const FILLS_WAIT_MS = 10_000;

/** The life of a strategy's order from the call to what the call returns (architecture §4). */
export class OrderDesk {
  readonly #options: DeskOptions;

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  /** Null = refused here with the reason logged, nothing sent. Resolves after a final state or the end of its wait. */
  async submit(request: OrderRequest): Promise<OrderView | null> {
    const release = this.#options.clock.hold();
    const unwatch = this.#options.tracker.watch();
    try {
      const orderId = await this.#enter(request);
      if (orderId === null) return null;
      if (this.#options.book.record(orderId)?.parked === true) return this.#options.book.view(orderId);
      await this.#send(orderId);
      await this.#wait(orderId, request);
      return this.#options.book.view(orderId);
    } finally {
      unwatch();
      release();
    }
  }

  /** Cancels what is open of an order and waits until it is final; null when the order is not ours. */
  async cancel(anyId: string): Promise<OrderView | null> {
    const { book, clock, canceler, tracker, log } = this.#options;
    const orderId = book.find(anyId);
    if (orderId === null) {
      log.warning(`cancel_order: there is no order ${anyId} of this strategy.`);
      return null;
    }
    const release = clock.hold();
    const unwatch = tracker.watch();
    try {
      await canceler.cancel(orderId);
      return book.view(orderId);
    } finally {
      unwatch();
      release();
    }
  }

  /** Plans, checks and writes down; returns the order's id, or null when it was refused. */
  async #enter(request: OrderRequest): Promise<string | null> {
    const { clock, log, book } = this.#options;
    const now = clock.now();
    const plan = await this.#plan(request);
    if (plan.kind === 'refused') {
      log.warning(`Order refused: ${plan.reason}`);
      return null;
    }
    for (const note of plan.notes) log.warning(note);
    const { orders } = plan;
    const [first] = orders;
    if (first === undefined) return null;
    const parkedUntil = canSendOrder(now) ? null : nextSendTime(now);
    const denied = this.#denial(orders, parkedUntil === null && !canSendOrder(now));
    const amount = orders.reduce((sum, order) => sum + order.amount, 0);
    const row: OrderRow = {
      orderId: newClientId(),
      day: chinaDay(now),
      security: request.security,
      side: first.side,
      request,
      amount,
      parked: denied === null && parkedUntil !== null,
      denied,
      createdAt: now,
    };
    book.add(row, denied !== null || row.parked ? [] : this.#intents(row, orders), row.parked);
    if (denied !== null) {
      log.warning(`Order denied: ${denied}`);
      return null;
    }
    if (parkedUntil !== null) this.#park(row, parkedUntil);
    return row.orderId;
  }

  async #plan(request: OrderRequest): Promise<Plan> {
    const { clock, book, account, rules, quote } = this.#options;
    const view = account.view();
    if (view === null) return { kind: 'refused', reason: 'the account has not been read yet.' };
    const doubt = this.#doubt(request);
    if (doubt !== null) return { kind: 'refused', reason: doubt };
    const now = clock.now();
    const latest = await quote(request.security);
    const open = book.working().filter((order) => order.security === request.security);
    const rest = (side: 'buy' | 'sell'): number =>
      open.reduce((sum, order) => sum + (order.side === side ? order.rest : 0), 0);
    return planOrder(request, {
      account: account.view() ?? view,
      quote: latest,
      day: chinaDay(now),
      openBuy: rest('buy'),
      openSell: rest('sell'),
      prices: { buyPercent: rules.buyPercent, sellPercent: rules.sellPercent, continuous: isContinuous(now) },
    });
  }

  /** Target orders are computed from positions: they need positions without doubt. */
  #doubt(request: OrderRequest): string | null {
    if (request.kind === 'amount' || request.kind === 'value') return null;
    const unsettled = this.#options.book
      .intents()
      .some(
        (intent) =>
          intent.security === request.security && (intent.state === 'unknown' || intent.state === 'canceling'),
      );
    return unsettled
      ? `${request.security} has an order that is not settled; a target cannot be computed until it is.`
      : null;
  }

  #denial(orders: readonly PlannedOrder[], closedForToday: boolean): string | null {
    if (closedForToday) return 'the exchanges take no more orders today';
    const { account, book, closed } = this.#options;
    const view = account.view();
    if (view === null) return 'the account has not been read yet';
    return denial(orders, { account: view, doubtful: book.doubtful(), closed: closed() });
  }

  #intents(row: OrderRow, orders: readonly PlannedOrder[]): IntentRow[] {
    const used = new Set(this.#options.book.intents().map((intent) => intent.tag));
    return orders.map((order) => {
      let tag = shortId();
      while (used.has(tag)) tag = shortId();
      used.add(tag);
      return {
        clientId: newClientId(),
        orderId: row.orderId,
        day: row.day,
        tag,
        remark: remarkOf(tag, row.request.remark),
        security: order.security,
        side: order.side,
        amount: order.amount,
        price: order.price,
        style: order.style,
        state: 'planned',
        reason: null,
        brokerOrderId: null,
        filled: 0,
        sentAt: null,
        updatedAt: row.createdAt,
      };
    });
  }

  /** Outside the sending windows: planned again on a fresh quote when the next one of this day opens. */
  #park(row: OrderRow, opensAt: number): void {
    const { clock, log, book } = this.#options;
    log.info(`Order for ${row.security} waits for the next sending window.`);
    clock.at(opensAt, () => {
      if (book.record(row.orderId)?.parked !== true) return;
      void this.#unpark(row).catch((error: unknown) =>
        log.error(`A waiting order could not be sent: ${String(error)}`),
      );
    });
  }

  async #unpark(row: OrderRow): Promise<void> {
    const { book, log, clock } = this.#options;
    const plan = await this.#plan(row.request);
    if (book.record(row.orderId)?.parked !== true) return;
    const reason = plan.kind === 'refused' ? plan.reason : this.#denial(plan.orders, !canSendOrder(clock.now()));
    if (reason !== null || plan.kind === 'refused') {
      log.warning(`A waiting order was not sent: ${reason ?? ''}`);
      book.deny(row.orderId, reason ?? 'refused');
      return;
    }
    const amount = plan.orders.reduce((sum, order) => sum + order.amount, 0);
    book.unpark(row.orderId, amount, this.#intents(row, plan.orders));
    await this.#send(row.orderId);
  }

  async #send(orderId: string): Promise<void> {
    const { book, placer, log } = this.#options;
    const intents = book.record(orderId)?.intents ?? [];
    await placer.send(intents);
    const view = book.view(orderId);
    const ids = view.brokerOrderIds.join(', ');
    log.info(
      `${view.side} ${view.amount} ${view.security} at ${intents[0]?.price ?? '?'}: ${view.state}${ids === '' ? '' : ` (${ids})`}`,
    );
  }

  async #wait(orderId: string, request: OrderRequest): Promise<void> {
    const { clock, book, tracker, rules, canceler, stop } = this.#options;
    const market = request.style.kind === 'market';
    const seconds = request.waitTimeout ?? (market ? rules.maxWaitSeconds : 0);
    if (seconds <= 0) return;
    const settled = (): boolean => this.#isSettled(orderId);
    const result = await waitForBook(book, clock, clock.now() + seconds * 1000, settled, stop);
    // The market moved on while nobody looked: one last whole reading decides what is really open.
    if (result === 'timeout') await tracker.readNow();
    if (this.#isFinal(orderId)) {
      await waitForBook(book, clock, clock.now() + FILLS_WAIT_MS, settled, stop);
      return;
    }
    if (market && request.keep !== true) await canceler.cancel(orderId);
  }

  #isFinal(orderId: string): boolean {
    const record = this.#options.book.record(orderId);
    return record === null || record.intents.every((intent) => isFinal(intent.state));
  }

  #isSettled(orderId: string): boolean {
    const { book } = this.#options;
    const record = book.record(orderId);
    return record === null || record.intents.every((intent) => isSettled(intent, book.fillsOfIntent(intent.clientId)));
  }

  /** For the strategy's own reads. */
  account(): AccountView | null {
    return this.#options.account.view();
  }
}
