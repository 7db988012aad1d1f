import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { BT, start, type Running } from './cli-process.ts';

/** Longer than what npm makes of one press: the program takes it for another one. */
const NEXT_PRESS_MS = 500;

test('pressed three times it leaves at once with 130, though the gateway hangs, and says what that means', async () => {
  const cwd = temporaryFolder('ctrl-c');
  const launch = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Running => {
    const run = start(BT, args, { cwd, env: { TMPDIR: cwd, ...env } });
    onTestFinished(async () => {
      run.child.kill('SIGKILL');
      await run.finished;
    });
    return run;
  };
  writeFileSync(
    join(cwd, 'busy.ts'),
    `import { log, run_daily } from 'jqdata';
export function initialize() { run_daily(busy, '09:35'); }
function busy() { log.info('busy begins'); for (;;) ; }
`,
  );
  // 12 s of the machine's time until the task: the gateway's clock does not wait for a slow start.
  const clock = ['--at', '2026-07-06 09:33:00', '--speed', '10'];
  const server = launch(['server', '--port', '0', '--token', 'stub', ...clock]);
  const [, port = ''] = await server.output(/^READY 127\.0\.0\.1:(\d+) /mu);
  const env = { QMT_SERVER_HOST: '127.0.0.1', QMT_SERVER_PORT: port, QMT_SERVER_TOKEN: 'stub' };
  const run = launch(['live', 'busy.ts', '--broker', 'qmt-remote', '--clock', 'gateway'], env);
  await run.output(/busy begins/u);
  server.child.kill('SIGSTOP');
  for (const heard of [/Press Ctrl-C again to end it now/u, /the strategy is lost: Ctrl-C was pressed twice/u]) {
    run.child.kill('SIGINT');
    await run.output(heard);
    await wait(NEXT_PRESS_MS);
  }
  run.child.kill('SIGINT');
  const { code, stderr } = await run.finished;
  expect({ code, stderr }).toEqual({
    code: 130,
    stderr: 'bt: left at once; what was open at the broker is still open there.\n',
  });
});
