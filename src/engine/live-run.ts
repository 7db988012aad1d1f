import { BtError } from '../domain/errors.ts';
import { isUnseenEnd } from '../domain/order/intent.ts';
import { isFinal } from '../domain/order/state.ts';
import type { AccountView } from '../domain/order/types.ts';
import { chinaDay } from '../domain/time.ts';
import type { DispatchContext } from '../../runtime/host.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { VenueHealth } from '../venues/broker.ts';
import { DataRouter } from './data/data-router.ts';
import { QuoteBoard } from './data/quote-board.ts';
import { createLiveHost } from './live-host.ts';
import type { LiveOptions } from './live-options.ts';
import type { RunReport } from './report.ts';
import { RunErrors } from './run-errors.ts';
import { buildRunReport } from './run-report.ts';
import { startServices } from './services.ts';
import type { HookName } from './strategy/hooks.ts';
import type { StrategyBundle } from './strategy/types.ts';
import { StrategyWorker } from './strategy/worker-host.ts';
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
  readonly #data: DataRouter;
  readonly #quotes: QuoteBoard;
  readonly #trading: Trading;
  readonly #errors: RunErrors;
  readonly #scheduler: Scheduler;
  readonly #startedAt: number;
  /** Filled when the strategy is loaded; the scheduler looks when it starts. */
  readonly #hooks = new Set<HookName>();
  #worker: StrategyWorker | null = null;
  #endServices: () => Promise<void> = () => Promise.resolve();
  #end: () => void = () => undefined;
  readonly #ended: Promise<void>;

  constructor(options: LiveOptions, ledger: Ledger, bundle: StrategyBundle) {
    const { clock, log, calendar, timers, limits } = options;
    this.#options = options;
    this.#ledger = ledger;
    this.#bundle = bundle;
    this.#startedAt = clock.now();
    this.#data = new DataRouter(options.providers, options.knownSources);
    this.#quotes = new QuoteBoard(this.#data, timers);
    this.#trading = new Trading(options, ledger, this.#quotes, (view) => this.#worker?.bumpAccount(view.version));
    this.#errors = new RunErrors(clock, log);
    this.#ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.#scheduler = new Scheduler({
      clock,
      calendar,
      startDay: chinaDay(clock.now()),
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
    const release = this.#options.clock.hold('still');
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
    const worker = await this.#startWorker();
    this.#worker = worker;
    worker.onLost((end) => {
      this.#errors.take('the strategy', end, 0);
      if (end.kind === 'exit') this.#end();
      else this.#endWhenSettled();
    });
    worker.onFault((error) => this.#errors.fault('outside any hook', error));
    const broken = (await this.#hook('initialize')) || (await this.#hook('process_initialize'));
    if (broken) {
      this.#end();
      return;
    }
    for (const hook of worker.hooks) this.#hooks.add(hook);
    this.#scheduler.start();
    this.#armEnd();
    this.#options.onReady();
  }

  async #startWorker(): Promise<StrategyWorker> {
    const { calendar, log, limits, clock } = this.#options;
    return StrategyWorker.start({
      bundle: this.#bundle,
      runParams: { type: 'live', frequency: 'minute', startDate: chinaDay(clock.now()) },
      host: createLiveHost({
        desk: this.#trading.desk,
        book: this.#trading.book,
        quotes: this.#quotes,
        data: this.#data,
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
    });
  }

  /** Runs a start-up hook when the strategy has it. True when the strategy cannot go on. */
  async #hook(name: 'initialize' | 'process_initialize'): Promise<boolean> {
    if (this.#worker?.hooks.has(name) !== true) return false;
    const result = await this.#worker.dispatch({ kind: 'hook', name, context: this.#context('initialize') });
    this.#errors.take(name, result, 0);
    return result.kind !== 'ok';
  }

  #context(phase: DispatchContext['phase']): DispatchContext {
    const { clock, calendar } = this.#options;
    const now = clock.now();
    const day = chinaDay(now);
    return { logicalTime: now, tradingDay: day, previousDate: calendar.previous(day), phase };
  }

  async #dispatch(
    label: string,
    dispatch: Parameters<StrategyWorker['dispatch']>[0],
  ): ReturnType<StrategyWorker['dispatch']> {
    const { account } = this.#trading;
    if (account.age() > STALE_ACCOUNT_MS) await account.refresh();
    const worker = this.#worker;
    if (worker === null) return { kind: 'lost', reason: 'the strategy is not running' };
    const result = await worker.dispatch(dispatch);
    if (this.#errors.take(label, result, worker.failuresInARow)) {
      // Not awaited: it waits for the very task that is being judged here.
      void this.#scheduler.stop();
      if (result.kind === 'error') this.#endWhenSettled();
    }
    return result;
  }

  /** A strategy that is over leaves its orders: they are followed to their end before the run ends. */
  #endWhenSettled(): void {
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
    await this.#scheduler.stop();
    const worker = this.#worker;
    this.#worker = null;
    await worker?.stop();
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
      errors: this.#errors.errors,
    });
  }
}
