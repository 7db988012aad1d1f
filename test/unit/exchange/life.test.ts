import { describe, expect, it } from 'vitest';
import type { ExchangeOrder } from '../../../src/exchange/types.ts';
import type { World } from './world.ts';
import { given, instant, openWorld, ticksAway } from './world.ts';

const CODE = '000001.XSHE';
const GOLD = '518880.XSHG';

const quote = (world: World, security = CODE) => world.exchange.tick(security).quote;
const last = (world: World, security = CODE): number => given(quote(world, security).lastPrice);

/** Statuses an order goes through while the clock runs on for a while in small steps. */
function statuses(world: World, order: ExchangeOrder, ms = 3000): number[] {
  const seen: number[] = [order.status];
  for (let passed = 0; passed < ms; passed += 10) {
    world.wait(10);
    const { status } = world.order(order);
    if (status !== seen.at(-1)) seen.push(status);
  }
  return seen;
}

describe('an order', () => {
  it('is 48, 49, 50 and then filled when the book offers enough', () => {
    const world = openWorld('2026-07-06 10:00:00');
    const order = world.place({
      security: CODE,
      amount: 100,
      price: given(quote(world).ask1),
      remark: 'bt:1',
      strategyName: 's',
    });
    expect(order).toMatchObject({
      orderId: '1073741825',
      filled: 0,
      avgPrice: null,
      sysId: '',
      remark: 'bt:1',
      strategyName: 's',
    });
    expect(order).toMatchObject({ createdAt: instant('2026-07-06 10:00:00'), tradingDay: '2026-07-06' });
    expect(statuses(world, order)).toEqual([48, 49, 50, 56]);
    const done = world.order(order);
    expect(done).toMatchObject({ filled: 100, frozenCash: 0, statusText: '', commission: 5.01, tax: 0 });
    expect(done.sysId).toMatch(/^\d{8}$/);
    const [trade] = world.exchange.trades('main');
    expect(trade).toMatchObject({ orderId: order.orderId, security: CODE, side: 'buy', amount: 100, remark: 'bt:1' });
    expect(trade?.tradeId).toMatch(/^\d{11}$/);
    expect(given(trade?.time) - order.createdAt).toBeLessThan(1000);
    expect(done.avgPrice).toBe(trade?.price);
  });

  it('sweeps the levels its limit reaches, in several fills at their prices, and goes on as the book refills', () => {
    const world = openWorld('2026-07-06 10:00:00', { accounts: [{ key: 'main', accountId: '1', cash: 1e9 }] });
    const { asks } = world.exchange.tick(CODE);
    const shown = asks.reduce((sum, { volume }) => sum + volume, 0);
    const amount = 1_000_000;
    expect(amount).toBeGreaterThan(shown);
    const order = world.place({ security: CODE, amount, price: ticksAway(given(asks[4]?.price), 2), style: 'market' });
    expect(statuses(world, order, 60_000)).toEqual([48, 49, 50, 55, 56]);
    const trades = world.exchange.trades('main');
    expect(trades.length).toBeGreaterThan(5);
    expect(new Set(trades.map(({ time }) => time)).size).toBeGreaterThan(1);
    expect(new Set(trades.map(({ tradeId }) => tradeId)).size).toBe(trades.length);
    expect(trades.reduce((sum, trade) => sum + trade.amount, 0)).toBe(amount);
    const first = trades.filter(({ time }) => time === trades[0]?.time);
    const prices = first.map(({ price }) => price);
    expect(prices).toEqual(prices.toSorted((a, b) => a - b));
    for (const { price } of trades) expect(price).toBeLessThanOrEqual(order.price);
    const money = trades.reduce((sum, trade) => sum + trade.amount * trade.price, 0);
    expect(world.order(order).avgPrice).toBeCloseTo(money / amount, 6);
  });

  it('shares what a level offers with the other orders of the same moment', () => {
    const world = openWorld('2026-07-06 10:00:00', {
      accounts: ['main', 'b'].map((key) => ({ key, accountId: key, cash: 1e9 })),
    });
    const ask = given(world.exchange.tick(CODE).asks[0]);
    const price = ask.price;
    const request = {
      security: CODE,
      side: 'buy',
      amount: ask.volume,
      price,
      style: 'limit',
      remark: '',
      strategyName: '',
    } as const;
    const [mine, other] = [world.exchange.place('main', request), world.exchange.place('b', request)];
    world.wait(900);
    const filled = world.order(mine).filled + given(world.exchange.order('b', other.orderId)?.filled);
    expect(filled).toBe(ask.volume);
  });

  it('rests at its limit, behind the queue, and fills when the price goes through it', () => {
    const world = openWorld('2026-07-06 09:45:00');
    const price = ticksAway(last(world), -2);
    const order = world.place({ security: CODE, amount: 1000, price });
    world.wait(1000);
    expect(world.order(order).status).toBe(50);
    for (;;) {
      const before = world.order(order);
      if (before.status === 56 || last(world) < price) break;
      world.wait(3000);
      if (last(world) > price) expect(world.order(order).filled).toBe(before.filled);
    }
    expect(world.order(order)).toMatchObject({ status: 56, filled: 1000, avgPrice: price });
  });

  it('far from the market never fills, and ends at 15:00 with its cash free again', () => {
    const world = openWorld('2026-07-06 10:00:00');
    const order = world.place({ security: CODE, amount: 100, price: given(quote(world).lowLimit) });
    const held = world.exchange.account('main');
    expect(held.frozenCash).toBeCloseTo(order.price * 100 + 5.01, 2);
    expect(held.availableCash + held.frozenCash).toBe(10_000_000);
    world.to('14:59:59');
    expect(world.order(order).status).toBe(50);
    world.to('15:00:00');
    expect(world.order(order)).toMatchObject({
      status: 54,
      filled: 0,
      frozenCash: 0,
      statusText: expect.stringContaining('收盘'),
    });
    expect(world.exchange.account('main')).toMatchObject({ availableCash: 10_000_000, frozenCash: 0 });
  });

  it('partly filled at the close is 53', () => {
    const world = openWorld('2026-07-06 14:56:50', { accounts: [{ key: 'main', accountId: '1', cash: 1e10 }] });
    const security = '688036.XSHG';
    const orders = [1, 2, 3].map(() =>
      world.place({ security, amount: 100_000, price: given(quote(world, security).ask1) }),
    );
    world.to('15:00:00');
    const ends = orders.map((order) => world.order(order));
    const partly = ends.find(({ filled, amount }) => filled > 0 && filled < amount);
    expect(partly).toMatchObject({ status: 53, frozenCash: 0, statusText: expect.stringContaining('收盘') });
  });

  it('of the opening call is matched at 09:25 at the auction price', () => {
    const world = openWorld('2026-07-06 09:16:00');
    const { preClose } = quote(world);
    const buy = world.place({ security: CODE, amount: 1000, price: ticksAway(given(preClose), 50) });
    const low = world.place({ security: CODE, amount: 1000, price: given(quote(world).lowLimit) });
    world.to('09:24:59');
    expect([world.order(buy).status, world.order(buy).filled]).toEqual([50, 0]);
    world.to('09:25:00');
    expect(world.order(buy)).toMatchObject({ status: 56, avgPrice: given(quote(world).dayOpen) });
    expect(world.exchange.trades('main')[0]?.time).toBe(instant('2026-07-06 09:25:00'));
    world.to('09:40:00');
    expect(world.order(low).status).toBe(50);
  });

  it('placed in the closing call is matched at 15:00 at the close', () => {
    const world = openWorld('2026-07-06 14:58:00');
    const order = world.place({ security: CODE, amount: 500, price: ticksAway(last(world), 30) });
    world.to('14:59:59');
    expect(world.order(order).status).toBe(50);
    world.to('15:00:00');
    expect(world.order(order)).toMatchObject({ status: 56, avgPrice: last(world) });
  });

  it('placed in Shenzhen between 9:25 and 9:30 waits at 49 and is reported at 9:30', () => {
    const world = openWorld('2026-07-06 09:26:00');
    const order = world.place({ security: CODE, amount: 100, price: ticksAway(last(world), 10) });
    world.to('09:29:59');
    expect(world.order(order)).toMatchObject({ status: 49, sysId: '' });
    world.to('09:30:01');
    expect(world.order(order).status).toBe(56);
  });

  it('that is reported just after 11:30 waits for 13:00', () => {
    const world = openWorld('2026-07-06 11:29:59');
    world.wait(950);
    const order = world.place({ security: CODE, amount: 100, price: ticksAway(last(world), 5) });
    world.to('12:59:59');
    expect(world.order(order)).toMatchObject({ status: 50, filled: 0 });
    world.to('13:00:01');
    expect(world.order(order).status).toBe(56);
  });

  it('has an id of its own day and account', () => {
    const world = openWorld('2026-07-06 10:00:00');
    const ids = [1, 2, 3].map(() => world.place({ security: CODE, price: last(world) }).orderId);
    expect(new Set(ids).size).toBe(3);
    world.to('2026-07-07 10:00:00');
    expect(world.exchange.orders('main')).toEqual([]);
    expect(world.exchange.trades('main')).toEqual([]);
    expect(world.exchange.order('main', ids[0] ?? '')).toBeNull();
    expect(world.place({ security: CODE, price: last(world) }).orderId).toBe(ids[0]);
  });
});

