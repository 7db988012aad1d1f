import { BtError } from '../../../domain/errors.ts';
import type { OrderRow } from '../../../domain/order/rows.ts';
import type { Clock } from '../../../platform/clock.ts';
import { inTime, type TimerSource } from '../../../platform/timers.ts';
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
  /** Cancels what is open in the security of a target, and resolves when that has come to its end. */
  readonly cancelOpen: (target: OrderRow) => Promise<void>;
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
    if (ms <= 0) tooLate();
    if (planner.isTarget(order)) await cancelOpen(order);
    // A plan that comes later is not carried out: its figures are of before.
    const fact = await inTime(timers, ms, planner.plan(order), tooLate);
    if (fact !== null) book.advance(orderId, [fact], clock.now());
  }
}

function tooLate(): never {
  const text =
    'The order was not planned in time: the gateway does not answer. Nothing was sent; order again when it does.';
  throw new BtError('PLAN_TIMEOUT', text, { fault: 'venue' });
}
