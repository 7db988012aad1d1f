import { describe, expect, it, vi } from 'vitest';
import type * as Search from '../../src/engine/orders/reading/unknown-search.ts';
import { hunt, SEEDS_TO_CATCH } from './mutants/hunt.ts';

// In this file alone the search for orders of unknown fate has no patience.
vi.mock('../../src/engine/orders/reading/unknown-search.ts', async (original) => {
  const real = await original<typeof Search>();
  const { impatient } = await import('./mutants/releases-unknown.ts');
  return { ...real, UnknownSearch: impatient(real.UnknownSearch) };
});

describe(`a fault planted in the program is caught within ${SEEDS_TO_CATCH} seeds`, () => {
  it('UNKNOWN released on first absence', { timeout: 120_000 }, async () => {
    const caught = await hunt(null);
    expect(caught?.violations.join('\n')).toMatch(/given up turns up|not_placed in the ledger/);
  });
});
