import { errorMessage } from '../../domain/errors.ts';
import { isFinal } from '../../domain/order/state.ts';
import { project, sameAmounts, type OwnFill, type Snapshot } from '../../domain/order/projection.ts';
import type { AccountView } from '../../domain/order/types.ts';
import type { BrokerPosition } from '../../domain/trading.ts';
import { chinaDay } from '../../domain/time.ts';
import type { FillRow } from '../../domain/order/rows.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import { Serial } from '../../platform/serial.ts';
import type { Timer, TimerSource } from '../../platform/timers.ts';
import type { Broker } from '../../venues/broker.ts';
import type { OrderBook } from '../orders/book/order-book.ts';
import { ownFill } from './own-fill.ts';
import { Settling } from './settling.ts';
import { checkWhole } from './whole-account.ts';
import { amountsOf, EXTERNAL_GAP_MS, PositionDispute } from './position-dispute.ts';

/** Wall milliseconds. */
const REFRESH_MS = 30_000;
const RETRY_MS = 500;
/** A cancel that stays unconfirmed for so long no longer keeps the account from being read. */
const CANCEL_PATIENCE_MS = 5_000;

export interface AccountKeeperOptions {
  readonly broker: Pick<Broker, 'account' | 'positions'>;
  readonly book: OrderBook;
  readonly clock: Clock;
  readonly timers: TimerSource;
  readonly log: Log;
  /** Reads the lists of orders and trades again; false when they could not be read. Absent = nothing to confirm with. */
  readonly confirm?: () => Promise<boolean>;
  /** The view changed; its version has grown. */
  readonly onView: (view: AccountView) => void;
}

/**
 * What a strategy may believe of the account: the last settled snapshot plus own fills since. A reading replaces it when
 * nothing of ours moved while it was read and it holds what we expect, or when it insists on something else.
 */
