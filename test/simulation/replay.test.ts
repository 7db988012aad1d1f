import { describe, expect, it } from 'vitest';
import { EVERYTHING } from './plan/axes.ts';
import { drawPlan } from './plan/draw.ts';
import type { Plan } from './plan/types.ts';
import { runSeed } from './run-seed.ts';

async function expectSame(seed: number, scope = EVERYTHING): Promise<void> {
  const first = await runSeed(seed, { trace: true, scope });
  const again = await runSeed(seed, { trace: true, scope });
  expect(first.trace.split('\n').length).toBeGreaterThan(10);
  expect(again.trace).toBe(first.trace);
  expect(again.strikes).toEqual(first.strikes);
}

/** The first seed whose world is such. */
function seedOf(kind: Plan['kind']): number {
  for (let seed = 1; seed <= 5_000; seed += 1) if (drawPlan(seed, EVERYTHING).kind === kind) return seed;
  throw new Error(`no seed up to 5,000 is ${kind}`);
}

describe('a seed', () => {
  it.each([7, 48, 119, 331, 1_300])('replays exactly (%i)', (seed) => expectSame(seed));

  it.each(['days', 'hours', 'busy', 'months'] as const)(
    'replays exactly, also where the world lasts longer (%s)',
    { timeout: 60_000 },
    (kind) => expectSame(seedOf(kind)),
  );
});
