import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, extname, join, resolve } from 'node:path';
import { BtError, errorMessage } from '../domain/errors.ts';
import { readInstanceFile, writeInstanceFile } from '../ledger/instance-file.ts';
import { closeFolder, privateFolder } from '../platform/private-files.ts';
import { removeUnbegun } from './unbegun-instance.ts';

/** What makes two runs the same instance: they share one ledger. */
export interface InstanceIdentity {
  readonly name: string;
  readonly broker: string;
  /** `host:port`, or `stub` for the paper market inside the process. */
  readonly endpoint: string;
  readonly account: string | null;
  readonly subAccount: string | null;
  readonly clock: string;
}

export interface StateFolder {
  readonly path: string;
  /** It outlives this run, and the next one goes on with it. */
  readonly isKept: boolean;
  /** Removes it when it was made for this run only. */
  readonly discard: () => void;
  /** The run did not begin: takes back what it made in a folder that was new. */
  readonly abandon: () => void;
}

/** The stub's book in a state folder that is kept. */
export const STUB_BOOK = 'stub-book.json';

/** `--name`, or the stem of the strategy's file; only what can be a folder's name everywhere. */
export function instanceName(name: string | null, file: string): string {
  const chosen = name ?? basename(file, extname(file));
  if (/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,63}$/u.test(chosen) && !/[. ]$/u.test(chosen)) return chosen;
  throw new BtError(
    'BAD_CONFIG',
    `"${chosen}" cannot name an instance: write --name with letters, digits, "-", "_" and ".", at most 64.`,
    { fault: 'config' },
  );
}

/**
 * The folder of an instance: `explicit`, else a temporary one when `temporary`, else its own under `root`.
 * A folder that holds source code or belongs to another instance is refused (BtError STATE_REFUSED, config).
 */
export function openStateFolder(
  identity: InstanceIdentity,
  places: { readonly explicit: string | null; readonly root: string; readonly temporary: boolean },
): StateFolder {
  if (places.explicit === null && places.temporary) {
    const path = mkdtempSync(join(tmpdir(), 'bt-run-'));
    // Who looks at it, as the page does, is told what it is.
    writeInstanceFile(path, facts(identity));
    const discard = (): void => rmSync(path, { recursive: true, force: true, maxRetries: 3 });
    return { path, isKept: false, discard, abandon: discard };
  }
  const root = resolve(places.explicit ?? places.root);
  const path = places.explicit === null ? join(root, folderName(identity)) : root;
  const isThere = existsSync(path);
  let isNew = false;
  try {
    refuseSource(root);
    privateFolder(path);
    if (places.explicit === null) ignoreInGit(root);
    isNew = claim(path, identity);
  } catch (error) {
    if (error instanceof BtError) throw error;
    throw refused(path, `it cannot be used (${errorMessage(error)})`, error);
  }
  return { path, isKept: true, discard: () => {}, abandon: () => (isNew ? removeUnbegun(path, !isThere) : undefined) };
}

/** Readable, and different for each identity. */
function folderName(identity: InstanceIdentity): string {
  const hash = createHash('sha256')
    .update(JSON.stringify(facts(identity)))
    .digest('hex')
    .slice(0, 8);
  return `${identity.name}-${hash}`;
}

/** A ledger that is read by a run on another account would make its orders look like ours. True when it had none before. */
function claim(path: string, identity: InstanceIdentity): boolean {
  const mine = facts(identity);
  const found = readInstanceFile(path);
  // A ledger alone says which it is, and not yet whose.
  if (found === null || !Object.hasOwn(found, 'name')) {
    writeInstanceFile(path, mine);
    return found === null;
  }
  closeFolder(path);
  if (Object.entries(mine).every(([key, value]) => found[key] === value)) return false;
  throw refused(path, 'it belongs to another strategy, gateway, account or clock (see instance.json in it)');
}

function facts(identity: InstanceIdentity): Record<string, string | null> {
  const { name, broker, endpoint, account, subAccount, clock } = identity;
  return { name, broker, endpoint, account, subAccount, clock };
}

/** The reference keeps its state in `./runtime`; here that is a folder of our own code. */
function refuseSource(path: string): void {
  const names = existsSync(path) ? readdirSync(path) : [];
  const source = names.find((name) => name === 'package.json' || name === '.git' || name.endsWith('.ts'));
  if (source !== undefined) throw refused(path, `it holds source code (${source})`);
}

function ignoreInGit(root: string): void {
  const file = join(root, '.gitignore');
  if (!existsSync(file)) writeFileSync(file, '*\n');
}

function refused(path: string, why: string, cause?: unknown): BtError {
  return new BtError(
    'STATE_REFUSED',
    `The state folder ${path} is refused: ${why}. Name another with --state or RUNTIME_DIR.`,
    {
      fault: 'config',
      cause,
    },
  );
}
