import { afterEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/protocol/json.ts';
import type { World } from '../../unit/engine/orders/world.ts';
import { alarms, openRun } from './lying-gateway.ts';

let run: World;
afterEach(async () => {
  await run.close();
});

const MANY = 999_999_999_999_999;

const LIES: readonly (readonly [string, JsonObject, RegExp])[] = [
  ['more shares than any company has', { amount: MANY, closeable_amount: MANY }, /amount of 000001\.XSHE of 9{15}/],
  ['400 digits of shares', { amount: '9'.repeat(400) }, /amount is missing/],
  ['a fraction of a share', { amount: 1000.5 }, /amount is missing/],
  ['fewer than no shares', { amount: -1000 }, /amount is missing/],
  ['1e308 shares', { amount: 1e308 }, /amount is missing/],
  ['more closeable than held', { amount: 100, closeable_amount: 100_000 }, /100000 of 000001\.XSHE are closeable/],
  ['shares without their worth', { amount: 1e6, closeable_amount: 1e6 }, /1000000 000001\.XSHE at 10/],
  ['a price without its worth', { last_price: 1_000 }, /at 1000 would be worth/],
  [
    'shares worth more than the account',
    { amount: 1e6, closeable_amount: 1e6, market_value: 1e7 },
    /worth of 000001\.XSHE of 10000000\.00/,
  ],
];

describe('a gateway that tells absurd shares', () => {
  it.each(LIES)('%s: trading stops, the figure is named, and the truth opens it again', async (_what, lie, named) => {
    const opened = await openRun();
    run = opened.run;
    const { gateway } = opened;
    gateway.lies = { positions: (rows) => rows.map((row) => ({ ...row, ...lie })) };
    await run.pass(60_000);
    expect(run.trading.gate.reason()).toMatch(named);
    expect(alarms(run)).toContain('GATE_CLOSED');
    expect(await run.settle(run.order({ kind: 'target', quantity: 0 }))).toBeNull();
    expect(gateway.placed).toEqual([]);
    expect(run.trading.account.view()?.positions).toMatchObject([{ amount: 1_000, closeableAmount: 1_000 }]);
    gateway.lies = {};
    await run.pass(30_000, () => run.trading.gate.reason() === null);
    await run.settle(run.order({ kind: 'target', quantity: 0 }));
    expect(gateway.placed).toMatchObject([{ side: 'sell', amount: 1_000 }]);
  });
});
