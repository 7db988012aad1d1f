import { errorMessage } from '../domain/errors.ts';
import { isUnseenEnd } from '../domain/order/intent.ts';
import { tagIn } from '../domain/order/remark.ts';
import type { IntentRow } from '../domain/order/rows.ts';
import { chinaDay, chinaTimeOfDay } from '../domain/time.ts';
import { InstanceState } from '../ledger/instance-state.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { VenueHealth, VenueStatus } from '../venues/broker.ts';
import { AccountIdentity } from './account/account-identity.ts';
import { AccountProjection } from './account/account-projection.ts';
import { AccountReader } from './account/account-reader.ts';
import { decideScope, storedScope, type PositionScope } from './account/scope.ts';
import type { QuoteBoard } from './data/quote-board.ts';
import type { Events } from './events.ts';
import { armDailyGate } from './gate/daily-gate.ts';
import { Gate } from './gate/gate.ts';
import { ReadWatch } from './gate/read-watch.ts';
import type { LiveOptions } from './live-options.ts';
import { OrderBook } from './orders/book/order-book.ts';
import { OrderDesk } from './orders/desk.ts';
import { OrderDriver } from './orders/driver.ts';
import { OrderPlanner } from './orders/planning/order-planner.ts';
import { planningQuote } from './orders/planning/planning-quote.ts';
import type { ReadingNews } from './orders/reading/reading-news.ts';
import { END_OF_DAY_SECONDS, Tracker } from './orders/reading/tracker.ts';
import { UnknownSearch } from './orders/reading/unknown-search.ts';
import { Canceler } from './orders/sending/canceler.ts';
import { Placer } from './orders/sending/placer.ts';

/** Key in the ledger of each day that was read to its end. */
const READ_TO_END = 'read_to_end';
/** What is shown of the account is read again when it is older than this (market ms). */
const FRESH_MS = 5_000;
/** Wall ms for which a call waits for that: as long as a gateway may take before nothing is traded. */
const FRESH_PATIENCE_MS = 15_000;

/** What the order path needs of a run. */
export type TradingOptions = Pick<
  LiveOptions,
  'broker' | 'clock' | 'timers' | 'calendar' | 'log' | 'limits' | 'stop' | 'allowRealOrders' | 'positions' | 'name'
> & {
  readonly events: Events;
  /** Why no orders are sent today, by the calendar; null = it trades. */
  readonly calendarDoubt?: () => string | null;
};

/** The order path of one run, wired: book, driver, tracker, account, gate, desk. */
export class Trading {
  readonly book: OrderBook;
  readonly desk: OrderDesk;
  readonly driver: OrderDriver;
  readonly reader: AccountReader;
  readonly account: AccountProjection;
  readonly tracker: Tracker;
  readonly gate: Gate;
  readonly state: InstanceState;
  readonly #options: TradingOptions;
  readonly #events: Events;
  readonly #search: UnknownSearch;
  readonly #placer: Placer;
  readonly #canceler: Canceler;
  readonly #watch: ReadWatch;
  readonly #ledger: Ledger;
  /** What of the account the strategy sees. Undecided = all is read, and the first reading decides. */
  #scope: PositionScope;
  /** The last day whose lists were read when nothing more could be filled. */
  #readToEnd: string | null = null;
  /** The ledger cannot be written: nothing more is sent in this run. */
  #fatal: string | null = null;
  /** Why orders are refused on this venue; decided when it has said what it is. */
  #venueReason: string | null = 'the venue has not said what it is yet';
  #freshening: Promise<void> | null = null;
  readonly #unsubscribe: (() => void)[] = [];
  #cancelDailyGate = (): void => undefined;

