import { describe, expect, it } from 'vitest';
import { COMMITS_LATE } from './mutants/commits-late.ts';
import { EMPTIES_POSITIONS } from './mutants/empties-positions.ts';
import { hunt, SEEDS_TO_CATCH } from './mutants/hunt.ts';
import { MERGES_FILLS } from './mutants/merges-fills.ts';
import { RESENDS } from './mutants/resends.ts';
import { TIMEOUT_REJECTS } from './mutants/timeout-rejects.ts';
import { runSeed } from './run-seed.ts';

describe(`a fault planted in the program is caught within ${SEEDS_TO_CATCH} seeds`, () => {
  it.each([
    { mutant: RESENDS, complaint: /orders bear the mark|is 2 orders at the exchange/ },
    { mutant: TIMEOUT_REJECTS, complaint: /given up turns up|rejected in the ledger/ },
    { mutant: MERGES_FILLS, complaint: /fills of .* in the ledger/ },
    { mutant: EMPTIES_POSITIONS, complaint: /the strategy is shown 0 / },
    { mutant: COMMITS_LATE, complaint: /not_sent in the ledger|given up turns up/ },
  ])('$mutant.name', { timeout: 120_000 }, async ({ mutant, complaint }) => {
    const caught = await hunt(mutant);
    expect(caught?.violations.join('\n')).toMatch(complaint);
    // The fault, and not the seed, is to blame.
    expect((await runSeed(caught?.seed ?? 0)).violations).toEqual([]);
  });
});
