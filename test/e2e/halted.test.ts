import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { BT, bt, start } from './cli-process.ts';

const MARKET = ['--broker', 'qmt-remote', '--with-stub', '--at', '2026-07-06 10:00:00', '--speed', '10'];
const STRATEGY = `
import { log, subscribe } from 'jqdata';
let calls = 0;
export function initialize() { subscribe('000001.XSHE', 'tick'); }
export function handle_tick(context, tick) {
  calls += 1;
  if (calls <= 3) throw new Error('on purpose');
  log.info('call %d', calls);
}
`;

let home = '';
beforeEach(() => {
  home = temporaryFolder('halted');
  writeFileSync(join(home, 'fails.ts'), STRATEGY);
});

test('three calls that fail halt the strategy; the run goes on, and `bt resume` lets the strategy go on', async () => {
  const options = { cwd: home, env: { TMPDIR: home } };
  const run = start(BT, ['live', 'fails.ts', ...MARKET, '--state', 'kept'], options);
  await run.output(/READY/u);
  await run.output(/ALARM: 3 calls of handle_tick in a row failed: the strategy is halted/u);
  const resumed = await bt(['resume', '--state', 'kept'], options);
  expect(resumed).toMatchObject({ code: 0, stderr: '' });
  expect(resumed.stdout).toContain('The strategy goes on');
  await run.output(/call 4/u);
  const again = await bt(['resume', '--state', 'kept'], options);
  expect(again.code).toBe(1);
  expect(again.stderr).toContain('The strategy is not halted');
  run.child.kill('SIGINT');
  const { code, stdout } = await run.finished;
  expect(stdout.match(/handle_tick failed: on purpose \(fails\.ts:7/gu)).toHaveLength(3);
  expect(code).toBe(2);
  const without = await bt(['resume', '--state', 'kept'], options);
  expect(without.stderr).toMatch(/^bt: No bt live runs in .*kept; start it/u);
});
