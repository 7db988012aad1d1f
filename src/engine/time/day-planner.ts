import type { TaskRegistration } from '../../../runtime/host.ts';
import { errorMessage } from '../../domain/errors.ts';
import type { TradingCalendar } from '../../domain/market/calendar.ts';
import { chinaDay, instantOf } from '../../domain/time.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import { tasksOfDay, type DueTask } from './due-task.ts';

export interface DayPlannerOptions {
  readonly clock: Clock;
  readonly calendar: TradingCalendar;
  readonly startDay: string;
  readonly hooks: ReadonlySet<string>;
  readonly log: Log;
}

/** A run_monthly task comes up within two months; further ahead `nextAfterToday` does not look. */
const LOOK_AHEAD_DAYS = 45;

/** Turns registrations into the tasks of each trading day, day after day, until the calendar ends. */
export class DayPlanner {
  readonly #options: DayPlannerOptions;
  /** The last day planned. */
  #day = '';
  /** The trading day to plan next; null once the calendar has no more. */
  #next: string | null = null;

  constructor(options: DayPlannerOptions) {
    this.#options = options;
  }

  /** Begins with the day of `since` (epoch ms). */
  begin(since: number): void {
    this.#day = chinaDay(since);
    this.#next = this.#after(this.#day);
  }

  /** Tasks of the last day begun; none when it does not trade. */
  today(registrations: readonly TaskRegistration[], hooks: ReadonlySet<string>): DueTask[] {
    return this.#guard(() => this.#tasks(this.#day, registrations, hooks)) ?? [];
  }

  /** When the next trading day begins, epoch ms; null after the calendar's end. */
  rollAt(): number | null {
    return this.#next === null ? null : instantOf(this.#next, 0);
  }

  /** Tasks of the trading days that have begun since the last call; usually none. */
  roll(registrations: readonly TaskRegistration[]): DueTask[] {
    const tasks: DueTask[] = [];
    for (let at = this.rollAt(); at !== null && at <= this.#options.clock.now(); at = this.rollAt()) {
      this.#day = this.#next ?? this.#day;
      tasks.push(...this.today(registrations, this.#options.hooks));
      this.#next = this.#after(this.#day);
    }
    return tasks;
  }

  /** The first due instant after the last day begun, epoch ms; null when none is near. */
  nextAfterToday(registrations: readonly TaskRegistration[]): number | null {
    const { calendar, hooks } = this.#options;
    let day = this.#next;
    try {
      for (let count = 0; day !== null && count < LOOK_AHEAD_DAYS; count += 1) {
        const first = this.#tasks(day, registrations, hooks)[0];
        if (first !== undefined) return first.due;
        day = calendar.next(day);
      }
    } catch {
      return null; // the calendar ends before: said when that day comes
    }
    return null;
  }

  #tasks(day: string, registrations: readonly TaskRegistration[], hooks: ReadonlySet<string>): DueTask[] {
    const { calendar, startDay } = this.#options;
    return calendar.isTradingDay(day) ? tasksOfDay({ day, registrations, hooks, calendar, startDay }) : [];
  }

  #after(day: string): string | null {
    return this.#guard(() => this.#options.calendar.next(day));
  }

  /** The calendar's end stops the planning with an alarm: a day that is merely unknown must not trade. */
  #guard<T>(read: () => T): T | null {
    try {
      return read();
    } catch (error) {
      this.#options.log.error(`No tasks are planned after ${this.#day}: ${errorMessage(error)}`);
      return null;
    }
  }
}
