import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { chinaInstant } from '../../../src/domain/time.ts';
import { SimulatedClock } from '../../../src/platform/simulated-clock.ts';
import { SteppedClock } from '../../../src/platform/stepped-clock.ts';
import { nullLog } from '../../../src/platform/log.ts';
import type { JsonObject } from '../../../src/protocol/json.ts';
import { readStateAnchor, startServer } from '../../../src/server/index.ts';
import { readState } from '../../../src/server/state-file.ts';
import { WireClient } from '../../wire/wire-client.ts';
import { flow, MORNING, payloadOf, rowsOf, scratchFolder, startWorld } from './world.ts';
import type { World } from './world.ts';

const GOLD = '518880.XSHG';

/** A second server from what is on the disk now: what the first one has only in memory is lost, as after `kill -9`. */
async function crashed(world: World, path: string, name: string): Promise<World> {
  const copy = `${path}.${name}`;
  copyFileSync(path, copy);
  return startWorld({ statePath: copy, clock: new SteppedClock(world.clock.now()) });
}

async function everythingTold(client: WireClient): Promise<JsonObject[]> {
  const answers: JsonObject[] = [];
  for (const action of ['broker.orders', 'broker.trades', 'broker.positions', 'broker.account']) {
    answers.push({ action, payload: (await client.request(action))['payload'] });
  }
  return answers;
}

function order(more: JsonObject = {}): JsonObject {
  return { security: GOLD, side: 'BUY', amount: 100, style: { type: 'limit', price: 6.05 }, wait_timeout: 0, ...more };
}

describe('a book with a state file', () => {
  test('after any crash everything a client was told is there again', async () => {
    const path = join(scratchFolder(), 'book.json');
    const step = fc.oneof(
      fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 100, max: 200_000 }) }),
      fc.record({
        kind: fc.constant('place' as const),
        side: fc.constantFrom('BUY', 'SELL'),
        amount: fc.constantFrom(100, 150, 1000, 100_000_000),
        price: fc.integer({ min: 6000, max: 6200 }),
      }),
      fc.record({ kind: fc.constant('cancel' as const), nth: fc.integer({ min: 1, max: 6 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        rmSync(path, { force: true });
        const clock = new SteppedClock(MORNING);
        const options = { host: '127.0.0.1', port: 0, token: 'stub', market: 'simulated', seed: 1 } as const;
        const server = await startServer({ ...options, clock, statePath: path }, nullLog);
        const client = await WireClient.open(server.port);
        for (const one of steps) {
          if (one.kind === 'wait') await clock.walk(clock.now() + one.ms);
          if (one.kind === 'place') {
            const { side, amount, price } = one;
            await client.request(
              'broker.place_order',
              order({ side, amount, style: { type: 'limit', price: price / 1000 } }),
            );
          }
          if (one.kind === 'cancel') {
            await flow(clock, client.request('broker.cancel_order', { order_id: String(1_073_741_824 + one.nth) }));
          }
          const told = await everythingTold(client);
          copyFileSync(path, `${path}.crash`);
          const again = await startServer(
            { ...options, clock: new SteppedClock(clock.now()), statePath: `${path}.crash` },
            nullLog,
          );
          const reader = await WireClient.open(again.port);
          expect(await everythingTold(reader)).toEqual(told);
          await reader.close();
          await again.stop();
        }
        await client.close();
        await server.stop();
      }),
      { numRuns: 12 },
    );
  });

  test('an order whose request was still waiting survives, and its key with it', async () => {
    const path = join(scratchFolder(), 'book.json');
    const world = await startWorld({ statePath: path });
    const client = await world.open();
    const waiting = order({ style: { type: 'limit', price: 5.9 }, wait_timeout: 9, idempotency_key: 'k' });
    client.send({ type: 'request', id: 'w', action: 'broker.place_order', payload: waiting });
    const other = await world.open();
    while (rowsOf(await other.request('broker.orders')).length === 0);
    const after = await crashed(world, path, 'crash');
    const again = await after.open();
    const [row] = rowsOf(await again.request('broker.orders'));
    const repeated = payloadOf(await again.request('broker.place_order', waiting));
    expect(repeated['order_id']).toBe(row?.['order_id']);
    expect(rowsOf(await again.request('broker.orders'))).toHaveLength(1);
    const conflict = await again.request('broker.place_order', { ...waiting, amount: 200 });
    expect(conflict).toMatchObject({ message: 'idempotency_key 冲突: k' });
  });

  test('a finished key survives too', async () => {
    const path = join(scratchFolder(), 'book.json');
    const world = await startWorld({ statePath: path });
    const keyed = order({ idempotency_key: 'done' });
    const first = payloadOf(await (await world.open()).request('broker.place_order', keyed));
    const again = await (await crashed(world, path, 'crash')).open();
    expect(payloadOf(await again.request('broker.place_order', keyed))['order_id']).toBe(first['order_id']);
  });

  test('a clean stop writes the last state and frees the file', async () => {
    const path = join(scratchFolder(), 'book.json');
    const world = await startWorld({ statePath: path });
    await (await world.open()).request('broker.place_order', order());
    await world.server.stop();
    const again = await startWorld({ statePath: path, clock: new SteppedClock(MORNING) });
    expect(rowsOf(await (await again.open()).request('broker.orders'))).toHaveLength(1);
  });

  test('quotes alone write nothing', async () => {
    const path = join(scratchFolder(), 'book.json');
    const world = await startWorld({ statePath: path });
    const client = await world.open();
    await client.request('broker.place_order', order());
    const before = readFileSync(path);
    await world.clock.walk(MORNING + 60_000);
    for (let n = 0; n < 20; n += 1) await client.request('data.snapshot', { security: GOLD });
    await client.request('admin.health');
    expect(readFileSync(path).equals(before)).toBe(true);
    await client.request('broker.orders');
    expect(readFileSync(path).equals(before)).toBe(false);
  });

  test('what could not be written is not told', async () => {
    const folder = join(scratchFolder(), 'state');
    mkdirSync(folder);
    const path = join(folder, 'book.json');
    const world = await startWorld({ statePath: path });
    const client = await world.open();
    rmSync(folder, { recursive: true });
    const answer = await client.request('broker.place_order', order({ idempotency_key: 'k' }));
    expect(answer).toMatchObject({ type: 'error', code: 'STATE_WRITE_FAILED' });
    mkdirSync(folder);
    const again = await client.request('broker.place_order', order({ idempotency_key: 'k' }));
    expect(payloadOf(again)).toHaveProperty('order_id');
    expect(rowsOf(await client.request('broker.orders'))).toHaveLength(1);
  });
});

