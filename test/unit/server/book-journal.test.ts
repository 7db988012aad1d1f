import { appendFileSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SteppedClock } from '../../../src/platform/stepped-clock.ts';
import type { JsonObject } from '../../../src/protocol/json.ts';
import { readState } from '../../../src/server/state-file.ts';
import type { WireClient } from '../../wire/wire-client.ts';
import { MORNING, payloadOf, rowsOf, scratchFolder, startWorld } from './world.ts';
import type { World } from './world.ts';

function order(n: number): JsonObject {
  const remark = `r${String(n).padStart(4, '0')}`;
  return {
    security: '518880.XSHG',
    side: 'BUY',
    amount: 100,
    style: { type: 'limit', price: 5.6 },
    wait_timeout: 0,
    order_remark: remark,
    idempotency_key: remark,
  };
}

interface Kept {
  readonly path: string;
  readonly world: World;
  readonly client: WireClient;
}

async function start(): Promise<Kept> {
  const path = join(scratchFolder(), 'book.json');
  const world = await startWorld({ statePath: path });
  return { path, world, client: await world.open() };
}

/** Places so many orders one after another; what each added to the file, null where the file was written anew. */
async function growth({ path, client }: Kept, count: number, from = 1): Promise<(number | null)[]> {
  const grown: (number | null)[] = [];
  let before = statSync(path);
  for (let n = from; n < from + count; n += 1) {
    expect(payloadOf(await client.request('broker.place_order', order(n)))).toHaveProperty('order_id');
    const after = statSync(path);
    grown.push(after.ino === before.ino ? after.size - before.size : null);
    before = after;
  }
  return grown;
}

/** A server that begins with the file as it is now, elsewhere. */
async function another(text: string | Buffer, clock = new SteppedClock(MORNING + 1000)): Promise<WireClient> {
  const statePath = join(scratchFolder(), 'book.json');
  writeFileSync(statePath, text);
  return (await startWorld({ statePath, clock })).open();
}

async function remarksOf(client: WireClient): Promise<unknown[]> {
  return rowsOf(await client.request('broker.orders')).map((row) => row['order_remark']);
}

describe('a book in a file', () => {
  test('grows by the same few bytes for each order, the first and the three hundredth', async () => {
    const grown = await growth(await start(), 300);
    const appended = grown.filter((bytes) => bytes !== null);
    expect(appended.length).toBe(300);
    expect(Math.max(...appended)).toBeLessThan(Math.min(...appended) + 40);
    expect(Math.max(...appended)).toBeLessThan(1000);
  });

  test('is written whole again after half an hour of market time, and goes on growing then', async () => {
    const kept = await start();
    await growth(kept, 2);
    await kept.world.clock.walk(MORNING + 1_800_000);
    const [whole, next] = await growth(kept, 2, 3);
    expect([whole, next]).toEqual([null, expect.any(Number)]);
    expect(readState(kept.path)?.commands).toHaveLength(1);
  });

  test('has everything after a crash: orders, cancels, keys', async () => {
    const { path, client, world } = await start();
    await growth({ path, client, world }, 5);
    const [, second] = rowsOf(await client.request('broker.orders'));
    await world.clock.walk(MORNING + 2000);
    client.send({
      type: 'request',
      id: 'c',
      action: 'broker.cancel_order',
      payload: { order_id: second?.['order_id'] },
    });
    const other = await world.open();
    while (rowsOf(await other.request('broker.orders', { status: 'canceling' })).length === 0);
    const next = await another(readFileSync(path), new SteppedClock(MORNING + 10_000));
    expect(await remarksOf(next)).toEqual(['r0001', 'r0002', 'r0003', 'r0004', 'r0005']);
    expect(rowsOf(await next.request('broker.orders', { status: 'canceled' }))).toMatchObject([
      { order_remark: 'r0002' },
    ]);
    const again = payloadOf(await next.request('broker.place_order', order(3)));
    expect(again).toMatchObject({ order_remark: 'r0003' });
    expect(await remarksOf(next)).toHaveLength(5);
  });
});

describe('a file that was appended to', () => {
  test('may lack the end of its last line: that was never acknowledged', async () => {
    const kept = await start();
    await growth(kept, 3);
    const whole = readFileSync(kept.path);
    for (const cut of [1, 20, 200]) {
      expect(await remarksOf(await another(whole.subarray(0, whole.length - cut)))).toEqual(['r0001', 'r0002']);
    }
  });

  test('is refused when anything else of it is damaged', async () => {
    const kept = await start();
    await growth(kept, 3);
    const whole = readFileSync(kept.path);
    const lines = whole.toString('utf8').split('\n');
    const bad = [
      lines.toSpliced(3, 1, lines[3]?.replace('r0002', 'r0009') ?? ''),
      lines.toSpliced(-2, 1, lines.at(-2)?.replace('r0003', 'r0009') ?? ''),
    ];
    for (const given of bad) {
      expect(given.join('\n')).not.toBe(lines.join('\n'));
      await expect(another(given.join('\n'))).rejects.toMatchObject({ code: 'STATE_CORRUPT' });
    }
  });

  test('is refused when the market comes out otherwise than it was told', async () => {
    const kept = await start();
    await growth(kept, 2);
    const state = readState(kept.path);
    expect(state?.commands).toHaveLength(2);
    const { createExchange } = await import('../../../src/exchange/index.ts');
    const commands = (state?.commands ?? []).map((command) => ({ ...(command as JsonObject), status: 57 }));
    const options = { clock: { now: () => MORNING + 1000 }, seed: 1, accounts: [] };
    expect(() =>
      createExchange({ ...options, ...(state === null ? {} : { state: state.exchange }), commands }),
    ).toThrow(expect.objectContaining({ code: 'BAD_EXCHANGE_STATE' }));
  });

  test('is not appended to where it is gone: the order is not told, and is in the next whole one', async () => {
    const kept = await start();
    await growth(kept, 1);
    renameSync(kept.path, `${kept.path}.moved`);
    appendFileSync(kept.path, 'not ours');
    expect(await kept.client.request('broker.place_order', order(2))).toMatchObject({ code: 'STATE_WRITE_FAILED' });
    expect(await kept.client.request('broker.place_order', order(3))).toMatchObject({ type: 'response' });
    expect(await remarksOf(await another(readFileSync(kept.path)))).toEqual(['r0001', 'r0002', 'r0003']);
  });
});
