import type { TimerSource } from '../../platform/timers.ts';

/** One event of a stream; those without an id are not come back to. */
export interface StreamEvent {
  readonly event: string;
  /** JSON. */
  readonly data: string;
  readonly id?: string;
}

/** What may wait for a reader; beyond it he is too slow, and is sent away to come again. */
export interface QueueLimits {
  readonly events: number;
  /** Of all events' data together. */
  readonly characters: number;
}

const LIMITS: QueueLimits = { events: 5_000, characters: Number.POSITIVE_INFINITY };

/** Wall ms between two signs of life on a stream without news. */
const ALIVE_MS = 15_000;

/**
 * What one reader of a stream has still to get. Of events with a key only the latest waits, so that a slow reader of ticks costs a
 * bounded amount of memory and gets the news, not the past.
 */
export class EventQueue {
  readonly #waiting = new Map<string, StreamEvent>();
  readonly #timers: TimerSource;
  readonly #limits: QueueLimits;
  #unkeyed = 0;
  #characters = 0;
  #wake: () => void = () => {};
  #closed = false;

  constructor(timers: TimerSource, limits: QueueLimits = LIMITS) {
    this.#timers = timers;
    this.#limits = limits;
  }

  /** `key`: in the place of one of the same key that waits; null = behind all others. */
  push(event: StreamEvent, key: string | null): void {
    if (this.#closed) return;
    if (key === null) this.#unkeyed += 1;
    // No key of ours begins with a blank.
    const place = key ?? ` ${this.#unkeyed}`;
    this.#characters += event.data.length - (this.#waiting.get(place)?.data.length ?? 0);
    this.#waiting.set(place, event);
    if (this.#waiting.size > this.#limits.events || this.#characters > this.#limits.characters) this.close();
    this.#wake();
  }

  /** Ends the stream; what waits is not sent. */
  close(): void {
    this.#closed = true;
    this.#waiting.clear();
    this.#characters = 0;
    this.#wake();
  }

  /** The next event; 'alive' after a while without one; null when the stream is over. */
  async next(): Promise<StreamEvent | 'alive' | null> {
    if (this.#waiting.size === 0 && !this.#closed) await this.#news();
    for (const [key, event] of this.#waiting) {
      this.#waiting.delete(key);
      this.#characters -= event.data.length;
      return event;
    }
    return this.#closed ? null : 'alive';
  }

  #news(): Promise<void> {
    return new Promise((resolve) => {
      const finish = (): void => {
        timer.cancel();
        this.#wake = () => {};
        resolve();
      };
      const timer = this.#timers.after(ALIVE_MS, finish);
      this.#wake = finish;
    });
  }
}
