import type { TaskRegistration } from '../../../runtime/host.ts';
import { errorMessage } from '../../domain/errors.ts';
import type { TradingCalendar } from '../../domain/market/calendar.ts';
import type { BarFrequency } from '../../domain/market/session.ts';
import { checkRule } from '../../domain/schedule/instants.ts';
import type { Clock, ClockTimer } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import type { Events } from '../events.ts';
import type { DispatchResult } from '../strategy/types.ts';
import { DayPlanner } from './day-planner.ts';
import { compareDue, isSameTask, labelOf, type DueTask, type Registered } from './due-task.ts';
import { settleMissed } from './missed-tasks.ts';
import { openingText } from './opening-text.ts';
import { SkipReport } from './skip-report.ts';
import { TaskRunner } from './task-runner.ts';
import type { TriggerStore } from './triggers.ts';

export interface SchedulerOptions {
  readonly clock: Clock;
  readonly calendar: TradingCalendar;
  /** When the process began, market time, epoch ms. */
  readonly startedAt: number;
  /** The day the strategy first started, `YYYY-MM-DD`: its first week and month are counted from there. */
  readonly startDay: string;
  /** When handle_data and every_bar run. */
  readonly bars: BarFrequency;
  /** The hooks the strategy has. */
  readonly hooks: ReadonlySet<string>;
  /** Runs one task in the strategy; must not reject. */
  readonly dispatch: (task: DueTask) => Promise<DispatchResult>;
  readonly triggers: TriggerStore;
  /** Market ms: a task later than this is skipped. */
  readonly eventTimeoutMs: number;
  /** Why tasks must not run now, in words; null = they may. Asked right before each task. */
  readonly gate: () => string | null;
  /** Why they must not until a person says so: no passing of the market's time ends that. */
  readonly halted: () => string | null;
  /** Told of each trigger record; says when the gate has opened. */
  readonly events: Pick<Events, 'emit' | 'on'>;
  readonly log: Log;
}

/** A closed gate is looked at again after this much wall time, and at once when an event says that it has opened. */
const GATE_RETRY_MS = 250;

/**
 * Runs the strategy's tasks and daily hooks on exchange time, strictly one after another. A task that comes up late (behind
 * another, behind a closed gate, during the start-up, after the machine slept) still runs within the
 * event time-out, counted when its call begins, and is skipped after it; both are recorded and told. Nothing from before the start
 * is made up for, and nothing the trigger store knows runs again.
 */
