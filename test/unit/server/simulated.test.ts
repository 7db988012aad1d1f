import { describe, expect, test } from 'vitest';
import { plainPlan } from '../../../src/domain/data/query-plan.ts';
import { chinaInstant } from '../../../src/domain/time.ts';
import { SteppedClock } from '../../../src/platform/stepped-clock.ts';
import { decodeHealth } from '../../../src/protocol/decode/health.ts';
import { decodeHistory } from '../../../src/protocol/decode/history.ts';
import { refusalOf } from '../../../src/protocol/refusals.ts';
import type { JsonObject } from '../../../src/protocol/json.ts';
import { openHistory } from '../../../src/server/index.ts';
import { flow, listeningLog, MORNING, payloadOf, rowsOf, startWorld } from './world.ts';
import type { World } from './world.ts';
import type { WireClient } from '../../wire/wire-client.ts';

const GOLD = '518880.XSHG';

async function begin(): Promise<{ world: World; client: WireClient; quote: JsonObject }> {
  const world = await startWorld();
  const client = await world.open();
  const quote = payloadOf(await client.request('data.live_current', { security: GOLD }));
  return { world, client, quote };
}

function limitOrder(price: unknown, more: JsonObject = {}): JsonObject {
  return { security: GOLD, side: 'BUY', amount: 100, style: { type: 'limit', price }, wait_timeout: 0, ...more };
}

describe('health', () => {
  test('names the back end, the market and its clock', async () => {
    const { client } = await begin();
    const health = payloadOf(await client.request('admin.health'));
    expect(health['value']).toMatchObject({
      backend: 'stub',
      market: 'simulated',
      clock: { now_ms: MORNING, now: '2026-07-06 09:34:30', speed: 1 },
    });
    expect(decodeHealth(health)).toMatchObject({ ready: true, stub: true, clock: { now: MORNING, speed: 1 } });
  });
});

describe('quotes', () => {
  test('live_current and snapshot agree, in any spelling of the code', async () => {
    const { client, quote } = await begin();
    const snapshot = payloadOf(await client.request('data.snapshot', { security: ' 518880.sh ' }));
    expect(snapshot).toMatchObject({ sid: GOLD, last_price: quote['last_price'], dt: '2026-07-06 09:34:30' });
    for (const levels of ['bid_prices', 'bid_volumes', 'ask_prices', 'ask_volumes'])
      expect(snapshot[levels]).toHaveLength(5);
    expect(Number(quote['bid1'])).toBeLessThan(Number(quote['ask1']));
    expect(Number(snapshot['low'])).toBeLessThanOrEqual(Number(snapshot['high']));
  });

  test('data.quotes are those of live_current, in the order asked', async () => {
    const { client, quote } = await begin();
    const { quotes } = payloadOf(await client.request('data.quotes', { securities: ['600519.XSHG', GOLD] }));
    expect(quotes).toEqual([expect.objectContaining({ sid: '600519.XSHG' }), { sid: GOLD, ...quote }]);
    for (const securities of [GOLD, [7], Array(501).fill(GOLD), ['abc']])
      expect(await client.request('data.quotes', { securities })).toMatchObject({ type: 'error' });
  });

  test('a code without its market is read where somebody looks, not where he orders', async () => {
    const { client, quote } = await begin();
    for (const security of ['518880', 'SH518880', '518880sh'])
      expect(payloadOf(await client.request('data.snapshot', { security }))).toMatchObject({ sid: GOLD });
    const order = limitOrder(quote['low_limit']);
    expect(await client.request('broker.place_order', { ...order, security: '518880' })).toMatchObject({
      type: 'error',
    });
    await client.request('broker.place_order', order);
    expect(rowsOf(await client.request('broker.orders', { security: '518880' }))).toHaveLength(1);
  });

  test.each([
    ['data.snapshot'],
    ['data.current_tick'],
    ['data.get_live_current'],
    ['data.security_info'],
    ['data.history'],
  ])('%s of a malformed or missing security is an error', async (action) => {
    const { client } = await begin();
    const malformed = await client.request(action, { security: 'abc' });
    expect(malformed).toMatchObject({ type: 'error', code: 'REQUEST_FAILED' });
    expect(String(malformed['message'])).toContain('"abc" is not a security');
    expect(await client.request(action, {})).toMatchObject({ type: 'error', message: '缺少 security' });
  });
});

