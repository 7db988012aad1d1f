import { canSendOrder, nextSendTime } from '../../domain/market/session.ts';
import { isFinal } from '../../domain/order/state.ts';
import type { AccountView, OrderRequest, OrderView } from '../../domain/order/types.ts';
import { errorMessage } from '../../domain/errors.ts';
import { chinaDay } from '../../domain/time.ts';
import type { OrderRow } from '../../domain/order/rows.ts';
import { newClientId } from '../../platform/ids.ts';
import type { Log } from '../../platform/log.ts';
import type { Canceler } from './sending/canceler.ts';
import { isSettled } from '../../domain/order/intent.ts';
import { isOrderFinal } from './book/order-view.ts';
import { isTarget, OrderPlanner, type OrderPlannerOptions, type PriceProtection } from './planning/order-planner.ts';
import { waitForBook } from './order-wait.ts';
import type { Placer } from './sending/placer.ts';
import type { Tracker } from './reading/tracker.ts';

export interface DeskRules extends PriceProtection {
  /** Market seconds a market-style order is waited for. */
  readonly maxWaitSeconds: number;
}

export interface DeskOptions extends OrderPlannerOptions {
  readonly placer: Placer;
  readonly canceler: Canceler;
  readonly tracker: Tracker;
  readonly log: Log;
  readonly rules: DeskRules;
}

/** Market milliseconds: fills may be listed a moment after the order reads final. */
const FILLS_WAIT_MS = 10_000;

/** The life of a strategy's order from the call to what the call returns (architecture §4). */
export class OrderDesk {
  readonly #options: DeskOptions;
  readonly #planner: OrderPlanner;
  /** Ends with the last planning: what one order takes must be written down before the next one is planned. */
  #planning: Promise<unknown> = Promise.resolve();

  constructor(options: DeskOptions) {
    this.#options = options;
    this.#planner = new OrderPlanner(options);
  }

  /** Null = refused here with the reason logged, nothing sent. Resolves after a final state or the end of its wait. */
  submit(request: OrderRequest): Promise<OrderView | null> {
    return this.#attended(async () => {
      const { book } = this.#options;
      const orderId = await this.#inTurn(async () => {
        if (isTarget(request)) await this.#cancelOpen(request.security);
        return this.#enter(request);
      });
      if (orderId === null) return null;
      if (book.record(orderId)?.parked !== true) await this.#sendAndWait(orderId, request);
      return book.view(orderId);
    });
  }

  /** Cancels what is open of an order and waits until it is final; null when the order is not ours. */
  async cancel(anyId: string): Promise<OrderView | null> {
    const { book, canceler, log } = this.#options;
    const orderId = book.find(anyId);
    if (orderId === null) {
      log.warning(`cancel_order: there is no order ${anyId} of this strategy.`);
      return null;
    }
    return this.#attended(async () => {
      await canceler.cancel(orderId, 'cancel_order');
      return book.view(orderId);
    });
  }

  /** A target starts from what is held: open orders in its security are cancelled first, as JoinQuant does; what cannot be counts in. */
  async #cancelOpen(security: string): Promise<void> {
    const { book, canceler } = this.#options;
    const open = book.records().filter((record) => record.row.security === security && !isOrderFinal(record));
    await Promise.all(open.map(({ row }) => canceler.cancel(row.orderId, 'an order_target call replaces it')));
  }

  /** Somebody waits: the market clock flows and the broker's lists are read often. */
  async #attended<T>(work: () => Promise<T>): Promise<T> {
    const release = this.#options.clock.hold();
    const unwatch = this.#options.tracker.watch();
    try {
      return await work();
    } finally {
      unwatch();
      release();
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#planning.then(work);
    this.#planning = turn.catch(() => undefined);
    return turn;
  }

  /** Plans, checks and writes down; returns the order's id, or null when it was refused. */
  async #enter(request: OrderRequest): Promise<string | null> {
    const { clock, log, book } = this.#options;
    const plan = await this.#planner.plan(request);
    if (plan.kind === 'refused') {
      log.warning(`Order refused: ${plan.reason}`);
      return null;
    }
    for (const note of plan.notes) log.warning(note);
    const { orders } = plan;
    const [first] = orders;
    if (first === undefined) return null;
    const now = clock.now();
    const parkedUntil = canSendOrder(now) ? null : nextSendTime(now);
    const denied = this.#planner.denial(orders, parkedUntil === null && !canSendOrder(now));
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
    book.add(row, denied !== null || row.parked ? [] : this.#planner.intents(row, orders), row.parked);
    if (denied !== null) {
      log.warning(`Order denied: ${denied}`);
      return null;
    }
    if (parkedUntil !== null) this.#park(row, parkedUntil);
    return row.orderId;
  }

  /** Outside the sending windows: planned again on a fresh quote when the next one of this day opens. */
  #park(row: OrderRow, opensAt: number): void {
    const { clock, log, book } = this.#options;
    log.info(`Order for ${row.security} waits for the next sending window.`);
    clock.at(opensAt, () => {
      if (book.record(row.orderId)?.parked !== true) return;
      void this.#attended(() => this.#unpark(row)).catch((error: unknown) => this.#abandon(row, error));
    });
  }

  async #unpark(row: OrderRow): Promise<void> {
    const planned = await this.#inTurn(() => this.#planAgain(row));
    if (planned) await this.#sendAndWait(row.orderId, row.request);
  }

  /** False when nothing is to be sent: cancelled meanwhile, or refused now. */
  async #planAgain(row: OrderRow): Promise<boolean> {
    const { book, log, clock } = this.#options;
    const plan = await this.#planner.plan(row.request);
    if (book.record(row.orderId)?.parked !== true) return false;
    const reason =
      plan.kind === 'refused' ? plan.reason : this.#planner.denial(plan.orders, !canSendOrder(clock.now()));
    if (reason !== null || plan.kind === 'refused') {
      log.warning(`A waiting order was not sent: ${reason ?? ''}`);
      book.deny(row.orderId, reason ?? 'refused');
      return false;
    }
    book.unpark(row.orderId, this.#planner.intents(row, plan.orders));
    return true;
  }

  /** A waiting order whose turn failed (no quote, …) must not look as if it were still waiting. */
  #abandon(row: OrderRow, error: unknown): void {
    const { book, log } = this.#options;
    log.error(`A waiting order was not sent: ${errorMessage(error)}`);
    try {
      if (book.record(row.orderId)?.parked === true) book.deny(row.orderId, errorMessage(error));
    } catch (failed) {
      log.error(`ALARM: ${errorMessage(failed)}`);
    }
  }

  async #sendAndWait(orderId: string, request: OrderRequest): Promise<void> {
    await this.#send(orderId);
    await this.#wait(orderId, request);
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
    if (!(request.keep ?? !market)) await canceler.cancel(orderId, `its wait of ${seconds} s ended`);
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
