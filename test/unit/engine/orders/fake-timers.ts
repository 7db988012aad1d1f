import type { Timer, TimerSource } from '../../../../src/platform/timers.ts';

interface Entry {
  readonly due: number;
  readonly every: number | null;
  readonly run: () => void;
}

/** Wall time that moves only when told. */
export class FakeTimers implements TimerSource {
  #now = 0;
  #next = 0;
  readonly #entries = new Map<number, Entry>();

  after(ms: number, run: () => void): Timer {
    return this.#add({ due: this.#now + Math.max(0, ms), every: null, run });
  }
  every(ms: number, run: () => void): Timer {
    return this.#add({ due: this.#now + ms, every: ms, run });
  }
  monotonic(): number {
    return this.#now;
  }
  wallNow(): number {
    return this.#now;
  }

  /** Moves on by `ms` and runs what became due, in order. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const [next] = [...this.#entries]
        .filter(([, entry]) => entry.due <= end)
        .toSorted(([, a], [, b]) => a.due - b.due);
      if (next === undefined) break;
      const [id, entry] = next;
      this.#now = Math.max(this.#now, entry.due);
      this.#entries.delete(id);
      if (entry.every !== null) this.#entries.set(id, { ...entry, due: entry.due + entry.every });
      entry.run();
    }
    this.#now = end;
  }

  #add(entry: Entry): Timer {
    const id = (this.#next += 1);
    this.#entries.set(id, entry);
    return { cancel: () => void this.#entries.delete(id) };
  }
}
