import { describe, expect, it } from 'vitest';
import { runSeed } from './run-seed.ts';

describe('a seed', () => {
  it.each([7, 48, 119, 331, 1_300])('replays exactly (%i)', async (seed) => {
    const first = await runSeed(seed, { trace: true });
    const again = await runSeed(seed, { trace: true });
    expect(first.trace.split('\n').length).toBeGreaterThan(20);
    expect(again.trace).toBe(first.trace);
    expect(again.strikes).toEqual(first.strikes);
  });
});
