import { errorMessage } from '../../domain/errors.ts';
import { chinaDay } from '../../domain/time.ts';
import type { FillRow } from '../../ledger/rows.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import type { Timer, TimerSource } from '../../platform/timers.ts';
import type { Broker } from '../../venues/broker.ts';
import type { OrderBook } from './order-book.ts';
import { readNews } from './reading.ts';

/** Wall milliseconds between two readings of the broker's lists. */
const IN_FLIGHT_MS = 200;
const IDLE_MS = 5_000;
/** On a fast simulated clock the market moves more in a wall second; never poll faster than this. */
const FASTEST_MS = 20;

export interface TrackerOptions {
  readonly broker: Broker;
  readonly book: OrderBook;
  readonly clock: Clock;
  readonly timers: TimerSource;
  readonly log: Log;
  /** Called with the fills that a reading brought, after they are in the ledger. */
  readonly onFills: (fills: readonly FillRow[]) => void;
  /** Called after each whole reading with the intents of unknown fate that it does not show. */
  readonly onReading: (absent: readonly string[]) => void;
  /** The ledger could not be written: nothing more may be sent. */
  readonly onFatal: (error: unknown) => void;
}

/**
 * Reads the broker's orders and trades, whole, and settles our intents by them: often while anything is in flight or
 * somebody waits, seldom otherwise. Readings never overlap.
 */
export class Tracker {
  readonly #options: TrackerOptions;
  #timer: Timer | null = null;
  #running: Promise<boolean> | null = null;
  #queued: Promise<boolean> | null = null;
  #waiters = 0;
  #stopped = true;

  constructor(options: TrackerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#stopped = false;
    this.#arm();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timer?.cancel();
    await this.#running;
  }

  /** Somebody waits for an order: read often until the returned function is called. */
  watch(): () => void {
    this.#waiters += 1;
    this.#arm();
    return () => {
      this.#waiters -= 1;
    };
  }

  /** A reading that starts after this call. Resolves to false when it failed (logged); never rejects. */
  readNow(): Promise<boolean> {
    if (this.#running === null) return this.#start();
    this.#queued ??= this.#running.then(() => {
      this.#queued = null;
      return this.#start();
    });
    return this.#queued;
  }

  #start(): Promise<boolean> {
    const reading = this.#read().finally(() => {
      this.#running = null;
      this.#arm();
    });
    this.#running = reading;
    return reading;
  }

  async #read(): Promise<boolean> {
    const { broker, book, clock, log } = this.#options;
    try {
      const day = chinaDay(clock.now());
      const [orders, trades] = await Promise.all([broker.orders(), broker.trades()]);
      const now = clock.now();
      // A list that straddles midnight belongs to neither day.
      if (chinaDay(now) !== day) return false;
      const result = readNews(book.intents(), { orders, trades }, day, now);
      for (const text of result.contradictions)
        log.error(`The broker contradicts the ledger: ${text}. Look at the order in the terminal.`);
      const fresh = this.#apply(() => book.reading(result.news, result.fills, now));
      if (fresh.length > 0) this.#options.onFills(fresh);
      this.#options.onReading(result.absent);
      return true;
    } catch (error) {
      log.warning(`Orders could not be read: ${errorMessage(error)}`);
      return false;
    }
  }

  #apply(work: () => readonly FillRow[]): readonly FillRow[] {
    try {
      return work();
    } catch (error) {
      this.#options.onFatal(error);
      throw error;
    }
  }

  #arm(): void {
    this.#timer?.cancel();
    if (this.#stopped || this.#running !== null) return;
    this.#timer = this.#options.timers.after(this.#interval(), () => void this.readNow());
  }

  #interval(): number {
    const { book, clock } = this.#options;
    const fast = Math.max(FASTEST_MS, IN_FLIGHT_MS / Math.max(1, clock.speed));
    if (this.#waiters > 0) return fast;
    const inFlight = book
      .intents()
      .some((intent) => intent.state === 'sending' || intent.state === 'canceling' || intent.state === 'accepted');
    return inFlight ? Math.max(fast, IN_FLIGHT_MS) : IDLE_MS;
  }
}
