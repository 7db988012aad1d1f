import { Rng } from './random.ts';
import { monotonic } from './timers.ts';

/** What `Date` and `Math.random` are set by at the start of each dispatch. */
export interface Stamp {
  /** Market time at the start, epoch ms. */
  readonly now: number;
  /** Market seconds per wall second; 0 = time stands still, and `at` tells where it moves. */
  readonly speed: number;
  readonly seed: number;
}

/**
 * What a strategy finds as `Date` and `Math.random`. `Date` shows market time as the engine's clock has it: the stamp of the running
 * dispatch plus the time that passed since, at the clock's speed; where that stands still, what the engine said last (`at`).
 * `Math.random` is seeded at each dispatch.
 */
export class StampedGlobals {
  #stamp: Stamp;
  #began: number;
  #random: Rng;
  readonly #through: (read: () => number) => number;
  readonly #onLook: () => void;

  /** `through`: sees each reading of the clock, and may put another in its place. `onLook`: told before the strategy itself reads it. */
  constructor(
    stamp: Stamp,
    through: (read: () => number) => number = (read) => read(),
    onLook: () => void = () => undefined,
  ) {
    this.#through = through;
    this.#onLook = onLook;
    this.#stamp = stamp;
    this.#began = monotonic();
    this.#random = new Rng(stamp.seed);
  }

  /** Starts a dispatch. */
  enter(stamp: Stamp): void {
    this.#stamp = stamp;
    this.#began = monotonic();
    this.#random = new Rng(stamp.seed);
  }

  /** Where a clock stands that does not run by itself, epoch ms. */
  at(now: number): void {
    if (this.#stamp.speed === 0 && now > this.#stamp.now) this.#stamp = { ...this.#stamp, now };
  }

  now(): number {
    return this.#through(() => Math.floor(this.#stamp.now + (monotonic() - this.#began) * this.#stamp.speed));
  }

  /** Puts itself in the place of this process's `Date` and `Math.random`. */
  install(): void {
    const now = (): number => {
      this.#onLook();
      return this.now();
    };
    globalThis.Date = marketDate(globalThis.Date, now);
    Math.random = () => this.#random.next();
  }
}

/** A proxy, so that dates made by Node itself and by strategies stay instances of one and the same class. */
function marketDate(real: DateConstructor, now: () => number): DateConstructor {
  const proxy = new Proxy(real, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as Date,
    apply: (target) => new target(now()).toString(),
    get: (target, property, receiver) =>
      property === 'now' ? now : (Reflect.get(target, property, receiver) as unknown),
  });
  real.prototype.constructor = proxy;
  return proxy;
}
