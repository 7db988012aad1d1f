import * as net from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { chinaInstant } from '../../src/domain/time.ts';
import { lockInstance } from '../../src/ledger/lock.ts';
import { FrameDecoder } from '../../src/protocol/frame.ts';
import type { JsonObject } from '../../src/protocol/json.ts';
import { createQmtRemote } from '../../src/venues/qmt-remote/index.ts';
import { settle } from '../unit/platform/fake-timers.ts';
import { createWorld } from '../unit/engine/orders/world.ts';
import type { World } from '../unit/engine/orders/world.ts';
import { startWorld } from '../unit/server/world.ts';
import { HANG, ORDER, orderRow, started } from '../unit/venues/qmt-remote/scripted-venue.ts';

/** Long enough for the busiest machine; a condition met ends the wait. */
const PATIENCE = { timeout: 30_000, interval: 5 };
const limit = { kind: 'limit', limitPrice: 9.9 } as const;

const cleanups: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function open(options: Parameters<typeof createWorld>[0] = {}): Promise<World> {
  const world = await createWorld(options);
  cleanups.push(() => world.close());
  return world;
}

const alarms = (world: World): string[] =>
  world.lines.filter((line) => line.level === 'error' && line.text.startsWith('ALARM')).map((line) => line.text);

describe('over real connections', () => {
  it('A4-1: an order whose answers are cut off twice is written once and is one order', async () => {
    const { server } = await startWorld();
    const proxy = await startDeafProxy(server.port);
    const { broker } = createQmtRemote({
      env: { QMT_SERVER_HOST: '127.0.0.1', QMT_SERVER_PORT: String(proxy.port), QMT_SERVER_TOKEN: 'stub' },
      times: { firstRetryMs: 5, maxRetryMs: 20 },
    });
    cleanups.push(() => broker.stop());
    await broker.start();
    for (const clientId of ['one', 'two']) {
      const remark = `bt:${clientId.padEnd(8, '0')}`;
      expect(await broker.place({ ...ORDER, clientId, remark, price: 10 })).toMatchObject({
        kind: 'unknown',
        code: 'LINK_LOST',
      });
      await vi.waitFor(() => expect(broker.canPlace()).toBe(true), PATIENCE);
    }
    expect(proxy.placed.map((payload) => payload['idempotency_key'])).toEqual(['one', 'two']);
    const orders = await broker.orders();
    expect(orders.map(({ remark }) => remark).toSorted()).toEqual(['bt:one00000', 'bt:two00000']);
  });

  it('D11: who has the key comes in, from any address and any number of times; who has not stays out', async () => {
    const world = await startWorld({ allowlist: [] });
    for (let i = 0; i < 5; i += 1) {
      const client = await world.open();
      expect(client.messages[0]).toMatchObject({ type: 'handshake_ack' });
      await client.close();
    }
    const stranger = await world.open({ token: 'guessed' });
    expect(stranger.messages[0]).toMatchObject({ type: 'error', code: 'AUTH_FAILED' });
  });
});

