import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { chinaInstant } from '../../src/domain/time.ts';
import { envelopeKeys } from '../../src/follow/formats/envelope-keys.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { receiver } from '../unit/notify/receiver.ts';
import { orderBody, sealed } from '../unit/follow/senders.ts';
import { bt, BT, start } from './cli-process.ts';
import type { Running } from './cli-process.ts';
import { freePort } from './free-port.ts';

const DAY = '2026-07-06';
/** Sold on the day it is bought. */
const ETF = '518880.XSHG';
const PASSPHRASE = 'a passphrase of chance 1';
/** A machine with other work takes its time. */
const MOST_MS = 180_000;

/** A source's clock, and how its signals reach a follower. */
class Source {
  readonly strategy: string;
  readonly #now: () => number;
  #number = 0;

  constructor(strategy: string, now: () => number) {
    this.strategy = strategy;
    this.#now = now;
  }

  /** The words of the answer to order `id`. */
  async send(url: string, id: string, more: Readonly<Record<string, unknown>>): Promise<unknown> {
    const keys = await envelopeKeys(PASSPHRASE, this.strategy);
    const at = this.#now();
    const body = orderBody({ id, security: ETF, price: null, sent_at: at, ...more });
    this.#number += 1;
    const sealing = { strategy: this.strategy, at, number: this.#number, nonce: this.#number };
    const answer = await fetch(`${url}/api/order`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ bt_signal: sealed(body, keys, sealing) }),
    });
    return ((await answer.json()) as { result: unknown }).result;
  }
}

function configOf(strategy: string, more: object): string {
  const requote = { afterSeconds: 4, times: 20, totalSeconds: 120 };
  const strategies = [{ name: strategy, passphrase: PASSPHRASE, price: 'opponent', requote }];
  return JSON.stringify({ http: { port: 0 }, strategies, ...more });
}

async function addressOf(running: Running): Promise<string> {
  const [said] = await running.output(/[^]*READY/u);
  return /taken at (http:\/\/127\.0\.0\.1:\d+)\/api\/order/u.exec(said)?.[1] ?? '';
}

function ended(running: Running, key: string): Promise<RegExpExecArray> {
  return running.output(new RegExp(`Signal ${key}, .*: filled, \\d+ shares`, 'u'));
}

interface Shown {
  readonly signals: readonly { readonly key: string; readonly end: string; readonly filled: number }[];
}

interface Positions {
  readonly positions: readonly { readonly security: string; readonly amount: number }[];
}

