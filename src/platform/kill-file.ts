import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { BtError, errorMessage } from '../domain/errors.ts';
import { writePrivate } from './private-files.ts';
import { wallNow } from './timers.ts';

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

/** The last instant a date can have, epoch ms. */
const LATEST = 8.64e15;

/** What is written down of a kill for which no reason was given. */
export const NO_REASON = 'pulled by the operator';

/** What a command's values ask for; to sell what is held, what is open has to be cancelled. */
export function killOrderOf(values: Readonly<Record<string, string>>): KillOrder {
  const flatten = values['flatten'] === 'yes';
  const reason = (values['reason'] ?? '').trim().replace(/\.$/u, '');
  return { flatten, cancel: flatten || values['cancel'] === 'yes', reason: reason === '' ? NO_REASON : reason };
}

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

/** On the disk when it returns. What was asked for before and nobody has taken yet is asked for still. Throws as Node does. */
export function writeKillFile(folder: string, { cancel, flatten, reason }: KillOrder): void {
  const former = readKillFile(folder) ?? MADE_BY_HAND;
  const order = { flatten: flatten || former.flatten, cancel: cancel || former.cancel, reason };
  const since = killedSince(folder) ?? wallNow();
  writePrivate(join(folder, KILL_FILE), `${JSON.stringify({ ...order, since })}\n`);
}

/** When it was made, wall time, epoch ms: of one that was made by hand, its own time. Null when there is none, or nobody can tell. */
export function killedSince(folder: string): number | null {
  const path = join(folder, KILL_FILE);
  try {
    const made = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
    return made === null ? null : (sinceIn(path) ?? made);
  } catch {
    return null;
  }
}

function sinceIn(path: string): number | null {
  try {
    const { since } = JSON.parse(readFileSync(path, 'utf8')) as { readonly since?: unknown };
    return typeof since === 'number' && Math.abs(since) <= LATEST ? since : null;
  } catch {
    return null;
  }
}

/** Throws KILL_FILE_STAYS: it may be a folder, or another user's. */
export function removeKillFile(folder: string): void {
  try {
    rmSync(join(folder, KILL_FILE), { force: true });
  } catch (error) {
    const text = `${KILL_FILE} in ${folder} cannot be removed (${errorMessage(error)}), so nothing goes on. Remove it by hand, then run "bt resume" again.`;
    throw new BtError('KILL_FILE_STAYS', text, { fault: 'config', cause: error });
  }
}
