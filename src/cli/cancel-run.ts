import { BtError } from '../domain/errors.ts';
import { isNamed } from '../engine/operator/verdict.ts';
import { Ledger } from '../ledger/ledger.ts';
import { wallNow } from '../platform/timers.ts';
import { offlineNow } from '../status/offline-clock.ts';
import { instanceFacts } from '../status/folders.ts';
import { chinaDay } from '../domain/time.ts';
import { askRunning } from './ask-running.ts';
import { instanceFolder, instanceFolders, namedFolders, whichInstance } from './instances.ts';

const EVERY_ONE =
  'Nothing was cancelled: write --instance NAME, or bt kill --all --cancel, which cancels what is open of every one, and stops them.';

/** Runs `bt cancel`: only a running engine can. Throws BAD_CONFIG, NO_INSTANCE, WHICH_INSTANCE, NOT_RUNNING, NO_SUCH_ORDER. */
export async function runCancel(id: string | null, flags: Readonly<Record<string, unknown>>): Promise<void> {
  const all = flags['all'] === true;
  if ((id === null) === !all)
    throw new BtError(
      'BAD_CONFIG',
      'Write the order that is to be cancelled (bt orders --open shows them), or --all.',
      {
        fault: 'config',
      },
    );
  const name = typeof flags['instance'] === 'string' ? flags['instance'] : null;
  const folder =
    id === null ? instanceFolder(name, flags, EVERY_ONE) : folderOf(id, namedFolders(instanceFolders(flags), name));
  const values: Record<string, string> = id === null ? { all: 'yes' } : { id };
  await askRunning(folder, { command: 'cancel', values }, 'start it, or cancel in the terminal');
}

/** The instance that has the order; the only one is asked whatever its ledger holds. */
function folderOf(id: string, folders: readonly string[]): string {
  const [only] = folders;
  if (folders.length === 1 && only !== undefined) return only;
  const owners = folders.filter((folder) => hasOrder(folder, id));
  const [owner] = owners;
  if (owners.length === 1 && owner !== undefined) return owner;
  throw whichInstance(
    owners.length === 0
      ? `No instance here has an order "${id}" that is open or of today`
      : `More than one instance has an order "${id}"`,
    folders,
  );
}

function hasOrder(folder: string, id: string): boolean {
  const ledger = Ledger.glance(folder);
  try {
    const day = chinaDay(offlineNow(instanceFacts(folder).clock, ledger, wallNow()));
    const isIt = ledger.intentsOf(day).some((intent) => isNamed(intent, id) || intent.brokerOrderId === id);
    return isIt || ledger.unfinishedOrders().some(({ orderId }) => orderId === id);
  } finally {
    ledger.close();
  }
}