  constructor(options: TradingOptions, ledger: Ledger, quotes: QuoteBoard) {
    const { clock, timers, calendar, stop, limits, events, name } = options;
    this.#options = options;
    this.#events = events;
    this.#ledger = ledger;
    this.#scope = options.positions ?? storedScope(ledger) ?? 'all';
    this.state = new InstanceState(ledger);
    this.book = new OrderBook(ledger, events);
    this.#watch = new ReadWatch({
      timers,
      events,
      onHang: (reason) => void this.gate.reconcile(reason),
      waits: () => this.gate.reason(),
    });
    const broker = this.#watch.watch(options.broker);
    const onFatal = (error: unknown): void => this.#fail(error);
    const common = { broker, book: this.book, clock, timers, events, calendar, stop, onFatal };
    const identity = new AccountIdentity({
      state: this.state,
      events,
      onOther: (reason) => void this.gate.reconcile(reason),
    });
    this.tracker = new Tracker(common);
    const lists = this.tracker;
    this.reader = new AccountReader({ ...common, lists, identity, waits: () => this.gate.reason() });
    this.account = new AccountProjection({
      ...common,
      lists,
      reader: this.reader,
      ledger,
      state: this.state,
      scope: () => this.#scope,
    });
    const { account, tracker, reader } = this;
    this.#search = new UnknownSearch({ ...common, read: () => tracker.readNow() });
    this.gate = new Gate({ ...common, tracker, reader, account, identity, isUnseen: (day) => this.#isUnseen(day) });
    const waits = (): string | null => this.gate.reason();
    const closed = (): string | null => this.#closed();
    const onUnknown = (clientId: string, answered: boolean): void => this.#search.add(clientId, answered);
    this.#placer = new Placer({ ...common, waits, closed, onUnknown });
    this.#canceler = new Canceler({ ...common, tracker });
    const quote = (security: string): ReturnType<QuoteBoard['fresh']> =>
      planningQuote(security, { ...common, ask: (code) => quotes.fresh(code) });
    const planner = new OrderPlanner({
      ...common,
      account,
      rules: limits,
      quote,
      waits,
      closed,
      fresh: () => this.fresh(),
    });
    this.driver = new OrderDriver({
      ...common,
      planner,
      placer: this.#placer,
      canceler: this.#canceler,
      tracker,
      waits,
    });
    this.desk = new OrderDesk({ ...common, driver: this.driver, tracker, rules: limits, owner: name });
  }

  /** Reads the ledger back, reconciles, and lets trading begin; null when the run is told to stop first. */
  async open(): Promise<VenueHealth | null> {
    const { clock, calendar, broker } = this.#options;
    // Before anything is read: the day may begin while it is.
    this.#cancelDailyGate = armDailyGate(clock, calendar, () =>
      this.gate.reconcile('the day begins; the account is being reconciled'),
    );
    const today = chinaDay(clock.now());
    this.state.begin({ startDay: today });
    this.#restore(today);
    this.#listen(broker.onStatus((status) => this.#followSession(status)));
    this.#listen(broker.onLatePlaceAnswer?.(({ clientId, outcome }) => this.#placer.late(clientId, outcome)));
    this.#listen(this.tracker.onReading((reading, requestedAt) => this.#wasRead(reading, requestedAt)));
    const health = await this.gate.reconcile('the account is being reconciled');
    if (health === null) return null;
    this.#decideScope(health);
    this.#judgeVenue(health);
    this.tracker.start();
    this.reader.start();
    // What waited while the gate was closed, or since the last run, goes on when it opens.
    this.#listen(
      this.#events.on((event) => {
        if (event.kind === 'gate' && event.reason === null) this.driver.lookAtAll();
      }),
    );
    this.driver.start();
    return health;
  }

  /** No day begins any more. A clock that jumps from one event to the next would not come to rest otherwise. */
  endDays(): void {
    this.#cancelDailyGate();
  }

  async stop(): Promise<void> {
    this.endDays();
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.gate.stop();
    this.#search.stop();
    this.#watch.stop();
    await this.driver.stop();
    await this.tracker.stop();
    await this.reader.stop();
  }

  /** Lists and account as of now, when what is shown is older than a moment: orders, fills, cash and positions are of one time. Never rejects. */
  fresh(): Promise<void> {
    if (this.isFresh() || this.gate.reason() !== null) return Promise.resolve();
    this.#freshening ??= this.#freshen().finally(() => {
      this.#freshening = null;
    });
    return this.#freshening;
  }

  /** What is shown is no older than a moment. */
  isFresh(): boolean {
    return this.reader.age() <= FRESH_MS;
  }

  /** The next read of the account, of orders or trades is of now, when what is shown is older than a moment. */
  expire(): void {
    if (!this.isFresh()) this.account.expire();
  }

  /** True when every order has ended, or only a person can say how. */
  isSettled(): boolean {
    return this.book.lives().every(({ order, intents }) => order.phase === 'done' || intents.some(isUnseenEnd));
  }

  /** What this instance owns has changed without a fill. */
  reread(): void {
    this.account.rescope();
    this.reader.expectChange();
    void this.reader.refresh();
  }

  /** A gateway that does not answer must not hold up a hook: what is shown stays, and the gate closes. */
  async #freshen(): Promise<void> {
    const { timers } = this.#options;
    const read = this.tracker.readNow().then((done) => done && this.reader.refresh());
    const patience = Promise.withResolvers<void>();
    const timer = timers.after(FRESH_PATIENCE_MS, patience.resolve);
    await Promise.race([read, patience.promise]);
    timer.cancel();
  }

  #restore(today: string): void {
    const { notSent, parked, canceling } = this.book.restore(today, this.#options.clock.now());
    const tell = (count: number, text: string): void => {
      if (count > 0)
        this.#events.emit({ kind: 'order_note', level: 'warning', orderId: null, text: `${count} ${text}` });
    };
    tell(notSent, 'orders of the last run were never sent; they are closed, or wait for their window again.');
    tell(parked, 'orders wait for their sending window.');
    tell(canceling, 'orders were being cancelled when the last run ended; they count as open.');
    // What ended with its day while nobody was there is only the ledger's.
    this.book.roll(today);
    for (const intent of this.book.intents()) {
      // One of an earlier day is in no list any more; the gate deals with it.
      if (intent.state === 'unknown' && intent.day === today) this.#search.add(intent.clientId, false);
    }
  }

  #listen(unsubscribe: (() => void) | undefined): void {
    if (unsubscribe !== undefined) this.#unsubscribe.push(unsubscribe);
  }

  /** POSITIONS_UNDECIDED when the account is not empty and nobody has said whose it is. */
  #decideScope({ stub }: VenueHealth): void {
    const { positions: asked } = this.#options;
    const { orders } = this.tracker.others();
    this.#scope = decideScope(this.#ledger, { asked, stub, positions: this.account.listed(), foreignOrders: orders });
    this.account.rescope();
    for (const { orderId, side, amount, security, remark } of orders) {
      const whose = tagIn(remark) === null ? 'not of this program' : 'of another instance';
      const text = `Order ${orderId} (${side ?? '?'} ${amount} ${security}) is ${whose}: shown, never touched; bt adopt takes it.`;
      this.#events.emit({ kind: 'order_note', level: 'info', orderId: null, text });
    }
  }

  /** A gateway that comes back may be another one: what was a stub may trade real money now. */
  #judgeVenue(health: VenueHealth): void {
    const reason = realOrdersReason(health, this.#options.allowRealOrders);
    if (reason !== null && reason !== this.#venueReason)
      this.#events.emit({
        kind: 'order_note',
        level: 'warning',
        orderId: null,
        text: `Orders will be refused: ${reason}`,
      });
    this.#venueReason = reason;
  }

  /** Why no order may be sent now, or null. */
  #closed(): string | null {
    return this.#fatal ?? this.gate.reason() ?? this.#options.calendarDoubt?.() ?? this.#venueReason;
  }

  #isUnseen(day: string): boolean {
    return this.#scope === 'own' && this.#ledger.setting(`${READ_TO_END} ${day}`) === null;
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

  #fail(error: unknown): void {
    const text = errorMessage(error);
    if (this.#fatal === null) this.#events.alarm('LEDGER_FAILED', null, `${text} No more orders are sent in this run.`);
    this.#fatal = text;
    this.driver.halt();
  }

  /** Without the read session nothing that is known can be trusted to be current. */
  #followSession(status: VenueStatus): void {
    const { session } = status;
    const reason = status.kind === 'connected' ? null : status.reason;
    this.#events.emit({ kind: 'link', session, up: reason === null, reason });
    if (session !== 'read') return;
    // Its attempts fail until the link is back, and say so.
    if (reason !== null) void this.gate.reconcile(`the connection that reads the account is down (${reason})`);
    else void this.#reconnected();
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