export class AccountKeeper {
  readonly #options: AccountKeeperOptions;
  #base: Snapshot | null = null;
  #fills: OwnFill[] = [];
  readonly #dispute: PositionDispute;
  readonly #settling: Settling;
  #startingCash: number | null = null;
  #version = 0;
  #timer: Timer | null = null;
  #timerDue = 0;
  readonly #reading = new Serial(
    () => this.#read(),
    () => this.#arm(this.#nextDelay()),
  );
  #stopped = true;
  #ended = false;
  /** The last reading was thrown away, or not made, because something of ours moved. */
  #discarded = false;
  #cancelingSince: number | null = null;
  /** What the next reading holds is believed although it is not what we expect. */
  #expectsChange = false;

  constructor(options: AccountKeeperOptions) {
    this.#options = options;
    this.#dispute = new PositionDispute(options.timers, options.log);
    this.#settling = new Settling(options.clock, options.timers);
    options.book.onChange(() => this.#bookChanged());
  }

  start(): void {
    this.#stopped = false;
    this.#arm(REFRESH_MS);
  }

  /** Reads nothing more; resolves when the reading under way has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#ended = true;
    this.#timer?.cancel();
    await this.#reading.idle();
  }

  /** The current view, or null before the first whole reading. */
  view(): AccountView | null {
    const { book, clock } = this.#options;
    if (this.#base === null) return null;
    return project({
      base: this.#base,
      fills: this.#fills,
      working: book.working(chinaDay(clock.now())),
      day: chinaDay(clock.now()),
      startingCash: this.#startingCash ?? this.#base.account.totalValue,
      version: this.#version,
    });
  }

  /** Positions as the broker listed them in the reading that the view stands on. */
  listed(): readonly BrokerPosition[] {
    return this.#base?.positions ?? [];
  }

  /** Market milliseconds since the reading the view stands on; Infinity without one. */
  age(): number {
    return this.#base === null ? Number.POSITIVE_INFINITY : this.#options.clock.now() - this.#base.requestedAt;
  }

  /** Securities whose holding the broker sees otherwise than we do, until it is clear who is right. */
  disputed(): ReadonlySet<string> {
    return this.#dispute.securities();
  }

  /** New fills of ours, after the book has them. */
  addFills(fills: readonly FillRow[]): void {
    for (const fill of fills) this.#fills.push(ownFill(fill, this.#options.book.intent(fill.clientId)));
    this.#publish();
  }

  /** The next confirmed reading is believed whatever it holds; until then the view stays as it is. */
  expectChange(): void {
    this.#expectsChange = true;
  }

  /** The next reading is the truth whatever we expected (gate, day roll). */
  forget(): void {
    this.#base = null;
    this.#fills = [];
    this.#dispute.clear();
  }

  /**
   * A whole reading of account and positions that starts after this call. False when it failed, or says something else than
   * we expect, or was overtaken by our own orders; never rejects.
   */
  refresh(): Promise<boolean> {
    return this.#reading.run();
  }

  async #read(): Promise<boolean> {
    if (this.#ended) return false;
    const { broker, book, clock, log } = this.#options;
    this.#discarded = this.#settling.isRestless();
    if (this.#discarded) return false;
    const stamp = book.stamp();
    const isMoving = this.#movingNow();
    const requestedAt = clock.now();
    const working = book.working(chinaDay(requestedAt), 'certain');
    try {
      const [account, positions] = await Promise.all([broker.account(), broker.positions()]);
      this.#discarded = this.#moving() || book.stamp() !== stamp;
      if (this.#discarded) return false;
      checkWhole(account, positions);
      const view = this.view();
      if (view === null || !sameAmounts(view, positions)) {
        const insists = view === null || this.#expectsChange || this.#dispute.insists(view, positions, isMoving);
        if (!insists) return false;
        this.#discarded = !(await this.#confirmed(positions)) || this.#moving() || book.stamp() !== stamp;
        if (this.#discarded) return false;
      }
      this.#take({ account, positions, requestedAt, working });
      return true;
    } catch (error) {
      log.warning(`The account could not be read: ${errorMessage(error)}`);
      return false;
    }
  }

  /** Whether a snapshot asked for now may lag behind fills of ours in a security. */
  #movingNow(): (security: string) => boolean {
    if (this.#settling.left() <= 0) return () => false;
    const open = this.#options.book.intents().filter((intent) => !isFinal(intent.state));
    const securities = new Set([...open, ...this.#fills].map(({ security }) => security));
    return (security) => securities.has(security);
  }

  /**
   * True while it is not certain what of ours the broker had frozen when it answered. An order of unknown fate does not
   * freeze the account for the day: its security is blocked, and a fill of it shows as a difference that insists.
   */
  #moving(): boolean {
    const states = new Set(this.#options.book.intents().map((intent) => intent.state));
    const now = this.#options.timers.monotonic();
    this.#cancelingSince = states.has('canceling') ? (this.#cancelingSince ?? now) : null;
    const canceling = this.#cancelingSince !== null && now - this.#cancelingSince < CANCEL_PATIENCE_MS;
    return canceling || states.has('sending') || states.has('planned');
  }

  /**
   * What was not expected is believed only when a second reading says the same, and the lists made after it show nothing new of
   * ours: else it may lack a row, or already hold a fill that is still to be listed and would be counted twice.
   */
  async #confirmed(positions: readonly BrokerPosition[]): Promise<boolean> {
    const again = await this.#options.broker.positions();
    if (amountsOf(again) !== amountsOf(positions)) return false;
    return this.#options.confirm === undefined || this.#options.confirm();
  }

  #take(snapshot: Snapshot): void {
    this.#settling.taken();
    this.#expectsChange = false;
    this.#base = snapshot;
    this.#fills = [];
    this.#dispute.clear();
    this.#startingCash ??= snapshot.account.totalValue;
    this.#publish();
  }

  #publish(): void {
    this.#version += 1;
    const view = this.view();
    if (view !== null) this.#options.onView(view);
  }

  #bookChanged(): void {
    this.#settling.changed();
    if (this.#base !== null) this.#publish();
    // What is frozen now, or free again, is best told by the broker: soon after it has come to rest.
    this.#soon(Math.max(RETRY_MS, this.#settling.left()));
  }

  #nextDelay(): number {
    if (this.#fills.length > 0 || this.#discarded) return Math.max(RETRY_MS, this.#settling.left());
    return this.#dispute.securities().size === 0 ? REFRESH_MS : EXTERNAL_GAP_MS;
  }

  /** As `#arm`, unless a reading is to come earlier anyway. */
  #soon(delay: number): void {
    if (this.#timer === null || this.#options.timers.monotonic() + delay < this.#timerDue) this.#arm(delay);
  }

  #arm(delay: number): void {
    this.#timer?.cancel();
    this.#timer = null;
    if (this.#stopped || this.#reading.isRunning) return;
    this.#timerDue = this.#options.timers.monotonic() + delay;
    this.#timer = this.#options.timers.after(delay, () => {
      this.#timer = null;
      void this.refresh();
    });
  }
}