describe('sessions', () => {
  it('A4-3: an order that the gateway holds keeps no query waiting, and asks it not to wait', async () => {
    const scripted = await started();
    scripted.on('broker.place_order', () => HANG).on('broker.orders', () => [orderRow()]);
    void scripted.broker.place(ORDER);
    expect(await scripted.broker.orders()).toHaveLength(1);
    expect(scripted.sent('broker.place_order')).toMatchObject([{ wait_timeout: 0 }]);
    expect(scripted.linkOf('broker.orders')).not.toBe(scripted.linkOf('broker.place_order'));
  });

  it('D4: an id that is none is no order: -1, "-1", 0, "", false', async () => {
    for (const id of [-1, '-1', 0, '', false, null]) {
      const scripted = await started();
      scripted.on('broker.place_order', () => ({ order_id: id, status: 'open' }));
      expect(await scripted.broker.place(ORDER)).toMatchObject({ kind: 'unknown', code: 'EMPTY_ORDER_ID' });
    }
  });

  it('D8: answers of a connection of before reach nobody; one engine runs an instance', async () => {
    const scripted = await started();
    const orders = scripted.broker.orders();
    await settle();
    const old = scripted.link('read');
    old.close();
    await scripted.timers.advance(1_000);
    const current = scripted.linkOf('broker.orders');
    expect(current).not.toBe(old);
    old.answer(0, [orderRow(), orderRow({ order_id: '2' })]);
    current.answer(-1, [orderRow()]);
    expect(await orders).toHaveLength(1);
    const folder = mkdtempSync(join(tmpdir(), 'bt-lock-'));
    cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
    const lock = lockInstance(folder);
    expect(() => lockInstance(folder)).toThrow(expect.objectContaining({ code: 'INSTANCE_RUNNING' }));
    lock.release();
    lockInstance(folder).release();
  });

  it('A4-5/A4-18: a gateway that goes silent is noticed within 15 s, on each session, and left', async () => {
    const scripted = await started();
    const lost = new Set<string>();
    scripted.broker.onStatus((status) => {
      if (status.kind === 'disconnected') lost.add(status.session);
    });
    await scripted.timers.advance(60_000);
    expect(lost).toEqual(new Set());
    scripted.gateway.onMessage = () => undefined;
    await scripted.timers.advance(15_000);
    expect(lost).toEqual(new Set(['place', 'read', 'data']));
    expect(scripted.broker.canPlace()).toBe(false);
  });

  it('D+easytrader#283: each order is written with its own side', async () => {
    const scripted = await started();
    let id = 0;
    scripted.on('broker.place_order', () => ({ order_id: String((id += 1)), status: 'open' }));
    const sides = ['buy', 'sell', 'sell', 'buy'] as const;
    const outcomes = await Promise.all(
      sides.map((side, i) => scripted.broker.place({ ...ORDER, clientId: `c${i}`, side })),
    );
    expect(outcomes).toMatchObject(['1', '2', '3', '4'].map((orderId) => ({ kind: 'accepted', orderId })));
    expect(scripted.sent('broker.place_order').map((payload) => payload['side'])).toEqual(
      sides.map((side) => side.toUpperCase()),
    );
  });
});

describe('looking at orders', () => {
  async function readsWithin(world: World, ms: number): Promise<number> {
    const read = world.broker.orders.bind(world.broker);
    let reads = 0;
    world.broker.orders = () => {
      reads += 1;
      return read();
    };
    await world.pass(ms);
    world.broker.orders = read;
    return reads;
  }

  it('B4: each 200 to 500 ms while one is in flight, each 5 to 10 s otherwise', async () => {
    const world = await open();
    const idle = await readsWithin(world, 60_000);
    expect(idle).toBeGreaterThanOrEqual(6);
    expect(idle).toBeLessThanOrEqual(12);
    await world.settle(world.order({ style: limit }));
    const busy = await readsWithin(world, 10_000);
    expect(busy).toBeGreaterThanOrEqual(20);
    expect(busy).toBeLessThanOrEqual(50);
  });

  it('A4-7: a fill that nobody pushes is known within half a second', async () => {
    const world = await open();
    await world.settle(world.order({ style: limit }));
    await world.pass(5_000);
    world.broker.fill('1000', 100);
    await world.pass(500);
    expect(world.trading.book.views()).toMatchObject([{ state: 'filled', filled: 100 }]);
  });
});

