import { errorMessage } from '../../domain/errors.ts';
import { cashEffect, type OwnFill, type Snapshot, type TimedPrice } from '../../domain/order/projection.ts';
import { cashOf } from '../../domain/order/valuation.ts';
import type { FillRow } from '../../domain/order/rows.ts';
import { isFinal } from '../../domain/order/state.ts';
import { chinaDay } from '../../domain/time.ts';
import type { BrokerAccount, BrokerPosition } from '../../domain/trading.ts';
import type { Clock } from '../../platform/clock.ts';
import { Serial } from '../../platform/serial.ts';
import type { Timer, TimerSource } from '../../platform/timers.ts';
import type { Broker } from '../../venues/broker.ts';
import type { Events } from '../events.ts';
import type { OrderBook } from '../orders/book/order-book.ts';
import { foreignHold, type ForeignTrade, type Others } from '../orders/reading/foreign-trades.ts';
import type { AccountIdentity } from './account-identity.ts';
import { CashDispute } from './cash-dispute.ts';
import { explainedBy, type Explanation } from './explanation.ts';
import { ownFills } from './own-fill.ts';
import { amountsOf, EXTERNAL_GAP_MS, PositionDispute } from './position-dispute.ts';
import { Settling } from './settling.ts';
import { StaleWatch } from './stale-watch.ts';
import { wholePositions } from './whole-account.ts';

/** Wall milliseconds. */
const REFRESH_MS = 30_000;
const RETRY_MS = 500;
/** A cancel that stays unconfirmed for so long no longer keeps the account from being read. */
const CANCEL_PATIENCE_MS = 5_000;

/** The broker's lists, as the tracker reads them. */
export interface BrokerLists {
  /** Reads them again; false when they could not be read. */
  readNow(): Promise<boolean>;
  others(): Others;
}

export interface AccountReaderOptions {
  readonly broker: Pick<Broker, 'account' | 'positions'>;
  readonly book: OrderBook;
  readonly lists: BrokerLists;
  /** Whether the account that is read is ours. */
  readonly identity: Pick<AccountIdentity, 'check'>;
  readonly clock: Clock;
  readonly timers: TimerSource;
  readonly events: Events;
  /** Why trading waits for the moment, or null. */
  readonly waits: () => string | null;
}

/** A reading that is believed, and what it holds. */
export interface AccountBase extends Snapshot {
  /** Trades of others that it contains. */
  readonly foreign: ReadonlySet<string>;
  /** So many of the book's fills came before it. */
  readonly fills: number;
}

/** What came of one reading. */
type Verdict = { readonly kind: 'taken'; readonly explanation: Explanation } | { readonly kind: 'later' };

const LATER: Verdict = { kind: 'later' };

/**
 * Reads the whole account. A reading is believed when nothing of ours moved while it was made and it holds what the last one, own
 * fills and the trades of others since explain, or when it insists on something else. Prices are taken from every reading.
 */
export class AccountReader {
  readonly #options: AccountReaderOptions;
  #base: AccountBase | null = null;
  #prices = new Map<string, TimedPrice>();
  readonly #dispute: PositionDispute;
  readonly #cash: CashDispute;
  readonly #settling: Settling;
  readonly #stale: StaleWatch;
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
  #cancelingSince: number | null = null;
  /** What the next reading holds is believed although it is not what we expect. */
  #expectsChange = false;

