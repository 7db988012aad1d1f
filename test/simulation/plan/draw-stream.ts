import type { Rng } from '../../../src/platform/random.ts';
import type { Axis } from './axes.ts';
import { pick } from './pick.ts';
import type { Plan } from './types.ts';

const SHARE = 0.12;

/** Orders and fills are told as they happen, in some worlds of every kind but the longest. */
export function withStream(plan: Plan, rng: Rng, axes: ReadonlySet<Axis>, isForced: boolean): Plan {
  const isDrawn = rng.next() < SHARE;
  if (plan.kind === 'months' || !axes.has('stream')) return plan;
  // A gateway with faults of its own may be in the midst of a frame.
  if (!isForced && (!isDrawn || plan.stub !== null)) return plan;
  const stream = {
    latest: pick(rng, [0, 0, 200, 3_000, 3_000, 40_000]),
    twice: pick(rng, [0, 0.3, 1]),
    others: pick(rng, [0, 0, 0.3]),
  };
  return { ...plan, stub: null, stream };
}
