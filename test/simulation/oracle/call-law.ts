import type { World } from '../world/world.ts';
import { closeOf, continuousMs } from './continuous.ts';

/** Virtual ms within which a call returns once its wait is over, whatever the gateway does. */
export const CALL_GRACE_MS = 45_000;
/** A cancel is followed for 20 s, and its last request may wait 20 s for a session of its own. */
export const CANCEL_MS = 45_000;

interface OpenCall {
  readonly name: string;
  readonly calledAt: number;
  readonly waitMs: number;
  readonly graceMs: number;
  /** Virtual ms at which its wait was over and no earlier call was open; null before. */
  overSince: number | null;
}

/** No call of the strategy hangs: it returns when its order has ended or its wait is over. */
export class CallLaw {
  readonly #world: World;
  readonly #open = new Set<OpenCall>();

  constructor(world: World) {
    this.#world = world;
  }

  /** A call begins, which waits for so many seconds of trading; returns what ends it. `cancels`: an order, what a target replaces, or what is open when a wait ends. */
  begin(name: string, waitSeconds: number, cancels: boolean): () => void {
    const graceMs = CALL_GRACE_MS + (cancels ? CANCEL_MS : 0);
    const call = { name, calledAt: this.#world.market.now(), waitMs: waitSeconds * 1000, graceMs, overSince: null };
    this.#open.add(call);
    return () => this.#open.delete(call);
  }

  /** The process that was called is gone. */
  forget(): void {
    this.#open.clear();
  }

  look(): void {
    const { market, time, witness } = this.#world;
    // Worlds call at any time, a strategy only when its last call has returned: each waits for those before it.
    const [call] = this.#open;
    if (call === undefined) return;
    if (call.overSince === null && isOver(call, market.now())) call.overSince = time.now();
    if (call.overSince === null || time.now() - call.overSince < call.graceMs) return;
    witness.violate(`${call.name} has not returned ${call.graceMs / 1000} s after its wait was over`);
    this.#open.delete(call);
  }
}

/** A wait counts trading only, and ends with its day. */
function isOver({ calledAt, waitMs }: OpenCall, now: number): boolean {
  return now >= closeOf(calledAt) || continuousMs(calledAt, now) >= waitMs;
}
