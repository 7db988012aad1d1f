import { onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { BT, start } from './cli-process.ts';
import type { Running } from './cli-process.ts';

function begin(args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  const running = start(BT, args, { cwd: temporaryFolder('dry'), env });
  onTestFinished(async () => {
    running.child.kill('SIGKILL');
    await running.finished;
  });
  return running;
}

test('a run on a gateway that rehearses says so at its start and in READY', { timeout: 120_000 }, async () => {
  const stub = ['--server-type', 'stub', '--token', 'stub', '--at', '2026-07-06 10:00:00'];
  const server = begin(['server', '--port', '0', '--dry-run', ...stub]);
  const [, port = ''] = await server.output(/^READY 127\.0\.0\.1:(\d+) .*, DRY RUN$/mu);
  const strategy = new URL('../../strategies/demo.ts', import.meta.url).pathname;
  const live = begin(['live', strategy, '--broker', 'qmt-remote', '--clock', 'gateway'], {
    QMT_SERVER_HOST: '127.0.0.1',
    QMT_SERVER_PORT: port,
    QMT_SERVER_TOKEN: 'stub',
  });
  await live.output(/DRY RUN: this gateway answers orders as placed and sends none of them/u);
  await live.output(/READY demo on qmt-remote .*DRY RUN: no order is sent/u);
});
