import { errorMessage } from '../../domain/errors.ts';
import { isFinal } from '../../domain/order/state.ts';
import { chinaDay, chinaTimeOfDay } from '../../domain/time.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import type { TimerSource } from '../../platform/timers.ts';
import type { Broker, VenueHealth } from '../../venues/broker.ts';
import type { AccountKeeper } from './account-keeper.ts';
import type { OrderBook } from './order-book.ts';
import type { Tracker } from './tracker.ts';

/** Wall milliseconds between attempts. */
const RETRY_MS = [500, 1_000, 2_000, 5_000, 10_000];
/** From 09:00 a closed gate costs trades: it is an alarm. */
const ALARM_FROM_SECONDS = 9 * 3600;

export interface GateOptions {
  readonly broker: Broker;
  readonly book: OrderBook;
  readonly tracker: Tracker;
  readonly account: AccountKeeper;
  readonly clock: Clock;
  readonly timers: TimerSource;
  readonly log: Log;
  readonly stop: AbortSignal;
}

/**
 * Nothing trades before account, positions, orders and trades have been read whole and agree with the ledger: at start,
 * after every reconnect of the read session and each trading day at 08:45. It retries for ever.
 */
export class Gate {
  readonly #options: GateOptions;
  #reason: string | null = 'the account has not been reconciled yet';
  #opening: Promise<VenueHealth | null> | null = null;

  constructor(options: GateOptions) {
    this.#options = options;
  }

  /** Why trading hooks and orders must wait; null = open. */
  reason(): string | null {
    return this.#reason;
  }

  /** What is read can no longer be trusted to be current: nothing trades until the next reconciliation. */
  close(reason: string): void {
    this.#reason = reason;
  }

  /** Closes, reconciles and opens again. Resolves with the venue's health, or null when the run is told to stop first. */
  reconcile(reason: string): Promise<VenueHealth | null> {
    this.#reason = reason;
    this.#opening ??= this.#open().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async #open(): Promise<VenueHealth | null> {
    const { log, clock, stop, timers } = this.#options;
    let alarmed = false;
    for (let attempt = 0; !stop.aborted; attempt += 1) {
      const result = await this.#try();
      if (typeof result !== 'string') {
        if (alarmed) log.info('The account is reconciled; trading goes on.');
        this.#reason = null;
        return result;
      }
      this.#reason = result;
      if (!alarmed && attempt >= 2 && chinaTimeOfDay(clock.now()) >= ALARM_FROM_SECONDS) {
        alarmed = true;
        log.error(`ALARM: trading waits: ${result}. bt keeps trying; look at the gateway.`);
      }
      const wait = RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)] ?? 10_000;
      await new Promise<void>((resolve) => timers.after(wait, resolve));
    }
    return null;
  }

  async #try(): Promise<VenueHealth | string> {
    const { broker, tracker, account } = this.#options;
    try {
      const health = await broker.health();
      if (!health.backendReady) return `the gateway's back end is not ready (${health.detail})`;
      this.#closeEarlierDays();
      if (!(await tracker.readNow())) return 'orders and trades cannot be read';
      if (!(await account.refresh()))
        return 'account and positions cannot be read, or do not agree with the ledger yet';
      return health;
    } catch (error) {
      return `the gateway does not answer (${errorMessage(error)})`;
    }
  }

  /** An exchange order lives for one day: what an earlier day left open has ended, and its positions are the broker's to tell. */
  #closeEarlierDays(): void {
    const { book, clock, account, log } = this.#options;
    const now = clock.now();
    const today = chinaDay(now);
    const old = book.intents().filter((intent) => intent.day < today && !isFinal(intent.state));
    for (const intent of old) {
      const reason =
        intent.state === 'unknown' ? 'the trading day ended before its fate was known' : 'the trading day ended';
      book.news(
        { clientId: intent.clientId, event: intent.state === 'planned' ? 'not_sent' : 'canceled', reason },
        now,
      );
      log.warning(`Order ${intent.remark} of ${intent.day} is closed: ${reason}.`);
    }
    if (old.length > 0) account.forget();
  }
}
