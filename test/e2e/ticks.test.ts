import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { BT, bt, start } from './cli-process.ts';
import type { Finished } from './cli-process.ts';

const WITH_STUB = ['--broker', 'qmt-remote', '--with-stub', '--at', '2026-07-06 10:00:00', '--speed', '1'];

let home = '';
beforeEach(() => {
  home = temporaryFolder('ticks');
});

function live(source: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Finished> {
  writeFileSync(join(home, 'ticks.ts'), source);
  return bt(['live', 'ticks.ts', ...args], { cwd: home, env: { TMPDIR: home, ...env } });
}

/** The file as the author sees it in messages, from the folder he works in. */
const line = (row: number, column: number): string => `ticks.ts:${row}:${column}`;

describe('subscribe', () => {
  test('brings ticks to handle_tick, which may trade; unsubscribed ones stop', async () => {
    const { code, stdout, stderr } = await live(
      `
import { get_current_data, log, order, subscribe, unsubscribe } from 'jqdata';
const seen = new Map();
export function initialize(context) { subscribe(['000001.XSHE', '600000.XSHG'], 'tick'); }
export function handle_tick(context, tick) {
  const count = (seen.get(tick.code) ?? 0) + 1;
  seen.set(tick.code, count);
  if (count === 1) {
    const quoted = get_current_data()[tick.code].last_price;
    log.info('%s first at %s, near %s', tick.code, tick.current > 0, Math.abs(tick.current / quoted - 1) < 0.2);
    log.info('day %s of %s', tick.datetime.strftime('%F'), context.current_dt.strftime('%F'));
    if (tick.code === '600000.XSHG') { order(tick.code, 100, { wait_timeout: 0 }); unsubscribe(tick.code, 'tick'); }
  }
  if (count === 3) {
    log.info('seen %s and %s', seen.get('000001.XSHE'), seen.get('600000.XSHG'));
    process.exit(0);
  }
}`,
      WITH_STUB,
    );
    expect(stderr, stdout).toBe('');
    expect(stdout).toContain('000001.XSHE first at True, near True');
    expect(stdout).toContain('600000.XSHG first at True, near True');
    expect(stdout).toContain('day 2026-07-06 of 2026-07-06');
    expect(stdout).toContain('seen 3 and 1');
    expect(stdout).toContain('The strategy ended itself (exit 0).');
    expect([0, 3]).toContain(code); // 3: the order was still open
  });

  test('without handle_tick says so', async () => {
    const source = `import { subscribe } from 'jqdata';\nexport function initialize() { subscribe('000001.XSHE', 'tick'); }\nexport function process_initialize() { process.exit(0); }\nexport function after_trading_end() {}\n`;
    const { stdout } = await live(source, WITH_STUB);
    expect(stdout).toMatch(/WARN.*the strategy has no handle_tick\(context, tick\)/u);
  });

  test('more than the venue allows is its error, at the author’s line, and none of them is subscribed', async () => {
    const server = start(
      BT,
      [
        'server',
        '--port',
        '0',
        '--token',
        'stub',
        '--max-subscriptions',
        '2',
        '--at',
        '2026-07-06 10:00:00',
        '--speed',
        '1',
      ],
      { cwd: home },
    );
    try {
      const [, port = ''] = await server.output(/^READY 127\.0\.0\.1:(\d+) /mu);
      const source = `
import { log, subscribe } from 'jqdata';
export function initialize() {
  try { subscribe(['000001.XSHE', '000002.XSHE', '600000.XSHG'], 'tick'); } catch (error) { log.info('fault %s', error.fault); }
  subscribe(['000001.XSHE', '000002.XSHE'], 'tick');
  subscribe('600000.XSHG', 'tick');
}
export function after_trading_end() {}`;
      const env = { QMT_SERVER_HOST: '127.0.0.1', QMT_SERVER_PORT: port, QMT_SERVER_TOKEN: 'stub' };
      const { code, stdout } = await live(source, ['--broker', 'qmt-remote', '--clock', 'gateway'], env);
      expect(stdout).toContain('fault venue');
      expect(stdout).toMatch(new RegExp(`initialize failed: .*2.* \\(${line(6, 3)}\\)`, 'u'));
      expect(code).toBe(2);
    } finally {
      server.child.kill('SIGKILL');
      await server.finished;
    }
  });
});
