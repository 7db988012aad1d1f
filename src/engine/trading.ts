import { errorMessage } from '../domain/errors.ts';
import { tagIn } from '../domain/order/remark.ts';
import type { AccountView } from '../domain/order/types.ts';
import { FINAL_BROKER_STATUSES } from '../domain/trading.ts';
import { chinaDay, chinaTimeOfDay } from '../domain/time.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { FillRow, IntentRow } from '../domain/order/rows.ts';
import type { Log } from '../platform/log.ts';
import type { VenueHealth, VenueStatus } from '../venues/broker.ts';
import { armDailyGate } from './gate/daily-gate.ts';
import type { QuoteBoard } from './data/quote-board.ts';
import type { LiveOptions } from './live-options.ts';
import { AccountKeeper } from './account/account-keeper.ts';
import { Canceler } from './orders/sending/canceler.ts';
import { decideScope, scopedAccount, storedScope, type PositionScope } from './account/scope.ts';
import { OrderDesk } from './orders/desk.ts';
import { Gate } from './gate/gate.ts';
import { OrderBook } from './orders/book/order-book.ts';
import { Placer } from './orders/sending/placer.ts';
import { planningQuote } from './orders/planning/planning-quote.ts';
import type { ReadingNews } from './orders/reading/reading-news.ts';
import { Tracker } from './orders/reading/tracker.ts';
import { UnknownSearch } from './orders/reading/unknown-search.ts';

/** Key in the ledger of each day that was read to its end, and when that is: the counter needs a moment after the close. */
const READ_TO_END = 'read_to_end';
const END_OF_DAY_SECONDS = 15 * 3600 + 60;

/** What the order path needs of a run. */
export type TradingOptions = Pick<
  LiveOptions,
  'broker' | 'clock' | 'timers' | 'calendar' | 'log' | 'limits' | 'stop' | 'allowRealOrders' | 'positions'
>;

/** The order path of one run, wired: book, tracker, account, gate, desk. */
export class Trading {
  readonly book: OrderBook;
  readonly desk: OrderDesk;
  readonly account: AccountKeeper;
  readonly tracker: Tracker;
  readonly gate: Gate;
  readonly #options: TradingOptions;
  readonly #log: Log;
  readonly #search: UnknownSearch;
  readonly #placer: Placer;
  readonly #ledger: Ledger;
  /** What of the account the strategy sees. Undecided = all is read, and the first reading decides. */
  #scope: PositionScope;
  /** The last day whose lists were read when nothing more could be filled. */
  #readToEnd: string | null = null;
  /** The ledger cannot be written: nothing more is sent in this run. */
  #fatal: string | null = null;
  /** Why orders are refused on this venue; decided when it has said what it is. */
  #venueReason: string | null = 'the venue has not said what it is yet';
  #unsubscribe = (): void => undefined;
  #cancelDailyGate = (): void => undefined;

  /** `onView` hears of every new projection. */
  constructor(options: TradingOptions, ledger: Ledger, quotes: QuoteBoard, onView: (view: AccountView) => void) {
    const { broker, clock, timers, calendar, log, stop, limits } = options;
    this.#options = options;
    this.#log = log.child('order');
    this.book = new OrderBook(ledger);
    const common = { broker, book: this.book, clock, timers, log: this.#log };
    const onFatal = (error: unknown): void => this.#fail(error);
    const closed = (): string | null => this.#closed();
    this.#ledger = ledger;
    this.#scope = options.positions ?? storedScope(ledger) ?? 'all';
    const part = scopedAccount(
      broker,
      () => this.#scope,
      () => ledger.holdings(chinaDay(clock.now())),
    );
    this.account = new AccountKeeper({ ...common, broker: part, confirm: () => this.tracker.readNow(), onView });
    this.tracker = new Tracker({
      ...common,
      onFills: (fills) => this.#filled(fills),
      onReading: (reading, requestedAt) => this.#wasRead(reading, requestedAt),
      onFatal,
    });
    const { account, tracker } = this;
    this.#search = new UnknownSearch({ ...common, read: () => tracker.readNow() });
    const isUnseen = (day: string): boolean =>
      this.#scope === 'own' && ledger.setting(`${READ_TO_END} ${day}`) === null;
    this.gate = new Gate({ ...common, calendar, tracker, account, stop, isUnseen });
    const onUnknown = (clientId: string, answered: boolean): void => this.#search.add(clientId, answered);
    this.#placer = new Placer({ ...common, closed, onUnknown, onFatal });
    const placer = this.#placer;
    const canceler = new Canceler({ ...common, tracker });
    const ask = (security: string): ReturnType<QuoteBoard['fresh']> => quotes.fresh(security);
    const quote: typeof ask = (security) => planningQuote(security, { ...common, ask });
    this.desk = new OrderDesk({ ...common, account, placer, canceler, tracker, rules: limits, quote, closed, stop });
  }

  /** Reads the ledger back, reconciles, and lets trading begin; null when the run is told to stop first. */
  async open(): Promise<VenueHealth | null> {
    const { clock, calendar, broker } = this.#options;
    // Before anything is read: the day may begin while it is.
    this.#cancelDailyGate = armDailyGate(clock, calendar, () =>
      this.gate.reconcile('the day begins; the account is being reconciled'),
    );
    const today = chinaDay(clock.now());
    const restored = this.book.restore(today, clock.now());
    if (restored.notSent > 0)
      this.#log.warning(`${restored.notSent} orders of the last run were never sent; they are closed.`);
    if (restored.canceling > 0)
      this.#log.warning(
        `${restored.canceling} orders were being cancelled when the last run ended; they count as open.`,
      );
    for (const intent of this.book.intents()) {
      // One of an earlier day is in no list any more; the gate deals with it.
      if (intent.state === 'unknown' && intent.day === today) this.#search.add(intent.clientId, false);
    }
    const unfollow = broker.onStatus((status) => this.#followSession(status));
    const unhear = broker.onLatePlaceAnswer?.(({ clientId, outcome }) => this.#placer.late(clientId, outcome));
    this.#unsubscribe = () => {
      unfollow();
      unhear?.();
    };
    const health = await this.gate.reconcile('the account is being reconciled');
    if (health === null) return null;
    this.#decideScope(health);
    this.#judgeVenue(health);
    this.tracker.start();
    this.account.start();
    return health;
  }

