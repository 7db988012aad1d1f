import { HeapClock } from './heap-clock.ts';
import type { TimerSource } from './timers.ts';

/** One reading of a venue's market clock. */
export interface ClockReading {
  /** Market time, epoch ms. */
  readonly now: number;
  /** Market seconds per wall second, above 0. */
  readonly speed: number;
}

/**
 * Market time as a gateway tells it, running on by itself between readings. It never runs backwards: when a reading lies
 * behind, time stands still until the gateway has caught up; when it lies ahead, time steps there and what became due fires.
 */
export class GatewayClock extends HeapClock {
  readonly kind = 'gateway';
  #reading: ClockReading;
  #since: number;
  #latest: number;

  constructor(first: ClockReading, timers?: TimerSource) {
    super(timers);
    this.#reading = checked(first);
    this.#since = this.timers.monotonic();
    this.#latest = first.now;
  }

  get speed(): number {
    return this.#reading.speed;
  }

  now(): number {
    this.#latest = Math.max(this.#latest, Math.floor(this.#told()));
    return this.#latest;
  }

  /** Takes a new reading; returns how far it lies ahead of this clock in market ms (negative: time now stands still that long). */
  align(reading: ClockReading): number {
    const ahead = checked(reading).now - this.now();
    this.#reading = reading;
    this.#since = this.timers.monotonic();
    this.rearm();
    return ahead;
  }

  protected wallDelay(instant: number): number {
    return instant <= this.#latest ? 0 : (instant - this.#told()) / this.#reading.speed;
  }

  /** What the gateway's clock should show now. */
  #told(): number {
    return this.#reading.now + (this.timers.monotonic() - this.#since) * this.#reading.speed;
  }
}

function checked(reading: ClockReading): ClockReading {
  if (!Number.isFinite(reading.now) || !Number.isFinite(reading.speed) || reading.speed <= 0) {
    throw new RangeError(`A clock reading needs a time and a speed above 0, was ${reading.now} at ${reading.speed}.`);
  }
  return reading;
}