describe('history', () => {
  test('has its time column first, unless fields are named without it', async () => {
    const { client } = await begin();
    const whole = payloadOf(await client.request('data.history', { security: GOLD, count: 3 }));
    expect((whole['columns'] as string[]).slice(0, 7)).toEqual([
      'time',
      'open',
      'close',
      'high',
      'low',
      'volume',
      'money',
    ]);
    const cut = payloadOf(
      await client.request('data.history', { security: GOLD, count: 3, fields: ['close', 'nothing'] }),
    );
    expect(cut['columns']).toEqual(['close', 'nothing']);
    expect((cut['records'] as unknown[][]).map((row) => row[1])).toEqual([null, null, null]);
    const timed = await client.request('data.history', { security: GOLD, count: 3, fields: ['close', 'time'] });
    const [, time] = (payloadOf(timed)['records'] as number[][])[2] ?? [];
    expect(payloadOf(timed)['columns']).toEqual(['close', 'time']);
    expect(time).toBe(chinaInstant('2026-07-06', '00:00'));
    expect(decodeHistory(whole, GOLD).time).toHaveLength(3);
  });

  test('a daily bar is labelled with midnight, a minute bar with its end', async () => {
    const { client } = await begin();
    const lastTime = async (payload: JsonObject): Promise<unknown> => {
      const table = payloadOf(await client.request('data.history', { security: GOLD, ...payload }));
      return (table['records'] as unknown[][]).at(-1)?.[0];
    };
    expect(await lastTime({ count: 1 })).toBe(chinaInstant('2026-07-06', '00:00'));
    expect(await lastTime({ count: 2, frequency: 'minute' })).toBe(chinaInstant('2026-07-06', '09:34'));
    expect(await lastTime({ period: '5min', count: 1, end: '2026-07-03' })).toBe(chinaInstant('2026-07-03', '15:00'));
    expect(await lastTime({ frequency: '1m', end: '20260703 10:00:00', count: 1 })).toBe(
      chinaInstant('2026-07-03', '10:00'),
    );
  });

  test('start and end bound it, count takes the last of them', async () => {
    const { client } = await begin();
    const bounds = { security: GOLD, start_date: '2026-06-29', end_date: '2026-07-03' };
    expect(payloadOf(await client.request('data.history', bounds))['records']).toHaveLength(5);
    expect(payloadOf(await client.request('data.history', { ...bounds, count: 2 }))['records']).toHaveLength(2);
    expect(payloadOf(await client.request('data.history', { ...bounds, count: 9 }))['records']).toHaveLength(5);
  });

  test('several securities come in two-level columns', async () => {
    const { client } = await begin();
    const table = payloadOf(
      await client.request('data.history', { security: [GOLD, '000001.XSHE'], count: 2, fields: ['close', 'open'] }),
    );
    expect(table['column_tuples']).toEqual([
      ['close', GOLD],
      ['close', '000001.XSHE'],
      ['open', GOLD],
      ['open', '000001.XSHE'],
    ]);
    expect(table['columns']).toContain("('close', '518880.XSHG')");
    expect(table['column_index_names']).toEqual(['field', 'code']);
    expect((table['records'] as unknown[][])[0]).toHaveLength(4);
    const whole = payloadOf(await client.request('data.history', { security: [GOLD, '000001.XSHE'], count: 2 }));
    expect((whole['column_tuples'] as unknown[][])[0]).toEqual(['time', '']);
    expect((whole['records'] as number[][])[1]?.[0]).toBe(chinaInstant('2026-07-06', '00:00'));
  });

  test.each([
    [{ frequency: '3m' }, '不支持的 frequency: 3m（可用: 1d, 1m, 5m, 15m, 30m, 60m）'],
    [{ fq: 'sideways' }, '不支持的 fq: sideways（可用: pre, post, none）'],
    [{ end: 'yesterday' }, '无法识别的 end: yesterday（格式: 2026-07-06 或 2026-07-06 09:31:00）'],
    [{ frequency: '1m', start: '2005-01-04' }, '请求的K线过多（上限 200000 行），请缩小 count 或 start/end 的范围'],
  ])('%j is an error that says what is valid', async (payload, message) => {
    const { client } = await begin();
    expect(await client.request('data.history', { security: GOLD, ...payload })).toMatchObject({ message });
  });
});

