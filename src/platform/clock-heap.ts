import type { ClockTimer } from './clock.ts';

interface Entry {
  readonly instant: number;
  /** Order of arrival: equal instants run first come, first served. */
  readonly order: number;
  /** Null once cancelled or run. */
  callback: (() => void) | null;
}

/** Cancelled entries stay in the heap until they surface; more than this many of them are swept out. */
const SWEEP_AT = 64;

/** Due instants (epoch ms, market time) with their callbacks, earliest first. Knows no clock. */
export class ClockHeap {
  #entries: Entry[] = [];
  #arrivals = 0;
  #cancelled = 0;

  push(instant: number, callback: () => void): ClockTimer {
    if (!Number.isFinite(instant)) throw new RangeError(`A clock instant must be a finite number, was ${instant}.`);
    const entry: Entry = { instant, order: this.#arrivals, callback };
    this.#arrivals += 1;
    this.#entries.push(entry);
    this.#up(this.#entries.length - 1);
    return {
      cancel: () => {
        if (entry.callback === null) return;
        entry.callback = null;
        this.#cancelled += 1;
        if (this.#cancelled > SWEEP_AT && this.#cancelled * 2 > this.#entries.length) this.#sweep();
      },
    };
  }

  /** The earliest instant that is still wanted; null when there is none. */
  next(): number | null {
    for (let top = this.#entries[0]; top !== undefined; top = this.#entries[0]) {
      if (top.callback !== null) return top.instant;
      this.#pop();
      this.#cancelled -= 1;
    }
    return null;
  }

  /**
   * Runs what is due at `now`, in order. What the callbacks add waits for the next call, so none can starve the loop;
   * when one throws, the rest stays due.
   */
  runDue(now: number): void {
    const newcomers = this.#arrivals;
    for (let instant = this.next(); instant !== null && instant <= now; instant = this.next()) {
      const top = this.#entries[0];
      if (top === undefined || top.order >= newcomers) return;
      this.#pop();
      const callback = top.callback;
      top.callback = null;
      callback?.();
    }
  }

  clear(): void {
    for (const entry of this.#entries) entry.callback = null;
    this.#entries = [];
    this.#cancelled = 0;
  }

  #sweep(): void {
    const live = this.#entries.filter((entry) => entry.callback !== null);
    live.sort((a, b) => (before(a, b) ? -1 : 1));
    this.#entries = live; // a sorted array is a heap
    this.#cancelled = 0;
  }

  #up(start: number): void {
    let index = start;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#swapIfBefore(index, parent)) return;
      index = parent;
    }
  }

  #pop(): void {
    const last = this.#entries.pop();
    if (last === undefined || this.#entries.length === 0) return;
    this.#entries[0] = last;
    let index = 0;
    for (;;) {
      const left = index * 2 + 1;
      const right = left + 1;
      const child = this.#isBefore(right, left) ? right : left;
      if (!this.#swapIfBefore(child, index)) return;
      index = child;
    }
  }

  #isBefore(a: number, b: number): boolean {
    const first = this.#entries[a];
    const second = this.#entries[b];
    return first !== undefined && second !== undefined && before(first, second);
  }

  #swapIfBefore(a: number, b: number): boolean {
    const first = this.#entries[a];
    const second = this.#entries[b];
    if (first === undefined || second === undefined || !before(first, second)) return false;
    this.#entries[a] = second;
    this.#entries[b] = first;
    return true;
  }
}

function before(a: Entry, b: Entry): boolean {
  return a.instant < b.instant || (a.instant === b.instant && a.order < b.order);
}
