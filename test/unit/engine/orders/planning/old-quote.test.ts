import { expect, it } from 'vitest';
import { chinaInstant } from '../../../../../src/domain/time.ts';
import { aQuote } from '../../../domain/order/builders.ts';
import { createWorld, type World } from '../world.ts';

const said = (world: World, text: string): number => world.lines.filter((line) => line.text.includes(text)).length;

it('an order on a quote of months ago is refused, told, and nothing is sent', async () => {
  const world = await createWorld();
  world.quotes.set('000001.XSHE', aQuote({ time: chinaInstant('2025-11-03', '10:00:00') }));
  expect(await world.settle(world.order())).toBeNull();
  expect([world.broker.placed, said(world, 'not of today') > 0]).toEqual([[], true]);
  await world.close();
});

it('a feed that stands still refuses, and trades again when anything moves', async () => {
  const world = await createWorld();
  const time = world.clock.now() - 60_000;
  world.quotes.set('000001.XSHE', aQuote({ time }));
  expect(await world.settle(world.order())).toBeNull();
  expect([world.broker.placed, said(world, 'nothing at all has moved') > 0]).toEqual([[], true]);
  world.quotes.set('510300.XSHG', aQuote({ security: '510300.XSHG' }));
  const order = await world.settle(world.order({ style: { kind: 'limit', limitPrice: 9.9 } }));
  expect([order?.state, world.broker.placed.length]).toEqual(['accepted', 1]);
  await world.close();
});

it('an order that waits for its window waits on while the quote is of yesterday, and goes out on one of today', async () => {
  const world = await createWorld({ start: '09:10:00' });
  world.quotes.set('000001.XSHE', aQuote({ time: chinaInstant('2026-07-03', '15:00:00') }));
  const order = await world.settle(world.order({ style: { kind: 'limit', limitPrice: 9.9 } }));
  expect(order).toMatchObject({ state: 'planned' });
  await world.pass(5.5 * 60_000);
  expect(world.broker.placed).toEqual([]);
  world.quotes.set('000001.XSHE', aQuote());
  await world.pass(10_000);
  expect(world.broker.placed).toHaveLength(1);
  await world.close();
});
