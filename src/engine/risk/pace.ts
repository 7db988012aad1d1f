import { until, type Clock } from '../../platform/clock.ts';

const SECOND_MS = 1_000;

/** Lets so many orders and cancels leave within a second of market time; an order that is one too many waits, a cancel never does. */
export class Pace {
  readonly #clock: Pick<Clock, 'now' | 'at' | 'hold'>;
  readonly #most: number | null;
  /** When the last ones left, oldest first: as many as may leave in a second. */
  readonly #left: number[] = [];

  constructor(clock: Pick<Clock, 'now' | 'at' | 'hold'>, most: number | null) {
    this.#clock = clock;
    this.#most = most;
  }

  /** Orders and cancels of the last second. */
  now(): number {
    const since = this.#clock.now() - SECOND_MS;
    return this.#left.filter((at) => at > since).length;
  }

  /** One leaves now. */
  note(): void {
    if (this.#most === null) return;
    this.#left.push(this.#clock.now());
    if (this.#left.length > this.#most) this.#left.shift();
  }

  /** Those that left before this run, market time, epoch ms, oldest first: before any is noted. */
  recall(left: readonly number[]): void {
    if (this.#most !== null) this.#left.unshift(...left.slice(-this.#most));
  }

  /** Resolves when an order may leave; at once, without a turn of the loop, is told by null. */
  turn(): Promise<void> | null {
    const [oldest] = this.#left;
    if (this.#most === null || oldest === undefined || this.#left.length < this.#most) return null;
    const opens = oldest + SECOND_MS;
    return this.#clock.now() >= opens ? null : this.#wait(opens);
  }

  async #wait(opens: number): Promise<void> {
    const release = this.#clock.hold('flow');
    try {
      await until(this.#clock, opens);
    } finally {
      release();
    }
  }
}
