import type { TimerSource } from '../../platform/timers.ts';

/** So many readings, this far apart (wall ms), make a total believed that nothing explains. */
const READINGS = 3;
const GAP_MS = 5_000;
/** Prices move while it insists. */
const SAME = 0.01;

interface Dispute {
  /** CNY, of the last reading. */
  readonly total: number;
  readonly since: number;
  readonly lastAt: number;
  readonly readings: number;
}

/** A figure that nothing explains: a slip, a deposit, lends that came back? It is believed when it stays so. */
export class TotalDispute {
  readonly #timers: TimerSource;
  #open: Dispute | null = null;

  constructor(timers: TimerSource) {
    this.#timers = timers;
  }

  clear(): void {
    this.#open = null;
  }

  /** True once the same figure has been read often, and for `ms` from the first reading to the last. */
  insists(total: number, ms: number): boolean {
    const now = this.#timers.monotonic();
    const open = this.#open;
    const isSame =
      open !== null && Math.abs(total - open.total) <= SAME * Math.max(Math.abs(total), Math.abs(open.total));
    if (!isSame) this.#open = { total, since: now, lastAt: now, readings: 1 };
    else if (now - open.lastAt >= GAP_MS) this.#open = { ...open, total, lastAt: now, readings: open.readings + 1 };
    const { since, readings } = this.#open ?? { since: now, readings: 1 };
    return readings >= READINGS && now - since >= ms;
  }
}
