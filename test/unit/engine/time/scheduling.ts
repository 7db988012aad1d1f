import type { TaskFrequency, TaskRegistration } from '../../../../runtime/host.ts';
import { TradingCalendar } from '../../../../src/domain/market/calendar.ts';
import { chinaInstant, chinaText } from '../../../../src/domain/time.ts';
import { Events } from '../../../../src/engine/events.ts';
import type { DispatchResult } from '../../../../src/engine/strategy/types.ts';
import type { DueTask } from '../../../../src/engine/time/due-task.ts';
import { Scheduler, type SchedulerOptions } from '../../../../src/engine/time/scheduler.ts';
import { MemoryTriggers } from '../../../../src/engine/time/triggers.ts';
import { SteppedClock } from '../../../../src/platform/stepped-clock.ts';
import { MemoryLog } from '../strategy/fake-engine.ts';

/** July 2026: the 1st is a Wednesday, Wednesday the 8th is closed. */
export const JULY = new TradingCalendar(['2026-07-08'], '2026-06-01', '2026-07-31');

/** Epoch ms of `2026-07-06 09:35` or `09:35` (on that Monday). */
export function at(text: string): number {
  const [day = '', time] = text.split(' ');
  return time === undefined ? chinaInstant('2026-07-06', day) : chinaInstant(day, time);
}

/** A run_* call; the name defaults to its own description. */
export function task(
  frequency: TaskFrequency,
  time: string,
  more: Partial<Omit<TaskRegistration, 'frequency' | 'time'>> = {},
): TaskRegistration {
  const ordinal = more.ordinal ?? null;
  return {
    module: 'main.ts',
    name: [frequency, ordinal ?? '', time].filter((part) => part !== '').join(' '),
    referenceSecurity: null,
    force: false,
    late: 'skip',
    ...more,
    frequency,
    time,
    ordinal,
  };
}

/** A scheduler on a clock that moves when told, and what came of it. */
export class Scheduling {
  readonly clock: SteppedClock;
  readonly triggers: MemoryTriggers;
  readonly log = new MemoryLog();
  /** Tasks handed to the strategy, in order. */
  readonly ran: DueTask[] = [];
  readonly scheduler: Scheduler;
  readonly events = new Events();
  gate: string | null = null;
  halted: string | null = null;
  run: (task: DueTask) => Promise<DispatchResult> = () => Promise.resolve({ kind: 'ok' });

  constructor(
    start: string,
    options: Partial<SchedulerOptions> & {
      readonly tasks?: readonly TaskRegistration[];
      readonly memory?: MemoryTriggers;
    } = {},
  ) {
    const { tasks = [], memory = new MemoryTriggers(), ...rest } = options;
    this.clock = new SteppedClock(at(start));
    this.triggers = memory;
    this.scheduler = new Scheduler({
      clock: this.clock,
      calendar: JULY,
      startedAt: at(start),
      startDay: '2026-07-01',
      bars: 'minute',
      hooks: new Set(),
      dispatch: (due) => {
        this.ran.push(due);
        return this.run(due);
      },
      triggers: memory,
      eventTimeoutMs: 60_000,
      gate: () => this.gate,
      halted: () => this.halted,
      events: this.events,
      log: this.log,
      ...rest,
    });
    for (const registration of tasks) this.scheduler.register(registration);
  }

  /** `name at time` of what ran, in order. */
  get lines(): string[] {
    return this.ran.map(({ due, dispatch }) => `${chinaText(due).slice(5)} ${dispatch.name}`);
  }

  /** Outcome and reason of each record, by `time name`. */
  get outcomes(): string[] {
    return [...this.triggers.records.values()].map(
      ({ due, task: label, outcome, reason }) =>
        `${chinaText(due).slice(5, 16)} ${label.replace(/ \(.*/u, '')}: ${outcome}${reason === null ? '' : `, ${reason}`}`,
    );
  }

  start(from: number | null = null): void {
    this.scheduler.start(from);
  }

  walk(text: string): Promise<void> {
    return this.clock.walk(at(text));
  }
}

/** A task that runs until told otherwise. */
export function pause(): { readonly run: () => Promise<DispatchResult>; readonly end: () => void } {
  const { promise, resolve } = Promise.withResolvers<DispatchResult>();
  return {
    run: () => promise,
    end: () => {
      resolve({ kind: 'ok' });
    },
  };
}
