import type { TaskRegistration } from '../../../runtime/host.ts';
import { ifKnown, type TradingCalendar } from '../../domain/market/calendar.ts';
import { addDays, chinaDay, chinaText } from '../../domain/time.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import { AS_BEFORE } from '../strategy-calls.ts';
import type { Events } from '../events.ts';
import { tasksOfDay, type DueTask } from './due-task.ts';
import type { SkipReport } from './skip-report.ts';
import type { TriggerRecord, TriggerStore } from './triggers.ts';

/** A run_* call and the instant from which it counts, epoch ms; null = from the beginning of the process that made it. */
export interface Registered {
  readonly task: TaskRegistration;
  readonly since: number | null;
}

export interface MissedOptions {
  readonly clock: Clock;
  readonly calendar: TradingCalendar;
  readonly startDay: string;
  readonly hooks: ReadonlySet<string>;
  readonly triggers: TriggerStore;
  /** Market ms. */
  readonly eventTimeoutMs: number;
  readonly events: Pick<Events, 'emit'>;
  readonly log: Log;
}

const NOT_RUNNING = 'bt was not running';

/**
 * Accounts at a start for what came up while nobody was there: what the last run began and did not end is `interrupted`, what was
 * due since is skipped. Returns the tasks with `late: 'run'` that are still to be run: due within the event time-out, and
 * without an order, for a task that has ordered would order again.
 */
export function settleMissed(
  options: MissedOptions,
  registrations: readonly Registered[],
  /** The last instant accounted for, epoch ms; null = there was no last run. */
  from: number | null,
  /** When this run began. */
  since: number,
  skips: SkipReport,
): DueTask[] {
  const { clock, triggers, events, eventTimeoutMs } = options;
  const missed = from === null ? [] : dueBetween(options, registrations, from, since);
  const isInTime = (task: DueTask): boolean =>
    task.registration?.late === 'run' && clock.now() - task.due <= eventTimeoutMs;
  const again = settleInterrupted(options);
  const retried = missed.filter((task) => isInTime(task) && (again.has(task.key) || triggers.find(task.key) === null));
  const kept = new Set(retried);
  const skipped = missed.filter((task) => !kept.has(task) && triggers.find(task.key) === null);
  const records = skipped.map((task) => skipRecord(task, NOT_RUNNING));
  if (records.length > 0) triggers.recordAll(records);
  for (const [index, trigger] of records.entries()) {
    events.emit({ kind: 'trigger', trigger });
    const task = skipped[index];
    if (task !== undefined) skips.add(task, NOT_RUNNING);
  }
  skips.flush();
  return retried;
}

/** The record of a task that is not run. */
export function skipRecord({ key, label, due }: DueTask, reason: string): TriggerRecord {
  return { key, task: label, due, outcome: 'skipped', reason, startedAt: null, endedAt: null };
}

/** Keys of interrupted calls that have not ordered anything. */
function settleInterrupted({ triggers, events, log }: MissedOptions): ReadonlySet<string> {
  const harmless = new Set<string>();
  for (const record of triggers.open()) {
    const orders = triggers.ordersOf(record.key);
    if (orders.length === 0) harmless.add(record.key);
    const what = orders.length === 0 ? 'it had ordered nothing' : `it had ordered ${orders.join(', ')}`;
    const reason = `bt stopped while it ran; ${what}`;
    const trigger: TriggerRecord = { ...record, outcome: 'interrupted', reason };
    triggers.record(trigger);
    events.emit({ kind: 'trigger', trigger });
    const more = orders.length === 0 ? '' : ` ${AS_BEFORE}`;
    log.warning(`${record.task}, due ${chinaText(record.due)}, was interrupted: ${reason}.${more}`);
  }
  return harmless;
}

/** Tasks and hooks due in [from, until), each registration from its own beginning on, in the order they would have run. */
function dueBetween(
  options: MissedOptions,
  registrations: readonly Registered[],
  from: number,
  until: number,
): DueTask[] {
  const { calendar, hooks, startDay } = options;
  const since = new Map(registrations.map((each) => [each.task, each.since]));
  const tasks: DueTask[] = [];
  for (let day = chinaDay(from); day <= chinaDay(until); day = addDays(day, 1)) {
    if (ifKnown(() => calendar.isTradingDay(day)) !== true) continue;
    const ofDay = tasksOfDay({ day, registrations: [...since.keys()], hooks, calendar, startDay, onUnknown: () => {} });
    const counts = ({ due, registration }: DueTask): boolean =>
      due >= from && due < until && due >= (registration === null ? from : (since.get(registration) ?? until));
    tasks.push(...ofDay.filter(counts));
  }
  return tasks;
}
