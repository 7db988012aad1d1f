import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { chinaInstant } from '../../src/domain/time.ts';
import { findInterpreter } from '../python/interpreters.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { BT, ROOT, start } from './cli-process.ts';
import { freePort } from './free-port.ts';

const python = findInterpreter();
const SCRIPT = fileURLToPath(new URL('joinquant/remote_strategy.py', import.meta.url));
const HELPERS = join(ROOT, 'helpers', 'joinquant');
const TLS = join(ROOT, 'test', 'fixtures', 'tls');
const DAY = '2026-07-06';
const TOKEN = 'a token of chance';
/** A machine with other work takes its time. */
const MOST_MS = 180_000;

interface Done {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Market time goes on while it runs: what waits for a fill waits for the market. */
function runExample(port: number): Promise<Done> {
  const args = ['-B', SCRIPT, HELPERS, String(port), TOKEN, String(chinaInstant(DAY, '09:35')), join(TLS, 'ca.pem')];
  const env = { PATH: process.env['PATH'] ?? '', PYTHONIOENCODING: 'utf-8' };
  const child = spawn(python?.path ?? '', args, { env });
  onTestFinished(() => void child.kill('SIGKILL'));
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

const title =
  python === null ? 'remote_strategy_example.py: needs python3 of 3.8 or newer' : 'remote_strategy_example.py';
describe.skipIf(python === null)(title, () => {
  test(
    'runs its five tasks against bt server behind TLS, imported as JoinQuant imports it',
    async () => {
      const port = await freePort();
      const market = ['--server-type', 'stub', '--at', `${DAY} 09:35:00`];
      const tls = ['--tls-cert', join(TLS, 'server.pem'), '--tls-key', join(TLS, 'server-key.pem')];
      const server = start(BT, ['server', ...market, ...tls, '--port', String(port), '--token', TOKEN], {
        cwd: temporaryFolder('remote'),
      });
      onTestFinished(() => void server.child.kill('SIGKILL'));
      await server.output(/READY/u);
      const done = await runExample(port);
      expect(done, done.stderr).toMatchObject({ code: 0 });
      expect(done.stdout + done.stderr).not.toContain(TOKEN);
      expect(done.stdout).toMatch(EXPECTED);
      server.child.kill('SIGINT');
      const { stdout } = await server.finished;
      const asked = stdout.match(/action=broker\.\w+_order account=- sub=- status=ok/gu) ?? [];
      // Four orders, each once, and one of them cancelled.
      expect(asked.map((line) => /broker\.(\w+)_order/u.exec(line)?.[1])).toEqual([
        'place',
        'cancel',
        'place',
        'place',
        'place',
      ]);
    },
    MOST_MS,
  );
});

const EXPECTED = new RegExp(
  [
    '09:35 show_account_and_positions',
    String.raw`INFO \[账号\] 可用资金=\d+\.\d\d 总资产=\d+\.\d\d 持仓数=0`,
    '09:36 place_limit_buy_and_cancel',
    String.raw`INFO \[限价单\] order_id=(\d+)`,
    String.raw`INFO \[撤单\] (?:canceled|canceling)`,
    '09:37 place_market_buy_async',
    String.raw`INFO \[市价单\] order_id=(\d+)`,
    String.raw`09:38 check_open_orders(?:\nINFO \[订单查询\] order_id=\d+ 状态=\w+ 已成=\d+)*`,
    '09:39 trade_gold_roundtrip',
    String.raw`INFO \[黄金回合\] 买单 \d+ filled`,
    String.raw`INFO \[黄金回合\] 卖单 \d+ filled`,
  ].join(String.raw`\n`),
  'u',
);
