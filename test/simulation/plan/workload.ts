import type { Rng } from '../../../src/platform/random.ts';
import { OTHER_TAG } from '../oracle/witness.ts';
import { between, pick, weighted } from './pick.ts';
import type { Call, ForeignOrder } from './types.ts';
import { SECURITIES } from './universe.ts';

/** What a strategy asks for: bursts and pauses, all four order functions, cancels in between. */
export function drawCalls(rng: Rng, workMs: number): Call[] {
  const calls: Call[] = [];
  const count = 2 + rng.int(6);
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    at += index === 0 || rng.next() < 0.45 ? rng.next() * 200 : between(rng, 100, (2 * workMs) / count);
    calls.push(index > 0 && rng.next() < 0.35 ? { kind: 'cancel', at, pick: rng.int(100) } : drawOrder(rng, at));
  }
  return calls;
}

function drawOrder(rng: Rng, at: number): Call {
  const kind = weighted(rng, [
    [5, 'amount'],
    [3, 'target'],
    [1, 'value'],
    [1, 'target_value'],
  ] as const);
  const security = pick(rng, SECURITIES);
  const limit = weighted<number | null>(rng, [
    [4, null],
    [2, between(rng, -0.002, 0.002)],
    [2, between(rng, -0.03, 0.03)],
  ]);
  const waitTimeout = weighted<number | null>(rng, [
    [3, 0],
    [4, 1 + rng.int(4)],
    [1, null],
  ]);
  const keep = weighted<boolean | null>(rng, [
    [6, null],
    [1, true],
    [1, false],
  ]);
  return {
    kind: 'order',
    at,
    limit,
    request: {
      kind,
      security,
      quantity: quantityOf(rng, kind),
      waitTimeout,
      keep,
      remark: rng.next() < 0.5 ? 'sim' : null,
    },
  };
}

function quantityOf(rng: Rng, kind: 'amount' | 'target' | 'value' | 'target_value'): number {
  const shares = weighted(rng, [
    [5, 100 * (1 + rng.int(30))],
    [1, 100 * (1 + rng.int(1_500))],
    [1, 1 + rng.int(500)],
  ]);
  switch (kind) {
    case 'amount':
      return rng.next() < 0.6 ? shares : -shares;
    case 'target':
      return rng.next() < 0.25 ? 0 : shares;
    case 'value':
      return (rng.next() < 0.6 ? 10 : -10) * shares;
    case 'target_value':
      return rng.next() < 0.25 ? 0 : 10 * shares;
  }
}

/** Orders of a person at the terminal, and of another program of this family. */
export function drawForeign(rng: Rng, workMs: number): ForeignOrder[] {
  if (rng.next() > 0.12) return [];
  return Array.from({ length: 1 + rng.int(2) }, () => ({
    at: rng.next() * workMs,
    security: pick(rng, SECURITIES),
    side: pick(rng, ['buy', 'sell'] as const),
    amount: 100 * (1 + rng.int(10)),
    remark: pick(rng, ['', 'by hand', `bt:${OTHER_TAG}:other`]),
    limit: between(rng, -0.02, 0.02),
  }));
}
