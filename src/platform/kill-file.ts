import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivate } from './private-files.ts';

/** The kill switch of an instance as a file in its folder: while it is there nothing is placed. A person may make it by hand, empty. */
const KILL_FILE = 'KILL';

/** What the switch is to do beside stopping. */
export interface KillOrder {
  /** Cancel what is open. */
  readonly cancel: boolean;
  /** Sell what can be sold as well; cancels first. */
  readonly flatten: boolean;
  readonly reason: string;
}

export const MADE_BY_HAND: KillOrder = {
  cancel: false,
  flatten: false,
  reason: 'the file KILL is in the instance folder',
};

/** Whether it is there. */
export function hasKillFile(folder: string): boolean {
  return existsSync(join(folder, KILL_FILE));
}

/** Null when there is none; what cannot be read, or is of another form, is a switch without more. */
export function readKillFile(folder: string): KillOrder | null {
  if (!hasKillFile(folder)) return null;
  try {
    const { cancel, flatten, reason } = JSON.parse(readFileSync(join(folder, KILL_FILE), 'utf8')) as Partial<
      Record<keyof KillOrder, unknown>
    >;
    const text = typeof reason === 'string' && reason !== '' ? reason : MADE_BY_HAND.reason;
    return { cancel: cancel === true, flatten: flatten === true, reason: text };
  } catch {
    return MADE_BY_HAND;
  }
}

/** On the disk when it returns. */
export function writeKillFile(folder: string, order: KillOrder): void {
  writePrivate(join(folder, KILL_FILE), `${JSON.stringify(order)}\n`);
}

export function removeKillFile(folder: string): void {
  rmSync(join(folder, KILL_FILE), { force: true });
}
