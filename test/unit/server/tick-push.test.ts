import { PassThrough } from 'node:stream';
import { describe, expect, onTestFinished, test } from 'vitest';
import { FrameDecoder } from '../../../src/protocol/frame.ts';
import { nullLog } from '../../../src/platform/log.ts';
import { systemTimers } from '../../../src/platform/timers.ts';
import { nextTurn } from '../../../src/platform/turn.ts';
import { Outbox } from '../../../src/server/outbox.ts';
import { TickPush } from '../../../src/server/tick-push.ts';
import { listeningLog, startWorld } from './world.ts';

/** A receiver whose peer reads only when `read` is called. */
function receiver(
  symbols: readonly string[],
  highWaterMark = 1_000_000,
): {
  readonly open: boolean;
  readonly subscriptions: { readonly symbols: ReadonlySet<string> };
  readonly outbox: Outbox;
  read(): Promise<Record<string, unknown>[]>;
} {
  const stream = new PassThrough({ highWaterMark });
  const outbox = new Outbox(stream, systemTimers, () => {});
  onTestFinished(() => {
    stream.destroy();
  });
  return {
    open: true,
    subscriptions: { symbols: new Set(symbols) },
    outbox,
    read: async () => {
      const decoder = new FrameDecoder();
      const messages: Record<string, unknown>[] = [];
      // Writes leave at the end of the turn; reading makes room, and what was held back follows.
      for (let idle = 0; idle < 3;) {
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
        const chunk = stream.read() as Buffer | null;
        idle = chunk === null ? idle + 1 : 0;
        if (chunk !== null)
          messages.push(...decoder.push(chunk).map((event) => event['payload'] as Record<string, unknown>));
      }
      return messages;
    },
  };
}

function push(
  receivers: readonly ReturnType<typeof receiver>[],
  tick: (symbol: string) => Promise<Record<string, unknown>>,
): TickPush {
  const loop = new TickPush(() => receivers, tick, nullLog, systemTimers);
  onTestFinished(() => {
    loop.stop();
  });
  return loop;
}

describe('a round of ticks', () => {
  test('asks the market once per symbol and sends to whoever subscribed', async () => {
    const asked: string[] = [];
    const one = receiver(['A', 'B']);
    const two = receiver(['B']);
    await push([one, two], async (symbol) => {
      asked.push(symbol);
      return { symbol };
    }).round();
    expect(asked).toEqual(['A', 'B']);
    expect(await one.read()).toEqual([{ symbol: 'A' }, { symbol: 'B' }]);
    expect(await two.read()).toEqual([{ symbol: 'B' }]);
  });

  test('a symbol that fails is left out, and said once', async () => {
    const { log, lines } = listeningLog();
    const one = receiver(['BAD', 'A']);
    const loop = new TickPush(
      () => [one],
      async (symbol) => {
        if (symbol === 'BAD') throw new Error('no such thing');
        return { symbol };
      },
      log,
      systemTimers,
    );
    await loop.round();
    await loop.round();
    loop.stop();
    expect(await one.read()).toEqual([{ symbol: 'A' }, { symbol: 'A' }]);
    expect(lines).toEqual(['warning No tick of BAD: no such thing']);
  });

  test('a symbol that is not answered holds up no other, and is not asked again meanwhile', async () => {
    const asked: string[] = [];
    const late = Promise.withResolvers<Record<string, unknown>>();
    const one = receiver(['HANGS', 'A']);
    const loop = push([one], (symbol) => {
      asked.push(symbol);
      return symbol === 'HANGS' ? late.promise : Promise.resolve({ symbol });
    });
    const first = loop.round();
    await nextTurn();
    await loop.round();
    expect(asked).toEqual(['HANGS', 'A', 'A']);
    expect(await one.read()).toEqual([{ symbol: 'A' }, { symbol: 'A' }]);
    late.resolve({ symbol: 'HANGS' });
    await first;
    expect(await one.read()).toEqual([{ symbol: 'HANGS' }]);
  });

  test('a reader that does not read gets the latest of each symbol afterwards, not all of them', async () => {
    let second = 0;
    const slow = receiver(['A', 'B'], 64);
    const loop = push([slow], async (symbol) => ({ symbol, second, pad: 'x'.repeat(200) }));
    for (second = 1; second <= 50; second += 1) {
      await loop.round();
      // Let each round's write leave, as real rounds do.
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
    expect(slow.outbox.blocked).toBe(true);
    const read = await slow.read();
    const stamps = read.map(({ symbol, second: stamp }) => [symbol, stamp]);
    expect(new Map(stamps.slice(-2) as [string, number][])).toEqual(
      new Map([
        ['A', 50],
        ['B', 50],
      ]),
    );
    expect(read.length).toBeLessThanOrEqual(6);
  });
});

describe('ticks of a server', () => {
  test('arrive while a request waits, and end with the subscription', async () => {
    const world = await startWorld();
    const client = await world.open();
    await client.request('data.subscribe', { securities: ['000001.xshe', '600000.XSHG'] });
    client.send({
      type: 'request',
      id: 'slow',
      action: 'broker.place_order',
      payload: { security: '000001.XSHE', amount: 100, style: { type: 'limit', price: 10.1 }, wait_timeout: 5 },
    });
    await client.until(() => client.messages.filter(({ event }) => event === 'tick').length >= 2, 'two ticks');
    expect(client.messages.some(({ id }) => id === 'slow')).toBe(false);
    const tick = client.messages.find(({ event }) => event === 'tick')?.['payload'];
    expect(tick).toMatchObject({
      symbol: '000001.XSHE',
      sid: '000001.XSHE',
      provider: 'stub',
      dt: '2026-07-06 09:34:30',
    });
  });

  test('a malformed symbol is refused in the simulated market', async () => {
    const client = await (await startWorld()).open();
    const answer = await client.request('data.subscribe', { securities: ['000001.XSHE', 'ABC'] });
    expect(answer).toMatchObject({ type: 'error', code: 'REQUEST_FAILED' });
    expect(await client.request('data.unsubscribe_all')).toMatchObject({ payload: { count: 0 } });
  });
});
