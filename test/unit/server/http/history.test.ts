import { expect, test } from 'vitest';
import { chinaInstant } from '../../../../src/domain/time.ts';
import { openHistory } from '../../../../src/server/index.ts';
import { API_ROOT } from '../../../../src/server/http/api/routes.ts';
import { startHttpWorld } from './http-world.ts';
import type { HttpWorld } from './http-world.ts';

async function kept(): Promise<HttpWorld> {
  const world = await startHttpWorld({}, { history: openHistory(null) });
  await world.clock.walk(chinaInstant('2026-07-06', '09:37:30'));
  return world;
}

test('the history of an account, in times of Shanghai', async () => {
  const world = await kept();
  const answer = await world.ask(`${API_ROOT}/history?start=2026-07-06T09:36:00&limit=5`);
  expect(answer.status).toBe(200);
  expect(answer.json()).toMatchObject({
    account: 'default',
    every: 'minute',
    rows: [
      { time: '2026-07-06T09:36:00+08:00', total_value: 1_000_000, profit: 0, positions: [] },
      { time: '2026-07-06T09:37:00+08:00' },
    ],
    gaps: [],
  });
  const days = await world.ask(`${API_ROOT}/history?every=day&end=2026-07-06`);
  expect(days.json()['rows']).toMatchObject([{ time: '2026-07-06T09:37:00+08:00' }]);
});

test('a question that cannot be meant, and a server that keeps none', async () => {
  const world = await kept();
  for (const query of ['every=week', 'start=soon', 'limit=0', 'more=1'])
    expect((await world.ask(`${API_ROOT}/history?${query}`)).status).toBe(400);
  const none = await startHttpWorld();
  const answer = await none.ask(`${API_ROOT}/history`);
  expect(answer.json()).toMatchObject({ status: 404, code: 'NO_HISTORY' });
});
