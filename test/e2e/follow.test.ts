import { spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { chinaInstant } from '../../src/domain/time.ts';
import { envelopeKeys } from '../../src/follow/formats/envelope-keys.ts';
import { skipsWithout } from '../must-have.ts';
import { findInterpreter } from '../python/interpreters.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { HAS_REDIS, RedisServer } from '../unit/follow/redis/redis-server.ts';
import { orderBody, sealed } from '../unit/follow/senders.ts';
import { bt, BT, ROOT, start } from './cli-process.ts';
import type { Running } from './cli-process.ts';

const python = findInterpreter();
const FOLDER = fileURLToPath(new URL('joinquant/', import.meta.url));
const HELPERS = join(ROOT, 'helpers', 'joinquant');
const DAY = '2026-07-06';
const AT = chinaInstant(DAY, '09:40');
const SPEED = 2;
/** A cross-border ETF: sold on the day it is bought, and so thin that an order for much is filled in parts, over some ticks of 3 s. */
const THIN = '513030.XSHG';
const MUCH = 400_000;

/** A machine with other work takes its time. */
const MOST_MS = 180_000;

const CONFIG = {
  http: { port: 0 },
  files: 'days',
  strategies: [
    { name: '旧', passphrase: 'older-password', legacy: 'on', cash: 500_000 },
    { name: '新', passphrase: 'a passphrase of chance 1', cash: 400_000 },
  ].map((strategy) => ({
    ...strategy,
    price: 'opponent',
    slippage: 0,
    requote: { afterSeconds: 4, times: 20, totalSeconds: 120 },
  })),
};

interface Step {
  readonly function: 'order' | 'order_target';
  readonly arguments: readonly [string, number];
  readonly number: number;
  readonly price: number;
  readonly held: Readonly<Record<string, number>>;
}

/** A follower on a paper market of its own, whose clock is known. */
class Follower {
  readonly running: Running;
  readonly cwd: string;
  url = '';
  #readyAt = 0;

  constructor(config: object = CONFIG) {
    this.cwd = temporaryFolder('follow');
    writeFileSync(join(this.cwd, 'follow.jsonc'), `// two sources\n${JSON.stringify(config)}`);
    const market = ['--broker', 'qmt-remote', '--with-stub', '--at', `${DAY} 09:40:00`, '--speed', String(SPEED)];
    const kept = ['--state', join(this.cwd, 'state'), '--report', join(this.cwd, 'run.json')];
    this.running = start(BT, ['follow', 'follow.jsonc', ...market, ...kept], { cwd: this.cwd });
    onTestFinished(() => void this.running.child.kill('SIGKILL'));
  }

  async ready(): Promise<this> {
    const [said] = await this.running.output(/[^]*READY/u);
    this.url = /taken at (http:\/\/127\.0\.0\.1:\d+)\/api\/order/u.exec(said)?.[1] ?? '';
    this.#readyAt = performance.now();
    return this;
  }

  /** What a clock at JoinQuant shows: the market's time, as near as anybody outside knows it. */
  get now(): number {
    return AT + Math.round((performance.now() - this.#readyAt) * SPEED);
  }

  run(script: string, passphrase: string, step: Step, ...rest: readonly string[]): Record<string, string> {
    const args = ['-B', join(FOLDER, script), this.url, passphrase, String(this.now), JSON.stringify(step), ...rest];
    const done = spawnSync(python?.path ?? '', args, { encoding: 'utf8' });
    // What is not accepted is said there, for want of a log.
    expect(done.stderr.replaceAll(/^bt_signal: signal .*\n/gmu, '')).toBe('');
    expect(done.stderr).not.toContain(passphrase);
    return JSON.parse(done.stdout) as Record<string, string>;
  }

  older(step: Step): Record<string, string> {
    return this.run('older_sender.py', 'older-password', step);
  }

  own(step: Step): Record<string, string> {
    return this.run('signal_strategy.py', 'a passphrase of chance 1', step, '新', HELPERS);
  }

  /** The words with which a signal ended: how, and how many shares. */
  async ended(key: string): Promise<{ readonly how: string; readonly shares: number }> {
    const line = new RegExp(`Signal ${key}, .*: (filled|partly filled|refused|nothing)[^\\n]*`, 'u');
    const [text, how = ''] = await this.running.output(line);
    return { how, shares: Number(/(\d+)(?: of \d+)? shares/u.exec(text)?.[1] ?? Number.NaN) };
  }
}

function buy(number: number, amount: number): Step {
  return { function: 'order', arguments: [THIN, amount], number, price: 1.02, held: {} };
}

function sellAll(number: number, held: number): Step {
  return { function: 'order_target', arguments: [THIN, 0], number, price: 1.02, held: { [THIN]: held } };
}

interface Report {
  readonly orders: readonly { readonly side: string; readonly filled: number; readonly status: string }[];
}

const title = python === null ? 'bt follow: needs python3 of 3.8 or newer' : 'bt follow';
describe.skipIf(python === null)(title, () => {
  test(
    'the older sender’s buy is filled in parts and ordered anew, its sell follows, and what is played again is refused',
    async () => {
      const follower = await new Follower().ready();
      const bought = follower.older(buy(1, MUCH));
      expect([bought['status'], JSON.parse(bought['answer'] ?? '')]).toEqual([
        200,
        { status: 'success', message: '信号已接收' },
      ]);
      await follower.running.output(/filled: buy \d+ 513030\.XSHG at [\d.]+ \(\d+\), \d+ of 400000/u);
      // Cancelled, its end waited for, and the rest ordered.
      await follower.running.output(/(?:accepted \(\d+\)[^]*){2}/u);
      const again = await fetch(`${follower.url}/api/order`, { method: 'POST', body: bought['body'] ?? '' });
      expect(again.status).toBe(403);
      const buyEnd = await follower.ended(`旧:${DAY}:1`);
      expect(buyEnd.shares).toBeGreaterThan(0);
      follower.older(sellAll(2, MUCH));
      const sellEnd = await follower.ended(`旧:${DAY}:2`);
      follower.running.child.kill('SIGINT');
      const done = await follower.running.finished;
      expect([done.code, done.stderr]).toEqual([0, '']);
      const { orders } = JSON.parse(readFileSync(join(follower.cwd, 'run.json'), 'utf8')) as Report;
      const filled = (side: string): number =>
        orders.filter((order) => order.side === side).reduce((sum, order) => sum + order.filled, 0);
      expect(orders.filter(({ side }) => side === 'buy').length).toBeGreaterThan(1);
      expect([filled('buy'), filled('sell')]).toEqual([buyEnd.shares, sellEnd.shares]);
      expect(done.stdout).not.toContain('older-password');
      const raw = readFileSync(join(follower.cwd, 'days', 'paper', '原始数据', `${DAY}.csv`), 'utf8');
      expect(raw.split('\r\n')).toHaveLength(4);
    },
    MOST_MS,
  );

  test(
    'bt_signal.py’s buy and sell are followed, and a repeated one is a duplicate',
    async () => {
      const follower = await new Follower().ready();
      expect(follower.own(buy(1, 2_000))).toEqual({ result: 'accepted', id: `${DAY}:1`, code: '', reason: '' });
      expect((await follower.ended(`新:${DAY}:1`)).how).toBe('filled');
      expect(follower.own(buy(1, 2_000))).toMatchObject({ result: 'duplicate', reason: 'filled' });
      const wrong = follower.run('signal_strategy.py', 'another passphrase 1', buy(2, 100), '新', HELPERS);
      expect(wrong).toMatchObject({ result: 'unsent', code: 'NOT_AUTHENTIC' });
      expect(follower.own(sellAll(3, 2_000))).toMatchObject({ result: 'accepted' });
      expect(await follower.ended(`新:${DAY}:3`)).toEqual({ how: 'filled', shares: 2_000 });
      const status = await bt(['follow', 'status', '--json', '--day', DAY, '--state', join(follower.cwd, 'state')], {
        cwd: follower.cwd,
      });
      const shown = JSON.parse(status.stdout) as { signals: { key: string; end: string }[] };
      expect(shown.signals.map(({ key, end }) => [key, end])).toEqual([
        [`新:${DAY}:1`, 'filled'],
        [`新:${DAY}:3`, 'filled'],
      ]);
    },
    MOST_MS,
  );
});

const byRedis = HAS_REDIS
  ? 'bt follow by Redis'
  : 'bt follow by Redis: needs redis-server (apt-get install redis-server)';
describe.skipIf(skipsWithout('redis-server', HAS_REDIS))(byRedis, () => {
  test(
    'a signal is traded and acknowledged at its end; recorded and sent again it is acknowledged and not traded',
    async () => {
      const server = await RedisServer.start();
      const [, strategy] = CONFIG.strategies;
      const keys = await envelopeKeys(strategy?.passphrase ?? '', '新');
      const config = { redis: { url: server.url }, strategies: [strategy] };
      const follower = await new Follower(config).ready();
      const body = orderBody({ id: `${DAY}:1`, security: THIN, amount: 2_000, price: 1.02, sent_at: follower.now });
      const envelope = sealed(body, keys, { strategy: '新', at: follower.now, seconds: 86_400 });
      await server.client.xadd('bt-signals', '*', 'bt_signal', envelope);
      expect(await follower.ended(`新:${DAY}:1`)).toEqual({ how: 'filled', shares: 2_000 });
      const pending = async (): Promise<unknown> =>
        ((await server.client.call('XPENDING', 'bt-signals', 'bt-follow')) as unknown[])[0];
      await expect.poll(pending, { timeout: MOST_MS, interval: 20 }).toBe(0);
      await server.client.xadd('bt-signals', '*', 'bt_signal', envelope);
      await expect.poll(() => lastGiven(server), { timeout: MOST_MS, interval: 20 }).toBe(2);
      await expect.poll(pending, { timeout: MOST_MS, interval: 20 }).toBe(0);
      follower.running.child.kill('SIGINT');
      const done = await follower.running.finished;
      expect([done.code, done.stderr]).toEqual([0, '']);
      const { orders } = JSON.parse(readFileSync(join(follower.cwd, 'run.json'), 'utf8')) as Report;
      expect(orders).toHaveLength(1);
    },
    MOST_MS,
  );
});

/** How many entries of the stream the group has been given. */
async function lastGiven(server: RedisServer): Promise<unknown> {
  const [group = []] = (await server.client.call('XINFO', 'GROUPS', 'bt-signals')) as unknown[][];
  return group[group.indexOf('entries-read') + 1];
}

describe('bt follow --import', () => {
  test(
    'makes a configuration that only its owner reads, and says what became of each name',
    async () => {
      const cwd = temporaryFolder('import');
      writeFileSync(
        join(cwd, '聚宽跟单设置.json'),
        JSON.stringify({ 端口: '8889', 策略名称: ['a'], 策略跟单比例: [0.5], 解码令牌: 'older-password', 密码: '' }),
      );
      const done = await bt(['follow', '--import', '.'], { cwd });
      expect([done.code, done.stderr]).toEqual([0, '']);
      expect(done.stdout).toContain('  端口: "http": "port"');
      expect(done.stdout).toContain('  密码: it did nothing there');
      expect(done.stdout).not.toContain('older-password');
      const file = join(cwd, 'follow.jsonc');
      expect(readFileSync(file, 'utf8')).toContain('"port": 8889');
      if (process.platform !== 'win32') expect(statSync(file).mode & 0o077).toBe(0);
      const again = await bt(['follow', '--import', '聚宽跟单设置.json'], { cwd });
      expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('name another with --out')]);
      const named = await bt(['follow', '--import', '聚宽跟单设置.json', '--out', 'other.jsonc'], { cwd });
      expect(named.code).toBe(0);
    },
    MOST_MS,
  );
});
