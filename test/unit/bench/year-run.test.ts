import { expect, test } from 'vitest';
import { BURST, ORDERS_A_DAY, startYear } from '../../../bench/year-run.ts';

test('a day of the year has orders of every fate, and the next one has forgotten them', async () => {
  const run = await startYear('2025');
  const [first = '', second = ''] = run.days;
  await run.open(first);
  await run.trade();
  const states = (): Record<string, number> => {
    const views = run.trading.book.views();
    return Object.fromEntries([...Map.groupBy(views, ({ state }) => state)].map(([state, of]) => [state, of.length]));
  };
  expect(states()).toEqual({ filled: 160, rejected: 20, canceled: 19, accepted: 1 });
  await run.close(first);
  expect(states()).toEqual({ filled: 160, rejected: 20, canceled: 19, expired: 1 });
  await run.open(second);
  expect(run.trading.gate.reason()).toBeNull();
  expect(run.trading.book.size()).toBe(0);
  await run.stop();
});

test('orders one after another come to the same, and each is timed', async () => {
  const run = await startYear('2025');
  const [day = ''] = run.days;
  await run.open(day);
  const calls: number[] = [];
  for (let index = 0; index < ORDERS_A_DAY; index += BURST) calls.push(...(await run.burst(index)).calls);
  expect(calls).toHaveLength(ORDERS_A_DAY);
  expect(calls.every((ms) => ms > 0)).toBe(true);
  // Throws when not all of them are shown.
  const { orders, account } = await run.reads();
  expect([orders > 0, account > 0]).toEqual([true, true]);
  await run.stop();
});
