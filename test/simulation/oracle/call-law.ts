import type { World } from '../world/world.ts';
import { closeOf, continuousMs } from './continuous.ts';

/** Virtual ms within which a call returns once its wait is over, whatever the gateway does. */
export const CALL_GRACE_MS = 45_000;

interface OpenCall {
  readonly name: string;
  readonly calledAt: number;
  readonly waitMs: number;
  /** Virtual ms at which its wait was over; null before. */
  overSince: number | null;
}

/** No call of the strategy hangs: it returns when its order has ended or its wait is over. */
export class CallLaw {
  readonly #world: World;
  readonly #open = new Set<OpenCall>();

  constructor(world: World) {
    this.#world = world;
  }

  /** A call begins, which waits for so many seconds of trading; returns what ends it. */
  begin(name: string, waitSeconds: number): () => void {
    const call = { name, calledAt: this.#world.market.now(), waitMs: waitSeconds * 1000, overSince: null };
    this.#open.add(call);
    return () => this.#open.delete(call);
  }

  /** The process that was called is gone. */
  forget(): void {
    this.#open.clear();
  }

  look(): void {
    const { market, time, witness } = this.#world;
    const now = market.now();
    for (const call of this.#open) {
      if (call.overSince === null && isOver(call, now)) call.overSince = time.now();
      if (call.overSince === null || time.now() - call.overSince < CALL_GRACE_MS) continue;
      witness.violate(`${call.name} has not returned ${CALL_GRACE_MS / 1000} s after its wait was over`);
      this.#open.delete(call);
    }
  }
}

/** A wait counts trading only, and ends with its day. */
function isOver({ calledAt, waitMs }: OpenCall, now: number): boolean {
  return now >= closeOf(calledAt) || continuousMs(calledAt, now) >= waitMs;
}
