import type { Clock, Hold } from '../../platform/clock.ts';
import { attended } from './attended.ts';
import type { Tracker } from './reading/tracker.ts';

/** What can be done about an order. */
export type WorkKind = 'plan' | 'place' | 'cancel';

/** Planning and sending cost no market time; a cancel waits for the market. */
const HOLDS: Readonly<Record<WorkKind, Hold>> = { plan: 'still', place: 'still', cancel: 'flow' };

export interface UnderWayOptions {
  readonly clock: Pick<Clock, 'hold'>;
  readonly tracker: Pick<Tracker, 'watch'>;
  readonly onFatal: (error: unknown) => void;
  /** Work on that order has ended. */
  readonly onEnd: (orderId: string) => void;
}

/** Work on orders that is under way: what is asked for twice is done once. `id`: the order, of a cancel the intent. */
export class UnderWay {
  readonly #options: UnderWayOptions;
  readonly #running = new Map<string, Promise<void>>();

  constructor(options: UnderWayOptions) {
    this.#options = options;
  }

  once(kind: WorkKind, id: string, orderId: string, work: () => Promise<void>): void {
    const key = `${kind} ${id}`;
    if (this.#running.has(key)) return;
    const { onFatal, onEnd } = this.#options;
    const run = attended(this.#options, HOLDS[kind], work)
      .catch(onFatal)
      .finally(() => {
        this.#running.delete(key);
        // What came up meanwhile was left to this work.
        onEnd(orderId);
      });
    this.#running.set(key, run);
  }

  /** Ends with that work; null when it is not under way. */
  of(kind: WorkKind, id: string): Promise<void> | null {
    return this.#running.get(`${kind} ${id}`) ?? null;
  }

  /** Ends with all that is under way now, of these kinds. */
  async ended(kinds: readonly WorkKind[]): Promise<void> {
    const isOf = (key: string): boolean => kinds.some((kind) => key.startsWith(`${kind} `));
    await Promise.all([...this.#running].flatMap(([key, run]) => (isOf(key) ? [run] : [])));
  }
}
