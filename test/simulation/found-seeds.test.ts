import { expect, it } from 'vitest';
import { runSeed } from './run-seed.ts';

/** Worlds of long runs in which a promise was broken once. */
it.each([
  [4_002_508, 'a key that is asked for again over a day’s end'],
  [965, 'news are pushed while the account at the gateway is another one: the engine read without a rest'],
  [540_242, 'a kill switch that is pulled again while it sells'],
  [7_028_318, 'an order whose price has come waits on while a person has paused all orders'],
])('keeps every promise in the world of seed %i: %s', async (seed) => {
  expect((await runSeed(seed)).violations).toEqual([]);
});
