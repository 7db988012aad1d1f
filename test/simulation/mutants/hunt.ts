import { runSeed } from '../run-seed.ts';
import type { Mutant } from './mutant.ts';

/** Seeds within which a planted fault must show. */
export const SEEDS_TO_CATCH = 500;

/** The first seed whose world is violated, with what it found; null when none is. */
export async function hunt(mutant: Mutant | null): Promise<{ seed: number; violations: readonly string[] } | null> {
  for (let seed = 1; seed <= SEEDS_TO_CATCH; seed += 1) {
    const { violations } = await runSeed(seed, mutant === null ? {} : { mutant });
    if (violations.length > 0) return { seed, violations };
  }
  return null;
}
