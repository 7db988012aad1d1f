import { nextTurn } from '../../../src/platform/turn.ts';

/** A pending event; cancelling twice, or after it ran, does nothing. */
export interface Pending {
  cancel(): void;
}

interface Entry {
  readonly due: number;
  readonly order: number;
  /** Null once cancelled. */
  run: (() => void) | null;
}

/**
 * The one time of a simulated world, milliseconds from 0: it moves from event to event, and between two events everything that
 * waits only for promises has run. Nothing else moves it, so a run is decided by its seed alone.
 */
export class VirtualTime {
  readonly #heap: Entry[] = [];
  #now = 0;
  #order = 0;
  #events = 0;

  now(): number {
    return this.#now;
  }

  /** Events run so far. */
  get events(): number {
    return this.#events;
  }

  after(ms: number, run: () => void): Pending {
    const entry: Entry = { due: this.#now + Math.max(0, ms), order: this.#order, run };
    this.#order += 1;
    this.#push(entry);
    return {
      cancel: () => {
        entry.run = null;
      },
    };
  }

  /** Runs events until `done()` holds or `deadline` is reached; true when it was `done`. */
  async runUntil(deadline: number, done: () => boolean): Promise<boolean> {
    await nextTurn();
    for (;;) {
      if (done()) return true;
      const next = this.#heap[0];
      if (next === undefined || next.due > deadline) break;
      this.#pop();
      if (next.run === null) continue;
      this.#now = Math.max(this.#now, next.due);
      this.#events += 1;
      next.run();
      await nextTurn();
    }
    this.#now = Math.max(this.#now, deadline);
    return done();
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let index = heap.push(entry) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !isBefore(entry, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = entry;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let index = 0;
    for (;;) {
      let child = index * 2 + 1;
      let least = heap[child];
      const right = heap[child + 1];
      if (least !== undefined && right !== undefined && isBefore(right, least)) {
        least = right;
        child += 1;
      }
      if (least === undefined || !isBefore(least, last)) break;
      heap[index] = least;
      index = child;
    }
    heap[index] = last;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.due < b.due || (a.due === b.due && a.order < b.order);
}
