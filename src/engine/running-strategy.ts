import type { DispatchContext } from '../../runtime/host.ts';
import type { StrategyStatus } from '../domain/status/engine-status.ts';
import { errorMessage } from '../domain/errors.ts';
import type { TradingCalendar } from '../domain/market/calendar.ts';
import type { Clock } from '../platform/clock.ts';
import { newClientId } from '../platform/ids.ts';
import type { Log } from '../platform/log.ts';
import type { TimerSource } from '../platform/timers.ts';
import type { DataRouter } from './data/data-router.ts';
import { TickFeed } from './data/tick-feed.ts';
import { inTradingHours } from './data/ticking-hours.ts';
import type { Events } from './events.ts';
import { RunErrors, type Kind } from './run-errors.ts';
import type { StrategyStanding } from './run-view.ts';
import type { StrategyCall, StrategyCalls } from './strategy-calls.ts';
import type { StrategyState } from './strategy-state.ts';
import type { HookName } from './strategy/hooks.ts';
import type { RunnerOptions, StartRunner, StrategyRunner } from './strategy/runner.ts';
import type { Dispatch, DispatchResult, StrategyEnd } from './strategy/types.ts';

const NOT_RUNNING: StrategyEnd = { kind: 'lost', reason: 'the strategy is not running' };
const NO_HOOKS: ReadonlySet<HookName> = new Set();

export interface RunningStrategyParts {
  readonly startRunner: StartRunner;
  readonly data: Pick<DataRouter, 'subscribe' | 'unsubscribe' | 'onTick'>;
  readonly clock: Clock;
  readonly calendar: Pick<TradingCalendar, 'isTradingDay'>;
  readonly log: Log;
  readonly timers: Pick<TimerSource, 'after'>;
  readonly events: Events;
  /** Why nothing may be called now; null = it may. */
  readonly gate: () => string | null;
  /** Why a person wants nothing of it to be called, or null. */
  readonly paused: () => string | null;
  /** What holds for a hook that is called now. */
  readonly context: (phase: DispatchContext['phase']) => DispatchContext;
  /** Called before each call into the strategy. */
  readonly beforeCall: () => void;
  /** What the strategy keeps. The record of a task takes it along; what ticks have changed is written by itself. */
  readonly state: Pick<StrategyState, 'ended' | 'flush'> & { readonly calls: Pick<StrategyCalls, 'begin' | 'runs'> };
  /** Told once, when nothing of the strategy must be called any more. */
  readonly onOver: (result: DispatchResult) => void;
}

/** The strategy of a run: its runner, its ticks, and what goes wrong in it. */
export class RunningStrategy {
  readonly errors: RunErrors;
  readonly ticks: TickFeed;
  readonly #parts: RunningStrategyParts;
  readonly #endNow = new AbortController();
  #runner: StrategyRunner | null = null;
  #armed = false;
  #isOver = false;
  #isFinished = false;
  /** Calls that have not returned, oldest first. */
  readonly #calls: { readonly name: string; readonly since: number }[] = [];
  /** Market time of the last change of what it does, epoch ms. */
  #since: number;

  constructor(parts: RunningStrategyParts) {
    const { data, clock, log, timers, events, gate, context } = parts;
    this.#parts = parts;
    this.#since = clock.now();
    this.errors = new RunErrors(clock, parts.events);
    this.ticks = new TickFeed({
      data,
      clock,
      log,
      timers,
      events,
      wanted: () => this.hooks.has('handle_tick'),
      open: () =>
        this.#armed && gate() === null && this.halted() === null && inTradingHours(clock.now(), parts.calendar),
      context: () => context('hook'),
      dispatch: (ticks) => this.#call('handle_tick', ticks),
      onEnd: (result) => {
        this.#keep();
        this.#judge('handle_tick', result, 'tick');
      },
    });
  }

  /** Empty until it is loaded. */
  get hooks(): ReadonlySet<HookName> {
    return this.#runner?.hooks ?? NO_HOOKS;
  }

  /** True while something of it runs. */
  get isBusy(): boolean {
    return this.#calls.length > 0;
  }

