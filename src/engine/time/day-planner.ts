import type { TaskRegistration } from '../../../runtime/host.ts';
import { ifKnown, type TradingCalendar } from '../../domain/market/calendar.ts';
import type { BarFrequency } from '../../domain/market/session.ts';
import { addDays, chinaDay, instantOf } from '../../domain/time.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import { labelOf, tasksOfDay, type DueTask } from './due-task.ts';

export interface DayPlannerOptions {
  readonly clock: Clock;
  /** May reach further later on. */
  readonly calendar: TradingCalendar;
  readonly startDay: string;
  readonly bars: BarFrequency;
  readonly hooks: ReadonlySet<string>;
  readonly log: Log;
}

/** A run_monthly task comes up within two months; further ahead `nextAfterToday` does not look. */
const LOOK_AHEAD_DAYS = 45;

/**
 * Turns registrations into the tasks of each trading day, day after day. Where the calendar ends it plans nothing, for a day
 * that is merely unknown must not trade, and goes on as soon as the calendar reaches further.
 */
export class DayPlanner {
  readonly #options: DayPlannerOptions;
  /** The last day planned. */
  #day = '';
  #since = 0;

  constructor(options: DayPlannerOptions) {
    this.#options = options;
  }

  /** Nothing due before `since` (epoch ms) is planned. */
  begin(since: number): void {
    this.#since = since;
    this.#day = addDays(chinaDay(since), -1);
  }

  /** Tasks of the last day begun. */
  today(registrations: readonly TaskRegistration[], hooks: ReadonlySet<string>): DueTask[] {
    return this.#tasks(this.#day, registrations, hooks, (task) => {
      this.#options.log.warning(
        `${labelOf(task)} is not run on ${this.#day}: whether it is that day depends on trading days that are not known yet`,
      );
    });
  }

  /** When the next trading day begins, epoch ms; null while the calendar does not know. */
  rollAt(): number | null {
    const next = ifKnown(() => this.#options.calendar.next(this.#day));
    return next === null ? null : instantOf(next, 0);
  }

  /** Tasks of the trading days that have begun since the last call; usually none. */
  roll(registrations: readonly TaskRegistration[]): DueTask[] {
    const tasks: DueTask[] = [];
    for (let at = this.rollAt(); at !== null && at <= this.#options.clock.now(); at = this.rollAt()) {
      this.#day = chinaDay(at);
      tasks.push(...this.today(registrations, this.#options.hooks).filter(({ due }) => due >= this.#since));
    }
    return tasks;
  }

  /** The first task after the last day begun; null when none is near, or the calendar ends before. */
  nextAfterToday(registrations: readonly TaskRegistration[]): DueTask | null {
    const { calendar, hooks } = this.#options;
    let day = this.#day;
    for (let count = 0; count < LOOK_AHEAD_DAYS; count += 1) {
      const next = ifKnown(() => calendar.next(day));
      if (next === null) return null;
      day = next;
      const first = this.#tasks(day, registrations, hooks, () => undefined)[0];
      if (first !== undefined) return first;
    }
    return null;
  }

  #tasks(
    day: string,
    registrations: readonly TaskRegistration[],
    hooks: ReadonlySet<string>,
    onUnknown: (registration: TaskRegistration) => void,
  ): DueTask[] {
    const { calendar, startDay, bars } = this.#options;
    if (ifKnown(() => calendar.isTradingDay(day)) !== true) return [];
    return tasksOfDay({ day, registrations, hooks, calendar, startDay, bars, onUnknown });
  }
}
