import { errorMessage } from '../../domain/errors.ts';
import { DEFAULT_FEES, orderFees } from '../../domain/market/fees.ts';
import { project, sameAmounts, type OwnFill, type Snapshot } from '../../domain/order/projection.ts';
import type { AccountView } from '../../domain/order/types.ts';
import type { BrokerPosition } from '../../domain/trading.ts';
import { chinaDay } from '../../domain/time.ts';
import type { FillRow } from '../../ledger/rows.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import type { Timer, TimerSource } from '../../platform/timers.ts';
import type { Broker } from '../../venues/broker.ts';
import type { OrderBook } from './order-book.ts';

/** Wall milliseconds. */
const REFRESH_MS = 30_000;
const AFTER_FILL_MS = 500;
/** So many equal readings, this far apart, make a difference an external change. */
const EXTERNAL_READINGS = 3;
const EXTERNAL_GAP_MS = 5_000;

export interface AccountKeeperOptions {
  readonly broker: Broker;
  readonly book: OrderBook;
  readonly clock: Clock;
  readonly timers: TimerSource;
  readonly log: Log;
  /** The view changed; its version has grown. */
  readonly onView: (view: AccountView) => void;
}

interface Difference {
  readonly key: string;
  readonly readings: number;
  readonly lastAt: number;
}

/**
 * What a strategy may believe of the account: the last settled snapshot plus own fills since. A reading replaces it when
 * nothing of ours moved while it was read and it holds what we expect, or when it insists on something else.
 */
export class AccountKeeper {
  readonly #options: AccountKeeperOptions;
  #base: Snapshot | null = null;
  #fills: OwnFill[] = [];
  #difference: Difference | null = null;
  #startingCash: number | null = null;
  #version = 0;
  #timer: Timer | null = null;
  #running: Promise<boolean> | null = null;
  #stopped = true;

  constructor(options: AccountKeeperOptions) {
    this.#options = options;
    options.book.onChange(() => {
      if (this.#base !== null) this.#publish();
    });
  }

  start(): void {
    this.#stopped = false;
    this.#arm(REFRESH_MS);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timer?.cancel();
    await this.#running;
  }

  /** The current view, or null before the first whole reading. */
  view(): AccountView | null {
    const { book, clock } = this.#options;
    if (this.#base === null) return null;
    return project({
      base: this.#base,
      fills: this.#fills,
      working: book.working(),
      day: chinaDay(clock.now()),
      startingCash: this.#startingCash ?? this.#base.account.totalValue,
      version: this.#version,
    });
  }

  /** Market milliseconds since the reading the view stands on; Infinity without one. */
  age(): number {
    return this.#base === null ? Number.POSITIVE_INFINITY : this.#options.clock.now() - this.#base.requestedAt;
  }

  addFills(fills: readonly FillRow[]): void {
    for (const fill of fills) this.#fills.push(this.#ownFill(fill));
    this.#publish();
    this.#arm(0);
  }

  /** The next reading is the truth whatever we expected (gate, day roll). */
  forget(): void {
    this.#base = null;
    this.#fills = [];
    this.#difference = null;
  }

  /** Reads account and positions once, whole. False when it failed or did not settle; never rejects. */
  refresh(): Promise<boolean> {
    this.#running ??= this.#read().finally(() => {
      this.#running = null;
      this.#arm(this.#nextDelay());
    });
    return this.#running;
  }

  async #read(): Promise<boolean> {
    const { broker, book, clock, log } = this.#options;
    const stamp = book.stamp();
    const requestedAt = clock.now();
    const working = book.working();
    try {
      const [account, positions] = await Promise.all([broker.account(), broker.positions()]);
      // An order of unknown fate does not freeze the account for the day: its security is blocked, and a fill of it shows
      // as a difference that insists.
      const moving = book.intents().some((intent) => intent.state === 'sending' || intent.state === 'canceling');
      if (book.stamp() !== stamp || moving) return this.#base !== null && this.#fills.length === 0;
      return this.#consider({ account, positions, requestedAt, working });
    } catch (error) {
      log.warning(`The account could not be read: ${errorMessage(error)}`);
      return false;
    }
  }

  #consider(snapshot: Snapshot): boolean {
    const view = this.view();
    if (view !== null && !sameAmounts(view, snapshot.positions) && !this.#insists(view, snapshot.positions))
      return false;
    this.#base = snapshot;
    this.#fills = [];
    this.#difference = null;
    this.#startingCash ??= snapshot.account.totalValue;
    this.#publish();
    return true;
  }

  /** True once a reading that differs from the projection has been seen often enough. */
  #insists(view: AccountView, positions: readonly BrokerPosition[]): boolean {
    const now = this.#options.timers.monotonic();
    const key = JSON.stringify(positions.map((held) => `${held.security} ${held.amount}`).toSorted());
    const last = this.#difference;
    if (last === null || last.key !== key) {
      this.#difference = { key, readings: 1, lastAt: now };
    } else if (now - last.lastAt >= EXTERNAL_GAP_MS) {
      this.#difference = { key, readings: last.readings + 1, lastAt: now };
    }
    if ((this.#difference?.readings ?? 0) < EXTERNAL_READINGS) return false;
    const expected = view.positions.map((held) => `${held.security} ${held.amount}`).join(', ');
    this.#options.log.warning(
      `Positions changed outside this strategy: expected ${expected === '' ? 'none' : expected}, the broker has ${key}.`,
    );
    return true;
  }

  #ownFill(fill: FillRow): OwnFill {
    const intent = this.#options.book.intent(fill.clientId);
    const money = fill.amount * fill.price;
    const estimate = orderFees({ security: intent.security, side: intent.side, money, day: fill.day }, DEFAULT_FEES);
    const told = (fill.commission ?? 0) + (fill.tax ?? 0);
    // QMT reports 0.0 for both: an estimate keeps the cash on the cautious side.
    const fees = told > 0 ? told : estimate.commission + estimate.stampDuty + estimate.transferFee;
    return {
      security: intent.security,
      side: intent.side,
      amount: fill.amount,
      price: fill.price,
      fees,
      time: fill.time,
    };
  }

  #publish(): void {
    this.#version += 1;
    const view = this.view();
    if (view !== null) this.#options.onView(view);
  }

  #nextDelay(): number {
    if (this.#fills.length > 0) return AFTER_FILL_MS;
    return this.#difference === null ? REFRESH_MS : EXTERNAL_GAP_MS;
  }

  #arm(delay: number): void {
    this.#timer?.cancel();
    if (this.#stopped || this.#running !== null) return;
    this.#timer = this.#options.timers.after(delay, () => void this.refresh());
  }
}
