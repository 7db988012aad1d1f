import type { Clock, ClockTimer } from './clock.ts';
import { ClockHeap } from './clock-heap.ts';
import { nextTurn } from './turn.ts';

/** A clock that moves only when told: for tests and for worlds without waiting. */
export class SteppedClock implements Clock {
  readonly kind = 'stepped';
  readonly speed = 1;
  readonly pace = 1;
  readonly #heap = new ClockHeap();
  #now: number;
  #stopped = false;

  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  at(instant: number, callback: () => void): ClockTimer {
    if (this.#stopped) return { cancel() {} };
    const timer = this.#heap.push(instant, callback);
    if (instant <= this.#now) {
      queueMicrotask(() => {
        this.#heap.runDue(this.#now);
      });
    }
    return timer;
  }

  hold(): () => void {
    return () => {};
  }

  stop(): void {
    this.#stopped = true;
    this.#heap.clear();
  }

  /** The earliest instant somebody waits for; null when there is none. */
  nextDue(): number | null {
    return this.#heap.next();
  }

  /** Moves on by `ms`, stopping at each due instant on the way; promises of the callbacks settle later (see `walk`). */
  advance(ms: number): void {
    this.set(this.#now + ms);
  }

  /** Moves to `instant` (never back), stopping at each due instant on the way. */
  set(instant: number): void {
    for (let next = this.#heap.next(); next !== null && next <= instant; next = this.#heap.next()) this.#stepTo(next);
    if (instant > this.#now) this.#now = instant;
  }

  /** Moves straight to `instant`, as a clock that was set or a machine that slept: all on the way is due at once, late. */
  jump(instant: number): void {
    this.#now = instant;
    this.#heap.runDue(instant);
  }

  /** As `set`, letting the promises that each step woke run on before the next one. */
  async walk(instant: number): Promise<void> {
    await settle();
    for (let next = this.#heap.next(); next !== null && next <= instant; next = this.#heap.next()) {
      this.#stepTo(next);
      await settle();
    }
    if (instant > this.#now) this.#now = instant;
    await settle();
  }

  #stepTo(next: number): void {
    if (next > this.#now) this.#now = next;
    this.#heap.runDue(this.#now);
  }
}

/** Lets everything run that waits for promises only. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    await nextTurn();
  }
}
