import { errorMessage } from '../../../domain/errors.ts';
import { closesLater } from '../../../domain/market/session.ts';
import { chinaDay, chinaTimeOfDay } from '../../../domain/time.ts';
import type { DayPrices } from '../../../domain/order/plausible-fill.ts';
import type { IntentRow } from '../../../domain/order/rows.ts';
import type { BrokerOrder } from '../../../domain/trading.ts';
import type { Ledger } from '../../../ledger/ledger.ts';
import type { Clock } from '../../../platform/clock.ts';
import { Serial } from '../../../platform/serial.ts';
import type { Timer, TimerSource } from '../../../platform/timers.ts';
import type { Broker } from '../../../venues/broker.ts';
import type { Events } from '../../events.ts';
import type { OrderBook } from '../book/order-book.ts';
import { DoubtedIds } from './doubted-ids.ts';
import { DoubtedRows } from './doubted-rows.ts';
import { NO_OTHERS, othersIn, type Others } from './foreign-trades.ts';
import { KeptMarks } from './kept-marks.ts';
import { ReadingAlarms } from './reading-alarms.ts';
import { ReadingPace } from './reading-pace.ts';
import { readNews, type ReadingNews } from './reading-news.ts';
import { TwiceNamed } from './twice-named.ts';

/** From here on (seconds of the day) a list tells how the day ended: the counter needs a moment after the close. */
const END_OF_DAY_SECONDS = 15 * 3600 + 60;

/** True when a list that was asked for then (epoch ms) tells how the day ended in a security. */
export function isDayOver(ms: number, security: string | null = null): boolean {
  const second = chinaTimeOfDay(ms);
  if (second < END_OF_DAY_SECONDS) return false;
  return second >= END_OF_DAY_SECONDS + (security === null ? 0 : closesLater(security));
}

export interface TrackerOptions {
  readonly broker: Broker;
  readonly book: OrderBook;
  readonly ledger: Pick<Ledger, 'setting' | 'choose'>;
  readonly clock: Clock;
  readonly timers: TimerSource;
  readonly events: Events;
  /** The ledger could not be written: nothing more may be sent. */
  readonly onFatal: (error: unknown) => void;
  /** The intent of whatever day that bears the tag, or null. */
  readonly intentOfTag: (tag: string) => IntentRow | null;
  /** Why the gateway's account is not ours, or null: lists of another account say nothing of our orders. */
  readonly otherAccount: () => string | null;
  /** The day's price limits of a security, as far as known. */
  readonly prices: (security: string) => DayPrices;
}

export type ReadingListener = (reading: ReadingNews, requestedAt: number) => void;

/**
 * Reads the broker's orders and trades, whole, and settles our intents by them: often while something is expected to move (an
 * order or a cancel is being sent, somebody waits, trading begins), by steps to 5 s while orders merely rest. Readings never overlap.
 */