describe('a book whose market moves on to a later day', () => {
  test('has had its nights: what was open has ended, what was bought can be sold, the lists are empty', async () => {
    const statePath = join(scratchFolder(), 'book.json');
    const world = await startWorld({ statePath });
    const client = await world.open();
    const bought = { security: '600000.XSHG', style: { type: 'market' } };
    await client.request('broker.place_order', order(bought));
    await world.clock.walk(MORNING + 60_000);
    await client.request('broker.place_order', order({ style: { price: 5.6 } }));
    expect(rowsOf(await client.request('broker.orders', { status: 'new' }))).toHaveLength(1);
    expect(rowsOf(await client.request('broker.positions'))).toMatchObject([{ amount: 100, closeable_amount: 0 }]);
    await world.server.stop();
    const later = await startWorld({ statePath, clock: new SteppedClock(chinaInstant('2026-07-08', '09:20')) });
    const again = await later.open();
    expect(rowsOf(await again.request('broker.orders'))).toEqual([]);
    expect(rowsOf(await again.request('broker.trades'))).toEqual([]);
    expect(rowsOf(await again.request('broker.positions'))).toMatchObject([{ amount: 100, closeable_amount: 100 }]);
    const { value } = payloadOf(await again.request('broker.account'));
    expect(value).toMatchObject({ frozen_cash: 0 });
  });

  test('keeps where it was told to begin, through a start that does not say it, and where it stood when it stopped', async () => {
    const statePath = join(scratchFolder(), 'book.json');
    const clock = new SteppedClock(MORNING);
    const first = await startWorld({ statePath, clock, begun: MORNING });
    await first.server.stop();
    const second = await startWorld({ statePath, clock });
    await clock.walk(MORNING + 5000);
    await second.server.stop();
    expect(readState(statePath)?.clock).toMatchObject({ begun: MORNING, market: MORNING + 5000 });
  });
});

