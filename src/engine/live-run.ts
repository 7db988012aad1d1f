import { BtError, errorMessage } from '../domain/errors.ts';
import { isUnseenEnd } from '../domain/order/intent.ts';
import { isFinal } from '../domain/order/state.ts';
import type { AccountView } from '../domain/order/types.ts';
import { chinaDay } from '../domain/time.ts';
import type { DispatchContext } from '../../runtime/host.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { VenueHealth } from '../venues/broker.ts';
import { QuoteBoard } from './data/quote-board.ts';
import { Events } from './events.ts';
import { logEvents } from './events-log.ts';
import { createLiveCalls } from './live-calls.ts';
import type { LiveOptions } from './live-options.ts';
import type { RunReport } from './report.ts';
import { buildRunReport } from './run-report.ts';
import { RunningStrategy } from './running-strategy.ts';
import { startServices } from './services.ts';
import type { HookName } from './strategy/hooks.ts';
import type { RunnerOptions, StartRunner } from './strategy/runner.ts';
import type { Dispatch, DispatchResult, StrategyBundle } from './strategy/types.ts';
import { Scheduler } from './time/scheduler.ts';
import { Trading } from './trading.ts';
import { ledgerTriggers } from './trigger-store.ts';

/** The account is read again before a task when the last reading is older than this (market ms). */
const STALE_ACCOUNT_MS = 5_000;

/** One run of a strategy: opens trading, starts the strategy, waits for its end, reports. */
export class LiveRun {
  readonly #options: LiveOptions;
  readonly #ledger: Ledger;
  readonly #bundle: StrategyBundle;
  readonly #quotes: QuoteBoard;
  readonly #trading: Trading;
  readonly #strategy: RunningStrategy;
  readonly #scheduler: Scheduler;
  readonly #startedAt: number;
  /** First day of the strategy: what its registrations and `run_params.start_date` count from. */
  readonly #startDay: string;
  /** Filled when the strategy is loaded; the scheduler looks when it starts. */
  readonly #hooks = new Set<HookName>();
  #ending = false;
  #endServices: () => Promise<void> = () => Promise.resolve();
  #end: () => void = () => undefined;
  readonly #ended: Promise<void>;

