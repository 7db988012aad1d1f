import type { Clock, ClockTimer } from '../../../src/platform/clock.ts';
import type { Timer, TimerSource } from '../../../src/platform/timers.ts';
import type { MarketTime } from './market-time.ts';
import type { Pending, VirtualTime } from './virtual-time.ts';

/** Wall time at virtual 0, epoch ms: any. */
const WALL_START = 1_783_296_000_000;

/**
 * A process of the world. When it dies nothing of it acts any more: its timers are gone, and whatever it still calls in the
 * rest of its last step finds this flag.
 */
export class Process {
  readonly name: string;
  readonly timers: TimerSource;
  readonly clock: Clock;
  readonly #time: VirtualTime;
  readonly #market: MarketTime;
  readonly #pending = new Set<Pending | ClockTimer>();
  readonly #onDeath: (() => void)[] = [];
  #alive = true;

  constructor(name: string, time: VirtualTime, market: MarketTime) {
    this.name = name;
    this.#time = time;
    this.#market = market;
    this.timers = this.#createTimers();
    this.clock = this.#createClock();
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Timers that it has armed and not cancelled. */
  get armed(): number {
    return this.#pending.size;
  }

  onDeath(work: () => void): void {
    this.#onDeath.push(work);
  }

  kill(): void {
    if (!this.#alive) return;
    this.#alive = false;
    for (const pending of this.#pending) pending.cancel();
    this.#pending.clear();
    for (const work of this.#onDeath) work();
  }

  #createTimers(): TimerSource {
    const after = (ms: number, fn: () => void): Timer => this.#own((run) => this.#time.after(ms, run), fn);
    return {
      after,
      every: (ms, fn) => this.#every(ms, fn),
      monotonic: () => this.#time.now(),
      wallNow: () => WALL_START + Math.floor(this.#time.now()),
    };
  }

  #every(ms: number, fn: () => void): Timer {
    let current: Timer = { cancel: () => undefined };
    const arm = (): void => {
      current = this.#own(
        (run) => this.#time.after(ms, run),
        () => {
          arm();
          fn();
        },
      );
    };
    arm();
    return { cancel: () => current.cancel() };
  }

  #createClock(): Clock {
    return {
      kind: 'simulated',
      speed: 1,
      pace: 1,
      now: () => this.#market.now(),
      at: (instant, callback) => this.#own((run) => this.#market.at(instant, run), callback),
      hold: () => () => undefined,
      stop: () => undefined,
    };
  }

  #own(start: (run: () => void) => Pending, fn: () => void): Timer {
    if (!this.#alive) return { cancel: () => undefined };
    const pending = start(() => {
      this.#pending.delete(pending);
      fn();
    });
    this.#pending.add(pending);
    return {
      cancel: () => {
        this.#pending.delete(pending);
        pending.cancel();
      },
    };
  }
}
