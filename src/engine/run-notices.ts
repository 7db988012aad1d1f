import type { Clock } from '../platform/clock.ts';
import type { Events } from './events.ts';
import { keepLast } from './last-kept.ts';
import type { ReportAlarm, ReportClockStep, RunReport } from './report.ts';

/** What the report tells of a run beside its orders: alarms, with the time at which each was over, and steps of the clock. */
export class RunNotices {
  readonly #alarms: ReportAlarm[] = [];
  readonly #clockSteps: ReportClockStep[] = [];

  constructor(clock: Pick<Clock, 'now'>, events: Pick<Events, 'on'>) {
    events.on((event) => {
      const time = clock.now();
      if (event.kind === 'alarm') keepLast(this.#alarms, { time, ...event.alarm, over: null });
      else if (event.kind === 'clock_step') keepLast(this.#clockSteps, { time, stepMs: event.stepMs });
      else if (event.kind === 'all_clear') this.#clear(event.code, event.subject, time);
    });
  }

  kept(): Pick<RunReport, 'alarms' | 'clockSteps'> {
    return { alarms: this.#alarms, clockSteps: this.#clockSteps };
  }

  #clear(code: string, subject: string | null, over: number): void {
    for (const [index, alarm] of this.#alarms.entries())
      if (alarm.over === null && alarm.code === code && alarm.subject === subject)
        this.#alarms[index] = { ...alarm, over };
  }
}
