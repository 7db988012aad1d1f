import type { Rng } from '../../../src/platform/random.ts';
import type { Span } from './faults.ts';
import { between, pick, weighted } from './pick.ts';
import { SECURITIES } from './universe.ts';

/** The bridge between gateway and counter dies or stands still at its `nth` call from `from` (virtual ms) on. */
export interface BridgeFault {
  readonly kind: 'killed' | 'hung';
  /** Before the counter is called, or after it was and before its answer has left. */
  readonly side: 'before' | 'after';
  /** `submit`, or empty = any call. */
  readonly call: 'submit' | '';
  readonly nth: number;
  readonly from: number;
  /** Until it is started again, or goes on. */
  readonly ms: number;
}

/** The gateway dies at its `nth` durable commit of its record, or while an order is at the counter. */
export interface RecordCrash {
  /** Before or after the commit; when its bridge calls the counter, or when the counter has answered that. */
  readonly side: 'before' | 'after' | 'called' | 'done';
  readonly nth: number;
  readonly from: number;
  readonly downMs: number;
}

/** A client beside the engine's that repeats the key of an order until it knows what became of it. */
export interface KeyedOrder {
  readonly at: number;
  readonly security: string;
  readonly side: 'buy' | 'sell';
  readonly amount: number;
  readonly limit: number;
}

/** The exchange lies behind a bridge, outside the gateway's process. */
export interface Outside {
  /** Virtual ms one way. */
  readonly latency: number;
  readonly bridgeFaults: readonly BridgeFault[];
  readonly recordCrashes: readonly RecordCrash[];
  readonly keyed: readonly KeyedOrder[];
  /** Share of that client's requests and answers of which its link dies. */
  readonly cuts: number;
}

export function drawOutside(rng: Rng, span: Span): Outside {
  const from = (): number => (rng.next() < 0.4 ? span.from : between(rng, span.from, span.to));
  const bridgeFault = (): BridgeFault => {
    const call = rng.next() < 0.8 ? 'submit' : '';
    const kind = pick(rng, ['killed', 'hung'] as const);
    return {
      kind,
      side: pick(rng, ['before', 'after'] as const),
      call,
      nth: 1 + rng.int(call === 'submit' ? 2 : 20),
      from: from(),
      ms:
        kind === 'killed' ? between(rng, 20, 4_000) : pick(rng, [between(rng, 50, 3_000), between(rng, 3_000, 15_000)]),
    };
  };
  const recordCrash = (): RecordCrash => ({
    side: pick(rng, ['before', 'after', 'called', 'done'] as const),
    nth: 1 + rng.int(3),
    from: from(),
    downMs: pick(rng, [20, between(rng, 20, 3_000), between(rng, 3_000, 10_000)]),
  });
  const many = (choices: readonly (readonly [number, number])[]): number => weighted(rng, choices);
  return {
    latency: between(rng, 0.1, 15),
    bridgeFaults: Array.from(
      {
        length: many([
          [2, 0],
          [5, 1],
          [3, 2],
        ]),
      },
      bridgeFault,
    ),
    recordCrashes: Array.from(
      {
        length: many([
          [3, 0],
          [5, 1],
          [2, 2],
        ]),
      },
      recordCrash,
    ),
    keyed: Array.from({ length: 1 + rng.int(3) }, () => ({
      at: between(rng, span.from, span.to),
      security: pick(rng, SECURITIES),
      side: pick(rng, ['buy', 'buy', 'sell'] as const),
      amount: 100 * (1 + rng.int(5)),
      limit: between(rng, -0.02, 0.02),
    })),
    cuts: pick(rng, [0, 0.2, 0.5]),
  };
}
