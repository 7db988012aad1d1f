import { afterEach, beforeEach, expect, test } from 'vitest';
import { createWorld, type World } from '../world.ts';

const LIMIT = { kind: 'limit', limitPrice: 9.9 } as const;

let world: World;
let reads = 0;
beforeEach(async () => {
  world = await createWorld();
  reads = 0;
  const orders = world.broker.orders.bind(world.broker);
  world.broker.orders = () => {
    reads += 1;
    return orders();
  };
});
afterEach(() => world.close());

async function readsIn(ms: number): Promise<number> {
  const before = reads;
  await world.pass(ms);
  return reads - before;
}

test('an order that rests is looked at by steps to 5 s, and often again when something of ours moves', async () => {
  expect(await readsIn(20_000)).toBeLessThanOrEqual(4);
  await world.settle(world.order({ style: LIMIT, waitTimeout: 0 }));
  expect(await readsIn(2_500)).toBeGreaterThanOrEqual(8);
  await world.pass(60_000);
  expect(await readsIn(60_000)).toBeLessThanOrEqual(14);
  world.broker.fill('1000', 40);
  // Seen with the next reading, and then it is looked for more.
  await world.pass(6_000, () => world.trading.book.trades().length > 0);
  expect(await readsIn(2_500)).toBeGreaterThanOrEqual(8);
});

test('a session that begins is something that moves', async () => {
  await world.settle(world.order({ style: LIMIT, waitTimeout: 0 }));
  await world.clock.walk(Date.parse('2026-07-06T12:59:50+08:00'));
  await world.pass(16_000);
  expect(await readsIn(1_000)).toBeGreaterThanOrEqual(2);
});

test('while somebody waits the lists are read all the time', async () => {
  const call = world.order({ style: LIMIT, waitTimeout: 90, keep: true });
  await world.pass(70_000);
  expect(await readsIn(5_000)).toBeGreaterThanOrEqual(20);
  await world.settle(call, 60_000);
});

test('what the venue tells of is read at once; a flood of it costs ten readings a second, and silence changes nothing', async () => {
  await world.settle(world.order({ style: LIMIT, waitTimeout: 0 }));
  await world.pass(70_000);
  world.broker.fill('1000', 40);
  const before = reads;
  world.broker.tell();
  await world.pass(100, () => world.trading.book.trades().length > 0);
  expect(world.trading.book.trades()).toHaveLength(1);
  expect(reads).toBe(before + 1);
  await world.pass(120_000);
  const quiet = reads;
  for (let told = 0; told < 20; told += 1) {
    world.broker.tell();
    await world.pass(50);
  }
  expect(reads - quiet).toBeLessThanOrEqual(12);
  expect(reads - quiet).toBeGreaterThanOrEqual(8);
  // Nothing is told: it is seen all the same.
  await world.pass(120_000);
  world.broker.fill('1000', 60);
  await world.pass(6_000, () => world.trading.book.trades().length > 1);
  expect(world.trading.book.trades()).toHaveLength(2);
});
