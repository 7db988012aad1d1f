import { errorMessage } from '../../domain/errors.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import type { DispatchResult, StrategyError } from '../strategy/types.ts';
import type { DueTask } from './due-task.ts';
import type { SkipReport } from './skip-report.ts';
import type { TriggerOutcome, TriggerStore } from './triggers.ts';

export interface TaskRunnerOptions {
  readonly clock: Clock;
  readonly dispatch: (task: DueTask) => Promise<DispatchResult>;
  readonly triggers: TriggerStore;
  readonly eventTimeoutMs: number;
  readonly gate: () => string | null;
  readonly log: Log;
}

/** A task that begins later than this, in market or in wall time, counts as `ran_late`. */
const LATE_MS = 1000;

/** Decides what becomes of a due task, runs it, and keeps the trigger store. */
export class TaskRunner {
  readonly #options: TaskRunnerOptions;
  readonly #skips: SkipReport;
  /** Why the first task in line waits, so that it is said once and kept as the reason of a skip. */
  #waiting: { readonly key: string; readonly reason: string } | null = null;

  constructor(options: TaskRunnerOptions, skips: SkipReport) {
    this.#options = options;
    this.#skips = skips;
  }

  /** `wait`: the gate is closed but there is still time. `skip`: done with, and recorded where it has to be. */
  judge(task: DueTask): 'run' | 'wait' | 'skip' {
    const { clock, triggers, gate, eventTimeoutMs, log } = this.#options;
    const known = triggers.find(task.key);
    if (known !== null) {
      if (known === 'started') log.warning(`${task.label} was interrupted the last time and is not run again`);
      return 'skip';
    }
    const lateness = clock.now() - task.due;
    const closed = gate();
    if (lateness > eventTimeoutMs) {
      this.#skip(task, closed ?? this.#waitedFor(task) ?? lateReason(lateness, eventTimeoutMs));
      return 'skip';
    }
    if (closed === null) return 'run';
    if (this.#waitedFor(task) === null) log.warning(`${task.label} waits: ${closed}`);
    this.#waiting = { key: task.key, reason: closed };
    return 'wait';
  }

  /** Runs the task between two records, so that a crash in the middle does not make it run again. */
  async run(task: DueTask): Promise<DispatchResult> {
    const { clock, dispatch } = this.#options;
    this.#skips.flush();
    const startedAt = clock.now();
    const late = startedAt - task.due > LATE_MS * Math.max(1, clock.speed);
    if (!this.#record(task, 'started', null, startedAt, null)) return { kind: 'ok' };
    const release = clock.hold();
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
    const outcome = failure === null ? (late ? 'ran_late' : 'ran') : 'failed';
    this.#record(task, outcome, failure, startedAt, clock.now());
    return result;
  }

  #skip(task: DueTask, reason: string): void {
    this.#record(task, 'skipped', reason, null, null);
    this.#skips.add(task, reason);
  }

  #waitedFor(task: DueTask): string | null {
    return this.#waiting?.key === task.key ? this.#waiting.reason : null;
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
    try {
      this.#options.triggers.record({ key, task: label, due, outcome, reason, startedAt, endedAt });
      return true;
    } catch (error) {
      const what = outcome === 'started' ? `${label} is not run` : `the outcome of ${label} (${outcome}) is lost`;
      this.#options.log.error(`${what}: its record could not be written: ${errorMessage(error)}`);
      return false;
    }
  }
}

function lateReason(lateness: number, limit: number): string {
  return `it came up ${Math.round(lateness / 1000)} s late, more than ${limit / 1000} s (EVENT_TIME_OUT)`;
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
