import { expect, it } from 'vitest';
import { FOLLOWED } from './plan/axes.ts';
import { runSeed } from './run-seed.ts';

const SEEDS = 200;

it(
  `every signal ends once, as what the exchange says, and nothing is ordered twice: seeds 1 to ${SEEDS}`,
  { timeout: 240_000 },
  async () => {
    const failures: string[] = [];
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const { violations, about } = await runSeed(seed, { scope: FOLLOWED });
      if (violations.length > 0) failures.push(`seed ${seed} (${about}):\n  ${violations.join('\n  ')}`);
    }
    expect(failures).toEqual([]);
  },
);
