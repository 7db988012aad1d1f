import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { BT, bt, start } from './cli-process.ts';

const STRATEGY = `
import { log, order, LimitOrderStyle, get_current_data, run_daily } from 'jqdata';
export function initialize() { run_daily(buy, 'every_bar'); }
function buy() {
  const price = get_current_data()['510300.XSHG'].low_limit;
  log.info('ordered ' + (order('510300.XSHG', 100, new LimitOrderStyle(price)) !== null));
}
`;

test(
  'a run on a paper market serves its metrics and health, and says when a person has paused it',
  { timeout: 90_000 },
  async () => {
    const home = temporaryFolder('metrics');
    writeFileSync(join(home, 'buys.ts'), STRATEGY);
    mkdirSync(join(home, 'kept'));
    const options = { cwd: home, env: { TMPDIR: home, METRICS_TOKEN: 'a-token-of-some-length' } };
    const market = ['--broker', 'qmt-remote', '--with-stub', '--at', '2026-07-06 09:31:00', '--speed', '20'];
    const run = start(BT, ['live', 'buys.ts', ...market, '--state', 'kept', '--metrics', '127.0.0.1:0'], options);
    const [, base = ''] = await run.output(/Metrics: (http:\/\/127\.0\.0\.1:\d+)\/metrics/u);
    const ask = (path: string): Promise<Response> =>
      fetch(`${base}${path}`, { headers: { Authorization: 'Bearer a-token-of-some-length' } });
    expect((await fetch(`${base}/metrics`)).status).toBe(401);
    await run.output(/ordered true/u);
    expect((await ask('/health')).status).toBe(200);
    const text = await (await ask('/metrics')).text();
    for (const sample of [
      /^bt_order_send_seconds_count [1-9]/mu,
      /^bt_order_accept_seconds_count [1-9]/mu,
      /^bt_ledger_commit_seconds_count\{kind="forced"\} [1-9]/mu,
      /^bt_host_call_seconds_count\{call="placeOrder"\} [1-9]/mu,
      /^bt_link_up\{session="read"\} 1$/mu,
      /^bt_orders_open [1-9]/mu,
      /^process_resident_memory_bytes \d/mu,
    ])
      expect(text).toMatch(sample);
    await bt(['pause', '--state', 'kept'], options);
    const paused = await vi.waitFor(async () => {
      const answer = await ask('/health');
      expect(answer.status).toBe(503);
      return answer.text();
    });
    expect(paused).toMatch(/"status":"not ready","reason":"[^"]*pause/u);
    run.child.kill('SIGINT');
    await run.finished;
  },
);