export class Tracker {
  readonly #options: TrackerOptions;
  #timer: Timer | null = null;
  readonly #reading = new Serial(
    () => this.#read(),
    () => this.#arm(),
  );
  #readings = 0;
  #orders: readonly BrokerOrder[] = [];
  #others: Others = NO_OTHERS;
  readonly #listeners = new Set<ReadingListener>();
  #waiters = 0;
  #stopped = true;
  #ended = false;
  readonly #alarms: ReadingAlarms;
  #contested: ReadonlySet<string> = new Set();
  readonly #twiceNamed: TwiceNamed;
  readonly #marks: KeptMarks;
  readonly #doubted: DoubtedRows;
  readonly #doubtedIds: DoubtedIds;
  readonly #pace: ReadingPace;
  /** When (monotonic) the next reading is due. */
  #due = 0;

  constructor(options: TrackerOptions) {
    this.#options = options;
    this.#doubted = new DoubtedRows(options);
    this.#doubtedIds = new DoubtedIds(options.book);
    this.#twiceNamed = new TwiceNamed(options.book);
    this.#marks = new KeptMarks(options.ledger);
    this.#pace = new ReadingPace(options);
    this.#alarms = new ReadingAlarms(options);
    options.book.onChange(() => {
      this.#pace.moved();
      this.#sooner();
    });
    options.broker.onAccountNews?.(() => {
      this.#pace.told();
      this.#sooner();
    });
  }

  start(): void {
    this.#stopped = false;
    this.#arm();
  }

  /** Reads nothing more; resolves when the reading under way has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#ended = true;
    this.#timer?.cancel();
    await this.#reading.idle();
  }

  /** True while the broker's order under an intent's id is, or may be, another one, as in another account: it must not be touched. */
  isContested(clientId: string): boolean {
    return this.#isAnothers(clientId) || this.#doubtedIds.has(clientId) || this.#twiceNamed.isInDoubt(clientId);
  }

  /** A connection with the broker was lost, or a run begins: an id that was named before is not touched until a list shows it as ours. */
  lost(): void {
    this.#doubtedIds.lost();
  }

  /** Securities in which the lists show of an order of ours what cannot be true. */
  implausible(): ReadonlySet<string> {
    return this.#doubted.securities();
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
    return this.#reading.run();
  }

  /** So many readings have come through. */
  readings(): number {
    return this.#readings;
  }

  /** All orders of the account, as last read. */
  orders(): readonly BrokerOrder[] {
    return this.#orders;
  }

  /** What the last reading showed of others in the account: an open order that an answer has named as ours since is none of theirs. */
  others(): Others {
    const { trades, orders } = this.#others;
    if (orders.length === 0) return this.#others;
    const ours = this.#ownIds(chinaDay(this.#options.clock.now()));
    return { trades, orders: orders.filter(({ orderId }) => !ours.has(orderId)) };
  }

  /** Told after each whole reading, which was asked for at that market time; returns the unsubscriber. */
  onReading(listener: ReadingListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A new day: what was said of the orders of the last one is forgotten with them. */
  roll(): void {
    this.#alarms.roll();
    this.#doubted.roll();
    this.#twiceNamed.roll();
  }

  async #read(): Promise<boolean> {
    const { broker, book, clock, events, otherAccount, prices } = this.#options;
    // Also one that reads nothing: what was told would ask for the next at once, again and again.
    this.#pace.begun();
    if (this.#ended || otherAccount() !== null) return false;
    try {
      const requestedAt = clock.now();
      const day = chinaDay(requestedAt);
      const counts = this.#twiceNamed.counts(day);
      const [orders, trades] = await Promise.all([broker.orders(), broker.trades()]);
      const now = clock.now();
      // A list that straddles midnight belongs to neither day.
      if (chinaDay(now) !== day) return false;
      const isOver = (security: string): boolean => isDayOver(requestedAt, security);
      this.#apply(() => this.#marks.read(orders));
      const time = { day, now, isOver, prices, contested: this.#contested, marksKept: this.#marks.areKept() };
      const result = readNews(book.intents(), { orders, trades }, time);
      this.#contested = new Set(result.contested);
      this.#twiceNamed.read(orders, counts, day);
      this.#doubtedIds.read(result.missing);
      this.#orders = orders;
      // One that this very reading finds is no other's: what an other holds is kept from the strategy.
      const ours = this.#ownIds(day);
      for (const { brokerOrderId } of result.news) if (brokerOrderId !== undefined) ours.add(brokerOrderId);
      this.#others = othersIn(orders, trades, ours);
      this.#apply(() => book.reading(result.news, result.fills, now));
      this.#readings += 1;
      this.#alarms.take(result, orders, day);
      this.#doubted.ours(result.impossible);
      this.#doubted.others([...orders, ...trades], () => this.#ownIds(day));
      for (const listener of this.#listeners) listener(result, requestedAt);
      return true;
    } catch (error) {
      events.emit({ kind: 'reading', what: 'orders and trades', waitedMs: 0, error: errorMessage(error) });
      return false;
    }
  }

  #ownIds(day: string): Set<string> {
    const ids = new Set<string>();
    for (const { clientId, brokerOrderId, day: sent } of this.#options.book.intents())
      if (brokerOrderId !== null && sent === day && !this.#isAnothers(clientId)) ids.add(brokerOrderId);
    return ids;
  }

  #isAnothers(clientId: string): boolean {
    return this.#contested.has(clientId) || this.#options.otherAccount() !== null;
  }

  #apply(work: () => unknown): void {
    try {
      work();
    } catch (error) {
      this.#options.onFatal(error);
      throw error;
    }
  }

  #arm(): void {
    this.#timer?.cancel();
    if (this.#stopped || this.#reading.isRunning) return;
    const interval = this.#interval();
    this.#due = this.#options.timers.monotonic() + interval;
    this.#timer = this.#options.timers.after(interval, () => void this.readNow());
  }

  #interval(): number {
    return this.#pace.interval({ isWaitedFor: this.#waiters > 0, isOdd: this.#alarms.isOdd });
  }

  /** Reads earlier where that is due by now. */
  #sooner(): void {
    // Never later than armed already: what moves again and again must not keep a reading away.
    if (this.#timer !== null && this.#options.timers.monotonic() + this.#interval() < this.#due) this.#arm();
  }
}
