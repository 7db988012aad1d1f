import type { Rng } from '../../../src/platform/random.ts';
import { OTHER_TAG } from '../oracle/exchange-orders.ts';
import { between, pick, weighted } from './pick.ts';
import { beginnings, type Stretch } from './timetable.ts';
import { LATEST } from './types.ts';
import type { Call, ForeignCancel, ForeignOrder, Transfer } from './types.ts';
import { ELSEWHERE, SECURITIES } from './universe.ts';

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

/** Calls in each stretch of a longer world: `most` in the first, one or two in the others. Many wait the full time. */
export function drawCallsIn(rng: Rng, stretches: readonly Stretch[], most: number): Call[] {
  const begins = beginnings(stretches);
  const calls = stretches.flatMap(({ ms, time }, index): Call[] => {
    const isMorning = time.startsWith('08:44') && index > 0;
    const count = index === 0 ? 1 + rng.int(most) : isMorning || rng.next() < 0.3 ? 0 : 1 + rng.int(2);
    return Array.from({ length: count }, () => {
      const at = (begins[index] ?? 0) + 400 + rng.next() * (ms - 500);
      if (index + at > 0 && rng.next() < 0.15) return { kind: 'cancel', at, pick: rng.int(100) };
      return drawOrder(rng, at, rng.next() < 0.5);
    });
  });
  return calls.toSorted((a, b) => a.at - b.at);
}

/** Ms after which no cancels are taken any more in a stretch of that time, though orders are at its beginning. */
const NO_CANCELS_AFTER: ReadonlyMap<string, number> = new Map([
  ['09:19:52', 8_200],
  ['09:19:57', 3_200],
  ['09:21:00', 700],
  ['11:29:57', 3_200],
]);

/** An order that nobody meets; it is cancelled when no cancels are taken, or waited for until some are taken again. */
export function drawUncancellable(rng: Rng, stretches: readonly Stretch[]): Call[] {
  const begins = beginnings(stretches);
  const index = stretches.findIndex(({ time, ms }) => ms > (NO_CANCELS_AFTER.get(time) ?? Number.POSITIVE_INFINITY));
  const begin = begins[index];
  if (begin === undefined || rng.next() > 0.4) return [];
  const waits = rng.next() < 0.5;
  const request: Extract<Call, { kind: 'order' }>['request'] = {
    kind: 'amount',
    security: pick(rng, SECURITIES),
    quantity: 300,
    waitTimeout: waits ? 2 : 0,
    keep: waits ? false : null,
    remark: 'sim',
  };
  const order: Call = { kind: 'order', at: begin + 500, limit: -0.03, request };
  const cancel: Call = {
    kind: 'cancel',
    at: begin + (NO_CANCELS_AFTER.get(stretches[index]?.time ?? '') ?? 0),
    pick: LATEST,
  };
  return waits ? [order] : [order, cancel];
}

/** `patient`: with the style's own wait. */
function drawOrder(rng: Rng, at: number, patient = false): Call {
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
      waitTimeout: patient ? null : waitTimeout,
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

/** Some of a strategy's orders wait for a price: one that is there already, one that is near, one that is far off. */
export function withStops(rng: Rng, calls: readonly Call[]): Call[] {
  return calls.map((call) => {
    const isOne = rng.next() < 0.5;
    const mode = pick(rng, ['stop_loss', 'take_profit'] as const);
    const distance = weighted(rng, [
      [4, between(rng, -0.001, 0.001)],
      [2, between(rng, -0.01, 0.01)],
      [1, 0],
    ] as const);
    return call.kind === 'order' && isOne ? { ...call, stop: { mode, distance } } : call;
  });
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

/** Somebody who trades without a pause: a fill every few seconds, in the same and in other securities. */
export function drawBusyForeign(rng: Rng, workMs: number): ForeignOrder[] {
  const orders: ForeignOrder[] = [];
  const gap = pick(rng, [2_500, 5_000, 8_000]);
  const securities = rng.next() < 0.5 ? [...SECURITIES, ...ELSEWHERE] : ELSEWHERE;
  for (let at = 1_000; at < workMs; at += gap * between(rng, 0.6, 1.4)) {
    const side = pick(rng, ['buy', 'buy', 'sell'] as const);
    orders.push({
      at,
      security: pick(rng, securities),
      side,
      amount: 100 * (1 + rng.int(10)),
      remark: pick(rng, ['', 'by hand', `bt:${OTHER_TAG}:other`]),
      // Most meet the market at once, the others rest.
      limit:
        (side === 'buy' ? 1 : -1) *
        weighted(rng, [
          [4, 0.01],
          [1, -0.01],
        ] as const),
    });
  }
  return orders;
}

export function drawForeignCancels(rng: Rng, workMs: number, most: number): ForeignCancel[] {
  return Array.from({ length: rng.int(most + 1) }, () => ({ at: rng.next() * workMs, pick: rng.int(100) }));
}

/** Cash to and from the bank. */
export function drawTransfers(rng: Rng, workMs: number): Transfer[] {
  return Array.from({ length: 1 + rng.int(3) }, () => ({
    at: rng.next() * workMs,
    cny: Math.round(between(rng, 1_000, 400_000)) * pick(rng, [1, -1]),
  }));
}
