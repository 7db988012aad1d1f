import { expect, it } from 'vitest';
import { chinaDay, chinaInstant } from '../../../../../src/domain/time.ts';
import { accountCalls } from '../../../../../src/engine/live-calls.ts';
import { createWorld, type World } from '../world.ts';

/** What `get_trades()` answers now. */
async function shown(world: World): Promise<readonly { amount: number; time: number }[]> {
  const { book, desk, account } = world.trading;
  const calls = accountCalls({
    account: () => account.view(),
    fresh: () => Promise.resolve(),
    desk,
    book,
    state: { calls: { ordering: () => null } },
  });
  return calls.trades({ logicalTime: world.clock.now() } as Parameters<typeof calls.trades>[0]);
}

const told = (world: World): string[] =>
  world.lines.filter(({ text }) => text.includes('dates a trade')).map(({ text }) => text);

it.each([
  ['last year', '2025-01-01'],
  ['tomorrow', '2026-07-07'],
  ['yesterday', '2026-07-05'],
])(
  'trades that a gateway dates on %s are those of today that its list shows, and that is told once',
  async (_, date) => {
    const world = await createWorld();
    world.broker.now = () => chinaInstant(date, '09:31:00');
    await world.settle(world.order({ quantity: 200, style: { kind: 'limit', limitPrice: 10 } }));
    const orderId = world.broker.book[0]?.orderId ?? '';
    world.broker.fill(orderId, 100);
    await world.pass(2_000);
    world.broker.fill(orderId, 100);
    await world.pass(12_000);
    const trades = await shown(world);
    expect(trades.map(({ amount }) => amount)).toEqual([100, 100]);
    expect(trades.every(({ time }) => chinaDay(time) === '2026-07-06')).toBe(true);
    expect(told(world)).toEqual([expect.stringContaining(`${date} 09:31:00`)]);
    await world.close();
  },
);

it('trades of today keep the time that the gateway gives them, and nothing is said', async () => {
  const world = await createWorld();
  const at = chinaInstant('2026-07-06', '09:33:00');
  world.broker.now = () => at;
  await world.settle(world.order({ style: { kind: 'limit', limitPrice: 10 } }));
  world.broker.fill(world.broker.book[0]?.orderId ?? '', 100);
  await world.pass(1_000);
  expect((await shown(world)).map(({ time }) => time)).toEqual([at]);
  expect(told(world)).toEqual([]);
  await world.close();
});
