import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { BtError, errorMessage } from '../domain/errors.ts';
import { LedgerStops } from '../engine/operator/ledger-stops.ts';
import { pause, reasonNeeded } from '../engine/operator/risk-commands.ts';
import { LEDGER_FILE } from '../ledger/instance-file.ts';
import { Ledger } from '../ledger/ledger.ts';
import { lockInstance } from '../ledger/lock.ts';
import { callControl } from '../platform/control-socket.ts';
import { killedSince, removeKillFile } from '../platform/kill-file.ts';
import { say, sayErr } from './say.ts';
import { wallNow } from '../platform/timers.ts';
import { instanceFacts } from '../status/folders.ts';
import { alreadyText, killFileProblem, tellKill } from '../status/kill.ts';
import { offlineNow } from '../status/offline-clock.ts';
import { notRunning } from './ask-running.ts';
import { instanceFolder, instanceFolders } from './instances.ts';

type Flags = Readonly<Record<string, unknown>>;
type Values = Readonly<Record<string, string>>;

/** Runs `bt kill`. The files first: they hold whatever the engines do. */
export async function runKill(instance: string | null, flags: Flags): Promise<void> {
  const folders = meantFolders(instance, flags, 'Nothing was stopped: bt kill --all stops every one.');
  const values = killValues(flags);
  const since = new Map(folders.map((folder) => [folder, killedSince(folder)]));
  const problems = new Map(folders.map((folder) => [folder, killFileProblem(folder, values)]));
  await withEach(folders, async (folder) => {
    const text = await tellKill(folder, values, problems.get(folder) ?? null);
    return `${text}${alreadyText(since.get(folder) ?? null)}`;
  });
}

/** Runs `bt pause`. While nothing runs it is written down, and the next start is paused. */
export async function runPause(instance: string | null, flags: Flags): Promise<void> {
  const values = reasonValue(flags);
  const folders = meantFolders(instance, flags, 'Nothing was paused: bt pause --all pauses every one.');
  await withEach(folders, async (folder) => {
    return (await callControl(folder, { command: 'pause', values })) ?? pauseHere(folder, values);
  });
}

/** Runs `bt resume`. */
export async function runResume(instance: string | null, flags: Flags): Promise<void> {
  const values = reasonValue(flags);
  const folders = meantFolders(instance, flags, 'bt resume --all lets every one go on.');
  await withEach(folders, async (folder) => {
    return (await callControl(folder, { command: 'resume', values })) ?? resumeHere(folder, values['reason'] ?? '');
  });
}

/** `--all` of them, or the one that is meant. `otherwise`: told when it is not clear which. Throws BAD_CONFIG, NO_INSTANCE, WHICH_INSTANCE. */
function meantFolders(instance: string | null, flags: Flags, otherwise: string): string[] {
  if (flags['all'] !== true) return [instanceFolder(instance, flags, otherwise)];
  if (instance === null) return instanceFolders(flags);
  throw new BtError('BAD_CONFIG', `Name "${instance}", or write --all: not both.`, { fault: 'config' });
}

/** One that cannot be told keeps nobody from telling the others. Throws the first failure. */
async function withEach(folders: readonly string[], work: (folder: string) => Promise<string>): Promise<void> {
  const failures: unknown[] = [];
  for (const folder of folders) {
    const name = folders.length > 1 ? `${basename(folder)}: ` : '';
    try {
      say(`${name}${await work(folder)}\n`);
    } catch (error) {
      if (folders.length > 1) sayErr(`bt: ${name}${errorMessage(error)}\n`);
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

/** No engine runs: the next start finds the pause in the ledger. */
function pauseHere(folder: string, values: Values): string {
  return withStops(folder, (stops) => {
    pause(values, stops);
    return 'No bt live runs; the next start is paused: no orders, no hooks. "bt resume --reason ..." lets it go on.';
  });
}

/** No engine runs: what has stopped orders ends in the ledger. Throws NOT_RUNNING when nothing has. */
function resumeHere(folder: string, reason: string): string {
  // A first start that did not come through has left no ledger, and a kill that the next one would obey.
  if (!existsSync(join(folder, LEDGER_FILE))) {
    if (reason === '') throw reasonNeeded(['kill']);
    removeKillFile(folder);
    return 'Orders go on with the next start; they were stopped by: kill.';
  }
  return withStops(folder, (stops) => {
    const rules = stops.stopped();
    if (rules.length === 0) throw notRunning(folder, 'start it: nothing is stopped, and it does not begin halted');
    if (reason === '') throw reasonNeeded(rules);
    stops.lift(reason);
    return `Orders go on with the next start; they were stopped by: ${rules.join(', ')}.`;
  });
}

/** Works on the ledger of an instance that nobody runs; market time is as its own clock has it. */
function withStops(folder: string, work: (stops: LedgerStops) => string): string {
  const lock = lockInstance(folder);
  try {
    const ledger = Ledger.open(folder);
    try {
      const { clock } = instanceFacts(folder);
      return work(new LedgerStops(ledger, folder, () => offlineNow(clock, ledger, wallNow())));
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