describe('two followers side by side', () => {
  test(
    'trade an account each: one goes on while the other is killed, which goes on after its start; neither touches the other’s',
    async () => {
      const cwd = temporaryFolder('followers');
      const port = await freePort();
      const market = ['--at', `${DAY} 09:40:00`, '--accounts', 'main=1001:stock,second=1002:stock'];
      const server = start(BT, ['server', ...market, '--port', String(port), '--token', 'stub'], { cwd });
      onTestFinished(() => void server.child.kill('SIGKILL'));
      await server.output(/READY/u);
      const readyAt = performance.now();
      const now = (): number => chinaInstant(DAY, '09:40') + Math.round(performance.now() - readyAt);
      const env = { QMT_SERVER_HOST: '127.0.0.1', QMT_SERVER_PORT: String(port), QMT_SERVER_TOKEN: 'stub' };
      const follow = (name: string): Running => {
        const args = ['follow', `${name}.jsonc`, '--broker', 'qmt-remote', '--clock', 'gateway'];
        const running = start(BT, args, { cwd, env });
        onTestFinished(() => void running.child.kill('SIGKILL'));
        return running;
      };
      for (const name of ['main', 'second'])
        writeFileSync(join(cwd, `${name}.jsonc`), configOf(`of-${name}`, { account: name, files: `days-${name}` }));
      const [first, other] = [follow('main'), follow('second')];
      const [firstUrl, otherUrl] = [await addressOf(first), await addressOf(other)];
      const [mine, theirs] = [new Source('of-main', now), new Source('of-second', now)];

      expect(await mine.send(firstUrl, `${DAY}:1`, { side: 'buy', amount: 300 })).toBe('accepted');
      expect(await theirs.send(otherUrl, `${DAY}:1`, { side: 'buy', amount: 500 })).toBe('accepted');
      await Promise.all([ended(first, `of-main:${DAY}:1`), ended(other, `of-second:${DAY}:1`)]);
      // A signal of the other's sender is a stranger's here.
      expect(await theirs.send(firstUrl, `${DAY}:9`, { side: 'buy', amount: 100 })).not.toBe('accepted');

      first.child.kill('SIGKILL');
      await first.finished;
      expect(await theirs.send(otherUrl, `${DAY}:2`, { side: 'sell', amount: 200 })).toBe('accepted');
      await ended(other, `of-second:${DAY}:2`);

      const again = follow('main');
      const againUrl = await addressOf(again);
      expect(await mine.send(againUrl, `${DAY}:1`, { side: 'buy', amount: 300 })).toBe('duplicate');
      expect(await mine.send(againUrl, `${DAY}:2`, { side: 'sell', amount: 300 })).toBe('accepted');
      await ended(again, `of-main:${DAY}:2`);

      const shown = async (name: string): Promise<unknown> => {
        const status = await bt(['follow', 'status', name, '--json', '--day', DAY], { cwd, env });
        const { signals } = JSON.parse(status.stdout) as Shown;
        return signals.map(({ key, end, filled }) => [key, end, filled]);
      };
      expect(await shown('main')).toEqual([
        [`of-main:${DAY}:1`, 'filled', 300],
        [`of-main:${DAY}:2`, 'filled', 300],
      ]);
      expect(await shown('second')).toEqual([
        [`of-second:${DAY}:1`, 'filled', 500],
        [`of-second:${DAY}:2`, 'filled', 200],
      ]);
      const held = async (name: string): Promise<unknown> => {
        const { stdout } = await bt(['positions', name, '--json'], { cwd, env });
        return (JSON.parse(stdout) as Positions).positions.map(({ security, amount }) => [security, amount]);
      };
      await expect.poll(() => held('main'), { timeout: MOST_MS, interval: 200 }).toEqual([]);
      await expect.poll(() => held('second'), { timeout: MOST_MS, interval: 200 }).toEqual([[ETF, 300]]);
      for (const running of [again, other]) running.child.kill('SIGINT');
      for (const running of [again, other]) expect(await running.finished).toMatchObject({ code: 0, stderr: '' });
    },
    MOST_MS,
  );

  test('an account that the gateway does not have is refused by name', async () => {
    const cwd = temporaryFolder('followers');
    const port = await freePort();
    const market = ['--at', `${DAY} 09:40:00`, '--accounts', 'main=1001:stock'];
    const server = start(BT, ['server', ...market, '--port', String(port), '--token', 'stub'], { cwd });
    onTestFinished(() => void server.child.kill('SIGKILL'));
    await server.output(/READY/u);
    const env = { QMT_SERVER_HOST: '127.0.0.1', QMT_SERVER_PORT: String(port), QMT_SERVER_TOKEN: 'stub' };
    writeFileSync(join(cwd, 'third.jsonc'), configOf('a', { account: 'third', files: null }));
    const done = await bt(['follow', 'third.jsonc', '--broker', 'qmt-remote', '--clock', 'gateway'], { cwd, env });
    expect(done.code).toBe(1);
    expect(done.stderr).toContain('third');
  });
});

describe('the day’s digest of bt follow', () => {
  test(
    'comes to a phone at 15:05, with the signal’s order and a picture',
    async () => {
      const speed = 20;
      const cwd = temporaryFolder('followers');
      const phone = await receiver(() => ({ body: { errcode: 0, errmsg: 'ok' } }));
      const env = { NOTIFY_WECOM_KEY: 'wecom-key-12345', NOTIFY_WECOM_URL: phone.url, NOTIFY_PAPER: '1' };
      writeFileSync(join(cwd, 'day.jsonc'), configOf('a', { files: 'days' }));
      const market = ['--with-stub', '--at', `${DAY} 14:55:30`, '--speed', String(speed), '--until', '15:06'];
      const running = start(BT, ['follow', 'day.jsonc', ...market], { cwd, env });
      onTestFinished(() => void running.child.kill('SIGKILL'));
      const url = await addressOf(running);
      const readyAt = performance.now();
      const begun = chinaInstant(DAY, '14:55:30');
      const source = new Source('a', () => begun + Math.round((performance.now() - readyAt) * speed));
      expect(await source.send(url, `${DAY}:1`, { side: 'buy', amount: 300 })).toBe('accepted');
      await ended(running, `a:${DAY}:1`);
      expect(await running.finished).toMatchObject({ code: 0, stderr: '' });
      const texts = phone.received.flatMap(({ body }) => {
        const written = (body['markdown'] ?? body['text']) as { readonly content: string } | undefined;
        return written === undefined ? [] : [written.content];
      });
      const digests = texts.filter((text) => text.includes(`Day ${DAY}`));
      expect(digests).toHaveLength(1);
      expect(digests[0]).toContain('Orders: 1 (1 filled)');
      expect(digests[0]).toContain(ETF);
      const [picture, ...more] = phone.received.flatMap(({ body }) =>
        body['msgtype'] === 'image' ? [body['image'] as { readonly base64: string; readonly md5: string }] : [],
      );
      expect(more).toEqual([]);
      const png = Buffer.from(picture?.base64 ?? '', 'base64');
      expect(png.subarray(1, 4).toString()).toBe('PNG');
      expect(createHash('md5').update(png).digest('hex')).toBe(picture?.md5);
      const file = readFileSync(join(cwd, 'days', 'paper', '摘要数据', `${DAY}.csv`), 'utf8');
      expect(file).toContain('\r\na,1,1,0,0,0,0,');
    },
    MOST_MS,
  );
});
