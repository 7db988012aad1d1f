import { describe, expect, onTestFinished, test } from 'vitest';
import { BtError } from '../../../../src/domain/errors.ts';
import { DAY } from '../../../../src/domain/time.ts';
import { SteppedClock } from '../../../../src/platform/stepped-clock.ts';
import type { JsonObject } from '../../../../src/protocol/json.ts';
import { NATIVE } from '../../../../src/server/dialects/native.ts';
import { createGatewayServer, DEFAULT_RISK_LIMITS } from '../../../../src/server/index.ts';
import type { GatewayOptions, GatewayServer, OpenMarket } from '../../../../src/server/index.ts';
import { FakeTimers } from '../../platform/fake-timers.ts';
import { FakeGateway, openOrder } from '../fake-gateway.ts';
import { PairClient } from '../pair-client.ts';
import { listeningLog, MORNING } from '../world.ts';
import { MemoryRecord } from './memory-record.ts';

const ORDER = {
  security: '518880.XSHG',
  amount: 100,
  style: { price: 6 },
  wait_timeout: 0,
  order_remark: 'bt:abcd1234:x',
};
const KEYED = { ...ORDER, idempotency_key: 'k' };
const GONE = new BtError('QMT_UNAVAILABLE', 'QMT 暂不可用，请稍后重试', { fault: 'venue' });

/** What outlives a server: the record, the counter behind it, and time. */
class Outside {
  readonly store = new MemoryRecord();
  readonly gateway = new FakeGateway();
  readonly clock = new SteppedClock(MORNING);
  readonly timers = new FakeTimers();
  readonly lines: string[] = [];
  #server: GatewayServer | null = null;

  async start(options: Partial<GatewayOptions> = {}): Promise<PairClient> {
    await this.#server?.kill();
    const market: OpenMarket = {
      gateway: this.gateway,
      dialect: NATIVE,
      exchange: null,
      book: null,
      saved: [],
      keep: () => null,
    };
    const { log, lines } = listeningLog();
    const { clock, timers, store: recordStore } = this;
    const server = await createGatewayServer(
      { token: 'stub', clock, timers, recordStore, accessLog: false, ...options },
      () => Promise.resolve(market),
      log,
    );
    this.lines.splice(0, Infinity, ...lines);
    this.#server = server;
    onTestFinished(() => server.kill());
    return new PairClient(server);
  }
}

async function place(client: PairClient, payload: JsonObject = KEYED): Promise<JsonObject> {
  return client.request('broker.place_order', payload);
}

