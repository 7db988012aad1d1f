import { BtError } from '../../../domain/errors.ts';
import type { Fact } from '../../../domain/order/life-types.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { TimerSource } from '../../../platform/timers.ts';
import type { OrderBook } from '../book/order-book.ts';
import type { OrderPlanner } from './order-planner.ts';

/** Wall ms for planning: a quote, an account brought up to date, fills that are still to be listed. */
const PLAN_MS = 25_000;
/** Wall ms in all, with the wait for those that are planned before it: a call must come back. */
const ASKED_MS = 40_000;

export interface PlanningTurnOptions {
  readonly book: OrderBook;
  readonly planner: OrderPlanner;
  readonly clock: Clock;
  readonly timers: TimerSource;
  /** Cancels what is open in a security, but for one order, and resolves when that has come to its end. */
  readonly cancelOpen: (security: string, but: string) => Promise<void>;
}

/** Orders are planned one after another: what one takes must be written down before the next one is planned. */
export class PlanningTurn {
  readonly #options: PlanningTurnOptions;
  /** Ends with the last planning. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: PlanningTurnOptions) {
    this.#options = options;
  }

  /** Plans an order when its turn comes, and writes down what comes of it. Throws what the planning met; then nothing was written. */
  async take(orderId: string): Promise<void> {
    const turn = this.#plan(this.#last, orderId);
    this.#last = turn.catch(() => undefined);
    await turn;
  }

  async #plan(before: Promise<unknown>, orderId: string): Promise<void> {
    const { book, planner, clock, timers, cancelOpen } = this.#options;
    const until = timers.monotonic() + ASKED_MS;
    await before;
    // What is cancelled for a target has a time of its own.
    const ms = Math.min(PLAN_MS, until - timers.monotonic());
    const order = book.life(orderId)?.order;
    if (order === undefined || (order.phase !== 'new' && order.phase !== 'parked')) return;
    if (ms <= 0) throw tooLate();
    if (planner.isTarget(order)) await cancelOpen(order.security, orderId);
    const fact = await this.#inTime(planner.plan(order), ms);
    if (fact !== null) book.advance(orderId, [fact], clock.now());
  }

  /** A plan that comes later is not carried out: its figures are of before. */
  async #inTime(plan: Promise<Fact | null>, ms: number): Promise<Fact | null> {
    const late = Promise.withResolvers<never>();
    const timer = this.#options.timers.after(ms, () => late.reject(tooLate()));
    try {
      return await Promise.race([plan, late.promise]);
    } finally {
      timer.cancel();
    }
  }
}

function tooLate(): BtError {
  const text =
    'The order was not planned in time: the gateway does not answer. Nothing was sent; order again when it does.';
  return new BtError('PLAN_TIMEOUT', text, { fault: 'venue' });
}
