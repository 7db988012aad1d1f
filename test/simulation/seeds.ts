import { expect, it } from 'vitest';
import { count, emptyTally, replayCommand } from './report/tally.ts';
import { runSeed } from './run-seed.ts';

const SEEDS_A_TEST = 250;

/** Registers tests that run the seeds from `first` to `last`, some hundred a test. */
export function testSeeds(first: number, last: number): void {
  for (let from = first; from <= last; from += SEEDS_A_TEST) {
    const to = Math.min(last, from + SEEDS_A_TEST - 1);
    it(`keeps every promise in the worlds of seeds ${from} to ${to}`, { timeout: 120_000 }, async () => {
      const tally = emptyTally();
      for (let seed = from; seed <= to; seed += 1) count(tally, await runSeed(seed));
      const failures = tally.failures.map(
        ({ seed, violations }) => `${replayCommand(seed)}\n  ${violations.join('\n  ')}`,
      );
      expect(failures).toEqual([]);
      // A world without faults or orders proves nothing.
      expect(tally.strikes).toBeGreaterThan(to - from);
      expect(tally.orders).toBeGreaterThan(to - from);
    });
  }
}