describe('a cancel', () => {
  const resting = (world: World): ExchangeOrder => world.place({ security: CODE, price: given(quote(world).lowLimit) });

  it('takes a moment: 51, then 54, and frees the cash', () => {
    const world = openWorld('2026-07-06 10:00:00');
    const order = resting(world);
    world.wait(2000);
    expect(world.exchange.cancel('main', order.orderId).kind).toBe('requested');
    expect(world.exchange.cancel('main', order.orderId).kind).toBe('requested');
    expect(world.order(order).status).toBe(51);
    expect(statuses(world, world.order(order), 1000)).toEqual([51, 54]);
    expect(world.order(order).statusText).toBe('用户撤单');
    expect(world.exchange.account('main')).toMatchObject({ availableCash: 10_000_000, frozenCash: 0 });
    expect(world.exchange.cancel('main', order.orderId)).toMatchObject({ kind: 'refused' });
  });

  it('of a partly filled order is 52, then 53', () => {
    const world = openWorld('2026-07-06 10:00:00', { accounts: [{ key: 'main', accountId: '1', cash: 1e9 }] });
    const order = world.place({ security: CODE, amount: 1_000_000, price: given(quote(world).ask1) });
    world.wait(800);
    expect(world.order(order).status).toBe(55);
    world.exchange.cancel('main', order.orderId);
    expect(statuses(world, world.order(order), 1000)).toEqual([52, 53]);
    const { availableCash, frozenCash } = world.exchange.account('main');
    const spent = world.exchange.trades('main').reduce((sum, t) => sum + t.amount * t.price + given(t.commission), 0);
    expect(frozenCash).toBe(0);
    expect(availableCash).toBeCloseTo(1e9 - spent, 3);
  });

  it('can come too late: the order fills first', () => {
    const world = openWorld('2026-07-06 10:00:00');
    const order = world.place({ security: CODE, price: ticksAway(last(world), 5) });
    world.wait(250);
    expect(world.exchange.cancel('main', order.orderId).kind).toBe('requested');
    expect(statuses(world, world.order(order), 2000).at(-1)).toBe(56);
  });

  it('works before the order was reported', () => {
    const world = openWorld('2026-07-06 10:00:00');
    const order = resting(world);
    expect(world.exchange.cancel('main', order.orderId).kind).toBe('requested');
    world.wait(1000);
    expect(world.order(order)).toMatchObject({ status: 54, frozenCash: 0 });
  });

  it.each([
    ['09:19:00', '09:21:00'],
    ['14:56:00', '14:58:00'],
    ['11:29:00', '12:00:00'],
  ])('of an order of %s is refused at %s', (placed, asked) => {
    const world = openWorld(`2026-07-06 ${placed}`);
    const order = resting(world);
    world.to(asked);
    expect(world.exchange.cancel('main', order.orderId)).toEqual({
      kind: 'refused',
      text: '[撤单失败] 当前时间不允许撤单',
    });
    expect(world.order(order).status).toBe(50);
  });

  it('that reaches the exchange after the last moment leaves the order open', () => {
    const world = openWorld('2026-07-06 14:56:00');
    const order = resting(world);
    world.to('14:56:59');
    world.wait(950);
    expect(world.exchange.cancel('main', order.orderId).kind).toBe('requested');
    expect(world.order(order).status).toBe(51);
    world.to('14:58:00');
    expect(world.order(order)).toMatchObject({ status: 50, statusText: expect.stringContaining('撤单失败') });
  });

  it('of an unknown order is refused', () => {
    const { exchange } = openWorld('2026-07-06 10:00:00');
    expect(exchange.cancel('main', '1')).toEqual({ kind: 'refused', text: expect.stringContaining('没有找到') });
  });
});

