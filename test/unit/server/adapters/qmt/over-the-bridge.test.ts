import { describe, expect, onTestFinished, test } from 'vitest';
import type { AccountEvent, NewOrder } from '../../../../../src/server/adapters/gateway.ts';
import { delay } from '../../../../../src/platform/timers.ts';
import { refusalOf } from '../../../../../src/protocol/refusals.ts';
import { MAIN, needsPython, openGateway, PYTHON } from '../../../../fake-xtquant/qmt-world.ts';
import type { GatewayWorld } from '../../../../fake-xtquant/qmt-world.ts';
import type { FakeTerminal } from '../../../../fake-xtquant/terminal.ts';
import { FakeTimers } from '../../../platform/fake-timers.ts';
import { listeningLog } from '../../world.ts';

const CHEAP: NewOrder = {
  security: '000001.XSHE',
  side: 'buy',
  amount: 100,
  style: 'limit',
  price: 10,
  remark: 'bt:abcdefgh:x',
  strategyName: 'demo',
  scenario: null,
};

interface World extends GatewayWorld {
  readonly timers: FakeTimers;
}

async function open(more: Parameters<typeof openGateway>[0] = {}): Promise<World> {
  const timers = new FakeTimers();
  const world = await openGateway({ timers, ...more });
  onTestFinished(() => world.close());
  return { ...world, timers };
}

/** Real processes take their time: only what they wait for is stepped. */
async function until(condition: () => boolean): Promise<void> {
  await expect.poll(condition, { timeout: 60_000, interval: 5 }).toBe(true);
}

function called(terminal: FakeTerminal, name: string): number {
  return terminal.calls.filter((call) => call.name === name).length;
}

/** Steps past the wait before the next attempt until the trading side is ready again. */
async function recovered({ gateway, timers }: World): Promise<void> {
  const [trading] = gateway.trading;
  await until(() => trading?.health.state !== 'ready');
  await expect
    .poll(
      async () => {
        await timers.advance(100);
        return trading?.health.state;
      },
      { timeout: 60_000, interval: 20 },
    )
    .toBe('ready');
}

const nothing = (): void => {};

