import { chinaDay } from '../../domain/time.ts';
import type { EngineEvent } from '../../engine/events.ts';
import { noticeOf } from './engine-notices.ts';

/** Lines of a digest at most. */
const MOST_LINES = 12;

/** What a day had that its orders do not show: refusals, standing alarms, tasks that did not run, changes from outside. */
export class DayTally {
  #day = '';
  #refused = 0;
  #tasks = 0;
  readonly #changes: string[] = [];
  /** They may outlast a day. */
  readonly #alarms = new Map<string, string>();

  hear(event: EngineEvent, now: number): void {
    this.#turnTo(chinaDay(now));
    if (event.kind === 'alarm') this.#alarms.set(`${event.alarm.code} ${event.alarm.subject ?? ''}`, event.alarm.text);
    else if (event.kind === 'all_clear') this.#alarms.delete(`${event.code} ${event.subject ?? ''}`);
    else if (event.kind === 'external_change') this.#changes.push(event.text);
    const told = noticeOf(event)?.kind;
    if (told === 'refusal') this.#refused += 1;
    if (told === 'task') this.#tasks += 1;
  }

  /** Of the day of `now`. */
  of(now: number): { readonly refused: number; readonly differences: readonly string[] } {
    this.#turnTo(chinaDay(now));
    const tasks = this.#tasks === 0 ? [] : [`${this.#tasks} ${this.#tasks === 1 ? 'task' : 'tasks'} did not run`];
    const all = [...[...this.#alarms.values()].map((text) => `ALARM: ${text}`), ...tasks, ...this.#changes];
    const more = all.length - MOST_LINES;
    return {
      refused: this.#refused,
      differences: more > 0 ? [...all.slice(0, MOST_LINES), `… and ${more} more`] : all,
    };
  }

  #turnTo(day: string): void {
    if (day === this.#day) return;
    this.#day = day;
    this.#refused = 0;
    this.#tasks = 0;
    this.#changes.length = 0;
  }
}
