import { afterEach, beforeEach, expect, it } from 'vitest';
import { chinaDay, chinaInstant } from '../../../../../src/domain/time.ts';
import { partKey } from '../../../../../src/ledger/instance-state.ts';
import { createWorld, type World } from '../../orders/world.ts';

const LIMIT = { kind: 'limit', limitPrice: 10 } as const;
let world: World;

/** Monday afternoon: 300 shares of the first, 500 of the other one, bought today. */
beforeEach(async () => {
  world = await createWorld({ start: '14:50:00' });
  const half = { type: 'stock', cash: 50_000 } as const;
  world.trading.portfolios.divide([half, half], (plan, moves) => {
    const settings = new Map([[partKey('subportfolios'), JSON.stringify(plan)]]);
    world.trading.state.beginLife({ at: 0, file: '/s.ts' }, 'h', { variables: [], settings, moves });
  });
  world.broker.onPlace = (request, broker) => {
    const outcome = broker.accept(request);
    if (outcome.kind === 'accepted') broker.fill(outcome.orderId, request.amount);
    return outcome;
  };
  for (const [pindex, quantity] of [
    [0, 300],
    [1, 500],
  ] as const)
    await world.settle(world.order({ pindex, quantity, style: LIMIT, waitTimeout: 1, keep: true }));
});
afterEach(() => world.close());

/** The next run begins then; the broker's lists are those of its day. */
async function at(day: string, time: string): Promise<void> {
  world.kill();
  if (day > chinaDay(world.clock.now())) for (const list of [world.broker.fills, world.broker.book]) list.length = 0;
  await world.clock.walk(chinaInstant(day, time));
  await world.restart();
}

/** The broker holds so many shares of it, all of before today. */
function hold(amount: number): void {
  world.broker.held = world.broker.held.map((held) => ({
    ...held,
    amount,
    closeableAmount: amount,
    marketValue: amount * 10,
  }));
}

const shares = (): (number | undefined)[] =>
  (world.trading.portfolios.view()?.subs ?? []).map(({ positions }) => positions[0]?.amount);

it.each([
  ['five for ten', 1200, [450, 750]],
  ['ten for ten', 1600, [600, 1000]],
])('a night that gives %s gives it to each, once', async (_what, amount, expected) => {
  await at('2026-07-06', '15:10');
  hold(amount);
  await at('2026-07-07', '09:40');
  expect(shares()).toEqual(expected);
  const [first, second] = world.trading.portfolios.view()?.subs ?? [];
  expect(second?.positions[0]?.avgCost).toBeCloseTo(5005 / (expected[1] ?? 0), 9);
  expect((first?.totalValue ?? 0) + (second?.totalValue ?? 0)).toBeCloseTo(
    world.trading.portfolios.view()?.totalValue ?? 0,
    6,
  );
  await at('2026-07-07', '09:50');
  await at('2026-07-08', '09:40');
  expect(shares()).toEqual(expected);
});

it('what is no bonus is of outside: what came is of the first, what is gone is missing to it first', async () => {
  await at('2026-07-06', '15:10');
  hold(833);
  await at('2026-07-07', '09:40');
  expect(shares()).toEqual([333, 500]);
  hold(499);
  await at('2026-07-08', '09:40');
  expect(shares()).toEqual([undefined, 499]);
});

it('a bonus that came since a reading of before the close is of outside: somebody may have traded', async () => {
  await at('2026-07-06', '14:55');
  hold(1600);
  await at('2026-07-07', '09:40');
  expect(shares()).toEqual([1100, 500]);
});
