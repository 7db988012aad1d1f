import type { Timer, TimerSource } from '../../../src/platform/timers.ts';

interface Entry {
  due: number;
  readonly everyMs: number | null;
  readonly fn: () => void;
}

/** A timer source that moves only when told to; time starts at `start` (epoch ms). */
export class FakeTimers implements TimerSource {
  readonly #entries = new Set<Entry>();
  readonly #start: number;
  #elapsed = 0;
  #created = 0;

  constructor(start = 1_783_301_670_000) {
    this.#start = start;
  }

  after(ms: number, fn: () => void): Timer {
    return this.#add(Math.max(0, ms), null, fn);
  }

  every(ms: number, fn: () => void): Timer {
    return this.#add(ms, ms, fn);
  }

  monotonic(): number {
    return this.#elapsed;
  }

  wallNow(): number {
    return this.#start + this.#elapsed;
  }

  /** How many timers were ever started. */
  get created(): number {
    return this.#created;
  }

  /** How many timers are armed. */
  get armed(): number {
    return this.#entries.size;
  }

  /** Lets `ms` pass, firing what comes due in order, with pending promises settled between. */
  async advance(ms: number): Promise<void> {
    const end = this.#elapsed + ms;
    await settle();
    for (let next = this.#next(end); next !== null; next = this.#next(end)) {
      this.#elapsed = Math.max(this.#elapsed, next.due);
      if (next.everyMs === null) this.#entries.delete(next);
      else next.due += next.everyMs;
      next.fn();
      await settle();
    }
    this.#elapsed = end;
    await settle();
  }

  #add(ms: number, everyMs: number | null, fn: () => void): Timer {
    this.#created += 1;
    const entry: Entry = { due: this.#elapsed + ms, everyMs, fn };
    this.#entries.add(entry);
    return {
      cancel: () => {
        this.#entries.delete(entry);
      },
    };
  }

  #next(end: number): Entry | null {
    let first: Entry | null = null;
    // The set keeps the order in which timers were started, which decides between equals.
    for (const entry of this.#entries) {
      if (entry.due <= end && (first === null || entry.due < first.due)) first = entry;
    }
    return first;
  }
}

/** Lets everything that waits only for promises and microtasks run. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
}
