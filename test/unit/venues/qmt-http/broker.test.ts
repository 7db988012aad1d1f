import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { matchIntent } from '../../../../src/domain/order/match.ts';
import type { VenueStatus } from '../../../../src/venues/broker.ts';
import { createQmtHttp } from '../../../../src/venues/qmt-http/index.ts';
import { freePort } from '../../../e2e/free-port.ts';
import { ORDER, ScriptedWrapper, startVenue } from './scripted-wrapper.ts';

async function eventually(condition: () => boolean): Promise<void> {
  await expect.poll(condition, { timeout: 30_000, interval: 5 }).toBe(true);
}

const answers = (status: number, body: unknown) => (_: unknown, response: ServerResponse) => {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
};

test('logs in as it is told to, and asks for nothing that changes anything', async () => {
  const wrapper = await ScriptedWrapper.start();
  const env = {
    QMT_HTTP_ACCOUNT_ID: '12',
    QMT_HTTP_ACCOUNT_TYPE: 'CREDIT',
    QMT_HTTP_QMT_DIR: 'C:\\国金\\userdata_mini',
  };
  const { broker } = await startVenue(wrapper, { ...env, QMT_HTTP_TOKEN: 'abc' });
  expect(broker.canPlace()).toBe(true);
  expect(Object.fromEntries(wrapper.asked[0]?.query ?? [])).toEqual({
    account_id: '12',
    account_type: 'CREDIT',
    qmt_dir: 'C:\\国金\\userdata_mini',
  });
  expect(wrapper.asked.every(({ headers }) => headers.authorization === 'Bearer abc')).toBe(true);
  expect(await broker.account()).toMatchObject({ accountId: '12', totalValue: 1000.5, availableCash: 900 });
  // The original does not say what it trades: it counts as real money.
  expect(await broker.health()).toMatchObject({ stub: false, backendReady: true });
  expect(wrapper.count('/login')).toBe(1);
});

describe('a start', () => {
  test('that is refused says which setting to correct', async () => {
    const wrapper = await ScriptedWrapper.start();
    wrapper.says.set('/login', { status: -1, message: 'there is no account "9" here' });
    await expect(startVenue(wrapper)).rejects.toMatchObject({
      code: 'LOGIN_REFUSED',
      fault: 'config',
      message: expect.stringContaining('QMT_HTTP_ACCOUNT_ID') as string,
    });
    wrapper.says.set('/login', answers(401, { detail: 'no' }));
    await expect(startVenue(wrapper)).rejects.toMatchObject({ code: 'AUTH_FAILED', fault: 'config' });
  });

  test('where nobody listens is given up after a while', async () => {
    const venue = createQmtHttp({
      env: { QMT_HTTP_URL: `http://127.0.0.1:${await freePort()}` },
      times: { firstRetryMs: 5, maxRetryMs: 10, startMs: 50 },
    });
    await expect(venue.broker.start()).rejects.toMatchObject({ code: 'CONNECT_FAILED', fault: 'network' });
    await venue.broker.stop();
  });
});

