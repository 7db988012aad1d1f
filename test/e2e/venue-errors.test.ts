import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { RunReport } from '../../src/engine/report.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { BT, bt, start } from './cli-process.ts';

/** Reads the market each minute, wrapping what it meets, and closes its positions at 09:44. */
const STRATEGY = `
import { get_current_data, log, run_daily } from 'jqdata';
export function initialize() { run_daily(close_all, '09:44'); }
export function handle_data(context) {
  try {
    log.info('price %s', get_current_data()['000001.XSHE'].last_price > 0);
  } catch (cause) {
    throw new Error('no price', { cause });
  }
}
function close_all() { log.info('closing'); }
`;

const FAULTS = {
  faults: [
    {
      kind: 'error',
      action: ['data.live_current', 'data.snapshot'],
      times: 4,
      code: 'QMT_RECONNECTING',
      when: 'before',
    },
  ],
};

test('four minutes in a row of QMT_RECONNECTING in handle_data halt nothing: the task after them runs', async () => {
  const home = temporaryFolder('venue');
  writeFileSync(join(home, 'close.ts'), STRATEGY);
  writeFileSync(join(home, 'faults.json'), JSON.stringify(FAULTS));
  const clock = ['--at', '2026-07-06 09:34:00', '--speed', '60'];
  const server = start(BT, ['server', '--port', '0', '--token', 'stub', '--faults', 'faults.json', ...clock], {
    cwd: home,
  });
  onTestFinished(async () => {
    server.child.kill('SIGKILL');
    await server.finished;
  });
  const [, port = ''] = await server.output(/^READY 127\.0\.0\.1:(\d+) /mu);
  const env = { TMPDIR: home, QMT_SERVER_HOST: '127.0.0.1', QMT_SERVER_PORT: port, QMT_SERVER_TOKEN: 'stub' };
  const args = ['--broker', 'qmt-remote', '--clock', 'gateway', '--until', '09:44:30', '--report', 'run.json'];
  const { stdout } = await bt(['live', 'close.ts', ...args], { cwd: home, env });
  const { errors, triggers } = JSON.parse(readFileSync(join(home, 'run.json'), 'utf8')) as RunReport;
  expect(errors.length, stdout).toBe(4);
  expect(new Set(errors.map(({ code, message }) => `${code} ${message}`))).toEqual(
    new Set(['QMT_RECONNECTING no price']),
  );
  expect(stdout).toMatch(/WARN.*handle_data.* failed: no price \(close\.ts:/u);
  expect(stdout).not.toContain('ALARM');
  expect(stdout).toContain('strategy closing');
  expect(triggers.find(({ task }) => task.includes('close_all'))).toMatchObject({ outcome: 'ran' });
});
