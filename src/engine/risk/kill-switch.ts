import { BtError, errorMessage } from '../../domain/errors.ts';
import type { AccountView } from '../../domain/order/types.ts';
import type { TradingDayCalendar } from '../../domain/market/trading-hours.ts';
import { isFinal } from '../../domain/order/state.ts';
import type { RiskStop } from '../../ledger/risk-rows.ts';
import type { RiskStore } from '../../ledger/risk-store.ts';
import type { Clock } from '../../platform/clock.ts';
import type { KillOrder } from '../../platform/kill-file.ts';
import type { EngineEvent, Events } from '../events.ts';
import type { OrderBook } from '../orders/book/order-book.ts';
import type { OrderDesk } from '../orders/desk.ts';
import type { OrderDriver } from '../orders/driver.ts';
import { Flatten } from './flatten.ts';
import { isOfKillSwitch } from './kill-orders.ts';
import type { RiskStops } from './risk-stops.ts';

const WHY = 'the kill switch';

/** Where the switch's file is looked for; absent where a run has no folder. */
export interface KillFilePort {
  read(): KillOrder | null;
  remove(): void;
}

export interface KillSwitchOptions {
  readonly stops: RiskStops;
  readonly store: RiskStore;
  readonly book: OrderBook;
  readonly clock: Clock;
  readonly calendar: TradingDayCalendar;
  readonly events: Events;
  readonly desk: OrderDesk;
  readonly driver: OrderDriver;
  readonly account: () => AccountView | null;
  /** Why trading waits for the moment, or null. */
  readonly waits: () => string | null;
  readonly file: KillFilePort | null;
  readonly onFatal: (error: unknown) => void;
}

/**
 * Stops everything, until a person lets it go on: durable before it is acknowledged, looked for before every place, acted on as soon as
 * the gateway can be reached, and again after a restart.
 */
export class KillSwitch {
  readonly #options: KillSwitchOptions;
  readonly #flatten: Flatten;
  #acting: Promise<void> | null = null;
  #again = false;

  constructor(options: KillSwitchOptions) {
    this.#options = options;
    this.#flatten = new Flatten(options);
  }

  /** Takes a file that has come into the ledger. Cheap: it is asked before every place. */
  look(): void {
    const { file, stops, onFatal } = this.#options;
    const order = file?.read() ?? null;
    if (order === null) return;
    try {
      if (!stops.has('kill')) this.#take(order);
      else if (this.#asksForMore(order)) this.pull(order);
    } catch (error) {
      onFatal(error);
    }
  }

  /** Durable when it returns; what it is to do begins. Asked again, it does what is asked for as well. Throws LEDGER_WRITE_FAILED. */
  pull(order: KillOrder): void {
    const { stops, store } = this.#options;
    const former = stops.has('kill') ? store.killWish() : null;
    if (former === null) {
      this.#take(order);
      return;
    }
    const cancel = order.cancel || order.flatten || former.cancel;
    const flatten = order.flatten || former.flatten;
    store.keepKillWish({ cancel, flatten, done: false });
    void this.act();
  }

  /** Something of an order has ended at the exchange: what it held may be free to be sold. */
  heard(event: EngineEvent): void {
    const isEnd = event.kind === 'order' && event.intent !== null && event.intent.sentAt !== null && isFinal(event.to);
    // Not in this turn: it may be one of several that a reading brings.
    if ((isEnd || event.kind === 'fill') && this.#pulled() !== null) queueMicrotask(() => void this.act());
  }

  /** Cancels and sells what it is to, as far as that is possible now. Never rejects. */
  act(): Promise<void> {
    if (this.#acting !== null) {
      this.#again = true;
      return this.#acting;
    }
    this.#acting = this.#work()
      .catch((error: unknown) => this.#failed(error))
      .finally(() => {
        this.#acting = null;
        if (!this.#again) return;
        this.#again = false;
        void this.act();
      });
    return this.#acting;
  }

  /**
   * Lets everything go on: the file goes first, so that no restart finds it. What it was to cancel is cancelled, also when a person
   * lets go on in the very turn in which the file was found. Throws KILL_FILE_STAYS, LEDGER_WRITE_FAILED.
   */
  forget(): void {
    this.#options.file?.remove();
    const pulled = this.#pulled();
    const wish = pulled === null ? null : this.#options.store.killWish();
    if (pulled === null || wish === null || wish.done || this.#options.driver.isHalted()) return;
    this.#cancelAll(pulled.at, wish.cancel);
  }

  #take({ cancel, flatten, reason }: KillOrder): void {
    const { stops, store } = this.#options;
    const wish = { cancel: cancel || flatten, flatten, done: false };
    const text = `${reason}.`;
    stops.stop({ rule: 'kill', stops: 'all', day: null, text }, (stop) => store.stop(stop, wish));
    // Not in this turn: it may have been found in the middle of an order's own.
    queueMicrotask(() => void this.act());
  }

  /** The file may ask for more than the pull that the ledger knows: it was made while no engine answered. */
  #asksForMore({ cancel, flatten }: KillOrder): boolean {
    const wish = this.#options.store.killWish();
    return wish !== null && ((cancel && !wish.cancel) || (flatten && !wish.flatten));
  }

  #pulled(): RiskStop | null {
    return this.#options.stops.all().find(({ rule }) => rule === 'kill') ?? null;
  }

  async #work(): Promise<void> {
    const { store, waits, driver } = this.#options;
    const pulled = this.#pulled();
    const wish = pulled === null ? null : store.killWish();
    if (pulled === null || wish === null || driver.isHalted()) return;
    this.#cancelAll(pulled.at, wish.cancel);
    if (wish.done || waits() !== null) return;
    if (wish.flatten && !(await this.#sold(pulled.at))) return;
    // Let go on, and pulled again, while it sold: that one has its own wish.
    if (this.#pulled() === pulled) store.keepKillWish({ ...wish, done: true });
  }

  async #sold(at: number): Promise<boolean> {
    const { book, driver } = this.#options;
    await Promise.all(book.unfinished().map(({ order }) => driver.cancelsUnderWay(order.orderId)));
    return this.#pulled()?.at === at && (await this.#flatten.sell(at));
  }

  /** What waits for its window is ended always, what is open at the exchange only when asked. */
  #cancelAll(at: number, open: boolean): void {
    const { book, driver } = this.#options;
    for (const { order, intents } of book.unfinished()) {
      const waits = order.phase !== 'working' || intents.every(({ state }) => state === 'planned');
      // A cancel that somebody else asked for is given up when it is refused once: this one is not.
      const isAsked = order.cancelWhy !== null && order.cancelInsists;
      if (!isOfKillSwitch(order, at) && !isAsked && (open || waits)) driver.cancel(order.orderId, WHY, true);
    }
  }

  #failed(error: unknown): void {
    if (error instanceof BtError && error.code === 'LEDGER_WRITE_FAILED') this.#options.onFatal(error);
    else this.#options.events.note('warning', null, `The kill switch could not do all of it: ${errorMessage(error)}`);
  }
}
