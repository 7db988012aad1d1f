import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCancel } from '../../../src/cli/cancel-run.ts';
import { runKill, runPause, runResume } from '../../../src/cli/kill-run.ts';
import { chinaText } from '../../../src/domain/time.ts';
import { Ledger } from '../../../src/ledger/ledger.ts';
import { hasKillFile, killedSince } from '../../../src/platform/kill-file.ts';
import { killInstance } from '../../../src/status/kill.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

let root = '';
let written = '';
let flags: Readonly<Record<string, unknown>> = {};
beforeEach(() => {
  root = temporaryFolder('kill-run');
  const envFile = join(root, 'settings');
  writeFileSync(envFile, `RUNTIME_DIR=${join(root, 'bt')}\n`);
  flags = { envFile };
  written = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

function instance(name: string): string {
  const folder = join(root, 'bt', name);
  mkdirSync(folder, { recursive: true });
  Ledger.open(folder).close();
  return folder;
}

describe('several instances, and none is named', () => {
  it('names what stops every one of them, and stops none', async () => {
    const folders = [instance('one'), instance('two')];
    await expect(runKill(null, flags)).rejects.toThrow(
      /2 instances are there: name one of one, two.* Nothing was stopped: bt kill --all stops every one\./u,
    );
    await expect(runPause(null, flags)).rejects.toThrow('Nothing was paused: bt pause --all pauses every one.');
    await expect(runResume(null, flags)).rejects.toThrow('bt resume --all lets every one go on.');
    await expect(runCancel(null, { ...flags, all: true })).rejects.toThrow(
      'Nothing was cancelled: write --instance NAME, or bt kill --all --cancel',
    );
    expect(folders.map(hasKillFile)).toEqual([false, false]);
    await runKill(null, { ...flags, all: true });
    expect(folders.map(hasKillFile)).toEqual([true, true]);
  });
});

describe('a second kill', () => {
  it('says since when it was killed already, and a third the same', async () => {
    const folder = instance('one');
    await runKill(null, flags);
    expect(written).not.toContain('already');
    const since = killedSince(folder);
    const file = join(folder, 'KILL');
    for (const hour of [1, 2]) {
      utimesSync(file, hour * 3600, hour * 3600);
      written = '';
      await runKill(null, flags);
      expect(written).toContain(`It was killed already, since ${chinaText(since ?? 0)}.`);
    }
    expect(await killInstance(folder, {})).toContain(`It was killed already, since ${chinaText(since ?? 0)}.`);
  });

  it('takes the time of a file that was made by hand', async () => {
    const folder = instance('one');
    writeFileSync(join(folder, 'KILL'), '');
    utimesSync(join(folder, 'KILL'), 1_767_225_600, 1_767_225_600);
    // The first writes the file anew.
    for (const _time of [1, 2]) {
      written = '';
      await runKill(null, flags);
      expect(written).toContain('It was killed already, since 2026-01-01 08:00:00.');
    }
  });
});
