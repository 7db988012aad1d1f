import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Ledger } from '../../../src/ledger/ledger.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

/** 512-byte blocks: no file may grow beyond 200 kB, which is what a full disk does to a ledger. */
const LIMIT_BLOCKS = 400;

it('a full disk is a failed commit: everything acknowledged is there, nothing half written, and it can be used again', () => {
  const folder = temporaryFolder('full');
  // Creates the files before the limit holds.
  Ledger.open(folder).close();
  const script = join(import.meta.dirname, 'fill-disk.ts');
  const output = execFileSync(
    'sh',
    ['-c', `trap '' XFSZ; ulimit -f ${LIMIT_BLOCKS}; exec "$0" "$1" "$2"`, process.execPath, script, folder],
    {
      encoding: 'utf8',
    },
  );
  const { taken, code } = JSON.parse(output) as { taken: number; code: string };
  expect(code).toBe('LEDGER_WRITE_FAILED');
  expect(taken).toBeGreaterThan(5);
  const ledger = Ledger.open(folder);
  expect(ledger.ordersOf('2026-07-06')).toHaveLength(taken);
  ledger.choose('space', 'is back');
  expect(ledger.setting('space')).toBe('is back');
  ledger.close();
});
