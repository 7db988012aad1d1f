import { basename } from 'node:path';
import { errorMessage } from '../../domain/errors.ts';
import { writeDocument, writeOut } from '../../platform/terminal.ts';
import { say } from '../say.ts';
import { every } from '../../platform/timers.ts';
import { FolderSource } from '../../status/source.ts';
import type { InstanceStatus, InstanceSummary } from '../../status/types.ts';
import { allInstances, instanceRoot, namedFolders } from '../instances.ts';
import { screenColors } from '../screen.ts';
import { badValue } from '../settings.ts';
import { listenForInterrupts } from '../signals.ts';
import { instancesText } from './instances-text.ts';
import { lookAt, settingsOf, show, type Flags } from './meant.ts';
import { statusText } from './status-text.ts';

const WATCH_SECONDS = 2;
/** Clears a terminal and goes to its upper left corner. */
const CLEAR = '\u001b[2J\u001b[3J\u001b[H';

/** Runs `bt status`: of one instance all of it, of several how each stands. */
export async function runStatus(name: string | null, flags: Flags): Promise<void> {
  const seconds = watchSeconds(flags);
  if (seconds === null) {
    await showOnce(name, flags);
    return;
  }
  const interrupts = listenForInterrupts(() => process.exit(0), 2);
  await new Promise<void>((resolve) => {
    let isLooking = false;
    const look = async (): Promise<void> => {
      // Who reads slowly is told less often.
      if (isLooking) return;
      isLooking = true;
      try {
        await showOnce(name, flags, true);
      } catch (error) {
        say(`${clear()}${errorMessage(error)}\n`);
      }
      isLooking = false;
    };
    const timer = every(seconds * 1000, () => void look());
    interrupts.signal.addEventListener('abort', () => {
      timer.cancel();
      resolve();
    });
    void look();
  });
  interrupts.release();
}

async function showOnce(name: string | null, flags: Flags, again = false): Promise<void> {
  const isOneOfSeveral = name === null && flags['json'] !== true && allInstances(flags).length > 1;
  if (isOneOfSeveral) {
    const text = await severalText(flags);
    say(`${again ? clear() : ''}${text}\n`);
    return;
  }
  const status = await lookAt(name, flags, {});
  if (again && flags['json'] !== true) writeOut(clear());
  await show(flags, status, () => statusText(status, screenColors()));
}

/** Runs `bt instances`. */
export async function runInstances(flags: Flags): Promise<void> {
  if (flags['json'] !== true) {
    say(`${await severalText(flags)}\n`);
    return;
  }
  const source = new FolderSource({ folders: allInstances(flags) });
  try {
    await writeDocument(`${JSON.stringify(await source.list(), null, 2)}\n`);
  } finally {
    source.close();
  }
}

async function severalText(flags: Flags): Promise<string> {
  const folders = namedFolders(allInstances(flags), null);
  if (folders.length === 0)
    return `There is no instance in ${instanceRoot(flags).root}: bt live makes one. Another folder is named with --state or RUNTIME_DIR.`;
  const source = new FolderSource({ folders });
  try {
    const all = await Promise.all(folders.map((folder) => lookedAt(source, basename(folder))));
    return instancesText(all, screenColors());
  } finally {
    source.close();
  }
}

/** One that cannot be looked at hides no other. */
async function lookedAt(source: FolderSource, instance: string): Promise<InstanceStatus | InstanceSummary> {
  try {
    return await source.status(instance, { parts: ['orders'] });
  } catch (error) {
    return {
      instance,
      name: instance,
      broker: '?',
      endpoint: '?',
      clock: '?',
      running: false,
      problem: errorMessage(error),
    };
  }
}

function clear(): string {
  return screenColors() ? CLEAR : '\n';
}

/** Null = once. Throws BAD_CONFIG. */
function watchSeconds(flags: Flags): number | null {
  if (flags['watch'] === undefined) return null;
  const given = settingsOf(flags).find({ flag: '--watch' });
  if (given === null) return WATCH_SECONDS;
  const seconds = Number(given.value);
  if (!(seconds >= 0.2 && seconds <= 3_600)) throw badValue(given, 'seconds from 0.2 to 3600');
  return seconds;
}