  constructor(options: LiveOptions, ledger: Ledger, bundle: StrategyBundle, startRunner: StartRunner) {
    const { clock, log, calendar, provider, timers, limits } = options;
    this.#options = options;
    this.#ledger = ledger;
    this.#bundle = bundle;
    this.#startedAt = clock.now();
    this.#startDay = chinaDay(clock.now());
    this.#quotes = new QuoteBoard(provider, timers);
    this.#trading = new Trading(options, ledger, this.#quotes, (view) => this.#strategy.bumpAccount(view.version));
    const events = new Events((error) => log.error(`A listener failed: ${errorMessage(error)}`));
    logEvents(events, log);
    this.#strategy = new RunningStrategy({
      startRunner,
      provider,
      clock,
      calendar,
      log,
      events,
      gate: () => this.#trading.gate.reason(),
      context: (phase) => this.#context(phase),
      onOver: (result) => this.#over(result),
    });
    this.#ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.#scheduler = new Scheduler({
      clock,
      calendar,
      startDay: this.#startDay,
      hooks: this.#hooks,
      dispatch: (task) => this.#dispatch(task.label, task.dispatch),
      triggers: ledgerTriggers(ledger),
      eventTimeoutMs: limits.eventTimeoutMs,
      gate: () => this.#trading.gate.reason(),
      log: log.child('schedule'),
    });
  }

  async run(): Promise<RunReport> {
    // A clock that jumps when nothing is open must not jump over the start.
    const release = this.#options.clock.hold();
    const health = await this.#trading.open();
    try {
      if (health !== null) {
        this.#checkClock(health);
        const first = this.#requireAccount();
        await this.#startStrategy();
        this.#endServices = await startServices(this.#options, this.#ledger, this.#trading);
        release();
        await this.#ended;
        await this.#stopStrategy();
        await this.#trading.tracker.readNow();
        await this.#trading.account.refresh();
        return this.#report(first);
      }
      throw new BtError('STOPPED', 'Stopped before the account could be read; nothing was traded.', {
        fault: 'network',
      });
    } finally {
      await this.#endServices();
      await this.#stopStrategy();
      await this.#trading.stop();
      this.#quotes.stop();
    }
  }

  async #startStrategy(): Promise<void> {
    const strategy = this.#strategy;
    await strategy.start(this.#runnerOptions());
    const whole = (await strategy.startUp('initialize')) && (await strategy.startUp('process_initialize'));
    if (!whole) {
      this.#end();
      return;
    }
    for (const hook of strategy.hooks) this.#hooks.add(hook);
    this.#scheduler.start();
    strategy.arm();
    this.#armEnd();
    this.#options.onReady();
  }

  #runnerOptions(): RunnerOptions {
    const { provider, calendar, log, limits, clock } = this.#options;
    return {
      bundle: this.#bundle,
      runParams: { type: 'live', frequency: 'minute', startDate: this.#startDay },
      engine: createLiveCalls({
        desk: this.#trading.desk,
        book: this.#trading.book,
        quotes: this.#quotes,
        ticks: this.#strategy.ticks,
        provider,
        calendar,
        log,
        register: (task) => this.#scheduler.register(task),
        unscheduleAll: () => this.#scheduler.unscheduleAll(),
      }),
      log: log.child('strategy'),
      memoryLimitMb: limits.memoryLimitMb,
      hookTimeoutMs: limits.hookTimeoutMs,
      loadContext: this.#context('load'),
      clock,
    };
  }

  #context(phase: DispatchContext['phase']): DispatchContext {
    const { clock, calendar } = this.#options;
    const now = clock.now();
    const day = chinaDay(now);
    return { logicalTime: now, tradingDay: day, previousDate: calendar.previous(day), phase };
  }

  async #dispatch(label: string, dispatch: Dispatch): Promise<DispatchResult> {
    const { account } = this.#trading;
    if (account.age() > STALE_ACCOUNT_MS) await account.refresh();
    return this.#strategy.run(label, dispatch);
  }

  /** Nothing of the strategy is called any more. Several may say so: the dispatch that met its end, and the runner. */
  #over(result: DispatchResult): void {
    // Not awaited: it waits for the very task that is being judged here.
    void this.#scheduler.stop();
    if (result.kind === 'exit') this.#end();
    else if (!this.#ending) this.#endWhenSettled();
  }

  /** A strategy that is over leaves its orders: they are followed to their end before the run ends. */
  #endWhenSettled(): void {
    this.#ending = true;
    const { book } = this.#trading;
    const look = (): void => {
      // What only a person can settle is nothing to wait for.
      if (book.intents().every((intent) => isFinal(intent.state) || isUnseenEnd(intent))) this.#end();
    };
    book.onChange(look);
    look();
  }

  #armEnd(): void {
    const { clock, until, stop, log } = this.#options;
    if (until !== null) clock.at(until, this.#end);
    const stopped = (): void => {
      log.info('Stopping: the running hook is finished first. Press Ctrl-C again to leave at once.');
      this.#end();
    };
    if (stop.aborted) stopped();
    else stop.addEventListener('abort', stopped, { once: true });
  }

  async #stopStrategy(): Promise<void> {
    this.#trading.endDays();
    this.#strategy.disarm();
    await this.#scheduler.stop();
    await this.#strategy.stop();
  }

  /** A simulated clock on a venue with real money would send orders at times that are not. */
  #checkClock(health: VenueHealth): void {
    if (health.stub || this.#options.clock.kind === 'wall') return;
    throw new BtError(
      'CLOCK_REFUSED',
      'A simulated clock is for a stub only, and this gateway does not declare itself one. Leave out --at, --speed and --clock.',
      { fault: 'config' },
    );
  }

  #requireAccount(): AccountView {
    const view = this.#trading.account.view();
    if (view === null)
      throw new BtError('ACCOUNT_NOT_READ', 'The account was not read at start. Look at the gateway and start again.', {
        fault: 'venue',
      });
    return view;
  }

  #report(first: AccountView): RunReport {
    const { book, account } = this.#trading;
    return buildRunReport({
      strategy: this.#options.name,
      broker: this.#options.broker.name,
      clock: this.#options.clock.kind,
      startedAt: this.#startedAt,
      endedAt: this.#options.clock.now(),
      accountAtStart: first,
      accountAtEnd: account.view() ?? first,
      book,
      triggers: this.#ledger.triggersSince(this.#startedAt - this.#options.limits.eventTimeoutMs),
      errors: this.#strategy.errors.errors,
    });
  }
}
