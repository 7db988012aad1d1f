import { afterEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/protocol/json.ts';
import type { World } from '../../unit/engine/orders/world.ts';
import { alarms, openRun, said, type LyingGateway, type Lies } from './lying-gateway.ts';

let run: World;
let gateway: LyingGateway;
afterEach(async () => {
  await run.close();
});

const LIMIT = { kind: 'limit', limitPrice: 10 } as const;

/** One order of 100 at 10, wholly filled, and what is told of it. Today's price limits are 9 and 11. */
async function filled(side: 'buy' | 'sell', lies: Lies): Promise<void> {
  const opened = await openRun();
  ({ run, gateway } = opened);
  const quantity = side === 'buy' ? 100 : -100;
  await run.settle(run.order({ quantity, style: LIMIT }));
  gateway.lies = lies;
  gateway.fill('1000', 100);
  await run.pass(2_000);
}

const trades = (lie: JsonObject): Lies => ({ trades: (rows) => rows.map((row) => ({ ...row, ...lie })) });

const FILLS: readonly (readonly [string, 'buy' | 'sell', JsonObject, RegExp])[] = [
  ['a buy far above its limit', 'buy', { price: 90_000_000 }, /price of 90000000 is above the order's limit of 10/],
  ['a buy two ticks above it', 'buy', { price: 10.02 }, /above the order's limit/],
  ['a sell two ticks below it', 'sell', { price: 9.98 }, /below the order's limit/],
  ['a sell far above the day', 'sell', { price: 90_000_000 }, /above 11, the highest of the day/],
  ['a buy far below the day', 'buy', { price: 0.01 }, /below 9, the lowest of the day/],
  ['a thousand times the amount', 'buy', { amount: 100_000 }, /100000 is more than the 100 ordered/],
  ['the other side', 'buy', { side: 'SELL' }, /it is a sell, and the order a buy/],
];

describe('a gateway that tells of impossible fills', () => {
  it.each(FILLS)('%s: told, not money, and nothing more is ordered there', async (_what, side, lie, named) => {
    await filled(side, trades(lie));
    expect(alarms(run)).toContain('ORDER_IMPOSSIBLE');
    expect(said(run)).toMatch(named);
    expect(run.trading.book.trades()).toEqual([]);
    expect(run.trading.book.views()).toMatchObject([{ filled: 100, price: null }]);
    const before = gateway.placed.length;
    await run.settle(run.order({ style: LIMIT }));
    expect(gateway.placed).toHaveLength(before);
    gateway.lies = {};
    await run.pass(10_000);
    expect(run.trading.book.trades()).toMatchObject([{ amount: 100, price: 10 }]);
    await run.settle(run.order({ style: LIMIT }));
    expect(gateway.placed).toHaveLength(before + 1);
  });

  it('a tick off the limit, and the edge of the day, are possible', async () => {
    await filled('buy', trades({ price: 10.01 }));
    expect(run.trading.book.trades()).toMatchObject([{ price: 10.01 }]);
    expect(alarms(run)).toEqual([]);
  });

  it('a row that calls a thousand times the amount filled: it is neither shown nor the order’s end', async () => {
    await filled('buy', { orders: (rows) => rows.map((row) => ({ ...row, filled: 100_000 })) });
    expect(alarms(run)).toContain('ORDER_IMPOSSIBLE');
    expect(said(run)).toMatch(/100000 of 100 are called filled/);
    expect(run.trading.book.views()).toMatchObject([{ state: 'accepted', filled: 100, price: 10 }]);
  });

  it('trades that sum up to more than was ordered are told when they last, and none is counted', async () => {
    await filled('buy', { trades: (rows) => [...rows, ...rows.map((row) => ({ ...row, trade_id: 'again' }))] });
    expect([alarms(run), run.trading.book.trades()]).toEqual([[], []]);
    await run.pass(20_000);
    expect(alarms(run)).toContain('ORDER_IMPOSSIBLE');
    expect(said(run)).toMatch(/sum up to 200 of 100 ordered/);
  });

  it('the account is never worth more by what cannot be', async () => {
    await filled('sell', trades({ price: 90_000_000 }));
    await run.pass(30_000);
    expect(run.trading.account.view()?.totalValue).toBeLessThan(111_000);
  });
});