describe('the bars of many securities', () => {
  const asked = { securities: [GOLD], frequency: '1m', count: null, start: null, end: MORNING, fq: 'pre' };
  const columns = ['open', 'close'];
  const days = (count: number): number => MORNING - count * 86_400_000;

  test.each([
    ['by a count', { count: 500_001 }],
    ['by a count, of several', { count: 250_001, securities: [GOLD, '000001.XSHE'] }],
    ['by a range', { start: days(2_083) }],
    ['that end somewhere and begin nowhere', {}],
  ])('that are asked for %s and do not fit into one answer are refused', async (_, change) => {
    const { client } = await begin();
    const message = '请求的K线过多（上限 1000000 个值），请缩小 securities、count 或 start/end 的范围';
    expect(await client.request('data.bars', { ...asked, columns, ...change })).toMatchObject({ message });
  });

  test.each([[{ count: 3 }], [{ start: days(1), end: days(1) }], [{ frequency: '1d' }]])('%j fit', async (change) => {
    const { client } = await begin();
    const answer = payloadOf(await client.request('data.bars', { ...asked, columns, ...change }));
    expect(answer['bars']).toEqual([expect.objectContaining({ security: GOLD })]);
  });
});

describe('reference data', () => {
  test('trade days are the real ones', async () => {
    const { client } = await begin();
    const days = async (payload: JsonObject): Promise<unknown> =>
      payloadOf(await client.request('data.trade_days', payload))['values'];
    expect(await days({ start: '2026-04-30', end: '2026-05-07' })).toEqual(['2026-04-30', '2026-05-06', '2026-05-07']);
    expect(await days({ count: 2 })).toEqual(['2026-07-03', '2026-07-06']);
    expect(await days({ end_date: '20260501', count: 1 })).toEqual(['2026-04-30']);
    expect(await days({ start: '2026-07-07', end: '2026-07-01' })).toEqual([]);
    expect(await client.request('data.trade_days', { start: 'x' })).toMatchObject({ type: 'error' });
  });

  test('securities by type, the code in a column of its own', async () => {
    const { client } = await begin();
    const etf = payloadOf(await client.request('data.get_all_securities', { types: 'etf' }));
    const columns = etf['columns'] as string[];
    const records = etf['records'] as unknown[][];
    expect(columns[0]).toBe('code');
    expect(records.every((row) => row.length === columns.length && row[5] === 'etf')).toBe(true);
    expect(records.map((row) => row[0])).toContain(GOLD);
    const both = payloadOf(
      await client.request('data.all_securities', { types: ['stock', 'index'], date: '2000-01-01' }),
    );
    const types = new Set((both['records'] as unknown[][]).map((row) => row[5]));
    expect(types).toEqual(new Set(['stock', 'index']));
  });

  test('every stock of the paper market is listed, those that are delisted with their last day', async () => {
    const { client } = await begin();
    const rows = async (payload: JsonObject): Promise<unknown[][]> =>
      payloadOf(await client.request('data.get_all_securities', payload))['records'] as unknown[][];
    const ever = await rows({});
    expect(ever.length).toBeGreaterThan(4500);
    expect(ever.map(([code]) => code)).toContain('603101.XSHG');
    const gone = ever.find((row) => String(row[4]) < '2026-07-06') ?? [];
    expect(gone[1]).toMatch(/退/u);
    const now = (await rows({ types: ['stock'], date: '2026-07-06' })).map(([code]) => code);
    expect(now.length).toBeLessThan(ever.length);
    expect(now).not.toContain(gone[0]);
    expect((await rows({ types: 'repo' })).map(([code]) => code)).toContain('204001.XSHG');
    expect(await client.request('data.get_all_securities', { types: 'bread' })).toMatchObject({ type: 'error' });
  });

  test('a question that takes long does not hold up what others ask after it', async () => {
    const { client, world } = await begin();
    const other = await world.open();
    const query = plainPlan([
      { name: 'id', expression: { op: 'column', table: 'STK_BALANCE_SHEET', column: 'id' } },
    ]) as unknown as JsonObject;
    const params = { database: 'finance', query, day: null, period: null, days: null };
    const answered: string[] = [];
    const long = client.request('data.table', { dataset: 'query', params }).then((answer) => {
      answered.push('long');
      return answer;
    });
    await other.request('admin.health').then(() => answered.push('health'));
    expect(await long).toMatchObject({ type: 'error', code: 'QUERY_TOO_LARGE' });
    expect(answered).toEqual(['health', 'long']);
  });

  test('what a share was paid out is told for ten of them', async () => {
    const { client } = await begin();
    const events = payloadOf(await client.request('data.get_split_dividend', { security: '600350.XSHG' }))['events'];
    const own = { security: '600350.XSHG', security_type: 'stock', per_base: 10 };
    expect((events as unknown[]).length).toBeGreaterThan(5);
    for (const event of events as JsonObject[]) {
      expect(event).toMatchObject(own);
      expect(event['bonus_pre_tax']).toBeGreaterThan(0);
      expect(String(event['date']) <= '2026-07-06').toBe(true);
    }
  });

  test('the stocks of an index, today and on a day', async () => {
    const { client } = await begin();
    const ask = async (payload: JsonObject): Promise<unknown> =>
      payloadOf(await client.request('data.get_index_stocks', payload))['values'];
    const today = await ask({ index_symbol: '000300.XSHG' });
    expect(today).toHaveLength(300);
    expect(await ask({ index_symbol: '000300.SH', date: '2026-07-06' })).toEqual(today);
    expect(await ask({ index_symbol: '000300.XSHG', date: '2015-07-06' })).not.toEqual(today);
    expect(await client.request('data.index_stocks', { index_symbol: GOLD })).toMatchObject({ type: 'error' });
  });

  test('security info carries its values twice', async () => {
    const { client } = await begin();
    const info = payloadOf(await client.request('data.security_info', { security: '510300.SH' }));
    expect(info['value']).toMatchObject({
      code: '510300.XSHG',
      type: 'etf',
      subtype: 'fund',
      qmt_code: '510300.SH',
      parent: 'XSHG',
    });
    expect(info).toMatchObject({ code: '510300.XSHG', type: 'etf' });
  });
});

