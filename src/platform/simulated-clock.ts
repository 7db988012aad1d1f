import { STILL_MS } from './clock.ts';
import type { Hold } from './clock.ts';
import { HeapClock } from './heap-clock.ts';
import type { Timer, TimerSource } from './timers.ts';

/** The rate at which a `max` clock flows while somebody waits for the market. */
const HELD_SPEED = 60;

export interface SimulatedClockOptions {
  /** Market time at the anchor, epoch ms. */
  readonly start: number;
  /** Market seconds per wall second, above 0; `max` jumps to the next due instant whenever nothing holds it. */
  readonly speed: number | 'max';
  /** Market seconds per wall second while somebody waits for the market; of a `max` clock only. */
  readonly heldSpeed?: number;
  /** Wall time at which the market time was `start`, epoch ms; now when left out. Two processes with one anchor agree. */
  readonly anchor?: number;
  readonly timers?: TimerSource;
}

/** Market time that starts where it is told and runs at `speed`; steps of the wall clock do not reach it. */
export class SimulatedClock extends HeapClock {
  readonly kind = 'simulated';
  readonly speed: number;
  readonly #jumps: boolean;
  #market: number;
  #since: number;
  /** Market ms per wall ms at present: 0 for a `max` clock that jumps or stands still. */
  #rate: number;
  /** What holds a `max` clock; one that has stood still for long enough counts as flowing. */
  readonly #holds = new Set<{ kind: Hold; patience: Timer | null }>();

  constructor(options: SimulatedClockOptions) {
    super(options.timers);
    this.#jumps = options.speed === 'max';
    this.speed = options.speed === 'max' ? (options.heldSpeed ?? HELD_SPEED) : options.speed;
    if (!(this.speed > 0) || !Number.isFinite(this.speed)) {
      throw new RangeError(`The speed of a simulated clock must be a number above 0 or "max", was ${options.speed}.`);
    }
    this.#rate = this.#jumps ? 0 : this.speed;
    this.#since = this.timers.monotonic();
    const elapsed = options.anchor === undefined ? 0 : this.timers.wallNow() - options.anchor;
    this.#market = options.start + elapsed * this.#rate;
  }

  override get pace(): number {
    return this.#jumps ? 0 : this.speed;
  }

  now(): number {
    return Math.floor(this.#exact());
  }

  override hold(kind: Hold = 'flow'): () => void {
    if (!this.#jumps) return () => {};
    const hold: { kind: Hold; patience: Timer | null } = { kind, patience: null };
    if (kind === 'still') {
      hold.patience = this.timers.after(STILL_MS, () => {
        hold.kind = 'flow';
        this.#adjust();
      });
    }
    this.#holds.add(hold);
    this.#adjust();
    return () => {
      hold.patience?.cancel();
      if (this.#holds.delete(hold)) this.#adjust();
    };
  }

  override stop(): void {
    for (const { patience } of this.#holds) patience?.cancel();
    super.stop();
  }

  protected wallDelay(instant: number): number | null {
    if (this.#rate > 0) return (instant - this.#exact()) / this.#rate;
    return this.#holds.size > 0 && instant > this.#market ? Number.POSITIVE_INFINITY : null;
  }

  protected override reach(next: number): void {
    if (this.#jumps && this.#holds.size === 0 && next > this.#market) this.#market = next;
  }

  #exact(): number {
    return this.#market + (this.timers.monotonic() - this.#since) * this.#rate;
  }

  /** Sets the rate that the holds ask for. */
  #adjust(): void {
    this.#market = this.#exact();
    this.#since = this.timers.monotonic();
    this.#rate = [...this.#holds].some(({ kind }) => kind === 'flow') ? this.speed : 0;
    this.rearm();
  }
}
