import { describe, expect, onTestFinished, test } from 'vitest';
import { nullLog } from '../../../src/platform/log.ts';
import { SteppedClock } from '../../../src/platform/stepped-clock.ts';
import type { JsonObject } from '../../../src/protocol/json.ts';
import { refusalOf } from '../../../src/protocol/refusals.ts';
import { DryRunGateway } from '../../../src/server/adapters/dry-run.ts';
import type { Gateway } from '../../../src/server/adapters/gateway.ts';
import { NATIVE } from '../../../src/server/dialects/native.ts';
import { startGatewayServer } from '../../../src/server/index.ts';
import type { RunningServer } from '../../../src/server/index.ts';
import { WireClient } from '../../wire/wire-client.ts';
import { FakeGateway } from './fake-gateway.ts';
import { askHttp, OPEN } from './http/http-world.ts';
import type { Answer } from './http/http-world.ts';
import { MORNING, startWorld } from './world.ts';

class CreditGateway extends FakeGateway {
  readonly operations = true;
}

const CLOCK = new SteppedClock(MORNING);
const ACCOUNTS = [
  { key: 'plain', id: '1', type: 'stock' },
  { key: 'credit', id: '2', type: 'CREDIT' },
];
const ORDER = {
  account_key: 'credit',
  security: '518880.XSHG',
  amount: 150,
  style: { type: 'limit', price: 6 },
  wait_timeout: 0,
};

async function start(gateway: Gateway): Promise<RunningServer> {
  const market = { gateway, dialect: NATIVE, exchange: null, book: null, saved: [], keep: () => null };
  const server = await startGatewayServer(
    { host: '127.0.0.1', port: 0, token: 'stub', clock: CLOCK, accounts: ACCOUNTS, accessLog: false, http: OPEN },
    () => Promise.resolve(market),
    nullLog,
  );
  onTestFinished(() => server.stop());
  return server;
}

async function open(server: RunningServer): Promise<WireClient> {
  const client = await WireClient.open(server.port);
  onTestFinished(() => client.close());
  return client;
}

function place(client: WireClient, more: JsonObject): Promise<JsonObject> {
  return client.request('broker.place_order', { ...ORDER, ...more });
}

describe('what an order does on a credit account', () => {
  test('is said by name, entered as it is, shown on its row, and announced', async () => {
    const gateway = new CreditGateway();
    const client = await open(await start(gateway));
    expect(client.messages[0]?.['features']).toContain('operations');
    const answer = await place(client, { operation: 'margin_buy' });
    expect(answer).toMatchObject({ payload: { operation: 'margin_buy', side: 'BUY', amount: 150 } });
    await place(client, { operation: 'short_sell', side: 'SELL' });
    await place(client, { operation: 'repay_cash' });
    // By its plain name, and in lots as any other.
    const plain = await place(client, { operation: 'buy', amount: 200 });
    expect(plain['payload']).not.toHaveProperty('operation');
    expect(gateway.submitted).toMatchObject([
      { operation: 'margin_buy', side: 'buy', amount: 150 },
      { operation: 'short_sell', side: 'sell', amount: 150 },
      { operation: 'repay_cash', side: 'sell' },
      { side: 'buy', amount: 200 },
    ]);
    expect(gateway.submitted[3]).not.toHaveProperty('operation');
  });

  test.each([
    ['a name that is none', { operation: 'margin_by' }, /^不支持的 operation: margin_by（可用: buy, sell, margin_buy/],
    ['a side that contradicts it', { operation: 'margin_buy', side: 'SELL' }, /^operation margin_buy 与 side 不一致$/],
    [
      'an account of another kind',
      { operation: 'margin_buy', account_key: 'plain' },
      /仅适用于信用账户（type: credit）$/,
    ],
  ])('is refused before anything is sent: %s', async (_, more, message) => {
    for (const gateway of [new CreditGateway(), new DryRunGateway(new CreditGateway(), CLOCK)]) {
      const client = await open(await start(gateway));
      const answer = await place(client, more);
      expect(answer).toMatchObject({ type: 'error', code: 'REQUEST_FAILED', message: expect.stringMatching(message) });
      expect(refusalOf('REQUEST_FAILED', String(answer['message']))).not.toBeNull();
      if (gateway instanceof CreditGateway) expect(gateway.submitted).toEqual([]);
    }
  });

  test('is refused where no account knows it: on a paper market, and on the recorded one', async () => {
    for (const market of ['simulated', 'reference'] as const) {
      const client = await (await startWorld({ market })).open();
      expect(client.messages[0]?.['features']).not.toContain('operations');
      const { account_key: _, ...order } = ORDER;
      const answer = await client.request('broker.place_order', { ...order, operation: 'margin_buy' });
      expect(answer).toMatchObject({ type: 'error', message: '不支持的 operation: margin_buy（可用: buy, sell）' });
    }
  });

  test('tells one order from another under a key', async () => {
    const gateway = new CreditGateway();
    const client = await open(await start(gateway));
    const key = { idempotency_key: 'k', order_remark: 'r' };
    const first = await place(client, { ...key, side: 'BUY' });
    expect(await place(client, { ...key, operation: 'buy' })).toMatchObject({ payload: first['payload'] ?? {} });
    expect(await place(client, { ...key, operation: 'margin_buy' })).toMatchObject({
      message: 'idempotency_key 冲突: k',
    });
    expect(gateway.submitted).toHaveLength(1);
  });

  test('goes over HTTP too, where a name that is none is told at its parameter', async () => {
    const gateway = new CreditGateway();
    const { httpPort } = await start(gateway);
    const ask = (key: string, body: JsonObject): Promise<Answer> =>
      askHttp(httpPort ?? 0, '/api/v1/orders', {
        method: 'POST',
        headers: { 'Idempotency-Key': key },
        body: { account: 'credit', security: '518880.XSHG', amount: 100, price: 6, ...body },
      });
    const placed = await ask('a', { operation: 'sell_to_repay' });
    expect(placed.status).toBe(201);
    expect(placed.json()).toMatchObject({ operation: 'sell_to_repay', side: 'sell' });
    expect((await ask('b', { operation: 'repay' })).json()).toMatchObject({
      status: 400,
      errors: [{ path: 'operation' }],
    });
    expect((await ask('c', {})).json()).toMatchObject({ status: 400, errors: [{ path: 'side' }] });
    const contrary = (await ask('d', { operation: 'margin_buy', side: 'sell' })).json();
    expect(contrary).toMatchObject({ status: 422, outcome: 'rejected' });
    expect((await ask('e', { side: 'buy' })).json()).toMatchObject({ operation: null, side: 'buy' });
    expect(gateway.submitted).toHaveLength(2);
  });
});