describe('orders', () => {
  test('without a wait the answer comes at once, with the order as it stands', async () => {
    const { client, quote } = await begin();
    const answer = payloadOf(
      await client.request('broker.place_order', limitOrder(quote['ask1'], { order_remark: 'bt:12345678:x' })),
    );
    expect(answer).toMatchObject({
      status: 'new',
      raw_status: 48,
      timed_out: false,
      async_tracking: true,
      wait_timeout: 0,
      order_remark: 'bt:12345678:x',
      order_time: MORNING / 1000,
    });
  });

  test('a wait in market time ends with the final state', async () => {
    const { world, client, quote } = await begin();
    const asked = client.request('broker.place_order', limitOrder(quote['ask1'], { wait_timeout: 60 }));
    const answer = payloadOf(await flow(world.clock, asked));
    expect(answer).toMatchObject({
      status: 'filled',
      raw_status: 56,
      filled: 100,
      timed_out: false,
      async_tracking: false,
    });
    expect(Number(answer['elapsed'])).toBeLessThan(60);
    const [trade] = rowsOf(await client.request('broker.trades', { order_id: answer['order_id'] }));
    expect(trade).toMatchObject({ order_id: answer['order_id'], amount: 100, commission: 5, tax: 0 });
    expect(String(trade?.['time'])).toMatch(/^2026-07-06 09:34:\d\d$/);
    const [position] = rowsOf(await client.request('broker.positions'));
    expect(position).toMatchObject({ security: GOLD, amount: 100, closeable_amount: 100, frozen_volume: 0 });
    expect(payloadOf(await client.request('broker.account'))).toMatchObject({
      value: { account_id: 'demo', frozen_cash: 0 },
    });
  });

  test('a wait that ends before the order does says so', async () => {
    const { world, client, quote } = await begin();
    const asked = client.request('broker.place_order', limitOrder(Number(quote['low_limit']), { wait_timeout: 2 }));
    const answer = payloadOf(await flow(world.clock, asked));
    expect(answer).toMatchObject({
      status: 'open',
      timed_out: true,
      async_tracking: true,
      wait_timeout: 2,
      elapsed: 2,
    });
    expect(answer['last_snapshot']).toMatchObject({ status: 'open', order_id: answer['order_id'] });
  });

  test('without wait_timeout it waits the 16 seconds of the deployed server', async () => {
    const { world, client, quote } = await begin();
    const order = limitOrder(quote['low_limit']);
    delete order['wait_timeout'];
    const answer = payloadOf(await flow(world.clock, client.request('broker.place_order', order)));
    expect(answer).toMatchObject({ wait_timeout: 16, elapsed: 16, timed_out: true });
  });

  test('what breaks a rule is a normal answer with the counter’s text', async () => {
    const { client, quote } = await begin();
    const answer = payloadOf(
      await client.request('broker.place_order', limitOrder(quote['ask1'], { amount: 150, exact: true })),
    );
    expect(answer).toMatchObject({
      status: 'rejected',
      raw_status: 57,
      filled: 0,
      timed_out: false,
      async_tracking: false,
    });
    expect(answer['status_msg']).toContain('100');
    const [row] = rowsOf(await client.request('broker.orders', { status: 'rejected' }));
    expect(row).toMatchObject({ order_id: answer['order_id'], status: 'rejected' });
  });

  test('an order of the reference’s clients is fitted and told so; an exact one is entered as it is', async () => {
    const { client, quote } = await begin();
    const odd = limitOrder(Number(quote['high_limit']) + 1, { amount: 1490 });
    const fitted = payloadOf(await client.request('broker.place_order', odd));
    expect(fitted).toMatchObject({ amount: 1400, order_price: quote['high_limit'], status: 'new' });
    expect(String(fitted['warning'])).toMatch(/1490 取整为 1400; .* 限价 .* 调整为/u);
    const exact = payloadOf(await client.request('broker.place_order', { ...odd, exact: true }));
    expect(exact).toMatchObject({ amount: 1490, status: 'rejected' });
    expect(exact).not.toHaveProperty('warning');
    const short = { ...limitOrder(quote['ask1']), side: 'SELL' };
    expect(await client.request('broker.place_order', short)).toMatchObject({ message: `${GOLD} 无可卖数量` });
    expect(rowsOf(await client.request('broker.orders'))).toHaveLength(2);
  });

  test('the key of an order that was fitted gives the same order again', async () => {
    const { client, quote } = await begin();
    const odd = limitOrder(quote['ask1'], { amount: 1490, idempotency_key: 'odd' });
    const first = payloadOf(await client.request('broker.place_order', odd));
    expect(payloadOf(await client.request('broker.place_order', odd))).toEqual(first);
  });

  test('a limit order without a price gets the last one, as the deployed server fills it', async () => {
    const { client, quote } = await begin();
    const answer = await client.request('broker.place_order', {
      security: GOLD,
      amount: 100,
      wait_timeout: 0,
      price: 1,
    });
    expect(payloadOf(answer)).toMatchObject({ order_price: quote['last_price'], side: 'BUY', style: 'limit' });
  });

  test.each([
    [{ security: GOLD, amount: 0 }],
    [{ security: GOLD, amount: -100 }],
    [{ security: GOLD, amount: 'abc' }],
    [{ security: GOLD, amount: 100, style: { type: 'limit', price: -1 } }],
    [{ security: GOLD, amount: 100, style: { price: 6 }, order_remark: '备'.repeat(257) }],
    [{ security: GOLD, amount: 100, style: { price: 6 }, strategy_name: 'x'.repeat(257) }],
    [{ security: GOLD, amount: 100, style: { price: 6 }, idempotency_key: 'x'.repeat(1_000_000) }],
  ])('%#: is refused before anything is entered, in words a client knows', async (payload) => {
    const { client } = await begin();
    const answer = await client.request('broker.place_order', payload);
    expect(answer).toMatchObject({ type: 'error', code: 'REQUEST_FAILED' });
    expect(refusalOf('REQUEST_FAILED', String(answer['message']))).not.toBeNull();
    expect(rowsOf(await client.request('broker.orders'))).toEqual([]);
  });

  test('the longest texts that are kept are kept whole', async () => {
    const { client, quote } = await begin();
    const texts = { order_remark: '备'.repeat(256), strategy_name: 's'.repeat(256), idempotency_key: 'k'.repeat(256) };
    const answer = payloadOf(await client.request('broker.place_order', limitOrder(quote['low_limit'], texts)));
    expect(answer).toMatchObject({ order_remark: texts.order_remark, strategy_name: texts.strategy_name });
  });

  test.each([
    [{ security: null }, '缺少 security'],
    [{ style: 'limit' }, "'str' object has no attribute 'get'"],
    [{ meta: 'x' }, "'str' object has no attribute 'get'"],
    [{ side: 'SHORT' }, '不支持的 side: SHORT（可用: BUY, SELL）'],
    [{ style: { type: 'stop', price: 1 } }, '不支持的 style.type: stop（可用: limit, market）'],
    [{ stub_scenario: 'filled' }, 'stub_scenario 仅适用于 --market reference；模拟市场按撮合结果成交'],
  ])('%j is an error and enters nothing', async (payload, message) => {
    const { client, quote } = await begin();
    const answer = await client.request('broker.place_order', limitOrder(quote['ask1'], payload));
    expect(answer).toMatchObject({ type: 'error', message });
    expect(rowsOf(await client.request('broker.orders'))).toEqual([]);
  });
});