describe('a state file that does not fit stops the start', () => {
  async function fileOf(): Promise<string> {
    const path = join(scratchFolder(), 'book.json');
    const world = await startWorld({ statePath: path });
    await (await world.open()).request('broker.place_order', order());
    await world.server.stop();
    return path;
  }

  test('another seed', async () => {
    const path = await fileOf();
    await expect(startWorld({ statePath: path, seed: 2 })).rejects.toMatchObject({
      code: 'STATE_MISMATCH',
      message: /--seed 1/,
    });
    // Refused means untouched and unlocked.
    await expect(startWorld({ statePath: path })).resolves.toBeDefined();
  });

  test('other accounts', async () => {
    const accounts = [{ key: 'main', id: '1', type: 'stock' }];
    await expect(startWorld({ statePath: await fileOf(), accounts })).rejects.toMatchObject({ code: 'STATE_MISMATCH' });
  });

  test('a clock before the book', async () => {
    const clock = new SteppedClock(MORNING - 3_600_000);
    const failed = startWorld({ statePath: await fileOf(), clock });
    await expect(failed).rejects.toMatchObject({ code: 'STATE_MISMATCH', message: /09:34:30.*leave --at out/ });
  });

  test('a damaged file, which is left as it is', async () => {
    const path = await fileOf();
    writeFileSync(path, 'damaged');
    await expect(startWorld({ statePath: path })).rejects.toMatchObject({ code: 'STATE_CORRUPT' });
    expect(readFileSync(path, 'utf8')).toBe('damaged');
  });

  test('a server that still runs', async () => {
    const path = join(scratchFolder(), 'book.json');
    await startWorld({ statePath: path });
    await expect(startWorld({ statePath: path })).rejects.toMatchObject({ code: 'STATE_LOCKED' });
  });

  test('the reference market keeps nothing', async () => {
    const statePath = join(scratchFolder(), 'book.json');
    await expect(startWorld({ market: 'reference', statePath })).rejects.toMatchObject({ code: 'STATE_UNSUPPORTED' });
  });
});

describe('kill -9', () => {
  interface Child {
    readonly port: number;
    kill(): Promise<void>;
  }

  async function spawnServer(path: string): Promise<Child> {
    const script = fileURLToPath(new URL('./crash-server.ts', import.meta.url));
    const child = spawn(process.execPath, [script, path], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    const kill = async (): Promise<void> => {
      child.kill('SIGKILL');
      await ended;
    };
    onTestFinished(kill);
    const [port] = (await once(createInterface(child.stdout), 'line')) as [string];
    return { port: Number(port), kill };
  }

  test('no acknowledged order is lost, none is there twice, and market time goes on', async () => {
    const path = join(scratchFolder(), 'book.json');
    const placed: unknown[] = [];
    let lastTold = 0;
    for (let life = 0; life < 3; life += 1) {
      const child = await spawnServer(path);
      const client = await WireClient.open(child.port);
      const { clock } = payloadOf(await client.request('admin.health'))['value'] as { clock: { now_ms: number } };
      expect(clock.now_ms).toBeGreaterThan(lastTold);
      for (let n = 0; n < 4; n += 1) {
        const answer = await client.request(
          'broker.place_order',
          order({ order_remark: `${life}-${n}`, idempotency_key: `${life}-${n}` }),
        );
        placed.push(payloadOf(answer)['order_id']);
      }
      const again = await client.request('broker.place_order', order({ idempotency_key: '0-0' }));
      expect(payloadOf(again)['order_id']).toBe(placed[0]);
      const { clock: end } = payloadOf(await client.request('admin.health'))['value'] as { clock: { now_ms: number } };
      lastTold = end.now_ms;
      await child.kill();
      await client.close();
    }
    const anchor = readStateAnchor(path);
    expect(anchor).toMatchObject({ speed: 30 });
    if (anchor === null) return;
    const clock = new SimulatedClock({ start: anchor.market, speed: anchor.speed, anchor: anchor.wall });
    const server = await startServer(
      { host: '127.0.0.1', port: 0, token: 'stub', market: 'simulated', seed: 1, clock, statePath: path },
      nullLog,
    );
    const client = await WireClient.open(server.port);
    const ids = rowsOf(await client.request('broker.orders')).map((row) => row['order_id']);
    expect(ids).toEqual(placed);
    await client.close();
    await server.stop();
    clock.stop();
  });
});
