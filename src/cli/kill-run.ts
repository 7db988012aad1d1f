import { basename } from 'node:path';
import { BtError, errorMessage } from '../domain/errors.ts';
import { instantOf } from '../domain/time.ts';
import { killOrder, reasonNeeded } from '../engine/operator/risk-commands.ts';
import { Ledger } from '../ledger/ledger.ts';
import { lockInstance } from '../ledger/lock.ts';
import { callControl } from '../platform/control-socket.ts';
import { hasKillFile, removeKillFile, writeKillFile } from '../platform/kill-file.ts';
import { writeErr, writeOut } from '../platform/terminal.ts';
import { wallNow } from '../platform/timers.ts';
import { askRunning, notRunning } from './ask-running.ts';
import { instanceFolder, instanceFolders } from './instances.ts';

/** Seconds. */
const DAY = 86_400;

type Flags = Readonly<Record<string, unknown>>;
type Values = Readonly<Record<string, string>>;

/** Runs `bt kill`. The files first: they hold whatever the engines do. One that cannot be stopped keeps nobody from stopping the others. */
export async function runKill(flags: Flags): Promise<void> {
  const folders = flags['all'] === true ? instanceFolders(flags) : [instanceFolder(null, flags)];
  const values = killValues(flags);
  const written = folders.map((folder) => fileProblem(folder, values));
  const failures: unknown[] = [];
  for (const [nth, folder] of folders.entries()) {
    const name = folders.length > 1 ? `${basename(folder)}: ` : '';
    try {
      writeOut(`${name}${await killed(folder, values, written[nth] ?? null)}\n`);
    } catch (error) {
      if (folders.length > 1) writeErr(`bt: ${name}${errorMessage(error)}\n`);
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

/** Makes the file; what kept it from being written, or null. */
function fileProblem(folder: string, values: Values): string | null {
  try {
    writeKillFile(folder, killOrder(values));
    return null;
  } catch (error) {
    return `The file KILL cannot be written to ${folder} (${errorMessage(error)})`;
  }
}

/** What the engine says; one that does not answer finds the file before it places anything. Throws NOT_KILLED when neither was to be had. */
async function killed(folder: string, values: Values, problem: string | null): Promise<string> {
  try {
    const text = await callControl(folder, { command: 'kill', values });
    if (text !== null) return problem === null ? text : `${text} ${problem}; the engine's ledger holds it.`;
    if (problem === null)
      return 'No bt live runs; the next start places nothing. "bt resume --reason ..." lets it go on.';
  } catch (error) {
    if (!(error instanceof BtError) || error.code !== 'CONTROL_FAILED') throw error;
    if (problem === null)
      return 'The engine does not answer. The file KILL is in its folder: it places nothing any more, and does the rest when it looks at it (each second).';
  }
  const there = hasKillFile(folder) ? ' One is there all the same: nothing is placed.' : '';
  const text = `${problem}, and no engine has answered: it is NOT certain that nothing is placed.${there} Make that file by hand, or end the engine.`;
  throw new BtError('NOT_KILLED', text, { fault: 'config' });
}

/** Runs `bt pause`. */
export async function runPause(flags: Flags): Promise<void> {
  const folder = instanceFolder(null, flags);
  await askRunning(folder, { command: 'pause', values: reasonValue(flags) }, '"bt kill" holds over the next start');
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
      const stops = ledger.risk.stops();
      const rules = stops.map(({ rule }) => rule);
      const isKilled = hasKillFile(folder);
      if (rules.length === 0 && !isKilled)
        throw notRunning(folder, 'start it: nothing is stopped, and it does not begin halted');
      const names = isKilled && !rules.includes('kill') ? [...rules, 'kill'] : rules;
      if (reason === '') throw reasonNeeded(names);
      removeKillFile(folder);
      const now = wallNow();
      ledger.risk.lift(rules, now, reason);
      // What ended with its day by itself has nothing to begin anew.
      const isOver = (day: string | null): boolean =>
        day !== null && ledger.risk.firstEquity(instantOf(day, DAY)) !== null;
      if (stops.some(({ rule, day }) => (rule === 'daily_loss' || rule === 'drawdown') && !isOver(day)))
        ledger.risk.countEquityFrom(now);
      return `Orders go on with the next start; they were stopped by: ${names.join(', ')}.`;
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
