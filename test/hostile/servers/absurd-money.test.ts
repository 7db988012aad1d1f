import { afterEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/protocol/json.ts';
import type { World } from '../../unit/engine/orders/world.ts';
import { alarms, openRun, said } from './lying-gateway.ts';

let run: World;
afterEach(async () => {
  await run.close();
});

const DIGITS = '9'.repeat(400);

/** What is said of the account, and how the doubt names it. */
const LIES: readonly (readonly [string, JsonObject, RegExp])[] = [
  ['cash of 1e308', { available_cash: 1e308 }, /available_cash/],
  ['cash of 400 digits', { available_cash: DIGITS }, /available_cash/],
  ['a whole of 1e308', { total_value: 1e308 }, /total_value/],
  ['a whole of 400 digits', { total_value: DIGITS }, /total_value/],
  ['cash of 1e14', { available_cash: 1e14, total_value: 1e14 }, /total value of 100000000000000/],
  ['a whole below 0', { total_value: -1 }, /total value of -1/],
  ['cash far below 0', { available_cash: -50_000 }, /available cash of -50000/],
  ['a market value below 0', { market_value: -10_000 }, /market value of -10000/],
  ['frozen cash below 0', { frozen_cash: -100_000 }, /frozen cash of -100000/],
  ['cash of 1e9 in a whole of 10', { available_cash: 1e9, total_value: 10 }, /available cash of 1000000000\.00/],
  ['more frozen than there is', { frozen_cash: 5_000_000 }, /frozen cash of 5000000\.00/],
  ['holdings worth more than the account', { available_cash: 0, total_value: 500 }, /worth of 000001\.XSHE/],
  ['a thousand times what it was', { available_cash: 1e8, total_value: 1e8 + 10_000 }, /was 110000\.00/],
];

describe('a gateway that tells absurd money', () => {
  it.each(LIES)('%s: trading stops, the figure is named, and the truth opens it again', async (_what, lie, named) => {
    const opened = await openRun();
    run = opened.run;
    const { gateway } = opened;
    gateway.lies = { account: (answer) => ({ ...answer, ...lie }) };
    await run.pass(60_000);
    expect(run.trading.gate.reason()).toMatch(named);
    expect(run.trading.gate.reason()).toMatch(/terminal|gateway's version/);
    expect(alarms(run)).toContain('GATE_CLOSED');
    expect(said(run)).toMatch(named);
    expect(await run.settle(run.order({ quantity: 1_000_000 }))).toBeNull();
    expect(run.trading.account.view()).toMatchObject({ availableCash: 100_000, totalValue: 110_000 });
    expect(gateway.placed).toEqual([]);
    gateway.lies = {};
    await run.pass(30_000, () => run.trading.gate.reason() === null);
    expect(await run.settle(run.order({ style: { kind: 'limit', limitPrice: 10 } }))).toMatchObject({ amount: 100 });
    expect(gateway.placed).toHaveLength(1);
  });

  it('a change that can be true and that nothing explains is told when it is believed', async () => {
    const opened = await openRun();
    run = opened.run;
    opened.gateway.cash = 300_000;
    await run.pass(90_000);
    expect(run.trading.account.view()).toMatchObject({ availableCash: 300_000 });
    expect(said(run)).toContain('Cash changed without a trade: 100000.00 was expected, the account has 300000.00');
  });

  it('a thousand times what it was that insists is believed, told, and traded on: a deposit, lends that came back', async () => {
    const opened = await openRun();
    run = opened.run;
    opened.gateway.cash = 1e8;
    await run.pass(60_000);
    expect(run.trading.gate.reason()).toMatch(/100010000\.00 was 110000\.00/);
    await run.pass(90_000, () => run.trading.gate.reason() === null);
    expect(run.trading.account.view()).toMatchObject({ availableCash: 1e8 });
    expect(said(run)).toMatch(/insists, and is believed: the whole account of 100010000\.00 was 110000\.00/);
    expect(await run.settle(run.order({ style: { kind: 'limit', limitPrice: 10 } }))).toMatchObject({ amount: 100 });
  });

  it('impossible from the start: nothing is ever shown or ordered', async () => {
    const opened = await openRun();
    run = opened.run;
    opened.gateway.lies = { account: (answer) => ({ ...answer, available_cash: 1e308, total_value: 1e308 }) };
    void run.begin();
    await run.pass(60_000);
    expect([run.trading.account.view(), opened.gateway.placed]).toEqual([null, []]);
    expect(run.trading.gate.reason()).toMatch(/available_cash/);
  });
});