export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #planner: DayPlanner;
  readonly #runner: TaskRunner;
  readonly #skips: SkipReport;
  #registered: readonly Registered[] = [];
  /** Due and future tasks of the days planned so far, in the order they run. */
  #pending: DueTask[] = [];
  #timer: ClockTimer | null = null;
  #run: Promise<void> | null = null;
  #state: 'new' | 'started' | 'ended' = 'new';
  /** Nothing due later is run. */
  #last = Number.POSITIVE_INFINITY;
  /** Ends the present wait. */
  #wake: (() => void) | null = null;
  readonly #unhear: () => void;

  constructor(options: SchedulerOptions) {
    this.#options = options;
    this.#planner = new DayPlanner(options);
    this.#skips = new SkipReport(options.log);
    this.#runner = new TaskRunner({ ...options, gate: () => this.#closed() }, this.#skips);
    this.#unhear = options.events.on((event) => {
      if (event.kind === 'gate' && event.reason === null) this.#wake?.();
    });
  }

  /**
   * Takes one run_* call, at any time; today's instants that have passed are not made up for. Asked twice for the same function, frequency,
   * ordinal and time, it keeps one, with the newer details. BtError BAD_TIME_EXPRESSION, BAD_ORDINAL.
   */
  register(registration: TaskRegistration): void {
    checkRule(registration);
    const twin = this.#registered.find(({ task }) => isSameTask(task, registration));
    if (twin !== undefined) {
      this.#options.log.warning(`${labelOf(registration)} is registered already; it will run once, not twice`);
      this.#registered = this.#registered.filter((each) => each !== twin);
      this.#pending = this.#pending.filter((task) => task.registration !== twin.task);
    }
    const now = this.#options.clock.now();
    // The same registration goes on from its own beginning: what was missed of it is still accounted for.
    const since = twin?.since ?? (this.#state === 'new' ? this.#options.startedAt : now + 1);
    this.#registered = [...this.#registered, { task: registration, since }];
    if (this.#state !== 'started') return;
    this.#add(this.#planner.today([registration], new Set()).filter((task) => task.due > now));
    if (this.#run === null) this.#arm();
  }

  /** Takes what an earlier run has registered, each from its own beginning on. */
  restore(registered: readonly Registered[]): void {
    this.#registered = registered;
  }

  /** Forgets every registration, also for the rest of today; the hooks stay. */
  unscheduleAll(): void {
    this.#registered = [];
    this.#pending = this.#pending.filter((task) => task.registration === null);
    if (this.#state === 'started' && this.#run === null) this.#arm();
  }

  /** What is registered now, in order. */
  registrations(): readonly Registered[] {
    return this.#registered;
  }

  /**
   * Starts. Tasks due before the process began are accounted for from `from` on, the last instant that is (null: there was no run
   * before), and run only where they were registered with `late: 'run'`.
   */
  start(from: number | null = null): void {
    if (this.#state !== 'new') return;
    this.#state = 'started';
    this.#runner.startedUp();
    const again = settleMissed(this.#options, this.#registered, from, this.#skips);
    for (const late of again) this.#runner.runAgain(late);
    this.#planner.begin(this.#options.startedAt);
    this.#add([...again.map(({ task }) => task), ...this.#planner.roll(this.#tasks())]);
    this.#arm();
  }

  /** The calendar reaches further than it did: days that could not be planned may be. */
  calendarGrew(): void {
    if (this.#state === 'started' && this.#run === null) this.#arm();
  }

  /** The run ends at this instant: runs what is due by then and nothing else. Null = nothing is, or something holds it up. */
  runLast(instant: number): Promise<void> | null {
    if (this.#run !== null) return null;
    this.#last = instant;
    return this.#due() === null ? null : this.#begin();
  }

  /** Starts nothing more and resolves when the running task has ended. What came up meanwhile, or before, is recorded as skipped. */
  async stop(): Promise<void> {
    const left = this.#pending;
    this.#end();
    await this.#run;
    for (const task of left) if (task.due <= this.#options.clock.now()) this.#runner.leave(task);
    this.#skips.flush();
  }

  /** What comes next, in words: the market's opening while it is closed, and the first task. */
  outlook(): string {
    const { clock, calendar } = this.#options;
    return openingText(clock.now(), calendar, this.#pending[0] ?? this.#planner.nextAfterToday(this.#tasks()));
  }

  #tasks(): TaskRegistration[] {
    return this.#registered.map(({ task }) => task);
  }

  #add(tasks: readonly DueTask[]): void {
    if (tasks.length === 0) return;
    this.#pending = [...this.#pending, ...tasks].sort(compareDue);
  }

  #end(): void {
    this.#state = 'ended';
    this.#pending = [];
    this.#timer?.cancel();
    this.#timer = null;
    this.#unhear();
    this.#wake?.();
  }

  /** Waits for whatever comes first: the next task, or the day after which the next ones are planned. */
  #arm(): void {
    this.#timer?.cancel();
    this.#timer = null;
    if (this.#state !== 'started') return;
    const instants = [this.#pending[0]?.due ?? null, this.#planner.rollAt()].filter((each) => each !== null);
    if (instants.length === 0) return;
    this.#timer = this.#options.clock.at(Math.min(...instants), () => void this.#begin());
  }

  #begin(): Promise<void> {
    this.#run ??= this.#runDue().finally(() => {
      this.#run = null;
      this.#arm();
    });
    return this.#run;
  }

  async #runDue(): Promise<void> {
    for (let task = this.#due(); task !== null; task = this.#due()) await this.#take(task);
    this.#skips.flush();
  }

  /** The first task if it is due; plans the days that have begun on the way. */
  #due(): DueTask | null {
    if (this.#state !== 'started') return null;
    this.#add(this.#planner.roll(this.#tasks()));
    const first = this.#pending[0];
    const { clock } = this.#options;
    if (first === undefined || first.due > Math.min(clock.now(), this.#last)) return null;
    // At the end nothing is waited for.
    return this.#last < Number.POSITIVE_INFINITY && this.#closed() !== null ? null : first;
  }

  #closed(): string | null {
    return this.#options.gate() ?? this.#options.halted();
  }

  /** Whatever goes wrong around a task costs that task, never the ones after it. */
  async #take(task: DueTask): Promise<void> {
    try {
      const verdict = this.#runner.judge(task);
      if (verdict === 'wait') {
        const { clock } = this.#options;
        await this.#wait(clock.now() + GATE_RETRY_MS * clock.speed);
        return;
      }
      this.#drop(task);
      if (verdict === 'skip' || this.#state !== 'started') return;
      const result = await this.#runner.run(task);
      if (result.kind === 'exit' || result.kind === 'lost') this.#end();
    } catch (error) {
      this.#drop(task);
      this.#options.log.error(`${task.label} is not run: ${errorMessage(error)}`);
    }
  }

  #drop(task: DueTask): void {
    this.#pending = this.#pending.filter((each) => each !== task);
  }

  /** Until the instant, or woken. Behind a closed gate the market clock flows meanwhile, also one that jumps otherwise. */
  async #wait(instant: number): Promise<void> {
    const { clock, gate } = this.#options;
    const release = gate() === null ? null : clock.hold();
    const woken = Promise.withResolvers<void>();
    this.#wake = () => woken.resolve();
    const timer = clock.at(instant, this.#wake);
    await woken.promise;
    timer.cancel();
    this.#wake = null;
    release?.();
  }
}
