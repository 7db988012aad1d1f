import type { Alarm } from '../../../src/engine/events.ts';

/** Somebody has been called, at that virtual time. */
export interface Call extends Alarm {
  readonly at: number;
  /** When the all-clear came, or the engine that had called was gone; null = it stands. */
  over: number | null;
}

/** Whether it stood at some moment since that virtual time. */
export function stoodSince({ over }: Call, since: number): boolean {
  return over === null || over > since;
}

/** Whether an alarm is about what is shown of the account. */
export function isAboutAccount({ code }: Alarm): boolean {
  return /^(ACCOUNT|GATE|GATEWAY)_/.test(code);
}

export function isAbout({ subject, text }: Alarm, name: string): boolean {
  return subject === name || text.includes(name);
}
