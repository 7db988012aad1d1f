import { basename } from 'node:path';
import { BtError } from '../domain/errors.ts';
import { killOrder, reasonNeeded } from '../engine/operator/risk-commands.ts';
import { Ledger } from '../ledger/ledger.ts';
import { lockInstance } from '../ledger/lock.ts';
import { callControl } from '../platform/control-socket.ts';
import { hasKillFile, removeKillFile, writeKillFile } from '../platform/kill-file.ts';
import { writeOut } from '../platform/terminal.ts';
import { wallNow } from '../platform/timers.ts';
import { instanceFolder, instanceFolders } from './instances.ts';

type Flags = Readonly<Record<string, unknown>>;

/** Runs `bt kill`. The file first: it holds whatever the engine does. */
export async function runKill(flags: Flags): Promise<void> {
  const folders = flags['all'] === true ? instanceFolders(flags) : [instanceFolder(null, flags)];
  const values = killValues(flags);
  for (const folder of folders) writeKillFile(folder, killOrder(values));
  for (const folder of folders)
    writeOut(`${folders.length > 1 ? `${basename(folder)}: ` : ''}${await killed(folder, values)}\n`);
}

/** What the engine says; one that does not answer finds the file before it places anything. */
async function killed(folder: string, values: Readonly<Record<string, string>>): Promise<string> {
  try {
    const text = await callControl(folder, { command: 'kill', values });
    return text ?? 'No bt live runs; the next start places nothing. "bt resume --reason ..." lets it go on.';
  } catch (error) {
    if (!(error instanceof BtError) || error.code !== 'CONTROL_FAILED') throw error;
    return 'The engine does not answer. The file KILL is in its folder: it places nothing any more, and does the rest when it looks at it (each second).';
  }
}

/** Runs `bt pause`. */
export async function runPause(flags: Flags): Promise<void> {
  const folder = instanceFolder(null, flags);
  const text = await callControl(folder, { command: 'pause', values: reasonValue(flags) });
  if (text === null) throw notRunning(folder, '"bt kill" holds over the next start');
  writeOut(`${text}\n`);
}

/** Runs `bt resume`. */
export async function runResume(flags: Flags): Promise<void> {
  const folder = instanceFolder(null, flags);
  const values = reasonValue(flags);
  const text = (await callControl(folder, { command: 'resume', values })) ?? resumeHere(folder, values['reason'] ?? '');
  writeOut(`${text}\n`);
}

/** No engine runs: what has stopped orders ends in the ledger. Throws NOT_RUNNING when nothing has. */
function resumeHere(folder: string, reason: string): string {
  const lock = lockInstance(folder);
  try {
    const ledger = Ledger.open(folder);
    try {
      const rules = ledger.risk.stops().map(({ rule }) => rule);
      const isKilled = hasKillFile(folder);
      if (rules.length === 0 && !isKilled)
        throw notRunning(folder, 'start it: nothing is stopped, and it does not begin halted');
      const names = isKilled && !rules.includes('kill') ? [...rules, 'kill'] : rules;
      if (reason === '') throw reasonNeeded(names);
      removeKillFile(folder);
      const now = wallNow();
      ledger.risk.lift(rules, now, reason);
      if (rules.includes('daily_loss') || rules.includes('drawdown')) ledger.risk.countEquityFrom(now);
      return `Orders go on with the next start; stopped were they by: ${names.join(', ')}.`;
    } finally {
      ledger.close();
    }
  } finally {
    lock.release();
  }
}

function killValues(flags: Flags): Record<string, string> {
  const values = reasonValue(flags);
  if (flags['cancel'] === true) values['cancel'] = 'yes';
  if (flags['flatten'] === true) values['flatten'] = 'yes';
  return values;
}

function reasonValue(flags: Flags): Record<string, string> {
  const reason = flags['reason'];
  return typeof reason === 'string' && reason.trim() !== '' ? { reason: reason.trim() } : {};
}

function notRunning(folder: string, otherwise: string): BtError {
  return new BtError('NOT_RUNNING', `No bt live runs in ${folder}; ${otherwise}.`, { fault: 'config' });
}
