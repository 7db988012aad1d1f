import { inTime, type TimerSource } from '../../platform/timers.ts';
import type { Tracker } from '../orders/reading/tracker.ts';
import type { AccountProjection } from './account-projection.ts';
import type { AccountReader } from './account-reader.ts';

/** What is shown of the account is read again when it is older than this (market ms). */
const FRESH_MS = 5_000;
/** Wall ms for which a call waits for that: as long as a gateway may take before nothing is traded. */
const PATIENCE_MS = 15_000;

export interface FreshnessOptions {
  readonly timers: TimerSource;
  readonly tracker: Tracker;
  readonly reader: AccountReader;
  readonly account: AccountProjection;
  /** Why trading waits for the moment, or null. */
  readonly waits: () => string | null;
}

/** Brings what a strategy reads up to date: orders, fills, cash and positions of one time. */
export class Freshness {
  readonly #options: FreshnessOptions;
  #reading: Promise<void> | null = null;

  constructor(options: FreshnessOptions) {
    this.#options = options;
  }

  /** What is shown is no older than a moment. */
  isFresh(): boolean {
    return this.#options.reader.age() <= FRESH_MS;
  }

  /** Lists and account as of now, when what is shown is older than a moment. Never rejects. */
  bring(): Promise<void> {
    if (this.isFresh() || this.#options.waits() !== null) return Promise.resolve();
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  /** The next read of the account, of orders or trades is of now, when what is shown is older than a moment. */
  expire(): void {
    if (!this.isFresh()) this.#options.account.expire();
  }

  /** A gateway that does not answer must not hold up a hook: what is shown stays, and the gate closes. */
  async #read(): Promise<void> {
    const { timers, tracker, reader } = this.#options;
    const read = tracker.readNow().then((done) => done && reader.refresh());
    await inTime(timers, PATIENCE_MS, read, () => false);
  }
}
