import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from 'jqdata';
import type { OrderRequest } from '../../src/domain/order/types.ts';
import { accountCalls, subCalls } from '../../src/engine/live-calls.ts';
import { StrategyState } from '../../src/engine/strategy-state.ts';
import { nullLog } from '../../src/platform/log.ts';
import { createWorld, type World } from '../unit/engine/orders/world.ts';
import { Stage } from './harness.ts';

let stage: Stage;
let world: World;
const asked: OrderRequest[] = [];

/** The engine's own account, order path and sub-portfolios behind the border, on a scripted broker of 100,000 CNY. */
beforeAll(async () => {
  [stage, world] = await Promise.all([Stage.open(), createWorld({ start: '10:00:00' })]);
  const { portfolios, desk, book, state: life } = world.trading;
  world.events.on((event) => {
    if (event.kind === 'account') stage.bumpAccount(event.version);
  });
  const fresh = (): Promise<void> => Promise.resolve();
  const state = new StrategyState(life);
  const calls = accountCalls({ account: () => portfolios.view(), fresh, desk, book, state });
  Object.assign(stage.engine, calls, subCalls({ portfolios, fresh, log: nullLog, state }), {
    placeOrder: (...args: Parameters<typeof calls.placeOrder>) => {
      asked.push(args[0]);
      return world.settle(calls.placeOrder(...args));
    },
  });
});
afterAll(async () => {
  await stage.close();
  await world.close();
});

test('an account is divided, and each part has its figures and its orders', async () => {
  const parts = await stage.run((jq, ...rest: readonly unknown[]) => {
    const context = rest.at(-1) as Context;
    const { set_subportfolios, SubPortfolioConfig, transfer_cash, inout_cash, order, LimitOrderStyle } = jq;
    const show = (): number[][] =>
      context.subportfolios.map((sub) => [
        sub.pindex,
        sub.available_cash,
        sub.locked_cash,
        sub.total_value,
        sub.inout_cash,
      ]);
    const whole = (): number[] => [
      context.portfolio.available_cash,
      context.portfolio.total_value,
      context.portfolio.inout_cash,
    ];
    const before = [show(), whole()];
    set_subportfolios([SubPortfolioConfig({ cash: 50_000, type: 'stock' }), SubPortfolioConfig(20_000, 'stock')]);
    const made = [show(), whole()];
    transfer_cash(0, 1, 5000);
    inout_cash(1000, { pindex: 1 });
    inout_cash(-2000);
    const moved = [show(), whole()];
    const placed = order('000001.XSHE', 1000, LimitOrderStyle(10), { pindex: 1 });
    const none = order('000001.XSHE', 1000, LimitOrderStyle(10), { pindex: 2 });
    return { before, made, moved, ordered: [show(), whole()], pindex: placed?.pindex, none };
  });
  expect(parts).toEqual({
    before: [[[0, 100_000, 0, 100_000, 100_000]], [100_000, 100_000, 100_000]],
    made: [
      [
        [0, 50_000, 0, 50_000, 50_000],
        [1, 20_000, 0, 20_000, 20_000],
      ],
      [70_000, 70_000, 70_000],
    ],
    moved: [
      [
        [0, 43_000, 0, 43_000, 43_000],
        [1, 26_000, 0, 26_000, 26_000],
      ],
      [69_000, 69_000, 69_000],
    ],
    ordered: [
      [
        [0, 43_000, 0, 43_000, 43_000],
        // 10,000 and the fees it may cost: 5 and 0.1.
        [1, 15_994.9, 10_005.1, 26_000, 26_000],
      ],
      [58_994.9, 69_000, 69_000],
    ],
    pindex: 1,
    none: null,
  });
  expect(asked.map(({ pindex }) => pindex)).toEqual([1, 2]);
});

test.each<[string, number | null, number | null, number, string]>([
  ['more than there is', 0, 1, 43_001, 'NOT_ENOUGH_CASH'],
  ['more than is put aside', null, 0, 31_001, 'NOT_ENOUGH_CASH'],
  ['to nobody', 0, 2, 5, 'NO_SUBPORTFOLIO'],
  ['from nobody', 3, 0, 5, 'NO_SUBPORTFOLIO'],
])('money is not moved: %s', async (_what, from, to, cash, code) => {
  const run = stage.run(
    (jq, a, b, n) => (a === null ? jq.inout_cash(n, b ?? 0) : jq.transfer_cash(a, b ?? 0, n)),
    from,
    to,
    cash,
  );
  await expect(run).rejects.toMatchObject({ code });
});

test('a second division, and kinds that there are not, throw', async () => {
  const again = stage.run((jq) => jq.set_subportfolios([jq.SubPortfolioConfig(1, 'stock')]));
  await expect(again).rejects.toMatchObject({ code: 'WRONG_PHASE' });
  const futures = stage.run((jq) => jq.SubPortfolioConfig(1, 'index_futures' as 'stock'));
  await expect(futures).rejects.toMatchObject({ code: 'UNSUPPORTED' });
});
