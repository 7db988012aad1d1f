import type { Clock } from '../../platform/clock.ts';
import type { TimerSource } from '../../platform/timers.ts';

/**
 * A snapshot lags behind what the counter did (QMT: up to some seconds). It counts only when nothing of ours has changed for
 * so long (wall ms), or when that never happens. On a simulated clock the venue is a stub, whose lag is of market time: a clock that
 * jumps on has left it behind.
 */
const SETTLE_MS = 3_000;
const SETTLE_PATIENCE_MS = 15_000;

/** Whether a snapshot of the account can be trusted to hold what we know. */
export class Settling {
  readonly #clock: Pick<Clock, 'speed' | 'kind' | 'now'>;
  readonly #timers: TimerSource;
  #changedAt = Number.NEGATIVE_INFINITY;
  /** The same in market time. */
  #changedMarket = Number.NEGATIVE_INFINITY;
  #restlessSince: number | null = null;

  constructor(clock: Pick<Clock, 'speed' | 'kind' | 'now'>, timers: TimerSource) {
    this.#clock = clock;
    this.#timers = timers;
  }

  /** Something of ours has changed. */
  changed(): void {
    this.#changedAt = this.#timers.monotonic();
    this.#changedMarket = this.#clock.now();
  }

  /** A snapshot has been taken. */
  taken(): void {
    this.#restlessSince = null;
  }

  /** Wall milliseconds until a snapshot can be trusted; not above 0 = now. */
  left(): number {
    const { kind, speed } = this.#clock;
    const left = this.#changedAt + SETTLE_MS / Math.max(1, speed) - this.#timers.monotonic();
    return kind === 'simulated' ? Math.min(left, this.#changedMarket + SETTLE_MS - this.#clock.now()) : left;
  }

  /** True while it is worth waiting for rest. */
  isRestless(): boolean {
    const now = this.#timers.monotonic();
    if (this.left() <= 0) return false;
    // Patience adds up over moments of rest in which no reading came through: a steadily filled order has many.
    this.#restlessSince ??= now;
    return now - this.#restlessSince < SETTLE_PATIENCE_MS / Math.max(1, this.#clock.speed);
  }
}
