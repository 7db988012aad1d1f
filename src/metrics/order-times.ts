import type { Instruments } from './instruments.ts';

/** Plans that are thrown away never end: the oldest are forgotten. */
const MOST = 20_000;
/** An order that ended so was taken, whatever was told of it in between. */
const TAKEN: ReadonlySet<string> = new Set(['filled', 'canceled', 'expired']);

type Stage = 'written' | 'handed over' | 'accepted';
type Timed = Pick<Instruments, 'sendSeconds' | 'acceptSeconds' | 'endSeconds'>;

interface Begun {
  readonly stage: Stage;
  /** Monotonic, ms. */
  readonly at: number;
}

/**
 * How long a wire order takes from one stage of its life to the next. One that was already under way when the run began is not
 * timed: nobody was there to see it begin.
 */
export class OrderTimes {
  readonly #instruments: Timed;
  readonly #now: () => number;
  readonly #begun = new Map<string, Begun>();

  constructor(instruments: Timed, now: () => number) {
    this.#instruments = instruments;
    this.#now = now;
  }

  written(clientId: string): void {
    this.#begun.set(clientId, { stage: 'written', at: this.#now() });
    const oldest = this.#begun.size > MOST ? this.#begun.keys().next().value : undefined;
    if (oldest !== undefined) this.#begun.delete(oldest);
  }

  handedOver(clientId: string): void {
    const seconds = this.#next(clientId, 'written', 'handed over');
    if (seconds !== null) this.#instruments.sendSeconds.observe(seconds);
  }

  accepted(clientId: string): void {
    const seconds = this.#next(clientId, 'handed over', 'accepted');
    if (seconds !== null) this.#instruments.acceptSeconds.observe(seconds);
  }

  ended(clientId: string, outcome: string): void {
    if (TAKEN.has(outcome)) this.accepted(clientId);
    const begun = this.#begun.get(clientId);
    this.#begun.delete(clientId);
    if (begun?.stage === 'accepted')
      this.#instruments.endSeconds.observe({ outcome }, (this.#now() - begun.at) / 1_000);
  }

  /** How many are under way. */
  get size(): number {
    return this.#begun.size;
  }

  /** Seconds since `from`; null when it is not there (any more). */
  #next(clientId: string, from: Stage, to: Stage): number | null {
    const begun = this.#begun.get(clientId);
    if (begun?.stage !== from) return null;
    const at = this.#now();
    this.#begun.set(clientId, { stage: to, at });
    return (at - begun.at) / 1_000;
  }
}
