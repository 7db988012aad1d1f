import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { BtError } from '../../../src/domain/errors.ts';
import { SteppedClock } from '../../../src/platform/stepped-clock.ts';
import { NATIVE } from '../../../src/server/dialects/native.ts';
import { createGatewayServer, DEFAULT_RISK_LIMITS } from '../../../src/server/index.ts';
import type { GatewayOptions } from '../../../src/server/index.ts';
import { openRecord } from '../../../src/server/record/record-file.ts';
import { FakeTimers } from '../platform/fake-timers.ts';
import { FakeGateway, openOrder } from './fake-gateway.ts';
import { PairClient } from './pair-client.ts';
import { MORNING, rowsOf, scratchFolder, startWorld } from './world.ts';
import { nullLog } from '../../../src/platform/log.ts';

const ORDER = { security: '518880.XSHG', side: 'BUY', amount: 100, style: { price: 6 }, wait_timeout: 0 };

async function rehearse(options: Partial<GatewayOptions> = {}): Promise<{ gateway: FakeGateway; client: PairClient }> {
  const gateway = new FakeGateway();
  const market = { gateway, dialect: NATIVE, exchange: null, book: null, saved: [], keep: () => null };
  const server = await createGatewayServer(
    {
      token: 'stub',
      clock: new SteppedClock(MORNING),
      timers: new FakeTimers(),
      dryRun: true,
      accessLog: false,
      ...options,
    },
    () => Promise.resolve(market),
    nullLog,
  );
  onTestFinished(() => server.kill());
  return { gateway, client: new PairClient(server) };
}

describe('a rehearsal', () => {
  test('answers an order as placed, shows it, cancels it, and never asks the gateway for either', async () => {
    const { gateway, client } = await rehearse();
    const placed = await client.request('broker.place_order', ORDER);
    expect(placed).toMatchObject({
      type: 'response',
      dry_run: true,
      payload: { order_id: 'dry-1', status: 'open', dry_run: true, status_msg: 'DRY RUN: not sent to the counter' },
    });
    const cancelled = await client.request('broker.cancel_order', { order_id: 'dry-1' });
    expect(cancelled).toMatchObject({ payload: { value: true, status: 'canceled', dry_run: true } });
    const [row] = rowsOf(await client.request('broker.orders'));
    expect(row).toMatchObject({ order_id: 'dry-1', status: 'canceled', dry_run: true });
    expect(gateway.submit).not.toHaveBeenCalled();
  });

  test('needs no quotes, as the counter does not', async () => {
    const { gateway, client } = await rehearse();
    gateway.quote.mockRejectedValue(new BtError('QMT_UNAVAILABLE', 'QMT is away', { fault: 'venue' }));
    const placed = await client.request('broker.place_order', { ...ORDER, exact: true });
    expect(placed).toMatchObject({ payload: { order_id: 'dry-1' } });
  });

  test('cancels no real order', async () => {
    const { gateway, client } = await rehearse();
    gateway.orders.set(
      '7',
      openOrder('7', { ...ORDER, side: 'buy', price: 6, style: 'limit', remark: '', strategyName: '', scenario: null }),
    );
    expect(rowsOf(await client.request('broker.orders'))).toMatchObject([{ order_id: '7', dry_run: true }]);
    const answer = await client.request('broker.cancel_order', { order_id: '7' });
    expect(answer).toMatchObject({ dry_run: true, payload: { value: false, dry_run: true } });
  });

  test('says so in every answer, also in an empty list, an error, health and the handshake', async () => {
    const { client } = await rehearse();
    expect(client.messages[0] ?? (await client.request('admin.health'))).toBeDefined();
    for (const answer of [
      await client.request('broker.orders'),
      await client.request('broker.nonsense'),
      await client.request('admin.health'),
    ])
      expect(answer).toMatchObject({ dry_run: true });
    expect(await client.request('admin.health')).toMatchObject({ payload: { value: { dry_run: true } } });
    const ack = client.messages.find(({ type }) => type === 'handshake_ack');
    expect(ack).toMatchObject({ features: expect.arrayContaining(['dry_run']) });
  });

  test('writes no record and counts against no limit of a real day', async () => {
    const recordPath = join(scratchFolder(), 'record.db');
    const risk = { ...DEFAULT_RISK_LIMITS, maxDailyTrades: 1, maxStockCount: 0 };
    const sell = { ...ORDER, side: 'SELL', exact: true, idempotency_key: 'k' };
    const { client } = await rehearse({ recordPath, risk });
    expect(await client.request('broker.place_order', sell)).toMatchObject({ payload: { order_id: 'dry-1' } });
    expect(await client.request('broker.place_order', { ...sell, idempotency_key: 'l' })).toMatchObject({
      type: 'error',
    });
    const record = openRecord(recordPath);
    expect(record.rows('SELECT * FROM requests', [])).toEqual([]);
    expect(record.rows('SELECT * FROM risk', [])).toEqual([]);
    record.close();
  });

  test('is nothing a server does unasked, and the paper market can be rehearsed on too', async () => {
    const world = await startWorld({ dryRun: true });
    const client = await world.open();
    expect(await client.request('broker.place_order', ORDER)).toMatchObject({
      payload: { order_id: 'dry-1', dry_run: true },
    });
    expect(world.server.exchange?.orders('default')).toEqual([]);
    const plain = await (await startWorld()).open();
    expect(await plain.request('admin.health')).not.toHaveProperty('dry_run');
  });
});
