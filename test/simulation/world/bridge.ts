import { BtError } from '../../../src/domain/errors.ts';
import type { BridgeFault } from '../plan/outside.ts';
import type { Process } from './process.ts';
import type { VirtualTime } from './virtual-time.ts';

/** A call that is not answered in this time is given up, and the bridge with it. */
const DEADLINE_MS = 8_000;

export interface BridgeOptions {
  readonly time: VirtualTime;
  /** Virtual ms one way. */
  readonly latency: number;
  /** Whether something happens to the bridge at this call, and on this side of it. */
  readonly faultAt: (side: BridgeFault['side'], call: string) => BridgeFault | null;
}

/** A call that its server waits for. */
interface Waiting {
  readonly fail: () => void;
}

/** One process between a server and the counter: what it is asked reaches the counter later, or never. */
class Bridge {
  readonly waiting = new Set<Waiting>();
  alive = true;
  hungUntil = 0;

  /** Nothing of it acts any more; who waits learns it. */
  die(): void {
    this.alive = false;
    for (const { fail } of this.waiting) fail();
    this.waiting.clear();
  }
}

/** The bridges of a world: each server has one of its own; one that is left by its server still does what it was told. */
export class Bridges {
  readonly #options: BridgeOptions;
  #present: Bridge | null = null;
  /** There is a server whose bridge it would be. */
  #wanted = false;
  #quiet = false;

  constructor(options: BridgeOptions) {
    this.#options = options;
  }

  get up(): boolean {
    return this.#present !== null;
  }

  /** A server has started: it has a new one. */
  start(): void {
    this.#wanted = true;
    this.#present = new Bridge();
  }

  /** Nothing more happens to it, and it is up. */
  calm(): void {
    this.#quiet = true;
    this.#revive();
  }

  /** The server is gone: its bridge ends when it has done what it had been told. */
  leave(): void {
    this.#wanted = false;
    this.#present = null;
  }

  /** Asks the counter for the server that `owner` is. */
  call<T>(owner: Process, name: string, work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      // A dead process does nothing, and hears nothing.
      if (!owner.alive) return;
      const bridge = this.#present;
      if (bridge === null) {
        reject(unavailable());
        return;
      }
      const waiting: Waiting = {
        fail: () => {
          if (owner.alive) reject(unavailable());
        },
      };
      bridge.waiting.add(waiting);
      const deadline = owner.timers.after(DEADLINE_MS, () => this.#die(bridge, 20));
      const settle = (then: () => void): void => {
        deadline.cancel();
        if (bridge.waiting.delete(waiting) && owner.alive) then();
      };
      const { time, latency } = this.#options;
      const answer = (then: () => void): void => this.#later(bridge, latency, () => settle(then));
      const run = async (): Promise<void> => {
        if (this.#struck(bridge, 'before', name)) return;
        try {
          const value = await work();
          if (!this.#struck(bridge, 'after', name)) answer(() => resolve(value));
        } catch (error) {
          answer(() => reject(error instanceof Error ? error : new Error(String(error))));
        }
      };
      time.after(latency, () => this.#later(bridge, 0, () => void run()));
    });
  }

  /** Does the work when the bridge does something again; never, when it is dead by then. */
  #later(bridge: Bridge, ms: number, work: () => void): void {
    const { time } = this.#options;
    time.after(ms, () => {
      if (!bridge.alive) return;
      const late = bridge.hungUntil - time.now();
      if (late > 0) this.#later(bridge, late, work);
      else work();
    });
  }

  /** True when the call ends here. */
  #struck(bridge: Bridge, side: BridgeFault['side'], name: string): boolean {
    if (this.#quiet) return false;
    const fault = this.#options.faultAt(side, name);
    if (fault === null) return false;
    if (fault.kind === 'killed') {
      this.#die(bridge, fault.ms);
      return true;
    }
    bridge.hungUntil = this.#options.time.now() + fault.ms;
    return false;
  }

  #die(bridge: Bridge, downMs: number): void {
    const isPresent = this.#present === bridge;
    if (isPresent) this.#present = null;
    bridge.die();
    // A server that came up meanwhile has one of its own.
    if (isPresent) this.#options.time.after(downMs, () => this.#revive());
  }

  #revive(): void {
    if (this.#wanted) this.#present ??= new Bridge();
  }
}

function unavailable(): BtError {
  return new BtError('QMT_UNAVAILABLE', 'QMT 暂不可用，请稍后重试', { fault: 'venue' });
}