  constructor(options: AccountReaderOptions) {
    const { timers, events, clock, book, waits } = options;
    this.#options = options;
    this.#dispute = new PositionDispute(timers, events);
    this.#cash = new CashDispute(clock, timers);
    this.#settling = new Settling(clock, timers);
    this.#stale = new StaleWatch({ timers, events, waits, asOf: () => this.#base?.requestedAt ?? null });
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
    const { book } = this.#options;
    if (this.#base === null) return [];
    return ownFills(
      this.#newFills(this.#base),
      (clientId) => book.intent(clientId),
      (fill) => filledBefore(book.fillsOfIntent(fill.clientId), fill),
    );
  }

  /** Prices of holdings, read later than the base. */
  prices(): ReadonlyMap<string, TimedPrice> {
    return this.#prices;
  }

  /** Market milliseconds since the reading that is believed; Infinity without one. */
  age(): number {
    return this.#base === null ? Number.POSITIVE_INFINITY : this.#options.clock.now() - this.#base.requestedAt;
  }

  /** Securities whose holding the broker sees otherwise than we do, until it is clear who is right. */
  disputed(): ReadonlySet<string> {
    return this.#dispute.securities();
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
    this.#dispute.clear();
    this.#cash.clear();
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
    this.#discarded = this.#settling.isRestless();
    if (this.#discarded) return false;
    const { broker, book, clock, events, lists, identity } = this.#options;
    const stamp = book.stamp();
    const isMoving = this.#movingNow();
    const requestedAt = clock.now();
    const working = book.working(chinaDay(requestedAt), 'certain');
    try {
      const [account, rows] = await Promise.all([broker.account(), broker.positions()]);
      if (this.#ended) return false;
      const other = identity.check(account.accountId);
      if (other !== null) throw new Error(other);
      const isStill = (): boolean => !this.#moving() && book.stamp() === stamp;
      // Before it is looked at: what own orders overtook need not be whole, and is asked for again soon.
      this.#discarded = !isStill();
      const positions = wholePositions(account, rows);
      this.#takePrices(positions, requestedAt);
      if (this.#discarded) return false;
      const verdict = await this.#judge(account, positions, { isMoving, isStill });
      if (verdict.kind === 'later') return false;
      const { foreign } = verdict.explanation;
      const fills = book.fillLog().length;
      this.#take({
        account,
        positions,
        requestedAt,
        working,
        foreignHold: foreignHold(lists.others(), chinaDay(requestedAt)),
        foreign,
        fills,
      });
      return true;
    } catch (error) {
      events.emit({ kind: 'reading', what: 'the account', waitedMs: 0, error: errorMessage(error) });
      return false;
    }
  }

  async #judge(
    account: BrokerAccount,
    positions: readonly BrokerPosition[],
    still: { readonly isMoving: (security: string) => boolean; readonly isStill: () => boolean },
  ): Promise<Verdict> {
    const base = this.#base;
    if (base !== null && !this.#expectsChange) {
      const explanation = await this.#explained(base, positions, still.isStill);
      if (explanation === 'later') return LATER;
      if (explanation !== null)
        return this.#cashFits(base, account, positions, explanation) ? { kind: 'taken', explanation } : LATER;
      if (!this.#dispute.insists(this.#expected(base), positions, still.isMoving)) return LATER;
    }
    this.#discarded = !(await this.#confirmed(positions)) || !still.isStill();
    if (this.#discarded) return LATER;
    const foreign = new Set(this.#options.lists.others().trades.map(({ key }) => key));
    return { kind: 'taken', explanation: { foreign, trades: [] } };
  }

  /** What of others' trades makes the positions what they are; null = nothing does. */
  async #explained(
    base: AccountBase,
    positions: readonly BrokerPosition[],
    isStill: () => boolean,
  ): Promise<Explanation | null | 'later'> {
    const { lists, book } = this.#options;
    const trades = (): readonly ForeignTrade[] => lists.others().trades.filter(({ key }) => !base.foreign.has(key));
    const known = explainedBy(this.#expected(base), positions, trades(), base.foreign);
    if (known !== null) return known;
    // The lists may be older than the positions.
    if (!(await lists.readNow()) || !isStill()) {
      this.#discarded = true;
      return 'later';
    }
    const doubtful = book.doubtful();
    const certain = trades().filter(({ security }) => !doubtful.has(security));
    return explainedBy(this.#expected(base), positions, certain, base.foreign);
  }

  /** A counter's cash may lag behind its positions: it counts when what was traded explains it, or when it insists. */
  #cashFits(
    base: AccountBase,
    account: BrokerAccount,
    positions: readonly BrokerPosition[],
    { trades }: Explanation,
  ): boolean {
    const fills = this.fillsSince();
    const foreign = trades.flatMap(({ side, amount, price }) =>
      side === null || price === null ? [] : [{ side, amount, price, fees: 0 }],
    );
    const moved = [...fills, ...foreign];
    const expected = cashOf(base.account, base.positions) + moved.reduce((sum, fill) => sum + cashEffect(fill), 0);
    const fits = this.#cash.fits({ expected, read: cashOf(account, positions), moved });
    this.#discarded = !fits;
    return fits;
  }

  /** Shares by security that the account should hold by own fills alone. */
  #expected(base: AccountBase): Map<string, number> {
    const amounts = new Map(base.positions.map(({ security, amount }) => [security, amount]));
    for (const { security, side, amount } of this.fillsSince())
      amounts.set(security, (amounts.get(security) ?? 0) + (side === 'buy' ? amount : -amount));
    return amounts;
  }

  /** Fills of ours that the base does not contain, also not as the trade of somebody unknown. */
  #newFills(base: AccountBase): FillRow[] {
    return this.#options.book
      .fillLog()
      .slice(base.fills)
      .filter(({ brokerOrderId, tradeId, price, amount, ordinal }) => {
        return !base.foreign.has(JSON.stringify([brokerOrderId, tradeId, price, amount, ordinal]));
      });
  }

  /** Whether a snapshot asked for now may lag behind fills of ours in a security. */
  #movingNow(): (security: string) => boolean {
    if (this.#settling.left() <= 0) return () => false;
    const open = this.#options.book.intents().filter((intent) => !isFinal(intent.state));
    const securities = new Set([...open, ...this.fillsSince()].map(({ security }) => security));
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
    return this.#options.lists.readNow();
  }

  #take(base: AccountBase): void {
    this.#settling.taken();
    this.#stale.taken();
    this.#expectsChange = false;
    this.#base = base;
    this.#prices.clear();
    this.#dispute.clear();
    this.#cash.clear();
    this.#tell(base);
  }

  #takePrices(positions: readonly BrokerPosition[], at: number): void {
    if (this.#base === null) return;
    let isNew = false;
    for (const { security, lastPrice } of positions) {
      if (lastPrice === null || this.#prices.get(security)?.price === lastPrice) continue;
      this.#prices.set(security, { price: lastPrice, at });
      isNew = true;
    }
    if (isNew) this.#tell(null);
  }

  #tell(taken: AccountBase | null): void {
    for (const listener of this.#listeners) listener(taken);
  }

  #bookChanged(): void {
    this.#settling.changed();
    this.#cash.traded();
    this.#tell(null);
    // What is frozen now, or free again, is best told by the broker: soon after it has come to rest.
    this.#soon(Math.max(RETRY_MS, this.#settling.left()));
  }

  #nextDelay(): number {
    if (this.#discarded || (this.#base !== null && this.#newFills(this.#base).length > 0))
      return Math.max(RETRY_MS, this.#settling.left());
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

/** CNY of the same order's fills before this one. */
function filledBefore(fills: readonly FillRow[], fill: FillRow): number {
  const until = fills.indexOf(fill);
  return fills.slice(0, Math.max(0, until)).reduce((sum, { amount, price }) => sum + amount * price, 0);
}