describe.skipIf(PYTHON === null)(needsPython('an order over the bridge'), () => {
  test('that is never answered is unknown, not refused; it was carried out, and the next bridge shows it', async () => {
    const world = await open();
    const { gateway, terminal, timers } = world;
    terminal.rule({ call: 'order_stock', nth: 1, happens: 'lose' });
    const placed = gateway.broker(MAIN).submit(CHEAP, nothing);
    await until(() => called(terminal, 'order_stock') === 1);
    const failed = expect(placed).rejects.toMatchObject({ code: 'QMT_UNAVAILABLE', message: /下单结果未知/ });
    await timers.advance(20_000);
    await failed;
    await recovered(world);
    expect(await gateway.broker(MAIN).orders()).toMatchObject([{ remark: CHEAP.remark, amount: 100 }]);
    expect(new Set(terminal.sessions).size).toBe(2);
    expect(called(terminal, 'order_stock')).toBe(1);
  });

  test('that waited behind a query which hangs was not sent, which is proved', async () => {
    const { gateway, terminal, timers, exchange } = await open();
    terminal.rule({ call: 'query_stock_asset', nth: 1, happens: 'hang' });
    const asset = gateway.broker(MAIN).account();
    await until(() => called(terminal, 'query_stock_asset') === 1);
    const placed = gateway.broker(MAIN).submit(CHEAP, nothing);
    const failures = Promise.allSettled([asset, placed]);
    await timers.advance(15_000);
    const [query, order] = await failures;
    expect(query).toMatchObject({ reason: { code: 'QMT_UNAVAILABLE' } });
    expect(order).toMatchObject({ reason: { code: 'REQUEST_FAILED', message: /^委托未发送: / } });
    const { reason } = order as { reason: { code: string; message: string } };
    expect(refusalOf(reason.code, reason.message)).not.toBeNull();
    expect(exchange.orders(MAIN.id)).toEqual([]);
  });

  test('that the counter answers with -1 is refused when it says why of this very order, else unknown', async () => {
    const { gateway, terminal, timers } = await open();
    const row = { account_id: MAIN.id, order_id: -1, error_id: 1, error_msg: { $gbk: '资金不足' } };
    const push = { name: 'order_error', row: { ...row, order_remark: CHEAP.remark } };
    terminal.rule({ call: 'order_stock', nth: 1, value: -1, push });
    await expect(gateway.broker(MAIN).submit(CHEAP, nothing)).rejects.toThrow('委托被拒绝: 资金不足');
    terminal.rule({ call: 'order_stock', nth: 1, value: -1 });
    const silent = gateway.broker(MAIN).submit(CHEAP, nothing);
    const failed = expect(silent).rejects.toMatchObject({ message: 'QMT 下单返回错误码: -1' });
    await until(() => called(terminal, 'order_stock') === 2);
    while (!(await settledOf(silent))) await timers.advance(500);
    await failed;
    expect(refusalOf('REQUEST_FAILED', 'QMT 下单返回错误码: -1')).toBeNull();
  });

  test.each([
    ['raises', { raise: 'vendor: order refused' }, 'QMT 下单失败: vendor: order refused'],
    ['gives no number', { value: null }, 'QMT 下单返回错误码: null'],
    ['gives 0', { value: 0 }, 'QMT 下单返回错误码: 0'],
  ])('is unknown where the SDK %s', async (_, rule, message) => {
    const { gateway, terminal } = await open();
    terminal.rule({ call: 'order_stock', nth: 1, ...rule });
    await expect(gateway.broker(MAIN).submit(CHEAP, nothing)).rejects.toMatchObject({
      code: 'REQUEST_FAILED',
      message,
    });
    expect(refusalOf('REQUEST_FAILED', message)).toBeNull();
  });

  test('is refused before anything is sent while the terminal is away, and when its remark would be cut', async () => {
    const { gateway, terminal } = await open();
    const long = { ...CHEAP, remark: 'bt:abcdefgh:一个长的名字' };
    await expect(gateway.broker(MAIN).submit(long, nothing)).rejects.toThrow(/过长/);
    terminal.goesDown();
    await until(() => gateway.trading[0]?.bridge.trouble !== null);
    await expect(gateway.broker(MAIN).submit(CHEAP, nothing)).rejects.toThrow(/^委托未发送: /);
    await expect(gateway.broker(MAIN).orders()).rejects.toMatchObject({ code: 'QMT_UNAVAILABLE' });
    expect(called(terminal, 'order_stock')).toBe(0);
  });

  test('in market style goes as a limit inside the price cage, as another style where that was asked for', async () => {
    const { gateway, terminal, exchange, clock } = await open();
    const { highLimit } = exchange.tick('000001.XSHE').quote;
    const order = { ...CHEAP, style: 'market', price: highLimit };
    await gateway.broker(MAIN).submit(order, nothing);
    const sent = terminal.calls.findLast(({ name }) => name === 'order_stock')?.args ?? {};
    expect(sent['price_type']).toBe(11);
    expect(sent['price']).toBeLessThan(highLimit ?? 0);
    await clock.walk(clock.now() + 5000);
    expect(exchange.orders(MAIN.id)[0]?.status).toBe(56);
  });
});