  /** No day begins any more. A clock that jumps from one event to the next would not come to rest otherwise. */
  endDays(): void {
    this.#cancelDailyGate();
  }

  async stop(): Promise<void> {
    this.endDays();
    this.#unsubscribe();
    this.gate.stop();
    this.#search.stop();
    await this.tracker.stop();
    await this.account.stop();
  }

  /** POSITIONS_UNDECIDED when the account is not empty and nobody has said whose it is. */
  #decideScope({ stub }: VenueHealth): void {
    const { positions: asked } = this.#options;
    const ours = new Set(this.book.intents().map((intent) => intent.brokerOrderId));
    const foreignOrders = this.tracker
      .orders()
      .filter((order) => !FINAL_BROKER_STATUSES.has(order.status) && !ours.has(order.orderId));
    this.#scope = decideScope(this.#ledger, { asked, stub, positions: this.account.listed(), foreignOrders });
    for (const { orderId, side, amount, security, remark } of foreignOrders) {
      const whose = tagIn(remark) === null ? 'not of this program' : 'of another instance';
      this.#log.info(
        `Order ${orderId} (${side ?? '?'} ${amount} ${security}) is ${whose}: shown, never touched; bt adopt takes it.`,
      );
    }
  }

  /** A gateway that comes back may be another one: what was a stub may trade real money now. */
  #judgeVenue(health: VenueHealth): void {
    const reason = realOrdersReason(health, this.#options.allowRealOrders);
    if (reason !== null && reason !== this.#venueReason) this.#log.warning(`Orders will be refused: ${reason}`);
    this.#venueReason = reason;
  }

  /** Why no order may be sent now, or null. */
  #closed(): string | null {
    return this.#fatal ?? this.gate.reason() ?? this.#venueReason;
  }

  #wasRead({ absent, missing, contested }: ReadingNews, requestedAt: number): void {
    void this.#search.absent(absent);
    const day = chinaDay(requestedAt);
    if (chinaTimeOfDay(requestedAt) < END_OF_DAY_SECONDS || this.#readToEnd === day) return;
    const isOpenQuestion = ({ day: sent, state }: IntentRow): boolean =>
      sent === day && (state === 'unknown' || state === 'sending');
    // A list that lacks an order of ours has not told its end.
    if (missing.length + contested.length > 0 || this.book.intents().some(isOpenQuestion)) return;
    try {
      this.#ledger.choose(`${READ_TO_END} ${day}`, 'yes');
      this.#readToEnd = day;
    } catch (error) {
      this.#fail(error);
    }
  }

  /** What this instance owns has changed without a fill. */
  reread(): void {
    this.account.expectChange();
    void this.account.refresh();
  }

  #fail(error: unknown): void {
    if (this.#fatal === null) this.#log.error(`ALARM: ${errorMessage(error)} No more orders are sent in this run.`);
    this.#fatal = errorMessage(error);
  }

  #filled(fills: readonly FillRow[]): void {
    for (const { clientId, amount, price, brokerOrderId } of fills) {
      const { side, security } = this.book.intent(clientId);
      this.#log.info(`filled: ${side} ${amount} ${security} at ${price} (${brokerOrderId})`);
    }
    this.account.addFills(fills);
  }

  /** Without the read session nothing that is known can be trusted to be current. */
  #followSession(status: VenueStatus): void {
    if (status.session !== 'read') return;
    if (status.kind === 'connected') {
      void this.#reconnected();
      return;
    }
    const reason = `the connection that reads the account is down (${status.reason})`;
    this.#log.warning(`Trading waits: ${reason}.`);
    // Its attempts fail until the link is back, and say so.
    void this.gate.reconcile(reason);
  }

  async #reconnected(): Promise<void> {
    const health = await this.gate.reconcile('the connection is new; the account is being reconciled');
    if (health !== null) this.#judgeVenue(health);
    await this.#search.searchNow();
  }
}

function realOrdersReason(health: VenueHealth, allowed: boolean): string | null {
  if (health.stub || allowed) return null;
  return 'this gateway trades real money (it does not declare itself a stub); to allow orders start with --i-know-what-i-do';
}
