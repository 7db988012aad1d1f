import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/protocol/json.ts';
import type { WireClient } from '../../../wire/wire-client.ts';
import { faulty, payloadOf, rowsOf } from './faulty-world.ts';

const A = '000001.XSHE';
const B = '510050.XSHG';

/** Plays an order of the reference market in the state it is told. */
function play(client: WireClient, status: string, security = A, more: JsonObject = {}): Promise<JsonObject> {
  const payload = { security, amount: 100, style: { type: 'limit', price: 10 }, order_remark: 'bt:12345678:label' };
  return client.request('broker.place_order', { ...payload, stub_scenario: status, ...more });
}

async function reference(faults: readonly JsonObject[]): Promise<WireClient> {
  return (await faulty(faults, { market: 'reference' })).open();
}

describe('positions', () => {
  async function two(mode: string): Promise<WireClient> {
    const client = await reference([{ kind: 'positions', mode }]);
    await play(client, 'filled', A);
    await play(client, 'filled', B);
    return client;
  }

  test('error', async () => {
    const client = await two('error');
    expect(await client.request('broker.positions')).toMatchObject({ type: 'error', code: 'REQUEST_FAILED' });
    const account = payloadOf(await client.request('broker.account'));
    expect(account).toMatchObject({ positions: [], value: { positions: [], account_id: 'demo' } });
  });

  test('empty', async () => {
    const client = await two('empty');
    expect(rowsOf(await client.request('broker.positions'))).toEqual([]);
    expect(payloadOf(await client.request('broker.account'))).toMatchObject({
      positions: [],
      value: { positions: [] },
    });
  });

  test('partial', async () => {
    const client = await two('partial');
    expect(rowsOf(await client.request('broker.positions')).map((row) => row['security'])).toEqual([B]);
  });

  test('missing_fields', async () => {
    const rows = rowsOf(await (await two('missing_fields')).request('broker.positions'));
    expect(rows).toHaveLength(2);
    for (const row of rows) {
      expect(row).not.toHaveProperty('amount');
      expect(row).not.toHaveProperty('closeable_amount');
      expect(row).toHaveProperty('avg_cost');
    }
  });
});

test('account_zero', async () => {
  const client = await reference([{ kind: 'account_zero' }]);
  await play(client, 'filled');
  const account = payloadOf(await client.request('broker.account'));
  expect(account).toMatchObject({ available_cash: 0, total_value: 0, positions: [] });
  expect(account['value']).toMatchObject({ available_cash: 0, total_value: 0, account_id: 'demo' });
});

test.each([
  ['empty', []],
  ['partial', ['stub-1']],
])('orders %s', async (mode, ids) => {
  const client = await reference([{ kind: 'orders', mode }]);
  for (let n = 0; n < 2; n += 1) await play(client, 'open');
  expect(rowsOf(await client.request('broker.orders')).map((row) => row['order_id'])).toEqual(ids);
});

describe('trades', () => {
  async function trades(mode: string): Promise<JsonObject[]> {
    const client = await reference([{ kind: 'trades', mode, action: 'broker.trades' }]);
    await play(client, 'filled');
    await play(client, 'filled', B);
    const honest = rowsOf(await client.request('broker.list_trades'));
    expect(honest).toHaveLength(2);
    return rowsOf(await client.request('broker.trades'));
  }

  test('replay repeats the whole list', async () => {
    const rows = await trades('replay');
    expect(rows.slice(2)).toEqual(rows.slice(0, 2));
    expect(rows).toHaveLength(4);
  });

  test('empty and partial', async () => {
    expect(await trades('empty')).toEqual([]);
    expect(await trades('partial')).toHaveLength(1);
  });
});

test('trade_ids: one id for what is equal in order, second, price and amount', async () => {
  const client = await reference([{ kind: 'trade_ids' }]);
  await play(client, 'filled');
  await play(client, 'filled');
  const [first, second] = rowsOf(await client.request('broker.trades'));
  const [again] = rowsOf(await client.request('broker.trades'));
  expect(first?.['trade_id']).toMatch(/^[0-9a-f]{16}$/u);
  expect(again?.['trade_id']).toBe(first?.['trade_id']);
  expect(second?.['trade_id']).not.toBe(first?.['trade_id']);
});

