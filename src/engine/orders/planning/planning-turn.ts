import { BtError } from '../../../domain/errors.ts';
import type { Fact } from '../../../domain/order/life-types.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { TimerSource } from '../../../platform/timers.ts';
import type { OrderBook } from '../book/order-book.ts';
import type { OrderPlanner } from './order-planner.ts';

/** Wall ms for planning: a quote, an account brought up to date, fills that are still to be listed. */
const PLAN_MS = 25_000;

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
    await before;
    const { book, planner, clock, cancelOpen } = this.#options;
    const order = book.life(orderId)?.order;
    if (order === undefined || (order.phase !== 'new' && order.phase !== 'parked')) return;
    if (planner.isTarget(order)) await cancelOpen(order.security, orderId);
    const fact = await this.#inTime(planner.plan(order));
    if (fact !== null) book.advance(orderId, [fact], clock.now());
  }

  /** A plan that comes later is not carried out: its figures are of before. */
  async #inTime(plan: Promise<Fact | null>): Promise<Fact | null> {
    const late = Promise.withResolvers<never>();
    const text = `The order was not planned within ${PLAN_MS / 1000} s: the gateway does not answer. Nothing was sent; order again when it does.`;
    const timer = this.#options.timers.after(PLAN_MS, () => {
      late.reject(new BtError('PLAN_TIMEOUT', text, { fault: 'venue' }));
    });
    try {
      return await Promise.race([plan, late.promise]);
    } finally {
      timer.cancel();
    }
  }
}
