import { describe, expect, test } from 'vitest';
import { SANIC_ROUTES } from '../../../../src/server/http/sanic/routes.ts';
import { startHttpWorld } from './http-world.ts';
import type { HttpWorld } from './http-world.ts';

const ROOT = '/xtquant/trade';
const ACCOUNTS = [
  { key: 'main', id: '111', type: 'stock' },
  { key: 'loan', id: '222', type: 'credit' },
];

async function loggedIn(): Promise<HttpWorld> {
  const world = await startHttpWorld();
  expect((await world.ask(`${ROOT}/login?account_id=demo&session_id=20001&qmt_dir=C%3A%5Cqmt`)).json()).toEqual({
    status: 0,
    simulated: true,
  });
  return world;
}

/** An answer that is a list, or any JSON. */
async function data(world: HttpWorld, path: string): Promise<unknown> {
  return JSON.parse((await world.ask(`${ROOT}${path}`)).text);
}

describe('login', () => {
  test('says 0 for an account that is there, by its number or alias, and something else for any other', async () => {
    const world = await startHttpWorld({}, { accounts: ACCOUNTS });
    const status = async (query: string): Promise<unknown> =>
      (await world.ask(`${ROOT}/login${query}`)).json()['status'];
    expect(await status('?account_id=111')).toBe(0);
    expect(await status('?account_id=loan&account_type=CREDIT')).toBe(0);
    expect(await status('?account_id=222&account_type=STOCK')).toBe(-1);
    expect(await status('?account_id=333')).toBe(-1);
    // Several accounts: none is guessed.
    expect(await status('')).toBe(-1);
  });

  test('is needed before anything else, and the next one changes the account', async () => {
    const world = await startHttpWorld({}, { accounts: ACCOUNTS });
    const early = await world.ask(`${ROOT}/query/assets`);
    expect([early.status, early.json()['code']]).toEqual([409, 'NOT_LOGGED_IN']);
    await world.ask(`${ROOT}/login?account_id=111`);
    await world.ask(`${ROOT}/place_order?stock_code=000001.SZ&volumn=100&price=10.1`);
    expect(await data(world, '/query/order')).toHaveLength(1);
    await world.ask(`${ROOT}/login?account_id=222`);
    expect(await data(world, '/query/order')).toEqual([]);
    expect(await data(world, '/query/order?account_id=111')).toHaveLength(1);
  });
});

test('assets and holdings have the wrapper’s keys', async () => {
  const world = await loggedIn();
  expect(await data(world, '/query/assets')).toEqual({ 总资产: 1e6, 现金: 1e6, 持仓市值: 0, 冻结金额: 0 });
  expect(await data(world, '/query/holding')).toEqual([]);
  await world.ask(`${ROOT}/place_order?stock_code=518880.SH&volumn=200&price=6.2`);
  await world.clock.walk(world.clock.now() + 5_000);
  const holdings = (await data(world, '/query/holding')) as Record<string, unknown>[][];
  expect(holdings).toHaveLength(1);
  expect(Object.keys(holdings[0]?.[0] ?? {})).toEqual(['股票代码', '持仓', '可用持仓', '成本', '持仓市值']);
  expect(holdings[0]?.[0]).toMatchObject({ 股票代码: '518880.SH', 持仓: 200 });
});