describe('cancels', () => {
  test('wait for the counter, in market time', async () => {
    const { world, client, quote } = await begin();
    const { order_id: orderId } = payloadOf(await client.request('broker.place_order', limitOrder(quote['low_limit'])));
    await world.clock.walk(world.clock.now() + 3000);
    const answer = payloadOf(await flow(world.clock, client.request('broker.cancel_order', { order_id: orderId })));
    expect(answer).toMatchObject({
      dtype: 'dict',
      value: true,
      status: 'canceled',
      raw_status: 54,
      timed_out: false,
      last_snapshot: { order_id: orderId, status: 'canceled' },
    });
    expect(payloadOf(await client.request('broker.cancel_order', { order_id: orderId }))).toMatchObject({
      value: false,
      timed_out: false,
    });
  });

  test('an unknown id is refused, a missing one is an error', async () => {
    const { client } = await begin();
    expect(payloadOf(await client.request('broker.cancel_order', { order_id: 5 }))).toMatchObject({ value: false });
    expect(await client.request('broker.cancel_order', {})).toMatchObject({ message: '缺少 order_id' });
    expect(payloadOf(await client.request('broker.order_status', { order_id: 'nope' }))).toEqual({});
  });
});

describe('idempotency keys compare what is meant', () => {
  test('other spellings of the same order are the same order', async () => {
    const { client, quote } = await begin();
    const key = { idempotency_key: 'k', wait_timeout: 0 };
    const first = payloadOf(await client.request('broker.place_order', limitOrder(quote['low_limit'], key)));
    const again = payloadOf(
      await client.request('broker.place_order', {
        ...key,
        account_key: 'default',
        security: '518880.sh',
        side: 'buy',
        volume: '100',
        style: { price: String(quote['low_limit']) },
      }),
    );
    expect(again['order_id']).toBe(first['order_id']);
    const other = await client.request('broker.place_order', limitOrder(quote['low_limit'], { ...key, amount: 200 }));
    expect(other).toMatchObject({ type: 'error', message: 'idempotency_key 冲突: k' });
    expect(rowsOf(await client.request('broker.orders'))).toHaveLength(1);
  });

  test('two connections racing with one key place one order', async () => {
    const { world, client, quote } = await begin();
    const other = await world.open();
    const order = limitOrder(quote['low_limit'], { idempotency_key: 'race', wait_timeout: 3 });
    const both = Promise.all([client.request('broker.place_order', order), other.request('broker.place_order', order)]);
    const [one, two] = (await flow(world.clock, both)).map(payloadOf);
    expect(one).toMatchObject({ timed_out: true });
    expect(two).toEqual(one);
    expect(rowsOf(await client.request('broker.orders'))).toHaveLength(1);
  });
});

