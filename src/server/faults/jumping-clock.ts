import type { Clock, ClockTimer, Hold } from '../../platform/clock.ts';

interface Pending {
  readonly instant: number;
  readonly callback: () => void;
  timer: ClockTimer;
}

/** A market clock that can be set: the one behind it, plus what the jumps so far add up to. It stops with the one behind it. */
export class JumpingClock implements Clock {
  readonly kind: Clock['kind'];
  readonly speed: number;
  readonly pace: number;
  readonly #clock: Clock;
  readonly #pending = new Set<Pending>();
  #offset = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.kind = clock.kind;
    this.speed = clock.speed;
    this.pace = clock.pace;
  }

  now(): number {
    return this.#clock.now() + this.#offset;
  }

  at(instant: number, callback: () => void): ClockTimer {
    const pending: Pending = { instant, callback, timer: { cancel() {} } };
    this.#pending.add(pending);
    this.#arm(pending);
    return {
      cancel: () => {
        this.#pending.delete(pending);
        pending.timer.cancel();
      },
    };
  }

  hold(kind?: Hold): () => void {
    return this.#clock.hold(kind);
  }

  stop(): void {
    this.#clock.stop();
  }

  /** Sets the clock forward (or back) by so many ms; what becomes due runs soon. */
  jump(ms: number): void {
    this.#offset += ms;
    for (const pending of this.#pending) {
      pending.timer.cancel();
      this.#arm(pending);
    }
  }

  #arm(pending: Pending): void {
    pending.timer = this.#clock.at(pending.instant - this.#offset, () => {
      this.#pending.delete(pending);
      pending.callback();
    });
  }
}
