import { BtError, errorMessage } from '../../domain/errors.ts';
import type { AccountView } from '../../domain/order/types.ts';
import { amountText } from '../../domain/number-text.ts';
import { chinaDay } from '../../domain/time.ts';
import type { RiskStore } from '../../ledger/risk-store.ts';
import type { Clock } from '../../platform/clock.ts';
import type { KillOrder } from '../../platform/kill-file.ts';
import type { Events } from '../events.ts';
import type { OrderBook } from '../orders/book/order-book.ts';
import type { OrderDesk } from '../orders/desk.ts';
import type { OrderDriver } from '../orders/driver.ts';
import { isOfKillSwitch, killKey } from './kill-orders.ts';
import type { RiskStops } from './risk-stops.ts';

/** So often the rest of a holding is sold again when a sell has ended open; then a person is told. */
const MOST_TRIES = 5;
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
  #acting: Promise<void> | null = null;
  #again = false;

  constructor(options: KillSwitchOptions) {
    this.#options = options;
  }

  /** Takes a file that has come into the ledger. Cheap: it is asked before every place. */
  look(): void {
    const { file, stops, onFatal } = this.#options;
    const order = file?.read() ?? null;
    if (order === null || stops.has('kill')) return;
    try {
      this.#take(order);
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
    const cancel = order.cancel || former.cancel;
    const flatten = order.flatten || former.flatten;
    store.keepKillWish({ cancel, flatten, done: false });
    void this.act();
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

  /** Lets everything go on: the file goes first, so that no restart finds it. Throws KILL_FILE_STAYS, LEDGER_WRITE_FAILED. */
  forget(): void {
    const { file } = this.#options;
    try {
      file?.remove();
    } catch (error) {
      const text = `The file KILL cannot be removed (${errorMessage(error)}), so nothing goes on. Remove it by hand, then run "bt resume" again.`;
      throw new BtError('KILL_FILE_STAYS', text, { fault: 'config', cause: error });
    }
  }

  #take({ cancel, flatten, reason }: KillOrder): void {
    const { stops, store } = this.#options;
    const wish = { cancel: cancel || flatten, flatten, done: false };
    const text = `${reason}.`;
    stops.stop({ rule: 'kill', stops: 'all', day: null, text }, (stop) => store.stop(stop, wish));
    // Not in this turn: it may have been found in the middle of an order's own.
    queueMicrotask(() => void this.act());
  }

  async #work(): Promise<void> {
    const { stops, store, waits, driver } = this.#options;
    const wish = store.killWish();
    if (!stops.has('kill') || wish === null || driver.isHalted()) return;
    this.#cancelAll(wish.cancel);
    if (wish.done || waits() !== null) return;
    if (wish.flatten && !(await this.#flatten())) return;
    if (stops.has('kill')) store.keepKillWish({ ...wish, done: true });
  }

  /** What waits for its window is ended always, what is open at the exchange only when asked. */
  #cancelAll(open: boolean): void {
    const { book, driver } = this.#options;
    for (const { order, intents } of book.unfinished()) {
      const waits = order.phase !== 'working' || intents.every(({ state }) => state === 'planned');
      if (!isOfKillSwitch(order) && order.cancelWhy === null && (open || waits))
        driver.cancel(order.orderId, WHY, true);
    }
  }

  /** True when nothing is left that can be sold today. */
  async #flatten(): Promise<boolean> {
    const { book, driver } = this.#options;
    await Promise.all(book.unfinished().map(({ order }) => driver.cancelsUnderWay(order.orderId)));
    for (let attempt = 1; attempt <= MOST_TRIES; attempt += 1) {
      const held = this.#closeable();
      if (held.length === 0) return this.#told();
      const sold = await Promise.all(
        held.map(({ security, closeableAmount }) => this.#sell(security, closeableAmount, attempt)),
      );
      if (sold.every((isSold) => !isSold)) return false;
    }
    return this.#closeable().length === 0 ? this.#told() : false;
  }

  #closeable(): readonly { readonly security: string; readonly closeableAmount: number }[] {
    return this.#options.account()?.positions.filter(({ closeableAmount }) => closeableAmount > 0) ?? [];
  }

  /** False when nothing was sent. */
  async #sell(security: string, amount: number, attempt: number): Promise<boolean> {
    const { desk, clock, stops, events } = this.#options;
    const at = stops.all().find(({ rule }) => rule === 'kill')?.at;
    if (at === undefined) return false;
    const key = killKey([at, chinaDay(clock.now()), security, attempt]);
    const style = { kind: 'market', limitPrice: null } as const;
    const request = {
      kind: 'amount',
      security,
      quantity: -amount,
      style,
      waitTimeout: null,
      remark: 'kill',
      keep: null,
    } as const;
    try {
      return (await desk.submit(request, key)) !== null;
    } catch (error) {
      events.note('warning', null, `${security}: the kill switch could not sell it (${errorMessage(error)}).`);
      return false;
    }
  }

  #told(): true {
    const { account, events } = this.#options;
    const left = account()?.positions.filter(({ amount }) => amount > 0) ?? [];
    const text =
      left.length === 0
        ? 'The kill switch has sold everything.'
        : `The kill switch has sold what can be sold today; left: ${left.map(({ security, amount }) => `${amountText(amount)} ${security}`).join(', ')}.`;
    events.emit({ kind: 'operator', text });
    return true;
  }

  #failed(error: unknown): void {
    if (error instanceof BtError && error.code === 'LEDGER_WRITE_FAILED') this.#options.onFatal(error);
    else this.#options.events.note('warning', null, `The kill switch could not do all of it: ${errorMessage(error)}`);
  }
}
