import { expect, it } from 'vitest';
import { aQuote } from '../../domain/order/builders.ts';
import { createWorld, type World } from './world.ts';

const GC001 = '204001.XSHG';

async function lending(start: string): Promise<World> {
  const world = await createWorld({ start });
  world.quotes.set(
    GC001,
    aQuote({ security: GC001, lastPrice: 1.63, bid1: 1.63, ask1: 1.635, highLimit: null, lowLimit: null }),
  );
  return world;
}

it('lends after the close of shares: the money is reserved, then gone, the account still worth it, and nothing is held', async () => {
  const world = await lending('15:10:00');
  const style = { kind: 'limit', limitPrice: 1.6 } as const;
  const order = await world.settle(world.order({ security: GC001, quantity: -500, style }));
  expect(order).toMatchObject({ side: 'sell', amount: 500, state: 'accepted' });
  expect(world.trading.account.view()).toMatchObject({ availableCash: 49_999.5, lockedCash: 50_000.5 });
  world.broker.fill(world.broker.book[0]?.orderId ?? '', 500);
  await world.pass(1_000);
  const view = world.trading.account.view();
  expect(view).toMatchObject({ availableCash: 49_995, lockedCash: 0, totalValue: 99_995, positions: [] });
  // The counter's own reading says the same of the cash, and is believed without a dispute.
  await world.pass(40_000);
  expect(world.trading.account.view()).toMatchObject({ availableCash: 49_995, positions: [] });
  expect(world.trading.account.disputed().size).toBe(0);
  expect(world.lines.filter(({ text }) => text.includes('outside this strategy'))).toEqual([]);
  await world.close();
});

it('an open lend is no order that its day has ended at 15:01, and ends at 15:31', async () => {
  const world = await lending('14:50:00');
  const style = { kind: 'limit', limitPrice: 1.7 } as const;
  const order = await world.settle(world.order({ security: GC001, quantity: -500, style }));
  await world.pass(15 * 60_000);
  expect(world.trading.book.view(order?.orderId ?? '')).toMatchObject({ state: 'accepted' });
  await world.pass(28 * 60_000);
  expect(world.trading.book.view(order?.orderId ?? '')).toMatchObject({ state: 'expired' });
  await world.close();
});

it('a target of a repo is refused before it cancels anything', async () => {
  const world = await lending('10:00:00');
  const style = { kind: 'limit', limitPrice: 1.7 } as const;
  await world.settle(world.order({ security: GC001, quantity: -500, style }));
  expect(await world.settle(world.order({ kind: 'target', security: GC001, quantity: 0, style }))).toBeNull();
  expect([world.broker.placed.length, world.broker.cancels]).toEqual([1, []]);
  await world.close();
});
