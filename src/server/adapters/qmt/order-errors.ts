import type { TimerSource } from '../../../platform/timers.ts';
import { ORDER_ERROR } from './sdk-rows.ts';
import type { OrderErrorRow } from './sdk-rows.ts';

/** The reason of a refusal comes after the -1 that refused it. */
const WAIT_MS = 1_000;
/** Kept for those that ask later. */
const MOST_KEPT = 500;

interface Waiting {
  readonly isIt: (error: OrderErrorRow) => boolean;
  readonly settle: (error: OrderErrorRow | null) => void;
}

/** What the counter pushes of refused orders, for those who have only its -1. */
export class OrderErrors {
  readonly #timers: TimerSource;
  readonly #kept: OrderErrorRow[] = [];
  readonly #waiting = new Set<Waiting>();

  constructor(timers: TimerSource) {
    this.#timers = timers;
  }

  /** Returns what could be read of it; null when it is none. */
  add(row: unknown): OrderErrorRow | null {
    const read = ORDER_ERROR.safeParse(row);
    if (!read.success) return null;
    const waiting = [...this.#waiting].find(({ isIt }) => isIt(read.data));
    if (waiting !== undefined) {
      waiting.settle(read.data);
      return read.data;
    }
    this.#kept.push(read.data);
    if (this.#kept.length > MOST_KEPT) this.#kept.shift();
    return read.data;
  }

  /** The refusal of the order with this remark, once it is told; null when nothing is told in a second. */
  ofRemark(remark: string): Promise<OrderErrorRow | null> {
    const isIt = (error: OrderErrorRow): boolean => error.order_remark === remark;
    const at = this.#kept.findIndex(isIt);
    if (at >= 0) return Promise.resolve(this.#kept.splice(at, 1)[0] ?? null);
    const { promise, resolve } = Promise.withResolvers<OrderErrorRow | null>();
    const waiting: Waiting = {
      isIt,
      settle: (error) => {
        this.#waiting.delete(waiting);
        timer.cancel();
        resolve(error);
      },
    };
    const timer = this.#timers.after(WAIT_MS, () => waiting.settle(null));
    this.#waiting.add(waiting);
    return promise;
  }
}
