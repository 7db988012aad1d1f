import type { Scope } from '../plan/axes.ts';
import { drawPlan } from '../plan/draw.ts';
import type { Plan } from '../plan/types.ts';
import { runSeed } from '../run-seed.ts';
import type { Mutant } from './mutant.ts';

/** Seeds within which a planted fault must show. */
export const SEEDS_TO_CATCH = 500;

/** Worlds of a moment, and nothing demanded but the judge's. */
export const MOMENTS: Scope = { axes: new Set(), laws: new Set() };

export interface Hunt {
  readonly scope: Scope;
  /** Worlds worth a look; of the others each counts as a seed too. */
  readonly worlds?: (plan: Plan) => boolean;
  /** What the fault is complained of as. */
  readonly complaint: RegExp;
}

export interface Caught {
  readonly seed: number;
  readonly violations: readonly string[];
}

/** The first seed whose world is violated, with what it found; null when none is. */
export async function hunt(mutant: Mutant | null): Promise<Caught | null> {
  for (let seed = 1; seed <= SEEDS_TO_CATCH; seed += 1) {
    const { violations } = await runSeed(seed, { scope: MOMENTS, ...(mutant === null ? {} : { mutant }) });
    if (violations.length > 0) return { seed, violations };
  }
  return null;
}

/** The first seed in which the fault is complained of, and whose world is sound without it; null when there is none. */
export async function huntFor(mutant: Mutant, { scope, worlds, complaint }: Hunt): Promise<Caught | null> {
  for (let seed = 1; seed <= SEEDS_TO_CATCH; seed += 1) {
    if (worlds?.(drawPlan(seed, scope)) === false) continue;
    const { violations } = await runSeed(seed, { scope, mutant });
    if (!violations.some((text) => complaint.test(text))) continue;
    const { violations: without } = await runSeed(seed, { scope });
    if (without.length === 0) return { seed, violations };
  }
  return null;
}
