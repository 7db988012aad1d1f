import type { Clock, ClockTimer } from '../../platform/clock.ts';
import type { Timer, TimerSource } from '../../platform/timers.ts';

export interface OrderTimersOptions {
  readonly clock: Pick<Clock, 'at'>;
  readonly timers: Pick<TimerSource, 'after'>;
  readonly look: (orderId: string) => void;
}

/** When orders are looked at again: each at most once by market time (`wake`), and once by wall time (`retry`). */
export class OrderTimers {
  readonly #options: OrderTimersOptions;
  readonly #wakes = new Map<string, ClockTimer>();
  readonly #retries = new Map<string, Timer>();
  #stopped = false;

  constructor(options: OrderTimersOptions) {
    this.#options = options;
  }

  /** At that market time, epoch ms. */
  wake(orderId: string, at: number): void {
    this.#wakes.set(
      orderId,
      this.#options.clock.at(at, () => this.#options.look(orderId)),
    );
  }

  endWake(orderId: string): void {
    this.#wakes.get(orderId)?.cancel();
    this.#wakes.delete(orderId);
  }

  /** In so many wall ms, in place of an earlier one. */
  retry(orderId: string, ms: number): void {
    this.endRetry(orderId);
    if (this.#stopped) return;
    const timer = this.#options.timers.after(ms, () => {
      this.#retries.delete(orderId);
      this.#options.look(orderId);
    });
    this.#retries.set(orderId, timer);
  }

  isRetried(orderId: string): boolean {
    return this.#retries.has(orderId);
  }

  endRetry(orderId: string): void {
    this.#retries.get(orderId)?.cancel();
    this.#retries.delete(orderId);
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of [...this.#wakes.values(), ...this.#retries.values()]) timer.cancel();
    this.#wakes.clear();
    this.#retries.clear();
  }
}
