import { describe, expect, it } from 'vitest';
import { createExchange } from '../../../src/exchange/index.ts';
import { given, openWorld, type World } from './world.ts';

const GC001 = '204001.XSHG';

/** A rate that nobody pays. */
function dear(world: World, security: string): number {
  return given(world.exchange.tick(security).quote.highLimit);
}

/** Lends on a Thursday and lets it fill. */
function lent(security: string, units: number, start = '2026-07-09 10:00:00'): World {
  const world = openWorld(start);
  const order = world.place({ security, side: 'sell', amount: units, price: 0.5 });
  expect([order.status, order.statusText]).toEqual([48, '']);
  world.wait(60_000);
  expect(world.order(order)).toMatchObject({ status: 56, filled: units });
  return world;
}

describe('lending', () => {
  it('takes 100 CNY a unit and the commission out of the cash, keeps it in the total, and is no position', () => {
    const world = lent(GC001, 1000);
    const { availableCash, totalValue, frozenCash, marketValue } = world.exchange.account('main');
    expect({ availableCash, totalValue, frozenCash, marketValue }).toEqual({
      availableCash: 9_899_999,
      totalValue: 9_999_999,
      frozenCash: 0,
      marketValue: 0,
    });
    expect(world.exchange.positions('main')).toEqual([]);
    const [trade] = world.exchange.trades('main');
    expect(trade?.price).toBeLessThan(20);
    expect(world.exchange.orders('main')[0]?.avgPrice).toBeLessThan(20);
  });

  it('holds the money while it is open, and gives it back when it is cancelled', () => {
    const world = openWorld('2026-07-09 10:00:00');
    const order = world.place({
      security: '131810.XSHE',
      side: 'sell',
      amount: 100,
      price: dear(world, '131810.XSHE'),
    });
    expect(world.exchange.account('main')).toMatchObject({ frozenCash: 10_000.1, availableCash: 9_989_999.9 });
    world.wait(1000);
    world.exchange.cancel('main', order.orderId);
    world.wait(1000);
    expect(world.exchange.account('main')).toMatchObject({ frozenCash: 0, availableCash: 10_000_000 });
  });

  it('comes back with interest: over a weekend one day of term earns three', () => {
    const world = lent(GC001, 1000);
    const rate = world.exchange.orders('main')[0]?.avgPrice ?? 0;
    world.to('2026-07-10 09:00:00');
    const { availableCash, totalValue } = world.exchange.account('main');
    expect(availableCash - 9_899_999).toBeCloseTo(100_000 + (100_000 * rate * 3) / 36_500, 1);
    expect(totalValue).toBe(availableCash);
  });

  it('stays away for its term, also through a restart of the exchange', () => {
    const world = lent('204007.XSHG', 1000);
    world.to('2026-07-15 16:00:00');
    const state = JSON.parse(JSON.stringify(world.exchange.save()));
    expect(world.exchange.account('main').availableCash).toBeLessThan(9_900_000);
    let now = world.now();
    const again = createExchange({ clock: { now: () => now }, seed: 7, accounts: [], state });
    world.to('2026-07-16 09:00:00');
    now = world.now();
    expect(again.account('main')).toEqual(world.exchange.account('main'));
    expect(again.account('main').availableCash).toBeGreaterThan(9_999_990);
  });

  it('goes on until 15:30', () => {
    lent(GC001, 1000, '2026-07-09 15:10:00');
    lent('131810.XSHE', 1000, '2026-07-09 14:58:00');
    const world = openWorld('2026-07-09 15:29:00');
    const order = world.place({ security: GC001, side: 'sell', amount: 10, price: dear(world, GC001) });
    world.to('15:30:01');
    expect(world.order(order)).toMatchObject({ status: 54, filled: 0 });
    expect(world.place({ security: GC001, side: 'sell', amount: 10, price: 1 }).statusText).toContain('非交易时间');
  });

  it('one of the morning that has not filled is still open after the close of shares', () => {
    const world = openWorld('2026-07-09 10:00:00');
    const repo = world.place({ security: GC001, side: 'sell', amount: 10, price: dear(world, GC001) });
    const share = world.place({ security: '000001.XSHE', side: 'buy', amount: 100, price: 10.2 });
    world.to('15:10:00');
    expect(world.order(repo).status).toBe(50);
    expect([53, 54, 56]).toContain(world.order(share).status);
  });
});

it.each([
  ['a buy', { side: 'buy', amount: 1000 }, '不支持买入'],
  ['a part of a lot', { side: 'sell', amount: 15 }, '10的整数倍'],
  ['less than a lot', { side: 'sell', amount: 5 }, '10的整数倍'],
  ['more than the cash', { side: 'sell', amount: 100_000 }, '资金不足'],
  ['a price off the tick of its exchange', { side: 'sell', amount: 10, price: 1.501 }, '0.005'],
] as const)('%s is refused', (_, change, words) => {
  const world = openWorld('2026-07-09 10:00:00');
  const order = world.place({ security: GC001, price: 1.5, ...change });
  expect([order.status, order.statusText]).toEqual([57, expect.stringContaining(words)]);
  expect(world.exchange.account('main')).toMatchObject({ availableCash: 10_000_000, frozenCash: 0 });
});

it.each(['900901.XSHG', '200011.XSHE', '019742.XSHG', '519888.XSHG', '204005.XSHG', '400001.BJ'])(
  '%s is a kind that the paper market does not trade',
  (security) => {
    const world = openWorld('2026-07-09 10:00:00');
    expect(world.place({ security, price: 5 })).toMatchObject({
      status: 57,
      statusText: expect.stringContaining('不支持委托'),
    });
  },
);
