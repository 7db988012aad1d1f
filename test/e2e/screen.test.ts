import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { RunReport } from '../../src/engine/report.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { WireClient } from '../wire/wire-client.ts';
import { BT } from './cli-process.ts';
import { freePort } from './free-port.ts';

/** Writes 0.9 MB a minute for fifteen minutes, and trades at the end. */
const NOISY = `
import { log, order, run_daily } from 'jqdata';
const line = 'x'.repeat(1000);
export function initialize() { run_daily(buy, '09:50'); }
export function handle_data() { for (let i = 0; i < 900; i += 1) log.info(line); }
function buy() { order('000001.XSHE', 100); }
`;

type Screen = 'unread' | 'closed' | 'full';

/** Starts bt with both outputs on a screen that takes nothing (any more). */
function startOn(screen: Screen, args: readonly string[], cwd: string): ChildProcess {
  const full = screen === 'full' ? openSync('/dev/full', 'w') : null;
  const output = full ?? ('pipe' as const);
  const env = { PATH: process.env['PATH'] ?? '', TMPDIR: cwd };
  const child = spawn(process.execPath, ['--', BT, ...args], { cwd, env, stdio: ['ignore', output, output] });
  if (full !== null) closeSync(full);
  if (screen === 'closed') {
    child.stdout?.destroy();
    child.stderr?.destroy();
  }
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

function workspace(): string {
  const home = temporaryFolder('screen');
  return home;
}

/** Nothing on its screen says when it listens. */
async function opened(port: number): Promise<WireClient> {
  for (;;) {
    const client = await WireClient.connect(port);
    if (!client.closed) {
      client.send({ type: 'handshake', token: 'stub', protocol: 1, features: [] });
      await client.received(1);
      return client;
    }
    await wait(20);
  }
}

const SCREENS: readonly Screen[] = ['unread', 'closed', 'full'];

test.each(SCREENS)('a run on a screen that is %s trades to its end', async (screen) => {
  const home = workspace();
  writeFileSync(join(home, 'noisy.ts'), NOISY);
  const market = ['--broker', 'qmt-remote', '--with-stub', '--at', '2026-07-06 09:34:30', '--speed', 'max'];
  const child = startOn(screen, ['live', 'noisy.ts', ...market, '--until', '09:51', '--report', 'run.json'], home);
  const [code] = (await once(child, 'exit')) as [number | null];
  expect(code).toBe(0);
  const report = JSON.parse(readFileSync(join(home, 'run.json'), 'utf8')) as RunReport;
  expect(report.orders).toMatchObject([{ security: '000001.XSHE', amount: 100, state: 'filled' }]);
});

test.each(SCREENS)('a server on a screen that is %s serves, and stops when it is told to', async (screen) => {
  const home = workspace();
  const port = await freePort();
  const child = startOn(screen, ['server', '--port', String(port), '--token', 'stub', '--access-log'], home);
  const client = await opened(port);
  // A line of the access log each: more than a pipe holds.
  for (let i = 0; i < 600; i += 1)
    expect((await client.request('admin.health', {}, `${'i'.repeat(100)}${i}`))['type']).toBe('response');
  await client.close();
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  expect((await ended)[0]).toBe(0);
});
