import type { Rng } from '../../../src/platform/random.ts';
import { FAULT_KINDS as STUB_FAULTS, generateFaultPlan } from '../../../src/server/faults/index.ts';
import type { FaultPlan } from '../../../src/server/faults/index.ts';

/**
 * Left out: ids that are not the exchange's own cannot be judged by its book, worlds make the clock jump themselves, and what a
 * live system is to stop at.
 */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'order_ids',
  'order_ids_again',
  'clock_jump',
  'account_id',
  'foreign_rows',
]);

/** The stub's own kinds of fault that worlds have, as rows of the coverage table. */
export const STUB_KINDS: readonly `stub ${string}`[] = STUB_FAULTS.filter(({ kind }) => !ELSEWHERE.has(kind)).map(
  ({ kind }) => `stub ${kind}` as const,
);

/** Faults that the stub has by itself (`bt server --faults SEED`), in every fourth world. */
export function drawStubFaults(rng: Rng): FaultPlan | null {
  if (rng.next() > 0.25) return null;
  const kinds = STUB_FAULTS.map(({ kind }) => kind).filter((kind) => !ELSEWHERE.has(kind));
  return generateFaultPlan(rng.int(2 ** 31), { kinds, events: 5 });
}

/** What such a gateway is like for good: it stays so when nothing more goes wrong. */
export function lasting(plan: FaultPlan): FaultPlan {
  const traits = new Set(STUB_FAULTS.filter(({ rhythm }) => rhythm === 'trait').map(({ kind }) => kind));
  return { ...plan, faults: plan.faults.filter(({ kind }) => traits.has(kind)) };
}
