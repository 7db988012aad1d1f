import type { Rng } from '../../../src/platform/random.ts';
import { between, pick, weighted } from './pick.ts';
import type { Plan, PlannedSignal } from './types.ts';
import { SECURITIES } from './universe.ts';

/** Signals come upon a world: each is repeated by a sender who heard no answer, and played again by somebody who heard it. */
export function withSignals(plan: Plan, rng: Rng): Plan {
  const span = Math.max(6_000, plan.quietAt);
  const count = 1 + rng.int(6);
  const signals = Array.from({ length: count }, (_, nth) => drawSignal(rng, `${nth + 1}`, span));
  const quietAt = Math.max(plan.quietAt, span);
  if (rng.next() > 0.4) return { ...plan, signals, quietAt };
  // The follower dies soon after it was handed one.
  const death = { at: (pick(rng, signals).deliveries[0] ?? 0) + rng.next() * 2_000, downMs: between(rng, 200, 3_000) };
  return { ...plan, signals, quietAt, restarts: [...plan.restarts, death] };
}

function drawSignal(rng: Rng, id: string, span: number): PlannedSignal {
  // A rotation is sent in one moment, in any order.
  const at = weighted(rng, [
    [3, span * 0.2],
    [2, rng.next() * span * 0.8],
  ] as const);
  const late = weighted(rng, [
    [6, rng.next() * 300],
    [1, rng.next() * 5_000],
    [1, rng.next() * span],
  ] as const);
  const first = at + late;
  const repeats = Array.from({ length: rng.int(4) }, () => first + rng.next() * 4_000);
  const replays = rng.next() < 0.5 ? [first + rng.next() * span] : [];
  const side = pick(rng, ['buy', 'sell'] as const);
  return {
    id,
    at,
    deliveries: [first, ...repeats, ...replays].toSorted((a, b) => a - b),
    security: pick(rng, SECURITIES),
    side,
    amount: weighted(rng, [
      [5, 100 * (1 + rng.int(40))],
      [1, 1 + rng.int(900)],
      [1, 100 * (1 + rng.int(1_200))],
    ]),
    limit: weighted<number | null>(rng, [
      [3, null],
      [3, between(rng, -0.002, 0.004)],
      [2, between(rng, -0.03, 0.03)],
    ]),
    isClosing: side === 'sell' ? pick(rng, [null, true, false]) : null,
  };
}