describe('holdings', () => {
  const bought = (world: World, security: string, amount = 1000): void => {
    const order = world.place({ security, amount, price: ticksAway(last(world, security), 5, 0.001 * 10) });
    world.wait(20_000);
    expect(world.order(order).status).toBe(56);
  };

  it('of a stock can be sold the next trading day', () => {
    const world = openWorld('2026-07-03 10:00:00');
    bought(world, CODE);
    expect(world.exchange.positions('main')).toMatchObject([
      { security: CODE, name: '平安银行', amount: 1000, closeableAmount: 0 },
    ]);
    const refused = world.place({ security: CODE, side: 'sell', amount: 1000, price: last(world) });
    expect(refused.statusText).toContain('可用股份不足');
    world.to('2026-07-05 12:00:00');
    expect(world.exchange.positions('main')[0]?.closeableAmount).toBe(0);
    world.to('2026-07-06 10:00:00');
    expect(world.exchange.positions('main')[0]?.closeableAmount).toBe(1000);
    const sell = world.place({ security: CODE, side: 'sell', amount: 600, price: given(quote(world).highLimit) });
    expect(world.exchange.positions('main')[0]).toMatchObject({
      amount: 1000,
      closeableAmount: 400,
      frozenAmount: 600,
    });
    expect(sell).toMatchObject({ status: 48, frozenAmount: 600, frozenCash: 0 });
  });

  it('of the gold ETF can be sold the same day; the round trip costs two commissions and no duty', () => {
    const world = openWorld('2026-07-06 09:39:00');
    bought(world, GOLD, 100);
    const [position] = world.exchange.positions('main');
    expect(position).toMatchObject({ amount: 100, closeableAmount: 100 });
    const [buy] = world.exchange.trades('main');
    expect(position?.avgCost).toBeCloseTo(given(buy?.price) + 0.05, 6);
    const sell = world.place({
      security: GOLD,
      side: 'sell',
      amount: 100,
      price: ticksAway(last(world, GOLD), -20, 0.001),
    });
    world.wait(5000);
    expect(world.order(sell)).toMatchObject({ status: 56, tax: 0, commission: 5 });
    expect(world.exchange.positions('main')).toEqual([]);
    const gain = (given(world.order(sell).avgPrice) - given(buy?.price)) * 100;
    const { availableCash, transferableCash, totalValue } = world.exchange.account('main');
    expect(availableCash).toBeCloseTo(10_000_000 - 10 + gain, 3);
    expect(totalValue).toBe(availableCash);
    expect(transferableCash).toBeCloseTo(availableCash - (given(world.order(sell).avgPrice) * 100 - 5), 3);
    world.to('2026-07-07 09:00:00');
    expect(world.exchange.account('main').transferableCash).toBe(availableCash);
  });

  it('are valued at the last price', () => {
    const world = openWorld('2026-07-06 10:00:00');
    bought(world, CODE);
    const [position] = world.exchange.positions('main');
    expect(position?.marketValue).toBeCloseTo(last(world) * 1000, 6);
    const { totalValue, availableCash, marketValue } = world.exchange.account('main');
    expect([marketValue, totalValue]).toEqual([position?.marketValue, availableCash + given(position?.marketValue)]);
  });

  it('sold pay stamp duty and transfer fee, with one minimum commission for all fills of an order', () => {
    const world = openWorld('2026-07-03 10:00:00', { accounts: [{ key: 'main', accountId: '1', cash: 1e9 }] });
    bought(world, CODE, 500_000);
    world.to('2026-07-06 10:00:00');
    const sell = world.place({
      security: CODE,
      side: 'sell',
      amount: 500_000,
      price: ticksAway(last(world), -15),
      style: 'market',
    });
    world.wait(60_000);
    const row = world.order(sell);
    expect(row.status).toBe(56);
    const trades = world.exchange.trades('main');
    expect(trades.length).toBeGreaterThan(1);
    const money = given(row.avgPrice) * 500_000;
    expect(row.tax).toBeCloseTo(money * 0.0005, 1);
    expect(row.commission).toBeCloseTo(money * 0.00031, 1);
    expect(trades.reduce((sum, t) => sum + t.commission, 0)).toBeCloseTo(row.commission, 3);
    expect(trades.reduce((sum, t) => sum + t.tax, 0)).toBeCloseTo(row.tax, 3);
  });
});