describe('accounts', () => {
  test('have books of their own; a sub-account is a label and a limit', async () => {
    const world = await startWorld({
      accounts: [
        { key: 'main', id: '111', type: 'stock' },
        { key: 'hedge', id: '222', type: 'stock' },
      ],
      subAccounts: [{ id: 'demo', parent: 'main', limit: 500 }],
    });
    const client = await world.open();
    const order = { security: GOLD, amount: 100, style: { type: 'limit', price: 5.5 }, wait_timeout: 0 };
    expect(await client.request('broker.place_order', { ...order, sub_account_id: 'demo' })).toMatchObject({
      message: '子账户 demo 超过额度限制 500.0',
    });
    const placed = payloadOf(await client.request('broker.place_order', { ...order, account_key: 'main' }));
    const asked = rowsOf(await client.request('broker.orders', { sub_account_id: 'demo@main' }));
    expect(asked).toEqual([expect.objectContaining({ order_id: placed['order_id'], sub_account_id: 'demo' })]);
    // The label is the asker's: it must not stay on the order.
    expect(rowsOf(await client.request('broker.orders', { account_key: 'main' }))[0]).not.toHaveProperty(
      'sub_account_id',
    );
    expect(rowsOf(await client.request('broker.orders', { account_key: 'hedge' }))).toEqual([]);
    expect(payloadOf(await client.request('broker.account', { account_key: 'hedge' }))).toMatchObject({
      account_id: '222',
    });
  });

  test('the text for people', async () => {
    const { world, client, quote } = await begin();
    await flow(world.clock, client.request('broker.place_order', limitOrder(quote['ask1'], { wait_timeout: 60 })));
    const { value } = payloadOf(await client.request('admin.print_account'));
    const lines = String(value).split('\n');
    expect(lines[0]).toMatch(/^📊 券商账户概览: 总资产 [\d,.]+, 可用资金 [\d,.]+, 仓位 0\.0\d%$/);
    expect(lines).toHaveLength(6);
    expect(lines[4]).toMatch(/^\| 518880\.XSHG \| 黄金ETF华安 \| 100 {2}\| 100 /);
  });
});

