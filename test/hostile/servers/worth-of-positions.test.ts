import { afterEach, describe, expect, it } from 'vitest';
import type { World } from '../../unit/engine/orders/world.ts';
import { alarms, holding, openRun, said, type Lies } from './lying-gateway.ts';

let run: World;
afterEach(async () => {
  await run.close();
});

/** The account counts so much for holdings, whatever its rows are worth together. */
const counts = (market_value: number): Lies => ({
  account: (answer) => ({ ...answer, market_value, total_value: 100_000 + market_value }),
});
const BUY = { style: { kind: 'limit', limitPrice: 10 } } as const;
const TARGET = { ...BUY, kind: 'target', quantity: 100 } as const;

describe('an account that counts something else than its rows are worth', () => {
  it.each([
    ['the rows are at the ex-right price, the account is of yesterday', { lastPrice: 5, marketValue: 5_000 }, 10_000],
    ['the account is at the ex-right price, the rows are of yesterday', {}, 5_000],
    ['money that is lent counts, and has no row', {}, 60_000],
  ])('%s: traded on after a minute, also after a restart, and told', async (_what, change, worth) => {
    const { gateway, run: opened } = await openRun();
    run = opened;
    gateway.held = [holding(change)];
    gateway.lies = counts(worth);
    await run.pass(120_000);
    expect(run.trading.gate.reason()).toBeNull();
    await run.restart();
    await run.pass(120_000);
    expect(run.trading.gate.reason()).toBeNull();
    expect(said(run)).toMatch(/prices of two days, money that is lent/u);
    await run.settle(run.order(TARGET));
    expect(gateway.placed).toHaveLength(1);
  });

  it('a holding that is gone from the list keeps it closed for ten minutes, and then no target is computed from its absence', async () => {
    const { gateway, run: opened } = await openRun();
    run = opened;
    gateway.lies = { ...counts(10_000), positions: () => [] };
    await run.pass(300_000);
    expect(run.trading.gate.reason()).toMatch(/worth 0\.00, the account says 10000\.00/u);
    await run.pass(600_000);
    expect(run.trading.gate.reason()).toBeNull();
    await run.settle(run.order(TARGET));
    expect(gateway.placed).toHaveLength(0);
    await run.settle(run.order(BUY));
    expect(gateway.placed).toHaveLength(1);
    expect(said(run)).toMatch(/whether it holds 000001\.XSHE is not known/u);
  });

  it('rows of more shares than it counts, and than were held, keep it closed', async () => {
    const { gateway, run: opened } = await openRun();
    run = opened;
    gateway.held = [holding({ amount: 3_000, closeableAmount: 3_000, marketValue: 30_000 })];
    gateway.lies = counts(10_000);
    await run.pass(900_000);
    expect(run.trading.gate.reason()).toMatch(/worth 30000\.00, the account says 10000\.00/u);
    expect(alarms(run)).toContain('GATE_CLOSED');
  });
});