describe('remark', () => {
  test.each([
    [{ mode: 'cut', length: 11 }, 'bt:12345678'],
    [{ mode: 'prefix' }, 'sub:demo|bt:12345678:label'],
    [{ mode: 'missing' }, undefined],
    [{ mode: 'default' }, 'bullet-trade'],
  ])('%j', async (params, seen) => {
    const client = await reference([{ kind: 'remark', ...params }]);
    const placed = payloadOf(await play(client, 'open'));
    const [row] = rowsOf(await client.request('broker.orders'));
    const status = payloadOf(await client.request('broker.order_status', { order_id: placed['order_id'] }));
    const canceled = payloadOf(await client.request('broker.cancel_order', { order_id: placed['order_id'] }));
    const snapshot = canceled['last_snapshot'] as JsonObject;
    expect([placed, row, status, snapshot].map((one) => one?.['order_remark'])).toEqual([seen, seen, seen, seen]);
  });

  test('prefix and cut together, as of a server that marks before the terminal cuts', async () => {
    const client = await reference([
      { kind: 'remark', mode: 'prefix' },
      { kind: 'remark', mode: 'cut', length: 24 },
    ]);
    expect(payloadOf(await play(client, 'open'))['order_remark']).toBe('sub:demo|bt:12345678:lab');
  });

  test('also on trades of the simulated market', async () => {
    const world = await faulty([{ kind: 'remark', mode: 'cut', length: 3 }]);
    const client = await world.open();
    const style = { type: 'limit', price: 6.5 };
    const payload = {
      security: '518880.XSHG',
      side: 'BUY',
      amount: 100,
      style,
      wait_timeout: 0,
      order_remark: 'abcdef',
    };
    await client.request('broker.place_order', payload);
    await world.clock.walk(world.clock.now() + 10_000);
    const rows = rowsOf(await client.request('broker.trades'));
    expect(rows.map((row) => row['order_remark'])).toEqual(['abc']);
  });
});

describe('status', () => {
  const words: readonly (readonly [number, string, string, string])[] = [
    [48, 'new', 'new', 'open'],
    [49, 'submitted', 'new', 'open'],
    [50, 'open', 'open', 'open'],
    [51, 'canceling', 'canceling', 'open'],
    [52, 'partly_canceling', 'partly_canceled', 'partly_filled'],
    [53, 'partly_canceled', 'partly_canceled', 'partly_filled'],
    [54, 'canceled', 'canceled', 'partly_canceled'],
    [55, 'partly_filled', 'filling', 'cancelled'],
    [56, 'filled', 'filled', 'filled'],
    [57, 'rejected', 'rejected', 'rejected'],
    [255, 'unknown', 'new', 'unknown'],
  ];
  const cases = words.flatMap(([raw, stub, qmt, bigQmt]) => [
    ['stub', raw, stub] as const,
    ['qmt', raw, qmt] as const,
    ['big_qmt', raw, bigQmt] as const,
  ]);

  test.each(cases)('%s writes %i as %s', async (backend, raw, word) => {
    const client = await reference([{ kind: 'status', backend, raw }]);
    await play(client, 'open');
    expect(rowsOf(await client.request('broker.orders'))).toMatchObject([{ status: word, raw_status: raw }]);
  });

  test('the true codes of the market in the words of another back end, with and without the code', async () => {
    const withCode = await reference([{ kind: 'status', backend: 'big_qmt' }]);
    const without = await reference([{ kind: 'status', backend: 'big_qmt', keep_raw: false }]);
    for (const client of [withCode, without]) await play(client, 'partly_filled');
    expect(rowsOf(await withCode.request('broker.orders'))).toMatchObject([{ status: 'cancelled', raw_status: 55 }]);
    const [row] = rowsOf(await without.request('broker.orders'));
    expect(row).toMatchObject({ status: 'cancelled' });
    expect(row).not.toHaveProperty('raw_status');
  });

  test('in the answer to a cancel as well', async () => {
    const client = await reference([{ kind: 'status', backend: 'big_qmt' }]);
    const placed = payloadOf(await play(client, 'open'));
    const answer = payloadOf(await client.request('broker.cancel_order', { order_id: placed['order_id'] }));
    expect(answer).toMatchObject({ status: 'partly_canceled', last_snapshot: { status: 'partly_canceled' } });
  });
});