describe('a link that is lost', () => {
  it('B3: lets no new order out, and cancels and queries through', async () => {
    const world = await open();
    await world.settle(world.order({ style: limit }));
    world.broker.emit({ kind: 'disconnected', session: 'read', reason: 'reset' });
    expect(await world.settle(world.order({ style: limit }))).toBeNull();
    expect(world.broker.placed).toHaveLength(1);
    expect(await world.settle(world.trading.desk.cancel('1000'))).toMatchObject({ state: 'canceled' });
    expect(world.trading.account.view()).not.toBeNull();
    expect(await world.settle(world.order({ style: limit }))).toBeNull();
    world.broker.emit({ kind: 'connected', session: 'read' });
    await world.pass(20_000, () => world.trading.gate.reason() === null);
    expect(await world.settle(world.order({ style: limit }))).toMatchObject({ state: 'accepted' });
  });

  it('D+vnpy#2015: that does not come back during trading is an alarm, and said to be over when it does', async () => {
    const world = await open();
    world.broker.emit({ kind: 'disconnected', session: 'read', reason: 'the server restarts' });
    world.broker.readsFail = true;
    await world.pass(60_000);
    expect(alarms(world)).toEqual([expect.stringContaining('the server restarts')]);
    world.broker.readsFail = false;
    world.broker.emit({ kind: 'connected', session: 'read' });
    await world.pass(20_000);
    expect(world.trading.gate.reason()).toBeNull();
  });

  it('D+easytrader#177: over the weekend costs nothing: no alarm, and on Monday trading goes on', async () => {
    const world = await open();
    await world.clock.walk(chinaInstant('2026-07-10', '20:00:00'));
    world.broker.readsFail = true;
    world.broker.emit({ kind: 'disconnected', session: 'read', reason: 'the terminal restarts' });
    await world.pass(60_000);
    expect(alarms(world)).toEqual([]);
    await world.clock.walk(chinaInstant('2026-07-13', '08:30:00'));
    await world.pass(60_000);
    expect(world.trading.gate.reason()).not.toBeNull();
    world.broker.readsFail = false;
    world.broker.emit({ kind: 'connected', session: 'read' });
    await world.clock.walk(chinaInstant('2026-07-13', '09:35:00'));
    await world.pass(20_000, () => world.trading.gate.reason() === null);
    expect(await world.settle(world.order({ style: limit }))).toMatchObject({ state: 'accepted' });
  });

  it('D21: the morning after: orders of yesterday are closed with a reason, and the gate waits for a back end that is ready', async () => {
    const world = await open();
    await world.settle(world.order({ style: limit }));
    world.broker.book.length = 0;
    world.broker.backendReady = false;
    await world.clock.walk(chinaInstant('2026-07-07', '08:45:00'));
    const opening = world.trading.gate.reconcile('the day begins');
    await world.pass(10_000);
    expect(world.trading.gate.reason()).toContain('not ready');
    world.broker.backendReady = true;
    await world.settle(opening);
    expect(world.ledger.intentsOnDay('2026-07-06')).toMatchObject([
      { state: 'expired', reason: 'the trading day ended' },
    ]);
    await world.clock.walk(chinaInstant('2026-07-07', '09:35:00'));
    expect(await world.settle(world.order({ style: limit }))).toMatchObject({ state: 'accepted' });
  });
});

interface DeafProxy {
  readonly port: number;
  /** Payloads of place requests that went through, in order. */
  readonly placed: readonly JsonObject[];
}

/** A way to the server that is cut as soon as it answers an order: the order has been executed by then. */
async function startDeafProxy(target: number): Promise<DeafProxy> {
  const placed: JsonObject[] = [];
  const sockets = new Set<net.Socket>();
  const proxy = net.createServer((client) => {
    const server = net.connect({ host: '127.0.0.1', port: target });
    const decoder = new FrameDecoder();
    let isPlacing = false;
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    client.on('close', () => server.destroy());
    server.on('close', () => client.destroy());
    client.on('data', (chunk: Buffer) => {
      for (const message of decoder.push(Buffer.from(chunk))) {
        if (message['action'] !== 'broker.place_order') continue;
        isPlacing = true;
        placed.push(message['payload'] as JsonObject);
      }
      server.write(chunk);
    });
    server.on('data', (chunk: Buffer) => {
      if (isPlacing) client.destroy();
      else client.write(chunk);
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  cleanups.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => proxy.close(() => resolve()));
  });
  return { port: (proxy.address() as net.AddressInfo).port, placed };
}
