import type { Clock, ClockTimer, Hold } from './clock.ts';
import { SimulatedClock } from './simulated-clock.ts';
import type { TimerSource } from './timers.ts';

interface Pending {
  readonly instant: number;
  readonly callback: () => void;
  timer: ClockTimer;
}

/**
 * A simulated clock for a program that takes a while to start: it stands still until `begin`, then runs at its own speed, so that nothing
 * comes up while the program starts. It goes at the real pace meanwhile where somebody waits for the market, and in a start that takes longer
 * than `STILL_MS`. Timers and holds live through the change.
 */
export class StartingClock implements Clock {
  readonly kind = 'simulated';
  readonly #speed: number | 'max';
  readonly #timers: { readonly timers: TimerSource } | Record<string, never>;
  readonly #pending = new Set<Pending>();
  readonly #holds = new Set<{ readonly kind: Hold; release: () => void }>();
  #clock: SimulatedClock;
  #begun = false;
  #stopped = false;

  constructor(options: { readonly start: number; readonly speed: number | 'max'; readonly timers?: TimerSource }) {
    this.#speed = options.speed;
    this.#timers = options.timers === undefined ? {} : { timers: options.timers };
    this.#clock = new SimulatedClock({ start: options.start, speed: 'max', heldSpeed: 1, ...this.#timers });
    this.#clock.hold('still');
  }

  get speed(): number {
    return this.#clock.speed;
  }

  get pace(): number {
    return this.#clock.pace;
  }

  now(): number {
    return this.#clock.now();
  }

  /** From here on the clock runs at its own speed. Later calls do nothing. */
  begin(): void {
    if (this.#begun || this.#stopped) return;
    this.#begun = true;
    const former = this.#clock;
    this.#clock = new SimulatedClock({ start: former.now(), speed: this.#speed, ...this.#timers });
    former.stop();
    for (const hold of this.#holds) hold.release = this.#clock.hold(hold.kind);
    for (const entry of this.#pending) entry.timer = this.#arm(entry);
  }

  at(instant: number, callback: () => void): ClockTimer {
    if (this.#stopped) return { cancel() {} };
    if (this.#begun) return this.#clock.at(instant, callback);
    const entry: Pending = { instant, callback, timer: { cancel() {} } };
    entry.timer = this.#arm(entry);
    this.#pending.add(entry);
    return {
      cancel: () => {
        this.#pending.delete(entry);
        entry.timer.cancel();
      },
    };
  }

  hold(kind: Hold = 'flow'): () => void {
    const hold = { kind, release: this.#clock.hold(kind) };
    this.#holds.add(hold);
    return () => {
      if (!this.#holds.delete(hold)) return;
      hold.release();
    };
  }

  stop(): void {
    this.#stopped = true;
    this.#pending.clear();
    this.#clock.stop();
  }

  #arm(entry: Pending): ClockTimer {
    return this.#clock.at(entry.instant, () => {
      this.#pending.delete(entry);
      entry.callback();
    });
  }
}