  /** Loads it; throws as StartRunner does. */
  async start(options: Omit<RunnerOptions, 'endNow'>): Promise<void> {
    const runner = await this.#parts.startRunner({ ...options, endNow: this.#endNow.signal });
    this.#runner = runner;
    runner.onLost((end) => this.#judge('the strategy', end, 'task'));
    runner.onFault((error) => this.errors.fault('outside any hook', error));
  }

  /** Runs a start-up hook when the strategy has it. False when the strategy cannot go on. */
  async startUp(name: 'initialize' | 'process_initialize' | 'after_code_changed'): Promise<boolean> {
    if (!this.hooks.has(name)) return true;
    const result = await this.#call(name, { kind: 'hook', name, context: this.#parts.context('initialize') });
    this.errors.take(name, result);
    return result.kind === 'ok';
  }

  /** Why nothing of it may be called although it runs; null = it may. */
  halted(): string | null {
    return this.errors.halted ? 'the strategy is halted ("bt resume" lets it go on)' : this.#parts.paused();
  }

  /** How it stands; null = it has not been loaded. */
  standing(): StrategyStanding | null {
    const pids = this.#runner?.pids() ?? [];
    if (this.#isOver) return { state: 'ended', why: 'the strategy has ended', pids };
    if (this.#runner === null) return null;
    const why = this.halted();
    return { state: why === null ? 'runs' : 'waits', why, pids };
  }

  /** What it is doing. */
  status(): StrategyStatus {
    const [running] = this.#calls;
    if (running !== undefined) return { state: 'running', inTask: running.name, since: running.since };
    const state = this.#isOver ? 'lost' : this.errors.halted ? 'halted' : this.#armed ? 'idle' : 'starting';
    return { state, inTask: null, since: this.#since };
  }

  /** From now on ticks are handed on. */
  arm(): void {
    this.#armed = true;
    this.#since = this.#parts.clock.now();
  }

  /** Runs one hook or task; `label` names it in what is said, `key` in what is written down. */
  async run(label: string, dispatch: Dispatch, key?: string): Promise<DispatchResult> {
    // That it is not there any more is no failure of it.
    if (this.#runner === null) return NOT_RUNNING;
    const result = await this.#call(label, dispatch, key);
    this.#judge(label, result, 'task');
    return result;
  }

  /** The run has come to the end it was given: `on_strategy_end`, once. One that is ended before does not call it, as at JoinQuant. */
  async finish(): Promise<void> {
    const name = 'on_strategy_end';
    if (this.#isFinished || !this.hooks.has(name) || this.halted() !== null) return;
    this.#isFinished = true;
    await this.run(`${name} (hook)`, { kind: 'hook', name, context: this.#parts.context('hook') });
  }

  bumpAccount(version: number): void {
    this.#runner?.bumpAccount(version);
  }

  /** No ticks any more; what runs goes on. */
  disarm(): void {
    this.#armed = false;
    this.ticks.stop();
  }

  /** Ends it whatever it is doing, also while it loads; `reason` says why, in words. */
  endNow(reason: string): void {
    this.disarm();
    this.#endNow.abort(reason);
  }

  /** Lets the running hook finish and ends it. */
  async stop(): Promise<void> {
    this.disarm();
    const runner = this.#runner;
    this.#runner = null;
    await runner?.stop();
  }

  async #call(name: string, dispatch: Dispatch, id = newClientId()): Promise<DispatchResult> {
    if (this.#runner === null) return NOT_RUNNING;
    const { beforeCall, clock, state } = this.#parts;
    beforeCall();
    const call = state.calls.begin({ id, name, beganAt: clock.now() });
    const running = { name, since: clock.now() };
    this.#calls.push(running);
    const release = clock.hold('strategy');
    try {
      const result = await this.#runner.dispatch(this.#noted(dispatch, call));
      state.ended(result, call.isWritten ? id : null);
      return result;
    } finally {
      release();
      call.hasEnded = true;
      this.#calls.splice(this.#calls.indexOf(running), 1);
      this.#since = clock.now();
    }
  }

  /** Which ticks they are, and under which context, is known when their turn has come. */
  #noted(dispatch: Dispatch, call: StrategyCall): Dispatch {
    const { calls } = this.#parts.state;
    if (dispatch.kind !== 'ticks') {
      calls.runs(dispatch.context, call);
      return dispatch;
    }
    const take = (): ReturnType<typeof dispatch.take> => {
      const taken = dispatch.take();
      calls.runs(taken.context, call);
      return taken;
    };
    return { kind: 'ticks', take };
  }

  /** One that is halted may go on some time; one that is gone may not. */
  #judge(label: string, result: DispatchResult, kind: Kind): void {
    this.errors.take(label, result, kind);
    if (result.kind === 'exit' || result.kind === 'lost') this.#over(result);
  }

  /** What cannot be written stays gathered for the next time. */
  #keep(): void {
    try {
      this.#parts.state.flush();
    } catch (error) {
      this.#parts.log.error(`What handle_tick has changed could not be kept: ${errorMessage(error)}`);
    }
  }

  /** Both the call that met its end and the runner tell of it. */
  #over(result: DispatchResult): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#since = this.#parts.clock.now();
    this.disarm();
    this.#parts.onOver(result);
  }
}