describe.skipIf(PYTHON === null)(needsPython('lists over the bridge'), () => {
  test('None is an empty list only where nothing contradicts it', async () => {
    const { gateway, terminal } = await open();
    const broker = gateway.broker(MAIN);
    for (const call of ['query_stock_orders', 'query_stock_trades', 'query_stock_positions'])
      terminal.rule({ call, nth: 1, value: null });
    expect([await broker.orders(), await broker.positions(), await broker.trades()]).toEqual([[], [], []]);
    await broker.submit(CHEAP, nothing);
    terminal.rule({ call: 'query_stock_orders', nth: 1, value: null });
    await expect(broker.orders()).rejects.toMatchObject({ code: 'QMT_UNAVAILABLE' });
    terminal.rule({ call: 'query_stock_asset', nth: 1, value: null });
    await expect(broker.account()).rejects.toMatchObject({ code: 'QMT_UNAVAILABLE' });
    const [{ orderId } = { orderId: '' }] = await broker.orders();
    terminal.rule({ call: 'query_stock_order', nth: 1, value: null });
    await expect(broker.order(orderId)).rejects.toMatchObject({ code: 'QMT_UNAVAILABLE' });
    expect(await broker.order('999')).toBeNull();
    expect(await broker.order('abc')).toBeNull();
  });

  test('holdings that are worth something are not gone because a query says None', async () => {
    const { gateway, terminal, exchange, clock } = await open();
    const price = exchange.tick('518880.XSHG').quote.highLimit ?? 0;
    await gateway.broker(MAIN).submit({ ...CHEAP, security: '518880.XSHG', style: 'market', price }, nothing);
    await clock.walk(clock.now() + 5000);
    expect((await gateway.broker(MAIN).positions())[0]).toMatchObject({ amount: 100, closeableAmount: 100 });
    terminal.rule({ call: 'query_stock_positions', nth: 1, value: null });
    await expect(gateway.broker(MAIN).positions()).rejects.toMatchObject({ code: 'QMT_UNAVAILABLE' });
  });

  test('a number that is none is missing, not 0; texts of GBK are read', async () => {
    const { gateway, terminal } = await open();
    const row = { stock_code: '000001.SZ', volume: 100, can_use_volume: { $nan: true }, market_value: 1000 };
    terminal.rule({ call: 'query_stock_positions', nth: 1, value: [row] });
    await expect(gateway.broker(MAIN).positions()).rejects.toThrow(/can_use_volume/);
    terminal.rule({ call: 'query_stock_asset', nth: 1, value: { cash: 0, total_asset: 0 } });
    expect(await gateway.broker(MAIN).account()).toMatchObject({ availableCash: 0, frozenCash: null });
    await gateway.broker(MAIN).submit({ ...CHEAP, price: 1 }, nothing);
    const [order] = await gateway.broker(MAIN).orders();
    expect(order).toMatchObject({ status: 'rejected' });
    expect(order?.statusText).toMatch(/\p{Script=Han}/u);
  });
});

