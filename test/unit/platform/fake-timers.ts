import type { Timer, TimerSource } from '../../../src/platform/timers.ts';

interface Entry {
  due: number;
  readonly everyMs: number | null;
  readonly fn: () => void;
}

/** Timers on a hand-cranked machine: a monotonic clock that moves only when told to, and a wall clock that can also be set. */
export class FakeTimers implements TimerSource {
  readonly #entries = new Set<Entry>();
  #monotonic = 0;
  #wall: number;
  #created = 0;
  /** The longest sleep asked for so far, ms. */
  longest = 0;

  /** `wall`: epoch ms. */
  constructor(wall = 1_783_301_670_000) {
    this.#wall = wall;
  }

  after(ms: number, fn: () => void): Timer {
    return this.#add(Math.max(0, ms), null, fn);
  }

  every(ms: number, fn: () => void): Timer {
    return this.#add(ms, ms, fn);
  }

  monotonic(): number {
    return this.#monotonic;
  }

  wallNow(): number {
    return this.#wall;
  }

  /** How many timers were ever started. */
  get created(): number {
    return this.#created;
  }

  /** How many timers are armed. */
  get armed(): number {
    return this.#entries.size;
  }

  /** Somebody sets the wall clock, or the machine slept. */
  setWall(wall: number): void {
    this.#wall = wall;
  }

  /** Both clocks move on by `ms`, firing what comes due in order. */
  pass(ms: number): void {
    const end = this.#monotonic + ms;
    for (let next = this.#next(end); next !== null; next = this.#next(end)) this.#fire(next);
    this.#moveTo(end);
  }

  /** As `pass`, with pending promises settled between. */
  async advance(ms: number): Promise<void> {
    const end = this.#monotonic + ms;
    await settle();
    for (let next = this.#next(end); next !== null; next = this.#next(end)) {
      this.#fire(next);
      await settle();
    }
    this.#moveTo(end);
    await settle();
  }

  #add(ms: number, everyMs: number | null, fn: () => void): Timer {
    this.#created += 1;
    this.longest = Math.max(this.longest, ms);
    const entry: Entry = { due: this.#monotonic + ms, everyMs, fn };
    this.#entries.add(entry);
    return { cancel: () => void this.#entries.delete(entry) };
  }

  #fire(entry: Entry): void {
    this.#moveTo(Math.max(this.#monotonic, entry.due));
    if (entry.everyMs === null) this.#entries.delete(entry);
    else entry.due += entry.everyMs;
    entry.fn();
  }

  #next(end: number): Entry | null {
    let first: Entry | null = null;
    // The set keeps the order in which timers were started, which decides between equals.
    for (const entry of this.#entries) {
      if (entry.due <= end && (first === null || entry.due < first.due)) first = entry;
    }
    return first;
  }

  #moveTo(monotonic: number): void {
    this.#wall += monotonic - this.#monotonic;
    this.#monotonic = monotonic;
  }
}

/** Lets everything that waits only for promises and microtasks run. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
}