describe('a key', () => {
  test('gets the first outcome for the whole trading day, from whichever life of the server, and is no other order on a later one', async () => {
    const outside = new Outside();
    const first = await place(await outside.start());
    expect(first).toMatchObject({ payload: { order_id: '1', status: 'open' } });
    outside.gateway.orders.clear();
    const again = await outside.start();
    expect((await place(again))['payload']).toEqual(first['payload']);
    await outside.timers.advance(3_600_000);
    expect((await place(again))['payload']).toEqual(first['payload']);
    expect(outside.gateway.submitted).toHaveLength(1);
    await outside.clock.walk(outside.clock.now() + DAY);
    const used = { type: 'error', code: 'REQUEST_FAILED', message: 'idempotency_key 已在 2026-07-06 用过: k' };
    const late = await outside.start();
    expect(await place(late)).toMatchObject(used);
    expect(await place(late, { ...KEYED, amount: 200 })).toMatchObject({ message: 'idempotency_key 冲突: k' });
    expect(outside.gateway.submitted).toHaveLength(1);
    expect(await place(late, { ...KEYED, idempotency_key: 'l' })).toMatchObject({ payload: { order_id: '2' } });
  });

  test('of another order is a conflict after a restart too', async () => {
    const outside = new Outside();
    await place(await outside.start());
    const answer = await place(await outside.start(), { ...KEYED, amount: 200 });
    expect(answer).toMatchObject({ type: 'error', message: 'idempotency_key 冲突: k' });
  });

  test('whose call was cut off is UNKNOWN until the list shows its remark, and then has its answer for good', async () => {
    const outside = new Outside();
    const { gateway } = outside;
    gateway.submit.mockRejectedValueOnce(GONE);
    const client = await outside.start();
    expect(await place(client)).toMatchObject({ type: 'error', code: 'QMT_UNAVAILABLE' });
    const unknown = { type: 'error', code: 'QMT_UNAVAILABLE', message: expect.stringContaining('bt:abcd1234:x') };
    expect(await place(client)).toMatchObject(unknown);
    const next = await outside.start();
    expect(outside.lines).toEqual([
      expect.stringMatching(/warning 1 place requests .* buy 100 518880.XSHG \(bt:abcd1234:x\)/),
    ]);
    expect(await place(next)).toMatchObject(unknown);
    const row = openOrder('77', {
      ...ORDER,
      side: 'buy',
      price: 6,
      style: 'limit',
      remark: '',
      strategyName: '',
      scenario: null,
    });
    gateway.orders.set('77', { ...row, remark: 'bt:abcd1234:x' });
    const found = await place(next);
    expect(found).toMatchObject({ payload: { order_id: '77' } });
    gateway.orders.clear();
    expect((await place(await outside.start()))['payload']).toEqual(found['payload']);
    expect(gateway.submit).toHaveBeenCalledTimes(1);
  });

  test('whose order is known, and not its answer, is answered by its row, or with its id where nobody tells more', async () => {
    const outside = new Outside();
    const client = await outside.start();
    outside.gateway.submit.mockImplementationOnce(async (order, entered) => {
      await outside.gateway.enter(order, entered);
      throw GONE;
    });
    expect(await place(client)).toMatchObject({ code: 'QMT_UNAVAILABLE' });
    expect(await place(await outside.start())).toMatchObject({ payload: { order_id: '1', status: 'open' } });
    outside.gateway.order.mockRejectedValue(GONE);
    expect(await place(await outside.start())).toMatchObject({ payload: { order_id: '1' } });
    expect(outside.gateway.submitted).toHaveLength(1);
  });

  test('without a remark gets one by which its order is found again', async () => {
    const outside = new Outside();
    const { gateway } = outside;
    const unmarked = { ...KEYED, order_remark: '' };
    gateway.submit.mockImplementationOnce((order) => {
      gateway.orders.set('9', { ...openOrder('9', order), remark: order.remark });
      return Promise.reject(GONE);
    });
    const client = await outside.start();
    await place(client, unmarked);
    expect(gateway.orders.get('9')?.remark).toMatch(/^gw:[0-9a-z]{8}$/);
    expect(await place(await outside.start(), unmarked)).toMatchObject({ payload: { order_id: '9' } });
  });

  test('that was refused is free, after a restart too', async () => {
    const outside = new Outside();
    const refused = new BtError('REQUEST_FAILED', '518880.XSHG 无可卖数量', { fault: 'venue' });
    outside.gateway.submit.mockRejectedValueOnce(refused);
    expect(await place(await outside.start())).toMatchObject({ type: 'error', message: refused.message });
    expect(outside.store.states()).toEqual(['refused']);
    expect(await place(await outside.start())).toMatchObject({ payload: { order_id: '1' } });
  });
});

test('a request without a key is served as before, and is on record', async () => {
  const outside = new Outside();
  const client = await outside.start();
  expect(await place(client, ORDER)).toMatchObject({ payload: { order_id: '1' } });
  expect(await place(client, ORDER)).toMatchObject({ payload: { order_id: '2' } });
  outside.gateway.submit.mockRejectedValueOnce(GONE);
  expect(await place(client, ORDER)).toMatchObject({ code: 'QMT_UNAVAILABLE' });
  expect(outside.store.states()).toEqual(['placed', 'placed', 'unknown']);
});

test('the day’s orders count on over a restart; those that were refused do not', async () => {
  const outside = new Outside();
  const risk = { ...DEFAULT_RISK_LIMITS, maxDailyTrades: 2 };
  const sell = { ...ORDER, side: 'SELL', exact: true };
  const refused = new BtError('REQUEST_FAILED', '518880.XSHG 无可卖数量', { fault: 'venue' });
  outside.gateway.submit.mockRejectedValueOnce(refused);
  const client = await outside.start({ risk });
  expect(await place(client, sell)).toMatchObject({ message: refused.message });
  expect(await place(client, sell)).toMatchObject({ payload: { order_id: '1' } });
  outside.gateway.submit.mockRejectedValueOnce(GONE);
  const next = await outside.start({ risk });
  expect(await place(next, sell)).toMatchObject({ code: 'QMT_UNAVAILABLE' });
  // One that may exist counts.
  expect(await place(await outside.start({ risk }), sell)).toMatchObject({ message: '❌ 当日交易次数超限: 2 >= 2' });
});
