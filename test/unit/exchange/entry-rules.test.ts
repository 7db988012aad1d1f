import { describe, expect, it } from 'vitest';
import { Market } from '../../../src/exchange/market.ts';
import type { ExchangeOrderRequest } from '../../../src/exchange/types.ts';
import type { World } from './world.ts';
import { given, openWorld, ticksAway } from './world.ts';

const CODE = '000001.XSHE';
type Request = Partial<ExchangeOrderRequest> & { readonly security: string };

const last = (world: World, security = CODE): number => given(world.exchange.tick(security).quote.lastPrice);

function expectRejected(world: World, request: Request, words: string): void {
  const before = world.exchange.account('main');
  const order = world.place(request);
  expect([order.status, order.statusText, order.sysId]).toEqual([57, expect.stringContaining(words), '']);
  expect(world.exchange.account('main')).toEqual(before);
  expect(world.exchange.orders('main').at(-1)).toEqual(order);
}

function expectTaken(world: World, request: Request): void {
  const order = world.place(request);
  expect([order.status, order.statusText]).toEqual([48, '']);
}

describe('hours', () => {
  const at = (time: string): World => openWorld(`2026-07-06 ${time}`);
  const request = (world: World, security = CODE): Request => ({ security, price: last(world, security) });

  it.each(['09:15:00', '09:20:00', '09:24:59', '09:30:00', '11:29:59', '13:00:00', '14:57:00', '14:59:59'])(
    'are open at %s',
    (time) => {
      const world = at(time);
      expectTaken(world, request(world));
    },
  );

  it.each(['00:00:00', '09:14:59', '15:00:00', '15:29:59', '20:00:00'])('are closed at %s', (time) => {
    const world = at(time);
    expectRejected(world, request(world), '非交易时间');
  });

  it('do not open at lunch', () => {
    const world = at('12:00:00');
    expectRejected(world, request(world), '午间休市');
  });

  it('between the opening match and 9:30 let Shenzhen queue and refuse Shanghai and Beijing', () => {
    const world = at('09:27:00');
    expectTaken(world, request(world));
    expectRejected(world, request(world, '600000.XSHG'), '9:25至9:30');
    expectRejected(world, request(world, '830799.BJ'), '9:25至9:30');
  });

  it('are closed on days without trading, at any time', () => {
    const world = openWorld('2026-07-04 10:00:00');
    expectRejected(world, request(world), '非交易时间');
  });
});

describe('amounts', () => {
  const world = openWorld('2026-07-06 10:00:00', { accounts: [{ key: 'main', accountId: '1', cash: 1e10 }] });
  const buy = (security: string, amount: number): Request => ({ security, amount, price: last(world, security) });

  it.each([
    [CODE, 150, '100的整数倍'],
    [CODE, 99, '100的整数倍'],
    ['688981.XSHG', 199, '不能小于200'],
    ['830799.BJ', 99, '不能小于100'],
    ['113050.XSHG', 15, '10的整数倍'],
    [CODE, 0, '必须为正整数'],
    [CODE, -100, '必须为正整数'],
    [CODE, 100.5, '必须为正整数'],
    [CODE, Number.NaN, '必须为正整数'],
    [CODE, 1_000_100, '不能超过1000000'],
    ['300750.XSHE', 300_100, '不能超过300000'],
    ['688981.XSHG', 100_001, '不能超过100000'],
  ])('%s × %d is refused: %s', (security, amount, words) => {
    expectRejected(world, buy(security, amount), words);
  });

  it.each([
    [CODE, 100],
    ['688981.XSHG', 201],
    ['830799.BJ', 101],
    ['113050.XSHG', 10],
    ['518880.XSHG', 100],
  ])('%s × %d is taken', (security, amount) => {
    expectTaken(world, buy(security, amount));
  });

  it('of market orders have their own maximum', () => {
    expectRejected(world, { ...buy('300750.XSHE', 150_100), style: 'market' }, '不能超过150000');
  });
});

