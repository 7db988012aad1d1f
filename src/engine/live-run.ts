import { errorMessage } from '../domain/errors.ts';
import type { AccountView } from '../domain/order/types.ts';
import { chinaDay } from '../domain/time.ts';
import type { DispatchContext } from '../../runtime/host.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { DataRouter } from './data/data-router.ts';
import { QuoteBoard } from './data/quote-board.ts';
import { dispatchContext } from './dispatch-context.ts';
import { Events } from './events.ts';
import { barsText } from './time/hooks-of-day.ts';
import { logEvents } from './events-log.ts';
import type { Line } from './order-lines.ts';
import { HookEnd } from './hook-end.ts';
import { sayFresh } from './fresh-start.ts';
import { readLast } from './last-reading.ts';
import { createLiveCalls } from './live-calls.ts';
import type { LiveOptions } from './live-options.ts';
import { operate, type Operation } from './operator/run-operator.ts';
import { readLivesOfRun } from './orders/book/restore.ts';
import type { RunReport } from './report.ts';
import { riskOf } from './risk/run-risk.ts';
import { buildRunReport, runFacts } from './run-report.ts';
import { checkClock, requireAccount } from './run-checks.ts';
import { lastAccounted, startStrategy } from './strategy-start.ts';
import { tellCutOff } from './strategy-calls.ts';
import { StrategyFiles } from './strategy-files.ts';
import { StrategyState } from './strategy-state.ts';
import { armEnd, stoppedEarly, unlessEnded, whenSettled } from './run-end.ts';
import { RunNotices } from './run-notices.ts';
import { runView, type RunListener } from './run-view.ts';
import { RunningStrategy } from './running-strategy.ts';
import { startServices } from './services.ts';
import type { HookName } from './strategy/hooks.ts';
import type { RunnerOptions, StartRunner } from './strategy/runner.ts';
import type { DispatchResult, StrategyBundle } from './strategy/types.ts';
import { Scheduler } from './time/scheduler.ts';
import { TradingDays } from './time/trading-days.ts';
import { Trading } from './trading.ts';
import type { VenueHealth } from '../venues/broker.ts';
import { ledgerTriggers, type LedgerTriggers } from './trigger-store.ts';

/** One run of a strategy: opens trading, starts the strategy, waits for its end, reports. */
export class LiveRun {
  readonly #options: LiveOptions;
  readonly #ledger: Ledger;
  readonly #bundle: StrategyBundle;
  readonly #data: DataRouter;
  readonly #quotes: QuoteBoard;
  readonly #trading: Trading;
  readonly #strategy: RunningStrategy;
  readonly #state: StrategyState;
  readonly #events: Events;
  readonly #notices: RunNotices;
  readonly #days: TradingDays;
  readonly #triggers: LedgerTriggers;
  readonly #scheduler: Scheduler;
  /** First day of the strategy: what its registrations and `run_params.start_date` count from. */
  readonly #startDay: string;
  /** Filled when the strategy is loaded; the scheduler looks when it starts. */
  readonly #hooks = new Set<HookName>();
  readonly #listener: RunListener | null;
  #endServices = (): void => undefined;
  readonly #ended = Promise.withResolvers<void>();
  readonly #end = (): void => this.#ended.resolve();
  readonly #ends: HookEnd;

