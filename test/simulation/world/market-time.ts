import type { VirtualTime } from './virtual-time.ts';

/** A callback that waits for a market instant. */
interface Waiting {
  readonly instant: number;
  readonly run: () => void;
  cancel: () => void;
}

/** Market time of the world: it flows with virtual time, and jumps when it is told to (a night, a clock that was set). */
export class MarketTime {
  readonly #time: VirtualTime;
  readonly #waiting = new Set<Waiting>();
  #offset: number;

  /** `start`: market time at virtual 0, epoch ms. */
  constructor(time: VirtualTime, start: number) {
    this.#time = time;
    this.#offset = start;
  }

  now(): number {
    return Math.floor(this.#offset + this.#time.now());
  }

  /** Runs `callback` as soon as market time is `instant`; never synchronously. */
  at(instant: number, callback: () => void): { cancel(): void } {
    const waiting: Waiting = { instant, run: callback, cancel: () => undefined };
    this.#waiting.add(waiting);
    this.#arm(waiting);
    return {
      cancel: () => {
        this.#waiting.delete(waiting);
        waiting.cancel();
      },
    };
  }

  /** The earliest instant that somebody waits for; null when nobody waits. */
  nextDue(): number | null {
    let next: number | null = null;
    for (const { instant } of this.#waiting) if (next === null || instant < next) next = instant;
    return next;
  }

  /** Callbacks that wait. */
  get size(): number {
    return this.#waiting.size;
  }

  /** Moves market time on by `ms` at once; what was due meanwhile is due now. */
  jump(ms: number): void {
    this.#offset += ms;
    for (const waiting of [...this.#waiting].sort((a, b) => a.instant - b.instant)) this.#arm(waiting);
  }

  #arm(waiting: Waiting): void {
    waiting.cancel();
    const pending = this.#time.after(waiting.instant - this.#offset - this.#time.now(), () => {
      this.#waiting.delete(waiting);
      waiting.run();
    });
    waiting.cancel = () => pending.cancel();
  }
}