describe('place_order', () => {
  test('places a limit order; order and trade have the wrapper’s keys, words and units', async () => {
    const world = await loggedIn();
    const { order_id: id } = (
      await world.ask(`${ROOT}/place_order?stock_code=518880.SH&direction=buy&volumn=200&price=6.2`)
    ).json();
    expect(id).toBeTypeOf('number');
    await world.clock.walk(world.clock.now() + 5_000);
    const [order, ...others] = (await data(world, '/query/order')) as Record<string, unknown>[];
    expect(others).toEqual([]);
    expect(order).toMatchObject({
      股票代码: '518880.SH',
      委托数量: 200,
      成交数量: 200,
      委托价格: 6.2,
      委托类型: 23,
      委托状态: '已成',
      订单编号: id,
      报单时间: Math.floor(Date.parse('2026-07-06T09:34:30+08:00') / 1000),
    });
    const trades = (await data(world, '/query/trade')) as Record<string, unknown>[];
    expect(Object.keys(trades[0] ?? {})).toEqual([
      '股票代码',
      '委托类型',
      '成交数量',
      '成交均价',
      '成交金额',
      '成交时间',
      '成交编号',
      '柜台合同编号',
    ]);
    expect(trades[0]).toMatchObject({ 股票代码: '518880.SH', 委托类型: 23, 柜台合同编号: order?.['柜台合同编号'] });
    expect(trades[0]?.['柜台合同编号']).not.toBe('');
    expect(trades.reduce((sum, trade) => sum + Number(trade['成交数量']), 0)).toBe(200);
    expect(await data(world, `/query/order?order_id=${String(id)}`)).toHaveLength(1);
    expect(await data(world, '/query/order?order_id=12')).toEqual([]);
  });

  test('has the wrapper’s defaults, one for each parameter', async () => {
    const world = await loggedIn();
    await world.ask(`${ROOT}/place_order`);
    expect(await data(world, '/query/order')).toMatchObject([
      { 股票代码: '510300.SH', 委托数量: 100, 委托价格: 4.4, 委托类型: 23 },
    ]);
  });

  test('by POST too, as a form or as JSON, also with the amount spelled as others do', async () => {
    const world = await loggedIn();
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const order = 'stock_code=000001.SZ&direction=buy&price=10.1';
    await world.ask(`${ROOT}/place_order`, { method: 'POST', headers: form, body: `${order}&volume=300` });
    const body = { stock_code: '000001.SZ', direction: 'buy', amount: 400, price: 10.1 };
    await world.ask(`${ROOT}/place_order?volumn=400`, { method: 'POST', body });
    expect(await data(world, '/query/order')).toMatchObject([{ 委托数量: 300 }, { 委托数量: 400 }]);
  });

  test.each([
    ['direction=Sell', 'direction'],
    ['volumn=100&volume=200', 'volumn'],
    ['volumn=0', 'volumn'],
    ['volumn=1e3', 'volumn'],
    ['volumn=-100', 'volumn'],
    ['price=0', 'price'],
    ['price=NaN', 'price'],
    ['stock_code=510300', 'stock_code'],
    ['prcie=5', 'prcie'],
    ['price=5&price=6', 'price'],
  ])('is refused for %s, and nothing is placed', async (query, named) => {
    const world = await loggedIn();
    const refused = await world.ask(`${ROOT}/place_order?${query}`);
    expect(refused.status).toBe(400);
    expect(refused.headers['content-type']).toBe('application/problem+json');
    expect(refused.json()['detail']).toContain(named);
    expect(await data(world, '/query/order')).toEqual([]);
  });

  test('what the counter rejects has its id, and the list says 废单 with the counter’s words', async () => {
    const world = await loggedIn();
    const { order_id: id, message } = (
      await world.ask(`${ROOT}/place_order?stock_code=000001.SZ&volumn=90000000&price=10`)
    ).json();
    expect(id).toBeGreaterThan(0);
    expect(await data(world, '/query/order')).toMatchObject([{ 订单编号: id, 委托状态: '废单', 状态描述: message }]);
  });

  test('what a limit of the server refuses is -1, with its reason', async () => {
    const risk = {
      maxOrderValue: 500,
      maxDailyTradeValue: 1e9,
      maxDailyTrades: 100,
      maxDailyCancels: 100,
      minCancelIntervalSeconds: 0,
      maxCancelPerOrder: 3,
      minBuyOrderValue: 0,
      maxStockCount: 20,
      maxPositionRatio: 100,
    };
    const world = await startHttpWorld({}, { risk });
    await world.ask(`${ROOT}/login?account_id=demo`);
    const answer = (await world.ask(`${ROOT}/place_order?stock_code=000001.SZ&price=10.1`)).json();
    expect(answer).toMatchObject({ order_id: -1, outcome: 'rejected' });
    expect(answer['message']).toContain('单笔订单金额超限');
  });

  test('a key makes it repeatable', async () => {
    const world = await loggedIn();
    const headers = { 'Idempotency-Key': 'again' };
    const place = (): Promise<unknown> =>
      world.ask(`${ROOT}/place_order?stock_code=000001.SZ&price=10.1`, { headers }).then((answer) => answer.json());
    expect(await place()).toEqual(await place());
    expect(await data(world, '/query/order')).toHaveLength(1);
  });

  test('HEAD, which some programs send before they GET, places nothing', async () => {
    const world = await loggedIn();
    expect((await world.ask(`${ROOT}/place_order`, { method: 'HEAD' })).status).toBe(405);
    expect(await data(world, '/query/order')).toEqual([]);
  });
});

test('cancel_order says 0 for an order that is open, -1 for any other', async () => {
  const world = await loggedIn();
  const { order_id: id } = (await world.ask(`${ROOT}/place_order?stock_code=000001.SZ&price=10.1`)).json();
  await world.clock.walk(world.clock.now() + 2_000);
  const cancel = async (order: unknown): Promise<unknown> =>
    (await world.ask(`${ROOT}/cancel_order?order_id=${String(order)}`)).json()['cancel_order_result'];
  expect(await cancel(id)).toBe(0);
  await world.clock.walk(world.clock.now() + 2_000);
  expect(await data(world, '/query/order')).toMatchObject([{ 委托状态: '已撤' }]);
  expect(await cancel(id)).toBe(-1);
  expect(await cancel(12)).toBe(-1);
  expect((await world.ask(`${ROOT}/cancel_order`)).json()['cancel_order_result']).toBe(-1);
});

test('each path answers GET and POST, and nothing else', async () => {
  const world = await startHttpWorld();
  for (const path of SANIC_ROUTES.keys()) {
    const refused = await world.ask(`${ROOT}${path}`, { method: 'DELETE' });
    expect([path, refused.status, refused.headers['allow']]).toEqual([path, 405, 'GET, POST']);
    expect((await world.ask(`${ROOT}${path}`, { method: 'POST' })).status).not.toBe(405);
  }
});