describe('a place request', () => {
  test('is what the wrapper takes, and its answer is the order’s id', async () => {
    const wrapper = await ScriptedWrapper.start();
    const { broker } = await startVenue(wrapper);
    wrapper.says.set('/place_order', { order_id: 403_701_775 });
    expect(await broker.place({ ...ORDER, style: 'market' })).toEqual({
      kind: 'accepted',
      orderId: '403701775',
      order: null,
    });
    const sent = wrapper.asked.find(({ path }) => path === '/place_order');
    expect(Object.fromEntries(sent?.query ?? [])).toEqual({
      stock_code: '518880.SH',
      direction: 'buy',
      volumn: '100',
      price: '6.1',
    });
    expect(sent?.headers['idempotency-key']).toBe('c1');
  });

  test('without an answer is of unknown fate, is never sent again, and is found by its looks', async () => {
    const wrapper = await ScriptedWrapper.start();
    const { broker } = await startVenue(wrapper);
    const seconds = Math.floor(Date.now() / 1000);
    const row = { 股票代码: '518880.SH', 委托数量: 100, 成交数量: 0, 委托价格: 6.1, 委托类型: 23, 委托状态: '已报' };
    wrapper.says.set('/place_order', (_: unknown, response: ServerResponse) => {
      wrapper.says.set('/query/order', [{ ...row, 订单编号: 7, 柜台合同编号: '55', 报单时间: seconds }]);
      response.destroy();
    });
    const outcome = await broker.place(ORDER);
    expect(outcome).toMatchObject({ kind: 'unknown', code: 'LINK_LOST', answered: false });
    expect(await broker.place(ORDER)).toBe(outcome);
    expect(wrapper.count('/place_order')).toBe(1);
    const identity = { ...ORDER, tag: 'abcdefgh', brokerOrderId: null, sentAt: seconds * 1000 };
    const orders = await broker.orders();
    expect(matchIntent(identity, orders, new Set())?.orderId).toBe('7');
    // Two that fit are no evidence.
    wrapper.says.set(
      '/query/order',
      [7, 8].map((id) => ({ ...row, 订单编号: id, 柜台合同编号: '', 报单时间: seconds })),
    );
    expect(matchIntent(identity, await broker.orders(), new Set())).toBeNull();
  });

  test('that hangs is of unknown fate when its time is up; the next one goes out on its own', async () => {
    const wrapper = await ScriptedWrapper.start();
    const { broker } = await startVenue(wrapper, { QMT_HTTP_TIMEOUT: '5' });
    wrapper.says.set('/place_order', () => {});
    expect(await broker.place(ORDER)).toMatchObject({ kind: 'unknown', code: 'RPC_TIMEOUT', answered: false });
    wrapper.says.set('/place_order', { order_id: 8 });
    await eventually(() => broker.canPlace());
    expect(await broker.place({ ...ORDER, clientId: 'c2' })).toMatchObject({ kind: 'accepted', orderId: '8' });
  }, 30_000);

  test('to a wrapper that has gone was provably not sent', async () => {
    const wrapper = await ScriptedWrapper.start();
    const { broker } = await startVenue(wrapper);
    const seen: VenueStatus[] = [];
    broker.onStatus((status) => seen.push(status));
    wrapper.close();
    expect(await broker.place(ORDER)).toMatchObject({ kind: 'rejected', code: 'NOT_SENT' });
    expect(broker.canPlace()).toBe(false);
    expect(seen.filter(({ kind }) => kind === 'disconnected')).toHaveLength(1);
  });

  test('orders go out one at a time, in their order', async () => {
    const wrapper = await ScriptedWrapper.start();
    const { broker } = await startVenue(wrapper);
    let open = 0;
    let most = 0;
    let id = 0;
    wrapper.says.set('/place_order', (_: unknown, response: ServerResponse) => {
      open += 1;
      most = Math.max(most, open);
      setImmediate(() => {
        open -= 1;
        response.end(JSON.stringify({ order_id: (id += 1) }));
      });
    });
    const ids = ['a', 'b', 'c', 'd'];
    const outcomes = await Promise.all(ids.map((clientId) => broker.place({ ...ORDER, clientId })));
    expect(outcomes).toMatchObject(['1', '2', '3', '4'].map((orderId) => ({ orderId })));
    expect(most).toBe(1);
  });
});

test('a wrapper that was started anew is logged in to again, without anybody asking', async () => {
  const wrapper = await ScriptedWrapper.start();
  const { broker } = await startVenue(wrapper);
  wrapper.loggedIn = false;
  await eventually(() => wrapper.loggedIn);
  await eventually(() => broker.canPlace());
  expect(await broker.account()).toMatchObject({ availableCash: 900 });
});

