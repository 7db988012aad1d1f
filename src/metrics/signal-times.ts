import type { SignalRow } from '../domain/follow/row.ts';
import type { Instruments } from './instruments.ts';

type Counted = Pick<Instruments, 'signalsEnded' | 'signalAge' | 'signalOrderSeconds' | 'signalEndSeconds'>;

/** How signals end, and how long they take; of one that was open when the run began only its end is counted. */
export class SignalTimes {
  readonly #instruments: Counted;
  readonly #now: () => number;
  /** When those that are open came. Monotonic, ms. */
  readonly #came = new Map<string, number>();

  constructor(instruments: Counted, now: () => number) {
    this.#instruments = instruments;
    this.#now = now;
    // A rate over what was never counted is nothing, not 0.
    for (const outcome of ['filled', 'partly_filled', 'refused', 'nothing'])
      instruments.signalsEnded.inc({ outcome }, 0);
  }

  came(row: SignalRow): void {
    // A correction is nobody's message.
    if (row.origin === 'source') this.#instruments.signalAge.observe(Math.max(0, row.receivedAt - row.sentAt) / 1_000);
    if (row.phase !== 'done') this.#came.set(row.key, this.#now());
    this.goesOn(row);
  }

  goesOn({ key, phase, attempt, end }: SignalRow): void {
    const { signalsEnded, signalOrderSeconds, signalEndSeconds } = this.#instruments;
    const came = this.#came.get(key);
    const seconds = came === undefined ? null : (this.#now() - came) / 1_000;
    if (phase === 'ordered' && attempt === 1 && seconds !== null) signalOrderSeconds.observe(seconds);
    if (end === null) return;
    signalsEnded.inc({ outcome: end });
    this.#came.delete(key);
    if (seconds !== null) signalEndSeconds.observe({ outcome: end }, seconds);
  }
}
