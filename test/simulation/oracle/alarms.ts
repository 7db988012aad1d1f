import type { Alarm } from '../../../src/engine/events.ts';

/** Somebody has been called, at that virtual time. */
export interface Call extends Alarm {
  readonly at: number;
}

/** Whether an alarm is about what is shown of the account. */
export function isAboutAccount({ code }: Alarm): boolean {
  return /^(ACCOUNT|GATE|GATEWAY)_/.test(code);
}

export function isAbout({ subject, text }: Alarm, name: string): boolean {
  return subject === name || text.includes(name);
}