describe('prices', () => {
  const world = openWorld('2026-07-06 10:00:00');
  const { quote } = world.exchange.tick(CODE);
  const [high, low] = [given(quote.highLimit), given(quote.lowLimit)];

  it('must be positive and on the tick', () => {
    for (const price of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, null]) {
      expectRejected(world, { security: CODE, price }, '委托价格必须大于0');
    }
    expectRejected(world, { security: CODE, price: last(world) + 0.005 }, '最小变动单位0.01');
    expectTaken(world, { security: '518880.XSHG', price: ticksAway(last(world, '518880.XSHG'), 1, 0.001) });
  });

  it('beyond the daily limits are refused with the limits', () => {
    expectRejected(world, { security: CODE, price: ticksAway(high, 1) }, `涨停价${high}`);
    expectRejected(world, { security: CODE, price: ticksAway(low, -1) }, `跌停价${low}`);
  });

  it('outside the cage are refused in continuous auction, and taken in the call', () => {
    expectRejected(world, { security: CODE, price: high }, '价格笼子');
    expectTaken(world, { security: CODE, price: low });
    const call = openWorld('2026-07-06 09:16:00');
    expectTaken(call, { security: CODE, price: high });
    expectTaken(openWorld('2026-07-06 10:00:00'), { security: '510300.XSHG', price: limitOf('510300.XSHG') });
  });

  it('of market orders are drawn inside cage, limits and tick', () => {
    const order = world.place({ security: CODE, price: high + 5.003, style: 'market' });
    expect(order.status).toBe(48);
    expect(order.price).toBeLessThan(high);
    expect(order.price).toBeGreaterThan(last(world));
    const fund = world.place({ security: '510300.XSHG', price: 99, style: 'market' });
    expect(fund.price).toBe(limitOf('510300.XSHG'));
    const none = world.place({ security: CODE, style: 'market' });
    expect(none.price).toBe(order.price);
    const call = openWorld('2026-07-06 09:16:00');
    expectRejected(call, { security: CODE, style: 'market' }, '仅限连续竞价');
  });

  const limitOf = (security: string): number => given(world.exchange.tick(security).quote.highLimit);
});

describe('money and shares', () => {
  it('must cover price × amount and the fees', () => {
    const world = openWorld('2026-07-06 10:00:00', { accounts: [{ key: 'main', accountId: '1', cash: 1200 }] });
    const price = given(world.exchange.tick(CODE).quote.lastPrice);
    const needed = Math.round(price * 100_000 + 5000 + Math.round(price * 0.1) * 10) / 1000;
    const poor = openWorld('2026-07-06 10:00:00', { accounts: [{ key: 'main', accountId: '1', cash: needed - 0.01 }] });
    expectRejected(poor, { security: CODE, price }, `资金不足: 需要${needed.toFixed(2)}`);
    const exact = openWorld('2026-07-06 10:00:00', { accounts: [{ key: 'main', accountId: '1', cash: needed }] });
    expectTaken(exact, { security: CODE, price });
    expect(exact.exchange.account('main')).toMatchObject({ availableCash: 0, frozenCash: needed });
  });

  it('that one open order holds are not there for the next', () => {
    const world = openWorld('2026-07-06 10:00:00', { accounts: [{ key: 'main', accountId: '1', cash: 2000 }] });
    const price = last(world);
    expectTaken(world, { security: CODE, price });
    expectRejected(world, { security: CODE, price }, '资金不足');
  });

  it('must be there to be sold', () => {
    const world = openWorld('2026-07-06 10:00:00');
    expectRejected(world, { security: CODE, side: 'sell', price: last(world) }, '可用股份不足: 委托100, 可用0');
  });
});

describe('securities', () => {
  it('that are indices, not listed yet or suspended cannot be ordered', () => {
    const world = openWorld('2026-07-06 10:00:00');
    expectRejected(world, { security: '000300.XSHG', price: 4000 }, '指数不可交易');
    expectRejected(openWorld('2010-07-06 10:00:00'), { security: '518880.XSHG', price: 5 }, '尚未上市');
    const market = new Market(7);
    const codes = Array.from({ length: 400 }, (_, n) => market.instrument(`600${String(n).padStart(3, '0')}.XSHG`));
    const stock = codes.find(({ suspensions, startIndex }) => (suspensions.at(-1)?.from ?? -1) > startIndex);
    const day = market.days.day(given(stock?.suspensions.at(-1)?.from));
    const suspended = openWorld(`${day} 10:00:00`);
    const security = stock?.security ?? '';
    expectRejected(suspended, { security, price: last(suspended, security) }, '停牌');
  });

  it('that are malformed and accounts that are unknown throw', () => {
    const world = openWorld('2026-07-06 10:00:00');
    expect(() => world.place({ security: '12', price: 1 })).toThrow(expect.objectContaining({ code: 'BAD_SECURITY' }));
    expect(world.exchange.orders('main')).toEqual([]);
    expect(() => world.exchange.account('other')).toThrow(expect.objectContaining({ code: 'UNKNOWN_ACCOUNT' }));
  });
});
