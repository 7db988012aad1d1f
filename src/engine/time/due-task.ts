import { keepOwnName } from '../../platform/own-names.ts';
import type { DispatchContext, TaskRegistration } from '../../../runtime/host.ts';
import { ifKnown, previousKnown, type TradingCalendar } from '../../domain/market/calendar.ts';
import type { BarFrequency } from '../../domain/market/session.ts';
import { compareSameMinute, dueInstants } from '../../domain/schedule/instants.ts';
import { chinaText } from '../../domain/time.ts';
import type { FunctionCall } from '../strategy/types.ts';
import { hooksOfDay } from './hooks-of-day.ts';

/** A run_* call, and the market time from which it counts, epoch ms; kept so for the next start. */
export interface Registered {
  readonly task: TaskRegistration;
  readonly since: number;
}

/** One call that is due at one instant. */
export interface DueTask {
  /** The same for the same call after a restart; what the trigger store knows it by. */
  readonly key: string;
  /** In words: `check_sell (daily 09:36)`. */
  readonly label: string;
  /** Trading day, `YYYY-MM-DD`. */
  readonly day: string;
  /** Epoch ms; the logical time of the call. */
  readonly due: number;
  /** The run_* call behind it; null for a hook. */
  readonly registration: TaskRegistration | null;
  /** What to hand to the strategy. */
  readonly dispatch: FunctionCall;
}

/** Everything due on one trading day, in the order it runs. `onUnknown` hears of what the calendar cannot place for its end. */
export function tasksOfDay(options: {
  readonly day: string;
  readonly registrations: readonly TaskRegistration[];
  readonly hooks: ReadonlySet<string>;
  readonly calendar: TradingCalendar;
  readonly startDay: string;
  readonly bars: BarFrequency;
  readonly onUnknown: (registration: TaskRegistration) => void;
}): DueTask[] {
  const { day, registrations, hooks, calendar, startDay, bars, onUnknown } = options;
  const previousDate = previousKnown(calendar, day);
  const contextAt = (due: number, phase: 'task' | 'hook'): DispatchContext => ({
    logicalTime: due,
    tradingDay: day,
    previousDate,
    phase,
  });
  const tasks = registrations.flatMap((registration) => {
    const instants = ifKnown(() => dueInstants(registration, day, calendar, startDay, bars));
    if (instants === null) onUnknown(registration);
    return (instants ?? []).map((due) => taskOf(registration, day, due, contextAt(due, 'task')));
  });
  const dayHooks = hooksOfDay(day, hooks, bars).map(({ name, due }): DueTask => {
    const label = `${name} (hook)`;
    const dispatch: FunctionCall = { kind: 'hook', name, context: contextAt(due, 'hook') };
    return { key: keyOf(day, '', name, 'hook', '', null, due), label, day, due, registration: null, dispatch };
  });
  return [...tasks, ...dayHooks].sort(compareDue);
}

/** By instant; at one instant monthly, weekly, daily, then the hooks. Equal ones keep the order they were given in. */
export function compareDue(a: DueTask, b: DueTask): number {
  if (a.due !== b.due) return a.due - b.due;
  if (a.registration !== null && b.registration !== null) return compareSameMinute(a.registration, b.registration);
  return Number(a.registration === null) - Number(b.registration === null);
}

/** True when both calls ask for the same function at the same times: the second would run everything twice. */
export function isSameTask(a: TaskRegistration, b: TaskRegistration): boolean {
  return nameOf(a) === nameOf(b);
}

/** A registration in words: `check_sell (daily 09:36)`. */
export function labelOf({ name, frequency, ordinal, time }: TaskRegistration): string {
  keepOwnName(name);
  return `${name} (${frequency}${ordinal === null ? '' : ` ${ordinal}`} ${time})`;
}

function taskOf(registration: TaskRegistration, day: string, due: number, context: DispatchContext): DueTask {
  const { module, name, frequency, time, ordinal } = registration;
  return {
    key: keyOf(day, module, name, frequency, time, ordinal, due),
    label: labelOf(registration),
    day,
    due,
    registration,
    dispatch: { kind: 'task', module, name, context },
  };
}

function nameOf({ module, name, frequency, time, ordinal }: TaskRegistration): string {
  return [module, name, frequency, time, ordinal ?? ''].join('|');
}

function keyOf(
  day: string,
  module: string,
  name: string,
  frequency: string,
  time: string,
  ordinal: number | null,
  due: number,
): string {
  return [day, module, name, frequency, time, ordinal ?? '', chinaText(due)].join('|');
}
