import { errorMessage } from '../../domain/errors.ts';
import type { OwnFill, TimedPrice } from '../../domain/order/projection.ts';
import { chinaDay } from '../../domain/time.ts';
import type { Clock } from '../../platform/clock.ts';
import { Serial } from '../../platform/serial.ts';
import type { Timer } from '../../platform/timers.ts';
import type { Broker } from '../../venues/broker.ts';
import type { OrderBook } from '../orders/book/order-book.ts';
import { foreignHold } from '../orders/reading/foreign-trades.ts';
import { expectedAmounts, fillsSince, newFills, unsureOf, type AccountBase, type BrokerLists } from './account-base.ts';
import type { AccountIdentity } from './account-identity.ts';
import { FigureDoubt, type FigureDoubtOptions } from './figure-doubt.ts';
import { lastHeldBy, lentOn, type LastHeldSource } from './known-holdings.ts';
import { HoldingPrices } from './holding-prices.ts';
import { OwnMovement } from './own-movement.ts';
import { EXTERNAL_GAP_MS } from './position-dispute.ts';
import { ReadingJudge } from './reading-judge.ts';
import { Settling } from './settling.ts';
import { StaleWatch } from './stale-watch.ts';

/** Wall milliseconds. */
const REFRESH_MS = 30_000;
const RETRY_MS = 500;
const FAILED_MS = 2_000;

export interface AccountReaderOptions extends Omit<FigureDoubtOptions, 'lent' | 'lastHeld'> {
  readonly broker: Pick<Broker, 'account' | 'positions'>;
  readonly book: OrderBook;
  readonly ledger: LastHeldSource;
  readonly lists: BrokerLists;
  /** Whether the account that is read is ours. */
  readonly identity: Pick<AccountIdentity, 'check' | 'keep'>;
  readonly clock: Clock;
}

/**
 * Reads the whole account. A reading is believed when nothing of ours moved while it was made and it holds what the last one, own
 * fills and the trades of others since explain, or when it insists on something else. Prices are taken from every reading.
 */
export class AccountReader {
  readonly #options: AccountReaderOptions;
  #base: AccountBase | null = null;
  readonly #prices = new HoldingPrices();
  readonly #judge: ReadingJudge;
  readonly #movement: OwnMovement;
  readonly #settling: Settling;
  readonly #stale: StaleWatch;
  /** What of the readings cannot be true. */
  readonly figures: FigureDoubt;
  readonly #listeners = new Set<(taken: AccountBase | null) => void>();
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
  /** The last reading failed: it is made again before anybody takes the gateway to hang. */
  #failed = false;
  /** What the next reading holds is believed although it is not what we expect. */
  #expectsChange = false;

