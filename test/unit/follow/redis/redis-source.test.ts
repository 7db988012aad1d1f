import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { RedisWay, SenderKey } from '../../../../src/follow/config/index.ts';
import { envelopeKeys } from '../../../../src/follow/formats/envelope-keys.ts';
import type { EnvelopeKeys } from '../../../../src/follow/formats/envelope-keys.ts';
import { RedisSource } from '../../../../src/follow/redis/index.ts';
import type { RedisLedger, RedisPace } from '../../../../src/follow/redis/index.ts';
import { cleanText } from '../../../../src/platform/exit-text.ts';
import type { Log } from '../../../../src/platform/log.ts';
import { nullLog } from '../../../../src/platform/log.ts';
import { skipsWithout } from '../../../must-have.ts';
import { FakeSink, orderBody, sealed } from '../senders.ts';
import type { Sealing } from '../senders.ts';
import { HAS_REDIS, RedisServer } from './redis-server.ts';

const NOW = 1_772_415_060_000;
const PASSPHRASE = 'a passphrase of chance 1';
const SENDERS: readonly SenderKey[] = [{ strategy: 'a', passphrase: PASSPHRASE, legacy: false }];
const PACE: RedisPace = { blockMs: 20, careMs: 0, idleMs: 600_000, firstWaitMs: 5 };

let keys: EnvelopeKeys;
beforeAll(async () => {
  keys = await envelopeKeys(PASSPHRASE, 'a');
});

/** A follower's way in, which is stopped with the test; its sink may be another life's. */
class Follower {
  readonly sink: FakeSink;
  readonly told: string[] = [];
  readonly source: RedisSource;

  constructor(
    server: RedisServer,
    sink = new FakeSink(),
    pace: Partial<RedisPace> = {},
    way: Partial<RedisWay> = {},
    ledger: RedisLedger = { id: 'ledger-1', isKept: true },
  ) {
    this.sink = sink;
    const tell = (text: string): void => void this.told.push(text);
    const log: Log = { ...nullLog, warning: tell, info: tell, error: tell };
    const whole = { url: server.url, stream: 's', group: 'g', consumer: 'c', ...way };
    this.source = new RedisSource({
      way: whole,
      senders: SENDERS,
      now: () => NOW,
      log,
      ledger: () => ledger,
      pace: { ...PACE, ...pace },
    });
  }

  async start(): Promise<this> {
    await this.source.start(this.sink);
    onTestFinished(() => this.source.stop());
    return this;
  }

  get ids(): string[] {
    return this.sink.signals.map(({ id }) => id);
  }
}

function idOf(number: number): string {
  return `2026-03-02:${number}`;
}

function send(server: RedisServer, number: number, sealing: Partial<Sealing> = {}): Promise<string | null> {
  const envelope = sealed(orderBody({ id: idOf(number) }), keys, { at: NOW, seconds: 86_400, number, ...sealing });
  return server.client.xadd('s', '*', 'bt_signal', envelope);
}

/** Entries that were given to somebody and are not acknowledged: consumer of each. */
async function pending(server: RedisServer): Promise<string[]> {
  const rows = (await server.client.call('XPENDING', 's', 'g', '-', '+', 1000)) as [string, string, number, number][];
  return rows.map(([, consumer]) => consumer);
}

function eventually(condition: () => unknown): Promise<void> {
  return expect.poll(condition, { timeout: 30_000, interval: 5 }).toBe(true);
}

async function hasPending(server: RedisServer, count: number): Promise<void> {
  await eventually(async () => (await pending(server)).length === count);
}