test('what the terminal does not tell is an error, never an empty list', async () => {
  const wrapper = await ScriptedWrapper.start();
  const { broker } = await startVenue(wrapper);
  wrapper.says.set('/query/order', answers(500, '<h1>500</h1>'));
  await expect(broker.orders()).rejects.toMatchObject({ code: 'HTTP_500', fault: 'venue' });
  wrapper.says.set('/query/holding', null);
  await expect(broker.positions()).rejects.toMatchObject({ code: 'BAD_ANSWER', fault: 'venue' });
  wrapper.says.set('/query/assets', { 总资产: 5 });
  await expect(broker.account()).rejects.toMatchObject({ code: 'BAD_ANSWER' });
});

test('a cancel is taken, refused, or nobody knows; one whose order is not ours any more is not written', async () => {
  const wrapper = await ScriptedWrapper.start();
  const { broker } = await startVenue(wrapper);
  wrapper.says.set('/cancel_order', { cancel_order_result: 0 });
  expect(await broker.cancel('7')).toEqual({ kind: 'requested', order: null });
  wrapper.says.set('/cancel_order', { cancel_order_result: -1 });
  expect((await broker.cancel('7')).kind).toBe('refused');
  wrapper.says.set('/cancel_order', answers(500, 'x'));
  expect((await broker.cancel('7')).kind).toBe('unknown');
  const before = wrapper.count('/cancel_order');
  expect((await broker.cancel('7', () => false)).kind).toBe('refused');
  expect(wrapper.count('/cancel_order')).toBe(before);
});

test('fills name their orders by the exchange’s number, and give them their average price', async () => {
  const wrapper = await ScriptedWrapper.start();
  const { broker } = await startVenue(wrapper);
  const order = {
    委托数量: 300,
    成交数量: 300,
    委托价格: 6.2,
    委托类型: 24,
    委托状态: '已成',
    柜台合同编号: '9',
    报单时间: 1_783_303_202,
  };
  // Two exchanges may give one number.
  wrapper.says.set('/query/order', [
    { ...order, 股票代码: '518880.SH', 订单编号: 1 },
    { ...order, 股票代码: '000001.SZ', 订单编号: 2, 成交数量: 0, 委托状态: '已报' },
  ]);
  const fill = { 股票代码: '518880.SH', 委托类型: 24, 成交时间: 1_783_303_203, 成交编号: 'a', 柜台合同编号: '9' };
  wrapper.says.set('/query/trade', [
    { ...fill, 成交数量: 100, 成交均价: 6.1, 成交金额: 610 },
    { ...fill, 成交数量: 200, 成交均价: 6.4, 成交金额: 1280 },
    { ...fill, 成交数量: 100, 成交均价: 6.1, 成交金额: 610, 柜台合同编号: '77' },
  ]);
  const trades = await broker.trades();
  expect(trades.map(({ orderId }) => orderId)).toEqual(['1', '1', '']);
  expect(trades[0]).toMatchObject({ side: 'sell', amount: 100, price: 6.1, time: 1_783_303_203_000 });
  expect(trades[2]?.unreadable).toContain('柜台合同编号');
  const [first, second] = await broker.orders();
  expect(first).toMatchObject({
    orderId: '1',
    side: 'sell',
    status: 'filled',
    avgPrice: 6.3,
    remark: '',
    createdAt: 1_783_303_202_000,
  });
  expect(second).toMatchObject({ orderId: '2', status: 'open', avgPrice: null });
});

test('holdings are read with and without the list around each', async () => {
  const wrapper = await ScriptedWrapper.start();
  const { broker } = await startVenue(wrapper);
  const row = { 股票代码: '600000.SH', 持仓: 300, 可用持仓: 0, 成本: 8.5, 持仓市值: 2600 };
  const read = { security: '600000.XSHG', amount: 300, closeableAmount: 0, avgCost: 8.5, marketValue: 2600 };
  for (const rows of [[[row]], [row]]) {
    wrapper.says.set('/query/holding', rows);
    expect(await broker.positions()).toMatchObject([read]);
  }
  // What can be sold is not known: the list cannot be used.
  wrapper.says.set('/query/holding', [[{ ...row, 可用持仓: null }]]);
  await expect(broker.positions()).rejects.toMatchObject({ code: 'BAD_ANSWER' });
});
