import { errorMessage } from '../../domain/errors.ts';
import type { AccountView } from '../../domain/order/types.ts';
import { whenAborted } from '../../platform/timers.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { VenueHealth } from '../../venues/broker.ts';
import { DataRouter } from '../data/data-router.ts';
import { QuoteBoard } from '../data/quote-board.ts';
import { Events } from '../events.ts';
import { logEvents } from '../events-log.ts';
import { HookEnd } from '../hook-end.ts';
import { readLast } from '../last-reading.ts';
import { readLivesOfRun } from '../orders/book/restore.ts';
import type { RunReport } from '../report.ts';
import { riskOf } from '../risk/run-risk.ts';
import { operate, type Operation, type OwnCommands } from '../operator/run-operator.ts';
import { checkClock, requireAccount } from '../run-checks.ts';
import { stoppedEarly, unlessEnded } from '../run-end.ts';
import { RunNotices } from '../run-notices.ts';
import { buildRunReport, runFacts } from '../run-report.ts';
import { runView, type RunListener, type StrategyStanding } from '../run-view.ts';
import { startServices } from '../services.ts';
import { TradingDays } from '../time/trading-days.ts';
import { Trading } from '../trading.ts';
import { commandsOf } from './commands.ts';
import type { FollowOptions } from './follow-options.ts';
import type { FollowListener } from './follow-view.ts';
import { Reconciler } from './reconciler.ts';
import { divideAmong } from './shares.ts';
import { SignalDesk } from './signal-desk.ts';

/** Nothing of an author's runs here that could be halted. */
const NO_STRATEGY = { standing: (): StrategyStanding => ({ state: 'runs', why: null, pids: [] }) };
const DEAF: FollowListener = { dayEnds: () => undefined, end: () => undefined };

/** One run of `bt follow`: opens trading as a strategy's run does, takes signals until it is told to end, and reports. */
export class FollowRun {
  readonly #options: FollowOptions;
  readonly #ledger: Ledger;
  readonly #quotes: QuoteBoard;
  readonly #trading: Trading;
  readonly #events: Events;
  readonly #notices: RunNotices;
  readonly #days: TradingDays;
  readonly #listener: RunListener | null;
  readonly #ended = Promise.withResolvers<void>();
  readonly #ends: HookEnd;
  #own: OwnCommands = () => null;
  /** What has begun, ended in reverse. */
  readonly #begun: (() => Promise<void> | void)[] = [];

  constructor(asked: FollowOptions, ledger: Ledger, operation?: Operation) {
    const { clock, log, timers } = asked;
    this.#ledger = ledger;
    this.#events = new Events((error) => log.error(`A listener failed: ${errorMessage(error)}. Please report this.`));
    logEvents(this.#events, log, undefined, { book: () => this.#trading.book, ledger });
    this.#notices = new RunNotices(clock, this.#events);
    const data = new DataRouter(asked.providers, asked.knownSources);
    const calendar = { table: asked.calendar, source: data, onGrowth: () => undefined, events: this.#events };
    this.#days = new TradingDays({ ...asked, ...calendar });
    this.#options = { ...asked, calendar: this.#days.calendar };
    this.#quotes = new QuoteBoard(data, timers, clock);
    const admit = (health: VenueHealth): void => checkClock(health, clock);
    const doubt = { events: this.#events, calendarDoubt: () => this.#days.reason(clock.now()), admit };
    this.#trading = new Trading({ ...this.#options, ...doubt, ...riskOf(asked, data) }, ledger, this.#quotes);
    const run = { quotes: this.#quotes, trading: this.#trading, events: this.#events, strategy: null };
    const own: OwnCommands = (request) => this.#own(request);
    if (operation !== undefined) operate(operation, { options: this.#options, ledger, own, ...run });
    const follows = { openSignals: () => ledger.signals.openCount() };
    this.#listener = asked.listen?.(runView(this.#trading, this.#events, NO_STRATEGY, this.#quotes, follows)) ?? null;
    const strategy = { endNow: () => undefined };
    this.#ends = new HookEnd({ timers, endNow: asked.endNow, strategy, end: () => this.#ended.resolve() });
  }

  async run(): Promise<RunReport> {
    const { stop, log } = this.#options;
    const release = this.#options.clock.hold('still');
    const health = await this.#trading.open();
    try {
      if (health === null) throw stoppedEarly(stop, 'the account could be read');
      const first = requireAccount(this.#trading.account.view());
      await unlessEnded(stop, 'the trading days were known', this.#days.start());
      await this.#begin(health.dryRun === true);
      release();
      whenAborted(stop, () => {
        log.info(stop.reason === 'until' ? 'Ending: --until has come.' : 'Stopping.');
        this.#ended.resolve();
      });
      await this.#ended.promise;
      await this.#endAll();
      return this.#report(first, await readLast(this.#options, this.#trading, (work) => this.#ends.orSoon(work)));
    } finally {
      this.#ends.cancel();
      await this.#endAll();
      await this.#ends.closing(this.#trading.stop(), () => this.#options.broker.stop());
      this.#quotes.stop();
      this.#listener?.end();
    }
  }

  /** What was left open goes on before anything new is taken. */
  async #begin(dryRun: boolean): Promise<void> {
    const { clock, timers, calendar, sources, onReady, watch } = this.#options;
    const [ledger, trading, events, quotes] = [this.#ledger, this.#trading, this.#events, this.#quotes];
    const { state, portfolios } = trading;
    const setting = (key: string): string | null => ledger.setting(key);
    const strategies = divideAmong(this.#options.strategies, { state, portfolios, setting, events, now: clock.now() });
    const parts = { trading, ledger, quotes, clock, timers, calendar, events, strategies };
    const desk = new SignalDesk(parts);
    const reconciler = new Reconciler({ ...parts, quotes, desk });
    const listener = watch?.(reconciler.view()) ?? DEAF;
    this.#begun.push(() => listener.end());
    this.#begun.push(reconciler.arm((day) => listener.dayEnds(day)));
    const { log } = this.#options;
    this.#own = commandsOf(reconciler);
    this.#begun.push(await startServices(this.#options, ledger, trading, events));
    desk.open();
    this.#begun.push(() => desk.close());
    for (const source of sources) {
      await source.start(desk);
      this.#begun.push(() => source.stop());
      log.info(`Signals are taken by ${source.name}.`);
    }
    onReady({ dryRun });
  }

  async #endAll(): Promise<void> {
    this.#trading.endDays();
    this.#listener?.endDays();
    this.#days.stop();
    for (let end = this.#begun.pop(); end !== undefined; end = this.#begun.pop()) await end();
  }

  #report(first: AccountView, accountRead: boolean): RunReport {
    return buildRunReport({
      ...runFacts(this.#options),
      accountAtStart: first,
      accountAtEnd: this.#trading.account.view() ?? first,
      accountRead,
      ...readLivesOfRun(this.#ledger, this.#options.startedAt),
      triggers: [],
      errors: [],
      ...this.#notices.kept(),
    });
  }
}
