import { existsSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { INSTANCE_FILE, LEDGER_FILE } from '../ledger/instance-file.ts';
import { InstanceState } from '../ledger/instance-state.ts';
import { Ledger } from '../ledger/ledger.ts';
import { lockInstance } from '../ledger/lock.ts';
import { hasKillFile } from '../platform/kill-file.ts';

/** What a start makes in the folder of an instance before it can fail. */
const MADE = [LEDGER_FILE, `${LEDGER_FILE}-wal`, `${LEDGER_FILE}-shm`, INSTANCE_FILE, 'build', 'bt.log'];
const LOCK = 'instance.lock';

/**
 * Takes back what the first start of an instance has made, when it failed before anything began: it would be one more instance that
 * commands ask about, and a `--state` folder bound to a wrong gateway. `isOurs`: the folder too was made for it.
 */
export function removeUnbegun(folder: string, isOurs: boolean): void {
  try {
    const lock = lockInstance(folder);
    try {
      if (holdsAnything(folder)) return;
      for (const name of MADE) rmSync(join(folder, name), { recursive: true, force: true });
    } finally {
      lock.release();
    }
    for (const name of [LOCK, `${LOCK}-journal`]) rmSync(join(folder, name), { force: true });
    if (isOurs) rmdirSync(folder);
  } catch {
    // Somebody runs it, or something of his is in it: it stays.
  }
}

/** What a person has said stays as well: a kill, a pause. */
function holdsAnything(folder: string): boolean {
  if (hasKillFile(folder)) return true;
  if (!existsSync(join(folder, LEDGER_FILE))) return false;
  const ledger = Ledger.read(folder);
  try {
    const begun = new InstanceState(ledger).hasBegun() || ledger.lastDue() !== null || ledger.ordersSince(0).length > 0;
    return begun || ledger.risk.stops().length > 0;
  } finally {
    ledger.close();
  }
}
