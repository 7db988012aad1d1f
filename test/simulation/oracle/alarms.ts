import type { LogEntry } from '../../../src/platform/log.ts';

/** Somebody has been called. `code` and `subject` as in `Events` of the engine. */
export interface Alarm {
  readonly at: number;
  readonly code: string | null;
  readonly subject: string | null;
  readonly text: string;
}

/** The one place that knows how the engine calls somebody: today by its log. Null = it does not. */
export function alarmOf({ level, text }: LogEntry, at: number): Alarm | null {
  return level === 'error' && text.startsWith('ALARM') ? { at, code: null, subject: null, text } : null;
}

/** Whether an alarm is about what is shown of the account. */
export function isAboutAccount({ code, text }: Alarm): boolean {
  return code === null ? /account|position|cash|trading waits/i.test(text) : /^(ACCOUNT|GATE|GATEWAY)_/.test(code);
}

export function isAbout({ subject, text }: Alarm, name: string): boolean {
  return subject === name || text.includes(name);
}