describe('outside trading hours', () => {
  test('orders are rejected and quotes stay readable', async () => {
    const world = await startWorld({ clock: new SteppedClock(chinaInstant('2026-07-05', '10:00')) });
    const client = await world.open();
    const quote = payloadOf(await client.request('data.live_current', { security: GOLD }));
    expect(Number(quote['last_price'])).toBeGreaterThan(0);
    const answer = payloadOf(await client.request('broker.place_order', limitOrder(quote['last_price'])));
    expect(answer).toMatchObject({ status: 'rejected' });
  });
});

describe('a side that is not served', () => {
  test('data alone: prices, no account, no order', async () => {
    const world = await startWorld({ sides: { data: true, broker: false } });
    const client = await world.open();
    expect(payloadOf(await client.request('data.snapshot', { security: GOLD }))).toMatchObject({ sid: GOLD });
    for (const action of ['broker.account', 'broker.place_order', 'admin.print_account', 'broker.nothing'])
      expect(await client.request(action, limitOrder(9))).toMatchObject({ message: '券商服务未启用' });
    const health = payloadOf(await client.request('admin.health'));
    expect((health['value'] as JsonObject)['features']).toEqual(expect.arrayContaining(['data']));
    expect((health['value'] as JsonObject)['features']).not.toContain('broker');
  });

  test('the account alone', async () => {
    const world = await startWorld({ sides: { data: false, broker: true } });
    const client = await world.open();
    expect(await client.request('data.snapshot', { security: GOLD })).toMatchObject({ message: '数据服务未启用' });
    expect(payloadOf(await client.request('broker.place_order', limitOrder(9)))).toMatchObject({ amount: 100 });
    const health = payloadOf(await client.request('admin.health'));
    expect((health['value'] as JsonObject)['features']).toEqual(['broker']);
  });
});

