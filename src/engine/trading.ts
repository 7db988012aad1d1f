import { errorMessage } from '../domain/errors.ts';
import { isUnseenEnd } from '../domain/order/intent.ts';
import type { DayPrices } from '../domain/order/plausible-fill.ts';
import type { IntentRow, OrderRow } from '../domain/order/rows.ts';
import { chinaDay } from '../domain/time.ts';
import { InstanceState } from '../ledger/instance-state.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { VenueHealth, VenueStatus } from '../venues/broker.ts';
import { AccountIdentity } from './account/account-identity.ts';
import { accountParts } from './account/account-parts.ts';
import type { AccountProjection } from './account/account-projection.ts';
import type { AccountReader } from './account/account-reader.ts';
import { Freshness } from './account/freshness.ts';
import { storedScope, type PositionScope } from './account/scope.ts';
import type { SubPortfolios } from './account/subs/sub-portfolios.ts';
import type { QuoteBoard } from './data/quote-board.ts';
import type { Events } from './events.ts';
import { armDailyReadings } from './gate/daily-readings.ts';
import { DayEnds } from './gate/day-ends.ts';
import { decideStart } from './gate/first-start.ts';
import { Gate } from './gate/gate.ts';
import { ReadWatch } from './gate/read-watch.ts';
import { VenueTrust } from './gate/venue-trust.ts';
import type { TradingNeeds } from './live-options.ts';
import { OrderBook } from './orders/book/order-book.ts';
import { KnownDayPrices } from './orders/day-prices.ts';
import type { OrderDesk } from './orders/desk.ts';
import type { OrderDriver } from './orders/driver.ts';
import { orderPath } from './orders/order-path.ts';
import type { ReadingNews } from './orders/reading/reading-news.ts';
import { Tracker } from './orders/reading/tracker.ts';
import type { UnknownSearch } from './orders/reading/unknown-search.ts';
import type { Placer } from './orders/sending/placer.ts';
import { TradingRisk, type RiskOptions } from './risk/trading-risk.ts';

/** What the order path needs of a run. */
export type TradingOptions = RiskOptions &
  TradingNeeds & {
    readonly events: Events;
    /** Why no orders are sent today, by the calendar; null = it trades. */
    readonly calendarDoubt?: () => string | null;
    /** Refuses a venue by throwing, when it has said what it is and before a person is asked about it. */
    readonly admit?: (health: VenueHealth) => void;
    /** A new life of the instance begins: what the last one began with is not read. */
    readonly fresh?: boolean;
  };

/** The order path of one run, wired: book, driver, tracker, account, gate, desk. */
export class Trading {
  readonly book: OrderBook;
  readonly desk: OrderDesk;
  readonly driver: OrderDriver;
  readonly reader: AccountReader;
  readonly account: AccountProjection;
  readonly portfolios: SubPortfolios;
  readonly tracker: Tracker;
  readonly gate: Gate;
  readonly state: InstanceState;
  readonly freshness: Freshness;
  readonly risk: TradingRisk;
  readonly #options: TradingOptions;
  readonly #events: Events;
  readonly #search: UnknownSearch;
  readonly #placer: Placer;
  readonly #watch: ReadWatch;
  readonly #ends: DayEnds;
  readonly #trust: VenueTrust;
  readonly #ledger: Ledger;
  /** What of the account the strategy sees. Undecided = all is read, and the first reading decides. */
  #scope: PositionScope;
  /** The ledger cannot be written: nothing more is sent in this run. */
  #fatal: string | null = null;
  readonly #unsubscribe: (() => void)[] = [];
  #cancelDaily = (): void => undefined;

