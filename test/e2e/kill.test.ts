import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { BT, bt, start } from './cli-process.ts';

const MARKET = [
  '--broker',
  'qmt-remote',
  '--with-stub',
  '--at',
  '2026-07-06 09:31:00',
  '--speed',
  '20',
  '--state',
  'kept',
];
/** Orders a lot each minute far below the market, and says what came of it. */
const STRATEGY = `
import { get_current_data, log, order, LimitOrderStyle, run_daily } from 'jqdata';
export function initialize() { run_daily(buy, 'every_bar'); }
function buy(context) {
  const price = get_current_data()['510300.XSHG'].low_limit + context.current_dt.minute / 1000;
  log.info('ordered ' + (order('510300.XSHG', 100, new LimitOrderStyle(price)) !== null));
}
`;

let home = '';
beforeEach(() => {
  home = temporaryFolder('kill');
  writeFileSync(join(home, 'buys.ts'), STRATEGY);
});

test(
  'bt kill stops a running engine, holds over its next start, and bt resume says why it may go on',
  { timeout: 120_000 },
  async () => {
    const options = { cwd: home, env: { TMPDIR: home } };
    const run = start(BT, ['live', 'buys.ts', ...MARKET], options);
    await run.output(/ordered true/u);
    const killed = await bt(['kill', '--cancel', '--reason', 'too fast', '--state', 'kept'], options);
    expect(killed).toMatchObject({ code: 0, stderr: '' });
    expect(killed.stdout).toContain('Killed: nothing is placed any more, what is open is cancelled');
    await run.output(/ALARM: The kill switch stops all orders .*too fast/u);
    await run.output(/cancelled .*by bt: the kill switch/u);
    await run.output(/waits: the kill switch stops everything/u);
    run.child.kill('SIGKILL');
    await run.finished;
    expect(existsSync(join(home, 'kept', 'KILL'))).toBe(true);

    const silent = await bt(['resume', '--state', 'kept'], options);
    expect(silent).toMatchObject({ code: 1 });
    expect(silent.stderr).toMatch(/Orders are stopped by: kill\. Say why/u);

    const again = start(
      BT,
      ['live', 'buys.ts', ...MARKET.slice(0, 3), '--speed', '20', '--at', '2026-07-06 10:01:00', '--state', 'kept'],
      options,
    );
    await again.output(/READY/u);
    await again.output(/kill switch stops everything/u);
    const resumed = await bt(['resume', '--reason', 'looked at', '--state', 'kept'], options);
    expect(resumed.stdout).toContain('Orders go on; they were stopped by: kill.');
    expect(existsSync(join(home, 'kept', 'KILL'))).toBe(false);
    await again.output(/ordered true/u);
    const paused = await bt(['pause', '--state', 'kept'], options);
    expect(paused.stdout).toContain('Paused');
    await again.output(/it is paused/u);
    again.child.kill('SIGINT');
    await again.finished;
    expect((await bt(['resume', '--reason', 'back', '--state', 'kept'], options)).stdout).toContain(
      'they were stopped by: pause',
    );
  },
);

test('bt kill while nothing runs is obeyed by the next start', async () => {
  const options = { cwd: home, env: { TMPDIR: home } };
  const run = start(BT, ['live', 'buys.ts', ...MARKET, '--until', '09:33'], options);
  await run.finished;
  const killed = await bt(['kill', '--state', 'kept'], options);
  expect(killed.stdout).toContain('No bt live runs; the next start places nothing');
  const resumed = await bt(['resume', '--reason', 'a try', '--state', 'kept'], options);
  expect(resumed.stdout).toContain('Orders go on with the next start; they were stopped by: kill.');
  const none = await bt(['resume', '--reason', 'again', '--state', 'kept'], options);
  expect(none.stderr).toMatch(/^bt: No bt live runs in .*kept; start it/u);

  // What keeps the file from being written is said; a kill that is not certain is no success.
  mkdirSync(join(home, 'kept', 'KILL'));
  const folder = await bt(['kill', '--state', 'kept'], options);
  expect(folder).toMatchObject({ code: 1, stdout: '' });
  expect(folder.stderr).toMatch(/^bt: The file KILL cannot be written .* One is there all the same/u);
  const stays = await bt(['resume', '--reason', 'a try', '--state', 'kept'], options);
  expect(stays.stderr).toMatch(/^bt: KILL in .* cannot be removed .* Remove it by hand/u);
  rmSync(join(home, 'kept', 'KILL'), { recursive: true });

  // Asked for twice while nothing runs, the file holds both.
  await bt(['kill', '--flatten', '--state', 'kept'], options);
  await bt(['kill', '--reason', 'again', '--state', 'kept'], options);
  expect(readFileSync(join(home, 'kept', 'KILL'), 'utf8')).toMatch(/"flatten":true/u);
});