describe.skipIf(skipsWithout('redis-server', HAS_REDIS))(
  HAS_REDIS ? 'by Redis' : 'by Redis: needs redis-server (Debian: apt-get install redis-server)',
  () => {
    test('signals are taken in their order, also those that were sent before the follower was there', async () => {
      const server = await RedisServer.start();
      await send(server, 1);
      const follower = await new Follower(server).start();
      for (let number = 2; number <= 300; number += 1) await send(server, number);
      await eventually(() => follower.ids.length === 300);
      expect(follower.ids).toEqual(Array.from({ length: 300 }, (_, place) => idOf(place + 1)));
      expect(follower.told).toEqual([]);
    });

    test('an entry is acknowledged once its signal has ended, and not before', async () => {
      const server = await RedisServer.start();
      const follower = await new Follower(server).start();
      await send(server, 1);
      await send(server, 2);
      await eventually(() => follower.ids.length === 2);
      expect(await pending(server)).toHaveLength(2);
      follower.sink.end('a', idOf(2));
      await hasPending(server, 1);
      follower.sink.end('a', idOf(1));
      await hasPending(server, 0);
    });

    test('what a follower had when it died is given to it again, and is a duplicate in its ledger', async () => {
      const server = await RedisServer.start();
      const first = await new Follower(server).start();
      await send(server, 1);
      await eventually(() => first.ids.length === 1);
      await first.source.stop();
      expect(await pending(server)).toEqual(['c']);
      const second = await new Follower(server, first.sink).start();
      await send(server, 2);
      await eventually(() => second.ids.length === 2);
      expect(second.ids).toEqual([idOf(1), idOf(2)]);
      first.sink.end('a', idOf(1));
      await hasPending(server, 1);
    });

    test('what another one left is taken over when nobody has worked at it for long', async () => {
      const server = await RedisServer.start();
      const dead = await new Follower(server, new FakeSink(), {}, { consumer: 'dead' }).start();
      await send(server, 1);
      await eventually(() => dead.ids.length === 1);
      await dead.source.stop();
      const other = await new Follower(server, new FakeSink(), { idleMs: 1 }).start();
      await eventually(() => other.ids.length === 1);
      expect(await pending(server)).toEqual(['c']);
      expect(other.told).toContain('1 signals in Redis that another follower left are taken over.');
      other.sink.end('a', idOf(1));
      await hasPending(server, 0);
    });

    test('a follower with another ledger is refused its group, also when the first one is dead, and is given nothing', async () => {
      const server = await RedisServer.start();
      const first = await new Follower(server, new FakeSink(), {}, { consumer: 'first' }).start();
      await send(server, 1);
      await eventually(() => first.ids.length === 1);
      const other = (): Follower =>
        new Follower(server, new FakeSink(), { idleMs: 1 }, { consumer: 'second' }, { id: 'ledger-2', isKept: true });
      const refused = { code: 'REDIS_GROUP_TAKEN', fault: 'config', message: expect.stringContaining('"group"') };
      await expect(other().start()).rejects.toMatchObject(refused);
      await first.source.stop();
      const second = other();
      await expect(second.start()).rejects.toMatchObject(refused);
      expect(second.ids).toEqual([]);
      expect(await pending(server)).toEqual(['first']);
      // The same ledger goes on, under whichever name.
      const again = await new Follower(server, first.sink, { idleMs: 1 }, { consumer: 'again' }).start();
      await eventually(async () => (await pending(server))[0] === 'again');
      await again.source.stop();
      // In a group of its own it has the whole stream, and its own rules say what of it is of now.
      const elsewhere = new Follower(server, new FakeSink(), {}, { group: 'h' }, { id: 'ledger-2', isKept: true });
      await elsewhere.start();
      await eventually(() => elsewhere.ids.length === 1);
    });

    test('a ledger that ends with its run has its group as long, and another one after that', async () => {
      const server = await RedisServer.start();
      const paper = { id: 'paper-1', isKept: false };
      const first = await new Follower(server, new FakeSink(), {}, {}, paper).start();
      const kept = (): Follower => new Follower(server, new FakeSink(), {}, {}, { id: 'ledger-1', isKept: true });
      await expect(kept().start()).rejects.toMatchObject({ code: 'REDIS_GROUP_TAKEN' });
      expect(await server.client.pttl('s:g:ledger')).toBeGreaterThan(0);
      await first.source.stop();
      await kept().start();
      expect(await server.client.pttl('s:g:ledger')).toBe(-1);
      await expect(new Follower(server, new FakeSink(), {}, {}, paper).start()).rejects.toMatchObject({
        code: 'REDIS_GROUP_TAKEN',
      });
    });

    test('what one still works at is not taken from it', async () => {
      const server = await RedisServer.start();
      const busy = await new Follower(server, new FakeSink(), {}, { consumer: 'busy' }).start();
      await send(server, 1);
      await eventually(() => busy.ids.length === 1);
      const idle = async (): Promise<number> => {
        const [row] = (await server.client.call('XPENDING', 's', 'g', '-', '+', 1)) as [
          string,
          string,
          number,
          number,
        ][];
        return row?.[2] ?? Number.NaN;
      };
      // It says so again and again: the time since then begins anew.
      let before = await idle();
      await eventually(async () => {
        const now = await idle();
        const isAnew = now < before;
        before = now;
        return isAnew;
      });
      expect(busy.ids).toHaveLength(1);
    });

    test('what is no signal is told, acknowledged, and holds up nothing', async () => {
      const server = await RedisServer.start();
      await server.client.xadd('s', '*', 'payload', '{}');
      await server.client.xadd('s', '*', 'bt_signal', 'AAAA');
      const odd = sealed(orderBody({ side: 'hold' }), keys, { at: NOW });
      await server.client.xadd('s', '*', 'bt_signal', odd);
      await send(server, 9, { at: NOW - 86_400_001, seconds: 100_000 });
      await send(server, 1);
      const follower = await new Follower(server).start();
      await eventually(() => follower.ids.length === 1);
      await hasPending(server, 1);
      expect(follower.told).toEqual([
        expect.stringContaining('no signal that a passphrase of the configuration opens'),
        expect.stringContaining('side'),
        expect.stringContaining('it was sent 86400 s ago'),
      ]);
    });

    test('what was trimmed before it was acknowledged is told and acknowledged', async () => {
      const server = await RedisServer.start();
      const first = await new Follower(server).start();
      await send(server, 1);
      await eventually(() => first.ids.length === 1);
      await first.source.stop();
      await server.client.xtrim('s', 'MAXLEN', 0);
      const second = await new Follower(server).start();
      await hasPending(server, 0);
      expect(second.ids).toEqual([]);
      expect(second.told).toEqual([expect.stringContaining('was trimmed away before it was taken')]);
    });

    test('a refusal ends at once, a picture and a hello too', async () => {
      const server = await RedisServer.start();
      const follower = new Follower(server);
      follower.sink.refuses.set(idOf(1), 'too dear');
      await follower.start();
      await send(server, 1);
      const picture = { at: NOW, total_value: 1, available_cash: 1, positions: [] };
      for (const body of [{ kind: 'picture', picture }, { kind: 'hello' }])
        await server.client.xadd('s', '*', 'bt_signal', sealed(body, keys, { at: NOW }));
      await eventually(() => follower.sink.pictures.length === 1);
      await hasPending(server, 0);
    });

    test('a server that is killed is waited for; nothing is lost and nothing taken twice', async () => {
      const server = await RedisServer.start();
      const follower = await new Follower(server).start();
      await send(server, 1);
      await send(server, 2);
      await eventually(() => follower.ids.length === 2);
      await server.kill();
      // This end is known while nobody can be told of it.
      follower.sink.end('a', idOf(1));
      await eventually(() => follower.told.some((text) => text.includes('cannot be used')));
      await server.startAgain();
      await send(server, 3);
      await eventually(() => follower.ids.length === 3);
      expect(follower.ids).toEqual([1, 2, 3].map(idOf));
      await hasPending(server, 2);
      expect(follower.sink.handed).toBe(3);
      expect(follower.told.at(-1)).toBe('Redis is back: signals are taken from it again.');
    });

    test('a follower that takes nothing acknowledges nothing, and asks again', async () => {
      const server = await RedisServer.start();
      const follower = new Follower(server);
      follower.sink.isClosed = true;
      await follower.start();
      await send(server, 1);
      await eventually(() => follower.told.some((text) => text.includes('interrupted')));
      expect(await pending(server)).toHaveLength(1);
      follower.sink.isClosed = false;
      await eventually(() => follower.ids.length === 1);
    });

    test('a group that somebody removed is made again', async () => {
      const server = await RedisServer.start();
      const follower = await new Follower(server).start();
      await server.client.del('s');
      await eventually(() => follower.told.length > 0);
      await eventually(async () => (await server.client.exists('s')) === 1);
      await send(server, 1);
      await eventually(() => follower.ids.length === 1);
    });

    test('a start that finds no server, or may not use it, says so and shows no password', async () => {
      const server = await RedisServer.start({ password: 'very-secret-word' });
      await (await new Follower(server).start()).source.stop();
      const wrong = new Follower(server, undefined, {}, { url: `redis://:another-word@127.0.0.1:${server.port}/0` });
      await expect(wrong.start()).rejects.toThrow(/cannot be used: WRONGPASS/u);
      await server.kill();
      const refused = await new Follower(server).start().catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: 'REDIS_UNREACHABLE', fault: 'network' });
      expect(String(refused)).toContain('ECONNREFUSED');
      expect(cleanText(String(refused))).not.toContain('very-secret-word');
      expect(String(refused)).toContain('Start it, or correct "redis" in the configuration.');
    });

    test('a stop while Redis is away ends at once', async () => {
      const server = await RedisServer.start();
      const follower = await new Follower(server, undefined, { firstWaitMs: 1e9 }).start();
      await server.kill();
      await eventually(() => follower.told.length > 0);
      await follower.source.stop();
    });
  },
);
