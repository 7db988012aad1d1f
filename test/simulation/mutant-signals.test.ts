import { describe, expect, it, vi } from 'vitest';
import type * as Crossing from '../../src/domain/follow/crossing.ts';
import { ACKNOWLEDGES_EARLY } from './mutants/acknowledges-early.ts';
import { SEEDS_TO_CATCH } from './mutants/hunt.ts';
import type { Mutant } from './mutants/mutant.ts';
import { REPLAYS_SIGNALS } from './mutants/replays-signals.ts';
import { TRUSTS_MEMORY } from './mutants/trusts-memory.ts';
import { FOLLOWED } from './plan/axes.ts';
import { runSeed } from './run-seed.ts';

// In this file alone the module that knows what goes the other way can be blind.
const planted = vi.hoisted(() => ({ isBlind: false }));
vi.mock('../../src/domain/follow/crossing.ts', async (original) => {
  const real = await original<typeof Crossing>();
  const crossings: typeof real.crossings = (row, open) =>
    planted.isBlind ? { earlier: [], later: null } : real.crossings(row, open);
  return { ...real, crossings };
});
const GOES_BOTH_WAYS: Mutant = {
  name: 'a signal does not see what goes the other way',
  switch: (on) => {
    planted.isBlind = on;
  },
};

/** What the fault is complained of as, in the first followed world that is sound without it. */
async function complaintOf(mutant: Mutant, complaint: RegExp): Promise<string | null> {
  for (let seed = 1; seed <= SEEDS_TO_CATCH; seed += 1) {
    const { violations } = await runSeed(seed, { scope: FOLLOWED, mutant });
    const found = violations.find((text) => complaint.test(text));
    if (found === undefined) continue;
    const { violations: without } = await runSeed(seed, { scope: FOLLOWED });
    if (without.length === 0) return found;
  }
  return null;
}

describe(`a fault planted where signals are taken is caught within ${SEEDS_TO_CATCH} seeds`, () => {
  it.each([
    { mutant: REPLAYS_SIGNALS, complaint: /asked for \d+, and the exchange has \d+ of it/ },
    { mutant: ACKNOWLEDGES_EARLY, complaint: /was acknowledged, and is not in the ledger/ },
    { mutant: GOES_BOTH_WAYS, complaint: /goes against/ },
    { mutant: TRUSTS_MEMORY, complaint: /was acknowledged, and is not in the ledger/ },
  ])('$mutant.name', { timeout: 240_000 }, async ({ mutant, complaint }) => {
    expect(await complaintOf(mutant, complaint)).toMatch(complaint);
  });
});
