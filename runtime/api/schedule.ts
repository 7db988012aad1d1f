import { BtError } from '../../src/domain/errors.ts';
import { parseTimeExpression } from '../../src/domain/schedule/time-expression.ts';
import { currentBinding, currentHost } from '../host.ts';
import type { TaskFrequency } from '../host.ts';
import type { Context } from '../objects/context.ts';
import { badArgument, optional, required } from './arguments.ts';
import type { Reader } from './arguments.ts';
import { ANY_PHASE, defineApi } from './define-api.ts';
import { nullable, oneOf, readBoolean, readInteger, readSecurity, readText } from './readers.ts';

/** A function of the strategy's own file (or of one it imports), declared at top level, taking the context. */
export type TaskFunction = (context: Context) => unknown;

/** Named arguments of run_daily. */
export interface DailyOptions {
  readonly time?: string;
  readonly reference_security?: string | null;
  /**
   * `'run'`: one that came up while the program was down, or was cut off before it sent an order, runs at the restart if that is within
   * EVENT_TIME_OUT (60 s). `'skip'` (default), as on JoinQuant: it does not.
   */
  readonly late?: 'skip' | 'run';
}

/** Named arguments of run_weekly and run_monthly. */
export interface PeriodOptions extends DailyOptions {
  /** True (default): a day the period has not becomes its nearest trading day. */
  readonly force?: boolean;
}

export interface RunDaily {
  (func: TaskFunction, options?: DailyOptions): void;
  (func: TaskFunction, time: string, reference_security?: string | null): void;
  (func: TaskFunction, time: string, options: DailyOptions): void;
}

export interface RunWeekly {
  (func: TaskFunction, weekday: number, options?: PeriodOptions): void;
  (func: TaskFunction, options: PeriodOptions & { readonly weekday: number }): void;
  (func: TaskFunction, weekday: number, time: string, options: PeriodOptions): void;
  (func: TaskFunction, weekday: number, time: string, reference_security?: string | null, force?: boolean): void;
}

export interface RunMonthly {
  (func: TaskFunction, monthday: number, options?: PeriodOptions): void;
  (func: TaskFunction, options: PeriodOptions & { readonly monthday: number }): void;
  (func: TaskFunction, monthday: number, time: string, options: PeriodOptions): void;
  (func: TaskFunction, monthday: number, time: string, reference_security?: string | null, force?: boolean): void;
}

interface Place {
  readonly module: string;
  readonly name: string;
}

/** Where the function is declared: a task is stored by that, so that it survives a restart. */
const readTask: Reader<Place> = (value, where) => {
  if (typeof value !== 'function') throw badTask(where, 'is not a function');
  const shown = value.name === '' ? 'an anonymous function' : `'${value.name}'`;
  if (value.length > 1) throw badTask(where, `${shown} takes ${value.length} arguments, a task takes the context only`);
  const place = currentBinding().functions(value);
  if (place === null) throw badTask(where, `${shown} is not declared at the top level of your strategy`);
  return place;
};

function badTask(where: string, problem: string): BtError {
  const advice = 'Declare `function name(context) { … }` at the top level and pass its name.';
  return new BtError('BAD_TASK_FUNCTION', `${where}: ${problem}. ${advice}`, { fault: 'strategy' });
}

const readDailyTime: Reader<string> = (value, where) => {
  const text = readText(value, where);
  parseTimeExpression(text);
  return text;
};

/** Every bar of one day a week means nothing in JoinQuant either. */
const readSingleTime: Reader<string> = (value, where) => {
  const text = readText(value, where);
  if (parseTimeExpression(text).kind === 'clock') return text;
  throw badArgument(where, `'${text}' works with run_daily() only: give a time like '9:30'.`);
};

const readLate = oneOf(['skip', 'run']);

function ordinal(most: number): Reader<number> {
  return (value, where) => {
    const n = readInteger(value, where);
    if (n !== 0 && Math.abs(n) <= most) return n;
    throw badArgument(where, `is the N-th trading day, 1 to ${most} or -1 to -${most} from the end, was ${n}.`);
  };
}

/** Runs `func` on every trading day. */
export const run_daily: RunDaily = defineApi(
  {
    name: 'run_daily',
    phases: ANY_PHASE,
    args: {
      func: required(readTask),
      time: optional(readDailyTime, '9:30'),
      reference_security: optional(nullable(readSecurity), null),
      force: optional(readBoolean, true),
      late: optional(readLate, 'skip'),
    },
  },
  (a) => register('daily', { ...a, nth: null }),
);

/** Runs `func` on the N-th trading day of every week (negative: from its end). */
export const run_weekly: RunWeekly = defineApi(
  {
    name: 'run_weekly',
    phases: ANY_PHASE,
    args: {
      func: required(readTask),
      weekday: required(ordinal(7)),
      time: optional(readSingleTime, '9:30'),
      reference_security: optional(nullable(readSecurity), null),
      force: optional(readBoolean, true),
      late: optional(readLate, 'skip'),
    },
  },
  (a) => register('weekly', { ...a, nth: a.weekday }),
);

/** Runs `func` on the N-th trading day of every month (negative: from its end). */
export const run_monthly: RunMonthly = defineApi(
  {
    name: 'run_monthly',
    phases: ANY_PHASE,
    args: {
      func: required(readTask),
      monthday: required(ordinal(31)),
      time: optional(readSingleTime, '9:30'),
      reference_security: optional(nullable(readSecurity), null),
      force: optional(readBoolean, true),
      late: optional(readLate, 'skip'),
    },
  },
  (a) => register('monthly', { ...a, nth: a.monthday }),
);

/** Removes every task that run_* registered. */
export const unschedule_all: () => void = defineApi({ name: 'unschedule_all', phases: ANY_PHASE, args: {} }, () => {
  currentHost().unscheduleAll();
});

interface Registered {
  readonly late: 'skip' | 'run';
  readonly func: Place;
  readonly time: string;
  readonly reference_security: string | null;
  readonly force: boolean;
  readonly nth: number | null;
}

function register(frequency: TaskFrequency, a: Registered): void {
  currentHost().register({
    module: a.func.module,
    name: a.func.name,
    frequency,
    time: a.time,
    ordinal: a.nth,
    referenceSecurity: a.reference_security,
    force: a.force,
    late: a.late,
  });
}
