import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { newSignalRow } from '../../../src/domain/follow/new-row.ts';
import { followerFolder } from '../../../src/cli/followers.ts';
import { chinaInstant } from '../../../src/domain/time.ts';
import { markFollower } from '../../../src/ledger/instance-file.ts';
import { Ledger } from '../../../src/ledger/ledger.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { aSignal } from '../domain/follow/rules.ts';

let root = '';
let flags: Readonly<Record<string, unknown>> = {};
beforeEach(() => {
  root = temporaryFolder('followers');
  const envFile = join(root, 'settings');
  writeFileSync(envFile, `RUNTIME_DIR=${join(root, 'bt')}\n`);
  flags = { envFile };
});

function instance(name: string, follows: 'marked' | 'by its signals' | 'no'): string {
  const folder = join(root, 'bt', name);
  mkdirSync(folder, { recursive: true });
  const ledger = Ledger.open(folder);
  const at = chinaInstant('2026-07-06', '09:40:00');
  if (follows === 'by its signals')
    ledger.signals.commit(newSignalRow(aSignal(), { origin: 'source', refusal: null, orderableAt: at, now: at }));
  ledger.close();
  if (follows === 'marked') markFollower(folder);
  return folder;
}

describe('which follower is meant', () => {
  it.each(['marked', 'by its signals'] as const)('is the only one (%s), whatever bt live runs beside it', (how) => {
    instance('demo', 'no');
    const follower = instance('follow', how);
    expect(followerFolder(null, flags)).toBe(follower);
    expect(followerFolder('follow', flags)).toBe(follower);
    expect(() => followerFolder('demo', flags)).toThrow('0 followers are called "demo": name one of follow,');
  });

  it('is asked for where there are several, and only followers are named', () => {
    instance('demo', 'no');
    instance('one', 'marked');
    const two = instance('two', 'marked');
    expect(() => followerFolder(null, flags)).toThrow('2 followers are there: name one of one, two,');
    expect(followerFolder('two', flags)).toBe(two);
  });

  it('is none where only strategies run; a folder that is named is taken as it is', () => {
    const demo = instance('demo', 'no');
    expect(() => followerFolder(null, flags)).toThrow(/There is no follower in .*only demo: bt follow CONFIG/u);
    expect(followerFolder(null, { ...flags, state: demo })).toBe(demo);
  });
});
