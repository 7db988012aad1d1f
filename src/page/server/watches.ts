import { EventQueue } from '../../net/http/event-queue.ts';
import type { QueueLimits } from '../../net/http/event-queue.ts';
import { HttpProblem } from '../../net/http/problem.ts';
import type { Timer } from '../../platform/timers.ts';
import { Watch } from './watch.ts';
import type { WatchParts } from './watch.ts';

/** Pages that look at a time. */
export const MOST_PAGES = 64;
/** A page that does not take this is too slow: it is sent away, and comes again. */
export const SLOW: QueueLimits = { events: 500, characters: 8 * 1024 * 1024 };
/** How often it is looked which instances there are. Wall ms. */
export const LIST_MS = 3_000;

/** Who looks at which instance. */
export class Watches {
  readonly #parts: WatchParts;
  readonly #watches = new Map<string, Watch>();
  readonly #open = new Set<EventQueue>();
  readonly #slow: QueueLimits;
  readonly #endChanges: () => void;
  #listTimer: Timer | null = null;
  #list = '';

  constructor(parts: WatchParts, slow: QueueLimits = SLOW) {
    this.#parts = parts;
    this.#slow = slow;
    this.#endChanges = parts.source.changes((instance) => this.#watches.get(instance)?.look());
  }

  get pages(): number {
    return this.#open.size;
  }

  /** A page begins to look; `leave` ends that. Throws 429 when there are too many. */
  open(instance: string): { readonly queue: EventQueue; readonly leave: () => void } {
    if (this.#open.size >= MOST_PAGES) {
      throw new HttpProblem(429, 'TOO_MANY_PAGES', `${MOST_PAGES} pages are open already. Close one.`);
    }
    const queue = new EventQueue(this.#parts.timers, this.#slow);
    this.#open.add(queue);
    const watch = this.#watchOf(instance);
    const end = watch.add(queue);
    this.#listTimer ??= this.#parts.timers.every(LIST_MS, () => void this.#lookAtList());
    const leave = (): void => {
      end();
      queue.close();
      this.#open.delete(queue);
      if (watch.readers === 0 && this.#watches.get(instance) === watch) this.#watches.delete(instance);
      if (this.#open.size === 0) this.#rest();
    };
    return { queue, leave };
  }

  /** Somebody has just had something done. */
  look(instance: string): void {
    this.#watches.get(instance)?.look();
  }

  stop(): void {
    this.#endChanges();
    this.#rest();
    for (const watch of this.#watches.values()) watch.stop();
    for (const queue of this.#open) queue.close();
  }

  #watchOf(instance: string): Watch {
    const known = this.#watches.get(instance);
    if (known !== undefined) return known;
    const watch = new Watch(instance, this.#parts);
    this.#watches.set(instance, watch);
    return watch;
  }

  #rest(): void {
    this.#listTimer?.cancel();
    this.#listTimer = null;
  }

  async #lookAtList(): Promise<void> {
    const list = await this.#parts.source.list().then(
      (instances) => JSON.stringify({ instances }),
      () => this.#list, // the page's own instance says what is wrong
    );
    if (list === this.#list) return;
    this.#list = list;
    for (const queue of this.#open) queue.push({ event: 'instances', data: list }, 'instances');
  }
}