test.each([[true], [false]])(
  'what an account holds goes into the log where that is asked for: %s',
  async (logsAccounts) => {
    const { log, lines } = listeningLog();
    const client = await (await startWorld({ logsAccounts }, log)).open();
    const answer = payloadOf(await client.request('admin.print_account'));
    expect(lines.some((line) => line.includes(String(answer['value'])))).toBe(logsAccounts);
  },
);

describe('an account minute by minute', () => {
  test('is kept, asked for over the wire, and makes positions say how long they are held', async () => {
    const history = openHistory(null);
    const world = await startWorld({ history });
    const client = await world.open();
    const quote = payloadOf(await client.request('data.live_current', { security: GOLD }));
    await flow(world.clock, client.request('broker.place_order', limitOrder(quote['ask1'], { wait_timeout: 10 })));
    await world.clock.walk(chinaInstant('2026-07-06', '09:37:30'));
    const answer = payloadOf(await client.request('broker.history'));
    const rows = answer['rows'] as JsonObject[];
    expect(rows.map((row) => row['time'])).toEqual(['35', '36', '37'].map((minute) => `2026-07-06 09:${minute}:00`));
    const [held] = (rows.at(-1)?.['positions'] ?? []) as JsonObject[];
    expect(held).toMatchObject({ security: GOLD, amount: 100, days_held: 0 });
    expect(Number(held?.['profit'])).toBeCloseTo((Number(held?.['last_price']) - Number(held?.['avg_cost'])) * 100, 1);
    const [position] = rowsOf(await client.request('broker.positions'));
    expect(position).toMatchObject({ days_held: 0, days_held_at_least: true });
    expect(typeof position?.['profit_rate']).toBe('number');
    const days = payloadOf(await client.request('broker.history', { every: 'day', limit: 1 }));
    expect((days['rows'] as JsonObject[]).map((row) => row['time'])).toEqual(['2026-07-06 09:37:00']);
    expect(await client.request('broker.history', { every: 'week' })).toMatchObject({
      message: 'broker.history: every 无效',
    });
    expect(await client.request('broker.history', { start: 'x' })).toMatchObject({ type: 'error' });
    const health = payloadOf(await client.request('admin.health'));
    expect((health['value'] as JsonObject)['features']).toContain('history');
  });

  test('is refused where nobody keeps it', async () => {
    const { client } = await begin();
    const refused = await client.request('broker.history');
    expect(String(refused['message'])).toContain('bt server --history FILE');
    expect(rowsOf(await client.request('broker.positions'))).toEqual([]);
  });
});
