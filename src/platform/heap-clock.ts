import type { Clock, ClockTimer, Hold } from './clock.ts';
import { ClockHeap } from './clock-heap.ts';
import { systemTimers, type Timer, type TimerSource } from './timers.ts';
import { onNextTurn } from './turn.ts';

/** No timer sleeps longer, so a stepped wall clock or a realigned market clock is noticed within this. */
const SLICE_MS = 1000;

/** What the clocks that run by themselves share: the heap of due instants and one armed timer for the earliest. */
export abstract class HeapClock implements Clock {
  abstract readonly kind: Clock['kind'];
  abstract readonly speed: number;
  protected readonly timers: TimerSource;
  protected readonly heap = new ClockHeap();
  #timer: Timer | null = null;
  #armedFor: number | null = null;
  #stopped = false;

  constructor(timers: TimerSource = systemTimers) {
    this.timers = timers;
  }

  get pace(): number {
    return this.speed;
  }

  abstract now(): number;

  /** Wall milliseconds from now until `instant`, at most 0 when it is due, Infinity = not as things are; null = at the loop's next turn. */
  protected abstract wallDelay(instant: number): number | null;

  /** Called before what is due at `next` runs: a jumping clock jumps here. */
  protected reach(_next: number): void {}

  at(instant: number, callback: () => void): ClockTimer {
    if (this.#stopped) return { cancel() {} };
    const timer = this.heap.push(instant, callback);
    if (this.#timer === null || this.#armedFor === null || instant < this.#armedFor) this.rearm();
    return timer;
  }

  hold(_kind?: Hold): () => void {
    return () => {};
  }

  stop(): void {
    this.#stopped = true;
    this.heap.clear();
    this.#disarm();
  }

  /** Arms the timer anew; subclasses call it after their rate or position changed. */
  protected rearm(): void {
    this.#disarm();
    const next = this.heap.next();
    if (next === null || this.#stopped) return;
    const delay = this.wallDelay(next);
    this.#armedFor = next;
    const fire = (): void => {
      this.#fire();
    };
    this.#timer = delay === null ? onNextTurn(fire) : this.timers.after(Math.min(SLICE_MS, Math.max(0, delay)), fire);
  }

  #disarm(): void {
    this.#timer?.cancel();
    this.#timer = null;
    this.#armedFor = null;
  }

  #fire(): void {
    this.#timer = null;
    const next = this.heap.next();
    try {
      if (next === null) return;
      this.reach(next);
      this.heap.runDue(this.now());
    } finally {
      this.rearm(); // also after a callback threw: the others must not be lost with it
    }
  }
}
