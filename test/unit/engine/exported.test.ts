import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runExport, runImport } from '../../../src/cli/move-run.ts';
import { writeInstanceFile } from '../../../src/ledger/instance-file.ts';
import { LiveRuns } from './live-runs.ts';
import { Workspace } from './strategy/workspace.ts';

let space: Workspace;
beforeEach(async () => {
  space = await Workspace.make({
    'main.ts': `export function initialize() { g.n = 1; run_daily(task, '10:00'); } function task() {}`,
  });
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await space.remove();
});

test('an instance that was exported does not start where it was, and says where it went and how to go on', async () => {
  const runs = new LiveRuns(space);
  const state = join(space.folder, 'state');
  const file = join(space.folder, 'x.instance');
  const start = (): Promise<unknown> => runs.run('2026-07-06 09:52', '2026-07-06 09:53');
  await runs.run('2026-07-06 09:50', '2026-07-06 09:51');
  writeInstanceFile(state, { name: 'main' });
  runExport('main', file, { state });
  await expect(start()).rejects.toMatchObject({ code: 'INSTANCE_MOVED' });
  await expect(start()).rejects.toThrow(`exported to ${file}`);
  // The way it says.
  renameSync(state, `${state}.left`);
  runImport(file, { state });
  await start();
  expect(runs.continues).toContain('g has n');
  // The other way it says.
  runExport('main', join(space.folder, 'y.instance'), { state });
  await expect(start()).rejects.toThrow('delete "exported_to"');
  writeInstanceFile(state, { exported_to: undefined });
  await start();
  expect(runs.continues).toContain('g has n');
});
