import { ifKnown, type TradingCalendar } from '../../domain/market/calendar.ts';
import type { BarFrequency } from '../../domain/market/session.ts';
import { addDays, chinaDay, chinaText } from '../../domain/time.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import { AS_BEFORE } from '../strategy-calls.ts';
import type { Events } from '../events.ts';
import { tasksOfDay, type DueTask, type Registered } from './due-task.ts';
import type { SkipReport } from './skip-report.ts';
import type { TriggerOutcome, TriggerRecord, TriggerStore } from './triggers.ts';

export interface MissedOptions {
  readonly clock: Clock;
  readonly calendar: TradingCalendar;
  /** When this run began, epoch ms. */
  readonly startedAt: number;
  readonly startDay: string;
  readonly bars: BarFrequency;
  readonly hooks: ReadonlySet<string>;
  readonly triggers: TriggerStore;
  /** Market ms. */
  readonly eventTimeoutMs: number;
  readonly events: Pick<Events, 'emit'>;
  readonly log: Log;
}

const NOT_RUNNING = 'bt was not running';
const CUT_OFF = 'bt stopped while it ran';

/** A task of before the start that is run all the same, and why it is late. */
export interface LateTask {
  readonly task: DueTask;
  readonly reason: string;
}

/**
 * Accounts at a start for what came up while nobody was there: what the last run began and did not end is `interrupted`, what was
 * due since is skipped. Returns the tasks with `late: 'run'` that are still to be run, now `pending`: due within the event time-out,
 * and without an order, for a task that has ordered would order again.
 */
export function settleMissed(
  options: MissedOptions,
  registrations: readonly Registered[],
  /** The last instant accounted for, epoch ms; null = there was no last run. */
  from: number | null,
  skips: SkipReport,
): LateTask[] {
  const { triggers, startedAt } = options;
  const open = new Map(triggers.open().map((record) => [record.key, record]));
  // What was pending or cut off may lie before the last record: others were written meanwhile.
  const earliest = Math.min(from ?? startedAt, ...Array.from(open.values(), ({ due }) => due));
  const isMissed = ({ key, due }: DueTask): boolean =>
    open.has(key) || (from !== null && due >= from && triggers.find(key) === null);
  const missed = dueBetween(options, registrations, earliest, startedAt).filter(isMissed);
  const cutOff = [...open.values()]
    .filter(({ outcome }) => outcome === 'started')
    .map((each) => interrupt(options, each));
  const harmed = new Set(cutOff.flatMap(({ trigger, orders }) => (orders.length === 0 ? [] : [trigger.key])));
  const retried = missed
    .filter((task) => isInTime(options, task) && !harmed.has(task.key))
    .map((task): LateTask => ({ task, reason: whyLate(open.get(task.key)) }));
  const over = new Set([...cutOff.map(({ trigger }) => trigger.key), ...retried.map(({ task }) => task.key)]);
  const skipped = missed.filter(({ key }) => !over.has(key));
  for (const { key } of missed) over.add(key);
  // Nobody has registered it any more.
  const gone = [...open.values()].filter(({ key }) => !over.has(key));
  const records = [
    ...skipped.map((task) => recordOf(task, 'skipped', NOT_RUNNING)),
    ...gone.map((each): TriggerRecord => ({ ...each, outcome: 'skipped', reason: NOT_RUNNING })),
  ];
  const pending = retried.map(({ task, reason }) => recordOf(task, 'pending', reason));
  const all = [...cutOff.map(({ trigger }) => trigger), ...records, ...pending];
  if (all.length > 0) triggers.recordAll(all); // at once: what is cut off between is found again whole
  tell(options, cutOff, records);
  for (const task of skipped) skips.add(task, NOT_RUNNING);
  skips.flush();
  return retried;
}

function isInTime({ clock, eventTimeoutMs }: MissedOptions, { registration, due }: DueTask): boolean {
  return registration?.late === 'run' && clock.now() - due <= eventTimeoutMs;
}

function whyLate(record: TriggerRecord | undefined): string {
  return record?.outcome === 'started' ? CUT_OFF : (record?.reason ?? NOT_RUNNING);
}

function recordOf({ key, label, due }: DueTask, outcome: TriggerOutcome, reason: string): TriggerRecord {
  return { key, task: label, due, outcome, reason, startedAt: null, endedAt: null };
}

interface CutOff {
  readonly trigger: TriggerRecord;
  readonly orders: readonly string[];
}

/** What a restart makes of a call that has no end. */
function interrupt({ triggers }: MissedOptions, record: TriggerRecord): CutOff {
  const orders = triggers.ordersOf(record.key);
  const what = orders.length === 0 ? 'it had ordered nothing' : `it had ordered ${orders.join(', ')}`;
  return { trigger: { ...record, outcome: 'interrupted', reason: `${CUT_OFF}; ${what}` }, orders };
}

function tell({ events, log }: MissedOptions, cutOff: readonly CutOff[], skipped: readonly TriggerRecord[]): void {
  for (const { trigger, orders } of cutOff) {
    events.emit({ kind: 'trigger', trigger });
    const { task, due, reason } = trigger;
    const more = orders.length === 0 ? '' : ` ${AS_BEFORE}`;
    log.warning(`${task}, due ${chinaText(due)}, was interrupted: ${reason ?? CUT_OFF}.${more}`);
  }
  for (const trigger of skipped) events.emit({ kind: 'trigger', trigger });
}

/** Tasks and hooks due in [from, until), each registration from its own beginning on, in the order they would have run. */
function dueBetween(
  options: MissedOptions,
  registrations: readonly Registered[],
  from: number,
  until: number,
): DueTask[] {
  const { calendar, hooks, startDay, bars } = options;
  const since = new Map(registrations.map((each) => [each.task, each.since]));
  const tasks: DueTask[] = [];
  for (let day = chinaDay(from); day <= chinaDay(until); day = addDays(day, 1)) {
    if (ifKnown(() => calendar.isTradingDay(day)) !== true) continue;
    const ofDay = tasksOfDay({
      day,
      registrations: [...since.keys()],
      hooks,
      calendar,
      startDay,
      bars,
      onUnknown: () => {},
    });
    const counts = ({ due, registration }: DueTask): boolean =>
      due >= from && due < until && due >= (registration === null ? from : (since.get(registration) ?? until));
    tasks.push(...ofDay.filter(counts));
  }
  return tasks;
}
