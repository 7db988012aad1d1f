import type { TimerSource } from '../../../platform/timers.ts';
import type { Behind } from '../asking.ts';
import { MAX_STREAMS } from '../limits.ts';
import { HttpProblem } from '../../../net/http/problem.ts';
import { EventQueue } from '../../../net/http/event-queue.ts';
import { OrderFeed } from './order-feed.ts';
import { TickFeed } from './tick-feed.ts';

/** What is told as it happens, and who listens. */
export class Feeds {
  readonly ticks: TickFeed;
  readonly #behind: Behind;
  readonly #timers: TimerSource;
  readonly #orders = new Map<string, OrderFeed>();
  readonly #open = new Set<EventQueue>();

  constructor(behind: Behind, timers: TimerSource) {
    this.#behind = behind;
    this.#timers = timers;
    this.ticks = new TickFeed(behind, timers);
  }

  orders(accountKey: string): OrderFeed {
    const known = this.#orders.get(accountKey);
    if (known !== undefined) return known;
    const feed = new OrderFeed(this.#behind, this.#timers, accountKey);
    this.#orders.set(accountKey, feed);
    return feed;
  }

  /** Something was just asked of this account's counter. */
  nudge(accountKey: string): void {
    this.#orders.get(accountKey)?.look();
  }

  /** A reader's queue. Throws 429 when there are too many. */
  open(): EventQueue {
    if (this.#open.size >= MAX_STREAMS) {
      throw new HttpProblem(429, 'TOO_MANY_STREAMS', `${MAX_STREAMS} streams are open already. Close one.`);
    }
    const queue = new EventQueue(this.#timers);
    this.#open.add(queue);
    return queue;
  }

  close(queue: EventQueue): void {
    queue.close();
    this.#open.delete(queue);
  }

  /** Ends every stream. */
  stop(): void {
    for (const queue of this.#open) queue.close();
  }
}