  constructor(options: TradingOptions, ledger: Ledger, quotes: QuoteBoard) {
    const { limits, events, name } = options;
    this.#options = options;
    this.#events = events;
    this.#ledger = ledger;
    this.#scope = options.positions ?? storedScope(ledger) ?? 'all';
    this.state = new InstanceState(ledger, options);
    this.#trust = new VenueTrust({ ...options, ledger, state: this.state });
    const onFatal = (error: unknown): void => this.#fail(error);
    this.book = new OrderBook(ledger, events, onFatal);
    this.#ends = new DayEnds(ledger, this.book);
    const waits = (): string | null => this.gate.reason();
    const reconcile = (reason: string): void => void this.gate.reconcile(reason);
    this.#watch = new ReadWatch({ ...options, onHang: reconcile, waits });
    const broker = this.#watch.watch(options.broker);
    const { state, book } = this;
    const common = { ...options, broker, book, state, ledger, waits, onFatal };
    const identity = new AccountIdentity({ ...common, onOther: reconcile });
    const dayPrices = new KnownDayPrices(options.clock);
    const prices = (security: string): DayPrices => dayPrices.of(security);
    const intentOfTag = (tag: string): IntentRow | null => ledger.intentOfTag(tag);
    const tracker = new Tracker({ ...common, otherAccount: () => identity.reason(), prices, intentOfTag });
    const onOtherPart = (): void => this.risk.otherPart();
    const seen = { scope: () => this.#scope, onOtherPart };
    const reading = { ...common, lists: tracker, identity, onDoubt: reconcile, ...seen };
    const { reader, account, portfolios } = accountParts(reading);
    [this.tracker, this.reader, this.account, this.portfolios] = [tracker, reader, account, portfolios];
    this.freshness = new Freshness({ ...common, tracker, reader, account });
    this.gate = new Gate({ ...common, tracker, reader, account, identity, isUnseen: (day) => this.#isUnseen(day) });
    this.risk = new TradingRisk(common);
    const closed = (order: OrderRow): string | null => this.#closed(order);
    const fresh = (): Promise<void> => this.freshness.bring();
    const rest = { tracker, account: portfolios, quotes, dayPrices, rules: limits, owner: name, closed, fresh };
    const path = orderPath({ ...common, ...rest, guard: this.risk.guard });
    this.risk.connect({ ...path, view: () => portfolios.view() });
    [this.desk, this.driver, this.#placer, this.#search] = [path.desk, path.driver, path.placer, path.search];
  }

  /** Reads the ledger back, reconciles, and lets trading begin; null when the run is told to stop first. */
  async open(): Promise<VenueHealth | null> {
    const { clock, calendar, broker } = this.#options;
    // Before anything is read: the day may begin while it is.
    this.#cancelDaily = armDailyReadings(
      { clock, calendar },
      {
        begins: () => this.gate.reconcile('the day begins; the account is being reconciled'),
        ends: () => this.tracker.readNow().then(() => this.reader.refresh()),
      },
    );
    this.#restore(chinaDay(clock.now()));
    this.#listen(broker.onStatus((status) => this.#followSession(status)));
    this.#listen(broker.onLatePlaceAnswer?.(({ clientId, outcome }) => this.#placer.late(clientId, outcome)));
    this.#listen(this.tracker.onReading((reading, requestedAt) => this.#wasRead(reading, requestedAt)));
    const health = await this.gate.reconcile('the account is being reconciled');
    if (health === null) return null;
    this.#options.admit?.(health);
    this.#decideStart(health);
    this.tracker.start();
    this.reader.start();
    // What waited while the gate was closed, or since the last run, goes on when it opens.
    this.#listen(
      this.#events.on((event) => {
        if (event.kind === 'gate' && event.reason === null) this.driver.lookAtAll();
      }),
    );
    this.driver.start();
    this.#listen(this.risk.begin());
    return health;
  }

  /** No day begins any more. A clock that jumps from one event to the next would not come to rest otherwise. */
  endDays(): void {
    this.#cancelDaily();
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

  /** True when every order has ended, or only a person can say how. */
  isSettled(): boolean {
    return this.book.unfinished().every(({ intents }) => intents.some(isUnseenEnd));
  }

  /** What this instance owns has changed without a fill. */
  reread(): void {
    this.account.rescope();
    this.reader.expectChange();
    void this.reader.refresh();
  }

  #restore(today: string): void {
    const { notSent, parked, canceling } = this.book.restore(today, this.#options.clock.now());
    const found: readonly (readonly [number, string])[] = [
      [notSent, 'Orders of the last run that were never sent, and are closed or wait for their window again'],
      [parked, 'Orders that wait for their sending window'],
      [canceling, 'Orders that were being cancelled when the last run ended, and count as open'],
    ];
    for (const [count, text] of found) if (count > 0) this.#events.note('warning', null, `${text}: ${count}.`);
    // What ended with its day while nobody was there is only the ledger's.
    this.book.roll(today);
    this.tracker.lost();
    for (const intent of this.book.intents()) {
      // One of an earlier day is in no list any more; the gate deals with it.
      if (intent.state === 'unknown' && intent.day === today) this.#search.add(intent.clientId, false);
    }
  }

  #listen(unsubscribe: (() => void) | undefined): void {
    if (unsubscribe !== undefined) this.#unsubscribe.push(unsubscribe);
  }

  /** REAL_UNDECIDED, POSITIONS_UNDECIDED: a person has to say first what may be done. */
  #decideStart(health: VenueHealth): void {
    const parts = { ledger: this.#ledger, trust: this.#trust, events: this.#events, asked: this.#options.positions };
    const account = { listed: this.account.listed(), view: this.account.view(), others: this.tracker.others().orders };
    this.#scope = decideStart(health, { ...parts, ...account, limits: this.risk.guard.limits });
    this.account.rescope();
  }

  /** Why that order may not be sent now, or null. */
  #closed(order: Pick<OrderRow, 'requestKey' | 'side'>): string | null {
    const { calendarDoubt } = this.#options;
    return this.risk.closed(order) ?? this.#fatal ?? this.gate.reason() ?? calendarDoubt?.() ?? this.#trust.reason();
  }

  /** What keeps every order from being sent now, or all that buy, in words; null = nothing of ours. The exchange's hours are not looked at. */
  readonly obstacle = (): string | null => this.#closed({ requestKey: '', side: 'buy' });

  #isUnseen(day: string): boolean {
    return this.#scope === 'own' && !this.#ends.wasRead(day);
  }

  #wasRead(news: ReadingNews, requestedAt: number): void {
    void this.#search.absent(news.absent);
    try {
      this.#ends.read(news, requestedAt);
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
    if (reason !== null) this.tracker.lost();
    if (session !== 'read') return;
    // Its attempts fail until the link is back, and say so.
    if (reason === null) void this.#reconnected();
    else void this.gate.reconcile(`the connection that reads the account is down (${reason.replace(/\.$/u, '')})`);
  }

  async #reconnected(): Promise<void> {
    const health = await this.gate.reconcile('the connection is new; the account is being reconciled');
    if (health !== null) this.#trust.judge(health);
    await this.#search.searchNow();
  }
}
