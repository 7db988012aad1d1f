import type { TimerSource } from '../../platform/timers.ts';

/** So many readings, this far apart (wall ms), make a total believed that nothing explains. */
const READINGS = 3;
const GAP_MS = 5_000;
/** Wall ms from the first to the last of them: of an account that fits together, and of one that does not (a part of it is lent). */
const INSISTS_MS = 60_000;
const UNEXPLAINED_MS = 600_000;
/** Prices move while it insists. */
const SAME = 0.01;

interface Dispute {
  /** CNY, of the last reading. */
  readonly total: number;
  readonly since: number;
  readonly lastAt: number;
  readonly readings: number;
}

/** A whole account that has nothing to do with the last one: a slip, a deposit, lends that came back? It is believed when it stays so. */
export class TotalDispute {
  readonly #timers: TimerSource;
  #open: Dispute | null = null;

  constructor(timers: TimerSource) {
    this.#timers = timers;
  }

  clear(): void {
    this.#open = null;
  }

  /** True once the same total has been read often and long enough. `isConsistent`: the reading's parts make its whole. */
  insists(total: number, isConsistent: boolean): boolean {
    const now = this.#timers.monotonic();
    const open = this.#open;
    const isSame = open !== null && Math.abs(total - open.total) <= SAME * Math.max(total, open.total);
    if (!isSame) this.#open = { total, since: now, lastAt: now, readings: 1 };
    else if (now - open.lastAt >= GAP_MS) this.#open = { ...open, total, lastAt: now, readings: open.readings + 1 };
    const { since, readings } = this.#open ?? { since: now, readings: 1 };
    return readings >= READINGS && now - since >= (isConsistent ? INSISTS_MS : UNEXPLAINED_MS);
  }
}