describe.skipIf(PYTHON === null)(needsPython('the bridge itself'), () => {
  test('a terminal that restarts is found again, with another session number, and every account is subscribed', async () => {
    const world = await open();
    const { gateway, terminal } = world;
    await gateway.broker(MAIN).submit(CHEAP, nothing);
    terminal.goesDown();
    await until(() => gateway.trading[0]?.health.state === 'cooldown');
    terminal.comesUp();
    await recovered(world);
    expect(await gateway.broker(MAIN).orders()).toHaveLength(1);
    expect(new Set(terminal.sessions).size).toBe(terminal.sessions.length);
    expect(called(terminal, 'subscribe')).toBe(2);
  });

  test('one that was killed is replaced; data and orders do not die with each other', async () => {
    const world = await open();
    const { gateway } = world;
    const [trading] = gateway.trading;
    process.kill(trading?.bridge.pid ?? 0, 'SIGKILL');
    await until(() => trading?.health.state !== 'ready');
    expect((await gateway.data.quote('000001.XSHE')).lastPrice).toBeGreaterThan(0);
    await recovered(world);
    expect(await gateway.broker(MAIN).orders()).toEqual([]);
    process.kill(gateway.quotes.bridge.pid ?? 0, 'SIGKILL');
    await until(() => gateway.quotes.bridge.health.state !== 'ready');
    expect(await gateway.broker(MAIN).orders()).toEqual([]);
    await expect(gateway.data.quote('000001.XSHE')).rejects.toMatchObject({ code: 'QMT_UNAVAILABLE' });
  });

  test('an account that is not logged in stops no other, and is tried again', async () => {
    const HEDGE = { key: 'hedge', id: '654321', type: 'credit' };
    const { gateway, terminal, timers } = await open({
      accounts: [MAIN, HEDGE],
      prepare: (fresh) => fresh.loggedOut.add('654321'),
    });
    expect((await gateway.broker(MAIN).account()).availableCash).toBe(1_000_000);
    await expect(gateway.broker(HEDGE).account()).rejects.toThrow(/账户 hedge 未登录/);
    const { details } = await gateway.health();
    expect(details?.['accounts']).toMatchObject({ main: { connected: true }, hedge: { connected: false } });
    terminal.loggedOut.clear();
    await timers.advance(60_000);
    await until(() => gateway.trading[0]?.stateOf('654321').subscribed === true);
    expect((await gateway.broker(HEDGE).account()).availableCash).toBe(1_000_000);
  });

  test('without the SDK it says what to install, with a broken one what broke, and an import that hangs has an end', async () => {
    const missing = openGateway({ settings: { sdkFolders: [] } });
    await expect(missing).rejects.toMatchObject({ code: 'XTQUANT_MISSING', message: /pip install xtquant/ });
    const broken = openGateway({ environment: { FAKE_XTQUANT_IMPORT: 'fail' } });
    await expect(broken).rejects.toMatchObject({ code: 'XTQUANT_BROKEN', message: /DLL load failed/ });
    const timers = new FakeTimers();
    const hangs = openGateway({ timers, environment: { FAKE_XTQUANT_IMPORT: 'hang' } });
    const failed = expect(hangs).rejects.toMatchObject({ code: 'BRIDGE_FAILED', message: /importing xtquant/ });
    await until(() => timers.armed >= 2);
    await timers.advance(60_000);
    await failed;
    const none = openGateway({ settings: { python: '/nowhere/python' } });
    await expect(none).rejects.toMatchObject({ code: 'BRIDGE_FAILED' });
  });

  test('what the SDK prints is in the log, not in the protocol', async () => {
    const { log, lines } = listeningLog();
    const { gateway } = await open({ log });
    await gateway.broker(MAIN).account();
    await until(() => lines.some((line) => line.includes('says hello on standard output')));
  });

  test('orders and fills are told as they happen, once more where the terminal repeats itself', async () => {
    const { gateway, terminal, exchange, clock } = await open();
    terminal.pushes = 2;
    const told: AccountEvent[] = [];
    gateway.onAccountEvent((event) => told.push(event));
    const price = exchange.tick('518880.XSHG').quote.highLimit ?? 0;
    await gateway.broker(MAIN).submit({ ...CHEAP, security: '518880.XSHG', style: 'market', price }, nothing);
    await clock.walk(clock.now() + 5000);
    await until(() => told.filter(({ trade }) => trade !== undefined).length >= 2);
    expect(told.every(({ accountKey }) => accountKey === 'main')).toBe(true);
    expect(told.find(({ order }) => order !== undefined)?.order).toMatchObject({ remark: CHEAP.remark });
    expect(await gateway.broker(MAIN).trades()).toHaveLength(1);
  });

  test('what only a credit account does goes to the counter by its number, and comes back by its name', async () => {
    const HEDGE = { key: 'hedge', id: '654321', type: 'credit' };
    const { gateway, terminal } = await open({ accounts: [HEDGE] });
    const broker = gateway.broker(HEDGE);
    const placed = await broker.submit({ ...CHEAP, operation: 'margin_buy' }, nothing);
    expect(placed).toMatchObject({ operation: 'margin_buy', side: 'buy', remark: CHEAP.remark });
    await broker.submit({ ...CHEAP, side: 'sell', operation: 'return_securities' }, nothing);
    const asked = terminal.calls.filter(({ name }) => name === 'order_stock').map(({ args }) => args['order_type']);
    expect(asked).toEqual([27, 30]);
    expect(await broker.orders()).toMatchObject([
      { operation: 'margin_buy' },
      { operation: 'return_securities', side: null },
    ]);
  });

  test('ticks are pushed for what is watched, and again after the data bridge was replaced', async () => {
    const world = await open();
    const { gateway, timers } = world;
    const seen: string[] = [];
    gateway.data.live.onQuote(({ security, lastPrice }) => {
      if (lastPrice !== null) seen.push(security);
    });
    gateway.data.live.watch(['000001.XSHE', '518880.XSHG']);
    await until(() => new Set(seen).size === 2);
    process.kill(gateway.quotes.bridge.pid ?? 0, 'SIGKILL');
    await until(() => gateway.quotes.bridge.health.state !== 'ready');
    const before = seen.length;
    await expect
      .poll(
        async () => {
          await timers.advance(100);
          return seen.length > before;
        },
        { timeout: 60_000, interval: 20 },
      )
      .toBe(true);
  });
});

async function settledOf(promise: Promise<unknown>): Promise<boolean> {
  const quick = delay(20).then(() => false);
  const settled = promise.then(
    () => true,
    () => true,
  );
  return Promise.race([settled, quick]);
}
