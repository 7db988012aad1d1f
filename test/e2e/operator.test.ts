import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { INSTANCE_STATUS } from '../../src/status/schema.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { BT, bt, start, type Finished } from './cli-process.ts';

/** Buys once, and orders once a minute far below the market. */
const STRATEGY = `
import { get_current_data, log, order, LimitOrderStyle, run_daily } from 'jqdata';
export function initialize() { run_daily(buy, 'every_bar'); }
let isFirst = true;
function buy(context) {
  if (isFirst) order('000001.XSHE', 100);
  isFirst = false;
  const price = get_current_data()['510300.XSHG'].low_limit + context.current_dt.minute / 1000;
  log.info('ordered ' + (order('510300.XSHG', 100, new LimitOrderStyle(price)) !== null));
}
`;

let home = '';
beforeEach(() => {
  home = temporaryFolder('operator');
  writeFileSync(join(home, 'buys.ts'), STRATEGY);
});

const run = (args: readonly string[]): Promise<Finished> => bt(args, { cwd: home, env: { TMPDIR: home } });

test(
  'a running paper market is looked at, an order of it cancelled, and what a kill -9 leaves is shown by its ledger',
  { timeout: 180_000 },
  async () => {
    const empty = await run(['instances']);
    expect(empty).toMatchObject({ code: 0, stderr: '' });
    expect(empty.stdout).toContain('There is no instance in');
    expect((await run(['status'])).stderr).toMatch(/^bt: There is no instance in .*Run this where bt live runs/u);

    // No --broker: a paper market needs none.
    const market = ['--with-stub', '--at', '2026-07-06 09:31:00', '--speed', '5', '--state', 'kept'];
    const live = start(BT, ['live', 'buys.ts', ...market], { cwd: home, env: { TMPDIR: home } });
    await live.output(/ordered true/u);
    const told = await run(['status', '--state', 'kept', '--json']);
    const status = INSTANCE_STATUS.parse(JSON.parse(told.stdout));
    expect(status).toMatchObject({ running: true, problem: null, portfolio: { source: 'engine' } });
    expect(status.engine).toMatchObject({
      ready: true,
      gate: null,
      stub: true,
      strategy: { state: expect.any(String) as string },
    });
    expect(status.positions).toMatchObject([{ security: '000001.XSHE', amount: 100 }]);
    const open = status.orders.find(({ security }) => security === '510300.XSHG');
    expect(open?.history.map(({ state }) => state)).toEqual(['planned', 'sending', 'accepted']);

    const canceled = await run(['cancel', open?.orderId ?? '', '--state', 'kept']);
    expect(canceled.stdout).toContain(`${open?.orderId ?? '?'} (buy 100 510300.XSHG): cancelled, 0 filled.`);
    const history = await run(['orders', '--history', '--state', 'kept']);
    expect(history.stdout).toMatch(/cancelled by the operator: bt cancel/u);
    const paused = await run(['pause', '--state', 'kept', '--reason', 'lunch']);
    expect(paused.stdout).toContain('Paused');
    const screen = await run(['status', '--state', 'kept']);
    expect(screen.stdout).toMatch(/STOPPED +paused: lunch/u);
    live.child.kill('SIGKILL');
    await live.finished;

    const rests = await run(['status', '--state', 'kept']);
    expect(rests.stdout).toMatch(/does not run.*\n.*STOPPED +paused: lunch/u);
    expect(rests.stdout).toMatch(/as it was seen last, 2026-07-06 09:3/u);
    const risk = await run(['risk', '--state', 'kept']);
    expect(risk.stdout).toMatch(/daily_orders.*500 orders/u);
    expect(risk.stdout).toMatch(/stopped {2}lunch\./u);
    const log = await run(['log', '--state', 'kept', '--source', 'alarm', '--grep', 'pause']);
    expect(log.stdout).toMatch(/ALARM: A pause stops all orders/u);
    const resumed = await run(['resume', '--state', 'kept', '--reason', 'back']);
    expect(resumed.stdout).toContain('they were stopped by: pause');
    // Of its own market time, not the wall's.
    const after = INSTANCE_STATUS.parse(JSON.parse((await run(['status', '--state', 'kept', '--json'])).stdout));
    expect(after.risk.log.at(-1)).toMatchObject({ level: 'resumed', rule: 'pause', text: 'back' });
    expect(after.day).toBe('2026-07-06');
  },
);

test(
  'bt doctor on a machine without settings says what to do, and bt cancel that nothing runs',
  { timeout: 60_000 },
  async () => {
    const doctor = await run(['doctor', '--json']);
    const lines = JSON.parse(doctor.stdout) as {
      readonly what: string;
      readonly kind: string;
      readonly text: string;
    }[];
    expect(lines.find(({ what }) => what === 'gateway')).toMatchObject({
      kind: 'look',
      text: expect.stringContaining('no gateway is named') as string,
    });
    expect(lines.findLast(({ what }) => what === 'setting')?.text).toContain('bt init');
    expect(lines.find(({ what }) => what === 'Node')?.kind).toBe('ok');
    writeFileSync(
      join(home, '.env.local'),
      'QMT_SERVER_HOST=127.0.0.1\nQMT_SERVER_PORT=1\nQMT_SERVER_TOKEN=0123456789abcdefXYZ\n',
    );
    const away = await run(['doctor']);
    expect(away.code).toBe(1);
    expect(away.stdout).toMatch(/FIX {2}gateway +No session with the gateway at 127\.0\.0\.1:1/u);
    expect(away.stdout).toMatch(/setting +QMT_SERVER_TOKEN=\*\*\* \(19 characters\) \(\.env\.local line 3\)/u);
    expect(away.stdout).not.toContain('0123456789abcdefXYZ');
    expect((await run(['cancel', '--all'])).stderr).toMatch(/^bt: There is no instance/u);
  },
);

test('a kill for a first start that did not come through is taken back by bt resume', { timeout: 60_000 }, async () => {
  const folder = join(home, 'left');
  mkdirSync(folder);
  writeFileSync(join(folder, 'KILL'), '');
  const killed = await run(['kill', '--state', 'left']);
  expect(killed.stdout).toContain('the next start places nothing');
  expect((await run(['resume', '--state', 'left'])).stderr).toContain('Say why they may go on');
  expect((await run(['resume', '--state', 'left', '--reason', 'ok'])).stdout).toContain('they were stopped by: kill');
  expect(existsSync(join(folder, 'KILL'))).toBe(false);
});