  constructor(asked: LiveOptions, ledger: Ledger, bundle: StrategyBundle, start: StartRunner, operation?: Operation) {
    const { clock, startedAt, log, timers } = asked;
    this.#events = new Events((error) => log.error(`A listener failed: ${errorMessage(error)}. Please report this.`));
    const isHeard = ({ source, level }: Line): boolean => !this.#state.silences(source, level);
    logEvents(this.#events, log, isHeard, { book: () => this.#trading.book, ledger });
    this.#notices = new RunNotices(clock, this.#events);
    this.#data = new DataRouter(asked.providers, asked.knownSources);
    const onGrowth = (): void => this.#scheduler.calendarGrew();
    const source = { table: asked.calendar, source: this.#data, onGrowth, events: this.#events };
    this.#days = new TradingDays({ ...asked, ...source });
    this.#options = { ...asked, calendar: this.#days.calendar };
    this.#ledger = ledger;
    this.#bundle = bundle;
    this.#quotes = new QuoteBoard(this.#data, timers, clock);
    this.#events.on((event) => {
      if (event.kind === 'account') this.#strategy.bumpAccount(event.version);
    });
    const admit = (health: VenueHealth): void => checkClock(health, clock);
    const doubt = { events: this.#events, calendarDoubt: () => this.#days.reason(clock.now()), admit };
    this.#trading = new Trading({ ...this.#options, ...doubt, ...riskOf(asked, this.#data) }, ledger, this.#quotes);
    this.#startDay = this.#trading.state.startDay() ?? chinaDay(startedAt);
    this.#state = new StrategyState(this.#trading.state);
    this.#strategy = this.#newStrategy(start);
    this.#triggers = ledgerTriggers(ledger, this.#state, startedAt);
    this.#scheduler = this.#newScheduler();
    this.#listener = asked.listen?.(runView(this.#trading, this.#events, this.#strategy, this.#quotes)) ?? null;
    const parts = { quotes: this.#quotes, strategy: this.#strategy, trading: this.#trading, events: this.#events };
    if (operation !== undefined) operate(operation, { options: this.#options, ledger, ...parts });
    this.#ends = new HookEnd({ timers, endNow: asked.endNow, strategy: this.#strategy, end: this.#end });
  }

  async run(): Promise<RunReport> {
    // A clock that jumps when nothing is open must not jump over the start.
    const release = this.#options.clock.hold('still');
    const health = await this.#trading.open();
    try {
      if (health !== null) {
        const first = requireAccount(this.#trading.portfolios.view());
        sayFresh(this.#options, this.#ledger, () => this.#trading.book.views(), first);
        await unlessEnded(this.#options.stop, 'the trading days were known', this.#days.start());
        await this.#startStrategy(health.dryRun === true);
        this.#endServices = await startServices(this.#options, this.#ledger, this.#trading, this.#events);
        release();
        await this.#ended.promise;
        await this.#stopStrategy();
        return this.#report(first, await readLast(this.#options, this.#trading, (work) => this.#ends.orSoon(work)));
      }
      throw stoppedEarly(this.#options.stop, 'the account could be read');
    } finally {
      this.#ends.cancel();
      this.#endServices();
      await this.#stopStrategy();
      await this.#ends.closing(this.#trading.stop(), () => this.#options.broker.stop());
      this.#quotes.stop();
      this.#listener?.end();
    }
  }

  #newStrategy(startRunner: StartRunner): RunningStrategy {
    const { clock, calendar, log, timers } = this.#options;
    return new RunningStrategy({
      startRunner,
      data: this.#data,
      clock,
      calendar,
      log,
      timers,
      events: this.#events,
      gate: () => this.#trading.gate.reason(),
      paused: () => this.#trading.risk.pausesHooks(),
      context: (phase) => this.#context(phase),
      state: this.#state,
      beforeCall: () => this.#trading.freshness.expire(),
      onOver: (result) => this.#over(result),
    });
  }

  #newScheduler(): Scheduler {
    const { clock, calendar, startedAt, log, limits } = this.#options;
    return new Scheduler({
      clock,
      calendar,
      startedAt,
      startDay: this.#startDay,
      bars: this.#options.frequency,
      hooks: this.#hooks,
      dispatch: (task) => this.#strategy.run(task.label, task.dispatch, task.key),
      triggers: this.#triggers,
      eventTimeoutMs: limits.eventTimeoutMs,
      gate: () => this.#trading.gate.reason(),
      halted: () => this.#strategy.halted(),
      events: this.#events,
      log: log.child('schedule'),
    });
  }

  async #startStrategy(dryRun: boolean): Promise<void> {
    const [strategy, scheduler, state] = [this.#strategy, this.#scheduler, this.#state];
    const { stop, startedAt, log } = this.#options;
    const life = this.#trading.state;
    armEnd({ options: this.#options, strategy, scheduler, ends: this.#ends, end: this.#end });
    const lastSeen = lastAccounted(this.#ledger, life);
    const runner = this.#runnerOptions();
    tellCutOff(this.#ledger, life, this.#events, log);
    const whole = await startStrategy({ strategy, state, life, scheduler, runner, startedAt, lastSeen, log });
    if (!whole || stop.aborted) {
      this.#end();
      return;
    }
    for (const hook of strategy.hooks) this.#hooks.add(hook);
    scheduler.start(lastSeen);
    strategy.arm();
    this.#options.onReady({ dryRun });
    if (this.#hooks.has('handle_data')) log.info(barsText(this.#options.frequency));
    log.info(scheduler.outlook());
  }

  #runnerOptions(): RunnerOptions {
    const { log, limits, clock, frequency, until } = this.#options;
    const endDate = until === null ? {} : { endDate: chinaDay(until) };
    return {
      bundle: this.#bundle,
      runParams: { type: 'live', frequency, startDate: this.#startDay, ...endDate },
      engine: createLiveCalls({
        ...this.#options,
        account: () => this.#trading.portfolios.view(),
        portfolios: this.#trading.portfolios,
        fresh: () => this.#trading.freshness.bring(),
        desk: this.#trading.desk,
        book: this.#trading.book,
        quotes: this.#quotes,
        ticks: this.#strategy.ticks,
        data: this.#data,
        scheduler: this.#scheduler,
        state: this.#state,
        files: new StrategyFiles(this.#options.stateFolder, this.#options.strategyFile),
        events: this.#events,
      }),
      log: log.child('strategy'),
      memoryLimitMb: limits.memoryLimitMb,
      hookTimeoutMs: limits.hookTimeoutMs,
      loadContext: this.#context('load'),
      clock,
    };
  }

  #context(phase: DispatchContext['phase']): DispatchContext {
    return dispatchContext(this.#options, phase);
  }

  /** Nothing of the strategy is called any more. */
  #over(result: DispatchResult): void {
    // Not awaited: it waits for the very task that is being judged here.
    void this.#scheduler.stop();
    if (result.kind === 'exit') this.#end();
    else whenSettled(this.#trading, this.#end);
  }

  async #stopStrategy(): Promise<void> {
    this.#trading.endDays();
    this.#listener?.endDays();
    this.#days.stop();
    this.#strategy.disarm();
    await this.#scheduler.stop();
    if (this.#options.stop.reason === 'until') await this.#strategy.finish();
    await this.#strategy.stop();
  }

  #report(first: AccountView, accountRead: boolean): RunReport {
    return buildRunReport({
      ...runFacts(this.#options),
      accountAtStart: first,
      accountAtEnd: this.#trading.portfolios.view() ?? first,
      accountRead,
      ...readLivesOfRun(this.#ledger, this.#options.startedAt),
      triggers: this.#triggers.ofRun(),
      errors: this.#strategy.errors.errors,
      ...this.#notices.kept(),
    });
  }
}
