import { expect, test } from 'vitest';
import { startCounted } from '../../../bench/order-work-run.ts';

test('an order is planned on one projection, and what it changed is one more for whoever looks', async () => {
  const run = await startCounted();
  // The first one shows that the gateway gives marks back, which is kept once.
  expect((await run.order()).commits).toBe(6);
  const work = await run.order();
  expect(work).toMatchObject({ projections: 1, quotes: 1 });
  // Written down, planned, being sent, taken, filled.
  expect(work.commits).toBe(5);
  expect(work.listReads).toBeGreaterThanOrEqual(2);
  expect((await run.look()).projections).toBe(1);
  expect((await run.look()).projections).toBe(0);
  await run.stop();
});