  constructor(options: AccountReaderOptions) {
    const { timers, events, clock, book, waits } = options;
    this.#options = options;
    this.#judge = new ReadingJudge(options);
    this.#movement = new OwnMovement(book, timers);
    this.#settling = new Settling(clock, timers);
    this.#stale = new StaleWatch({ timers, events, waits, asOf: () => this.#base?.requestedAt ?? null });
    this.figures = new FigureDoubt({
      ...options,
      lastHeld: () => (this.#base === null ? lastHeldBy(options.ledger) : expectedAmounts(book, this.#base)),
      lent: () => lentOn(chinaDay(clock.now()), book.intents(), options.lists.others()),
    });
    book.onChange(() => this.#bookChanged());
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
    this.#stale.stop();
    await this.#reading.idle();
  }

  /** The reading that is believed now, or null before the first whole one. */
  base(): AccountBase | null {
    return this.#base;
  }

  /** Own fills that it does not contain, oldest first. */
  fillsSince(): OwnFill[] {
    return this.#base === null ? [] : fillsSince(this.#options.book, this.#base);
  }

  /** Prices of holdings, read later than the base. */
  prices(): ReadonlyMap<string, TimedPrice> {
    return this.#prices.all();
  }

  /** Market milliseconds since the reading that is believed; Infinity without one. */
  age(): number {
    return this.#base === null ? Number.POSITIVE_INFINITY : this.#options.clock.now() - this.#base.requestedAt;
  }

  /** Securities whose holding the broker sees otherwise than we do, until it is clear who is right. */
  disputed(): ReadonlySet<string> {
    return this.#judge.disputed();
  }

  /** Told when something that is shown has changed; with the base when it is a new one. Returns the unsubscriber. */
  onChange(listener: (taken: AccountBase | null) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The next confirmed reading is believed whatever it holds; until then the view stays as it is. */
  expectChange(): void {
    this.#expectsChange = true;
  }

  /** The next reading is the truth whatever we expected (gate, day roll). */
  forget(): void {
    this.#base = null;
    this.#prices.clear();
    this.#judge.clear();
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
    if (this.#base !== null && !this.#stopped) this.#stale.reads();
    this.#failed = false;
    this.#discarded = this.#settling.isRestless();
    if (this.#discarded) return false;
    try {
      const base = await this.#readBase();
      if (base !== null) this.#take(base);
      return base !== null;
    } catch (error) {
      this.#options.events.emit({ kind: 'reading', what: 'the account', waitedMs: 0, error: errorMessage(error) });
      this.#failed = true;
      this.figures.met(error, this.#discarded);
      return false;
    }
  }

  /** A whole reading that is believed; null when it is not. Throws what a venue throws, and when it cannot be whole. */
  async #readBase(): Promise<AccountBase | null> {
    const { broker, book, clock, lists, identity } = this.#options;
    const isStill = this.#movement.watch();
    const isMoving = this.#movingNow();
    const requestedAt = clock.now();
    const day = chinaDay(requestedAt);
    const unsure = unsureOf(book, day);
    const [account, rows] = await Promise.all([broker.account(), broker.positions()]);
    if (this.#ended) return null;
    const other = identity.check(account.accountId);
    if (other !== null) throw new Error(other);
    // Before it is looked at: what own orders overtook need not be whole, and is asked for again soon.
    this.#discarded = !isStill();
    const positions = this.figures.check(account, rows);
    if (this.#base !== null && this.#prices.take(positions, requestedAt)) this.#tell(null);
    if (this.#discarded) return null;
    const before = this.#expectsChange ? null : this.#base;
    const verdict = await this.#judge.judge(before, { account, positions, isStill, isMoving });
    this.#discarded = verdict.kind === 'soon';
    if (verdict.kind !== 'taken') return null;
    const { explanation, unlisted } = verdict;
    const { foreign } = explanation;
    const hold = foreignHold(lists.others(), foreign, { day, whole: account.totalValue });
    // Nothing of ours has moved since it was asked for.
    const [working, fills] = [book.working(day, 'certain', unlisted), book.fillLog().length];
    return { account, positions, requestedAt, working, unsure, unlisted, foreign, foreignHold: hold, fills };
  }

  /** Whether a snapshot asked for now may lag behind fills of ours in a security. */
  #movingNow(): (security: string) => boolean {
    if (this.#settling.left() <= 0) return () => false;
    const securities = new Set([...this.#movement.open(), ...this.fillsSince().map(({ security }) => security)]);
    return (security) => securities.has(security);
  }

  #take(base: AccountBase): void {
    this.#options.identity.keep(base.account.accountId);
    this.#settling.taken();
    this.#stale.taken();
    this.#expectsChange = false;
    this.#base = base;
    this.figures.taken(base.account, base.positions);
    this.#prices.clear();
    this.#judge.clear();
    this.#tell(base);
  }

  #tell(taken: AccountBase | null): void {
    for (const listener of this.#listeners) listener(taken);
  }

  #bookChanged(): void {
    this.#settling.changed();
    this.#judge.traded();
    this.#tell(null);
    // What is frozen now, or free again, is best told by the broker: soon after it has come to rest.
    this.#soon(Math.max(RETRY_MS, this.#settling.left()));
  }

  #nextDelay(): number {
    if (this.#discarded || (this.#base !== null && newFills(this.#options.book, this.#base).length > 0))
      return Math.max(RETRY_MS, this.#settling.left());
    if (this.#judge.disputed().size > 0) return EXTERNAL_GAP_MS;
    return this.#failed ? FAILED_MS : REFRESH_MS;
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
