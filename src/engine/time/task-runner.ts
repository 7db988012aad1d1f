import { errorMessage } from '../../domain/errors.ts';
import { chinaText } from '../../domain/time.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import type { Events } from '../events.ts';
import type { DispatchResult, StrategyError } from '../strategy/types.ts';
import type { DueTask } from './due-task.ts';
import type { LateTask } from './missed-tasks.ts';
import type { SkipReport } from './skip-report.ts';
import type { TriggerOutcome, TriggerRecord, TriggerStore } from './triggers.ts';

export interface TaskRunnerOptions {
  readonly clock: Clock;
  readonly dispatch: (task: DueTask) => Promise<DispatchResult>;
  readonly triggers: TriggerStore;
  readonly eventTimeoutMs: number;
  readonly gate: () => string | null;
  /** Hears of each record. */
  readonly events: Pick<Events, 'emit'>;
  readonly log: Log;
}

/** A task that begins later than this, in market or in wall time, counts as `ran_late`. */
const LATE_MS = 1000;

/** Decides what becomes of a due task, runs it, and keeps the trigger store. */
export class TaskRunner {
  readonly #options: TaskRunnerOptions;
  readonly #skips: SkipReport;
  /** What the first task in line waits for or has waited for. */
  #waiting: { readonly key: string; readonly reason: string } | null = null;
  /** Labels whose last run was late: a strategy that is always behind says so once. */
  readonly #late = new Set<string>();
  #startedUpAt = Number.NEGATIVE_INFINITY;
  /** Tasks of the last run that run all the same, by key, and why they are late. */
  readonly #again = new Map<string, string>();

  constructor(options: TaskRunnerOptions, skips: SkipReport) {
    this.#options = options;
    this.#skips = skips;
  }

  /** The start-up has ended now: what was due before is late because of it. */
  startedUp(): void {
    this.#startedUpAt = this.#options.clock.now();
  }

  /** What was missed or interrupted before the start is run now, as it was asked to be. */
  runAgain({ task, reason }: LateTask): void {
    this.#again.set(task.key, reason);
  }

  /** `wait`: the gate is closed but there is still time. `skip`: done with, and recorded where it has to be. */
  judge(task: DueTask): 'run' | 'wait' | 'skip' {
    const { clock, triggers, gate, eventTimeoutMs, log } = this.#options;
    if (!this.#again.has(task.key) && triggers.find(task.key) !== null) return 'skip';
    const lateness = clock.now() - task.due;
    const closed = gate();
    if (lateness > eventTimeoutMs) {
      this.#skip(task, closed ?? this.#causeOf(task, eventTimeoutMs) ?? lateReason(lateness, eventTimeoutMs));
      return 'skip';
    }
    if (closed === null) return 'run';
    if (this.#waiting?.key !== task.key) log.warning(`${task.label} waits: ${closed}`);
    this.#waiting = { key: task.key, reason: closed };
    return 'wait';
  }

  /** A task that came up and is not run any more, because the run ends. One that may run late is left to the next start. */
  leave(task: DueTask): void {
    if (task.registration?.late === 'run' || this.#options.triggers.find(task.key) !== null) return;
    this.#skip(task, this.#causeOf(task) ?? 'the run ended before its turn came');
  }

  /** Runs the task between two records, so that a crash in the middle does not make it run again. */
  async run(task: DueTask): Promise<DispatchResult> {
    const { clock, dispatch } = this.#options;
    this.#skips.flush();
    if (!this.#record(task, 'started', null, clock.now(), null)) return { kind: 'ok' };
    // After the record was written, which may take its time: this is when the call begins.
    const startedAt = clock.now();
    const late = this.#lateness(task, startedAt);
    const release = clock.hold('strategy');
    let result: DispatchResult;
    try {
      result = await dispatch(task);
    } catch (error) {
      this.#options.log.error(`${task.label} could not be run: ${errorMessage(error)}`);
      result = { kind: 'error', error: engineFault(error) };
    } finally {
      release();
    }
    const failure = failureOf(result);
    const outcome = failure === null ? (late === null ? 'ran' : 'ran_late') : 'failed';
    this.#record(task, outcome, failure ?? late, startedAt, clock.now());
    return result;
  }

  /** How late a run that begins now is, in words, and why where that is known; null when it is on time. */
  #lateness(task: DueTask, startedAt: number): string | null {
    if (!this.#isLate(task, startedAt)) {
      this.#late.delete(task.label);
      return null;
    }
    const cause = this.#causeOf(task);
    const text = `${secondsText(startedAt - task.due)} late${cause === null ? '' : `: ${cause}`}`;
    if (!this.#late.has(task.label)) this.#options.log.warning(`${task.label} runs ${text}`);
    this.#late.add(task.label);
    return text;
  }

  #skip(task: DueTask, reason: string): void {
    this.#record(task, 'skipped', reason, null, null);
    this.#skips.add(task, reason);
  }

  #isLate(task: DueTask, now: number): boolean {
    return now - task.due > LATE_MS * Math.max(1, this.#options.clock.speed);
  }

  /** `over`: the start-up alone made it later than so many ms, else it is not what the task was skipped for. */
  #causeOf(task: DueTask, over = 0): string | null {
    if (this.#waiting?.key === task.key) return this.#waiting.reason;
    const again = this.#again.get(task.key);
    if (again !== undefined) return again;
    return task.due < this.#startedUpAt - over ? `bt was still starting, until ${chinaText(this.#startedUpAt)}` : null;
  }

  /** False when it could not be written; then the task must not run. */
  #record(
    task: DueTask,
    outcome: TriggerOutcome,
    reason: string | null,
    startedAt: number | null,
    endedAt: number | null,
  ): boolean {
    const { key, label, due } = task;
    const { triggers, events } = this.#options;
    const trigger: TriggerRecord = { key, task: label, due, outcome, reason, startedAt, endedAt };
    try {
      triggers.record(trigger);
      events.emit({ kind: 'trigger', trigger });
      return true;
    } catch (error) {
      const reason = `its record could not be written: ${errorMessage(error)}`;
      const didNotRun = outcome === 'started' || outcome === 'skipped';
      if (didNotRun) events.emit({ kind: 'task_not_run', task: label, due, reason });
      else this.#options.log.error(`the outcome of ${label} (${outcome}) is lost: ${reason}`);
      return false;
    }
  }
}

function lateReason(lateness: number, limit: number): string {
  return `it came up ${secondsText(lateness)} late, more than ${limit / 1000} s (EVENT_TIME_OUT)`;
}

function secondsText(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}

function engineFault(error: unknown): StrategyError {
  const message = errorMessage(error);
  return { code: 'ENGINE_FAULT', message, fault: 'bug', stack: message, location: null };
}

function failureOf(result: DispatchResult): string | null {
  switch (result.kind) {
    case 'ok':
      return null;
    case 'error':
      return result.error.location === null
        ? result.error.message
        : `${result.error.location}: ${result.error.message}`;
    case 'exit':
      return `the strategy ended itself with process.exit(${result.code})`;
    case 'lost':
      return `the strategy was lost: ${result.reason}`;
  }
}
