import type { Clock } from '../platform/clock.ts';
import type { EngineEvent, Events } from './events.ts';
import { keepLast } from './last-kept.ts';
import type { ReportAlarm, ReportClockStep, ReportDataError, RunReport } from './report.ts';

/** What the report tells of a run beside its orders: alarms, with the time at which each was over, data that was not to be had, steps of the clock. */
export class RunNotices {
  readonly #alarms: ReportAlarm[] = [];
  readonly #clockSteps: ReportClockStep[] = [];
  /** By what was asked and the code of the error. */
  readonly #dataErrors = new Map<string, ReportDataError>();

  constructor(clock: Pick<Clock, 'now'>, events: Pick<Events, 'on'>) {
    events.on((event) => {
      const time = clock.now();
      if (event.kind === 'alarm') keepLast(this.#alarms, { time, ...event.alarm, over: null });
      else if (event.kind === 'clock_step') keepLast(this.#clockSteps, { time, stepMs: event.stepMs });
      else if (event.kind === 'data_failed') this.#dataFailed(event, time);
      else if (event.kind === 'all_clear') this.#clear(event.code, event.subject, time);
    });
  }

  kept(): Pick<RunReport, 'alarms' | 'dataErrors' | 'clockSteps'> {
    return { alarms: this.#alarms, dataErrors: [...this.#dataErrors.values()], clockSteps: this.#clockSteps };
  }

  #dataFailed({ what, code, message, count }: Extract<EngineEvent, { kind: 'data_failed' }>, last: number): void {
    const key = `${what} ${code}`;
    const first = this.#dataErrors.get(key)?.first ?? last;
    this.#dataErrors.set(key, { what, code, message, first, last, count });
  }

  #clear(code: string, subject: string | null, over: number): void {
    for (const [index, alarm] of this.#alarms.entries())
      if (alarm.over === null && alarm.code === code && alarm.subject === subject)
        this.#alarms[index] = { ...alarm, over };
  }
}
