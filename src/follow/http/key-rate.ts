import type { TimerSource } from '../../platform/timers.ts';

const PERIOD_MS = 60_000;

/** Counts by key, never by address: behind a tunnel all of them come from one, and a stranger must not use up what is a sender's. */
export class KeyRate {
  readonly #most: number;
  readonly #timers: Pick<TimerSource, 'monotonic'>;
  readonly #times = new Map<string, number[]>();

  /** `most`: packets in a minute. */
  constructor(most: number, timers: Pick<TimerSource, 'monotonic'>) {
    this.#most = most;
    this.#timers = timers;
  }

  /** Counts one; how many seconds are to be waited when it is too many, else null. */
  takes(key: string): number | null {
    const now = this.#timers.monotonic();
    const recent = (this.#times.get(key) ?? []).filter((time) => now - time < PERIOD_MS);
    this.#times.set(key, recent);
    const [oldest] = recent;
    if (oldest !== undefined && recent.length >= this.#most) return Math.ceil((oldest + PERIOD_MS - now) / 1000);
    recent.push(now);
    return null;
  }
}
