import { expect, it } from 'vitest';
import { TRUSTS_PUSHES } from './mutants/trusts-pushes.ts';
import { SEEDS_TO_CATCH } from './mutants/hunt.ts';
import { STREAMED } from './plan/axes.ts';
import { runSeed } from './run-seed.ts';

const SEEDS = 200;

it(`whatever is pushed, the lists stay the truth: seeds 1 to ${SEEDS}`, { timeout: 240_000 }, async () => {
  const failures: string[] = [];
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const { violations, about } = await runSeed(seed, { scope: STREAMED });
    if (violations.length > 0) failures.push(`seed ${seed} (${about}):\n  ${violations.join('\n  ')}`);
  }
  expect(failures).toEqual([]);
});

it(`a fault planted where orders are read is caught within ${SEEDS_TO_CATCH} seeds: ${TRUSTS_PUSHES.name}`, async () => {
  for (let seed = 1; seed <= SEEDS_TO_CATCH; seed += 1) {
    const { violations } = await runSeed(seed, { scope: STREAMED, mutant: TRUSTS_PUSHES });
    if (violations.length === 0) continue;
    const { violations: without } = await runSeed(seed, { scope: STREAMED });
    expect(without).toEqual([]);
    return;
  }
  expect.fail('it was not caught');
}, 240_000);
