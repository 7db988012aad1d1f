import type { PlaceRequest } from '../../../src/venues/broker.ts';
import { isOpen } from '../../../src/domain/order/state.ts';
import { chinaDay } from '../../../src/domain/time.ts';
import type { KillOrder } from '../../../src/platform/kill-file.ts';
import type { World } from '../world/world.ts';

/** What a person was told to hold: since then nothing may be placed. */
interface Stopped {
  readonly what: string;
  readonly kill: KillOrder | null;
}

/** The remark of what the kill switch itself sells. */
const OWN = /^bt:[^:]*:kill$/u;

/**
 * Nothing is placed after a kill or a pause was acknowledged, until a person lets it go on, whatever dies meanwhile; and no more
 * orders a day than the limit says, over all lives of the engine.
 */
export class StoppedLaw {
  readonly #world: World;
  #stopped: Stopped | null = null;
  /** Client ids that were placed, by day. */
  readonly #placed = new Map<string, Set<string>>();

  constructor(world: World) {
    this.#world = world;
  }

  /** The engine has said that it is stopped, or its file is there. */
  acknowledged(what: string, kill: KillOrder | null): void {
    const former = this.#stopped?.kill ?? null;
    const joined = kill === null ? former : { ...kill, cancel: kill.cancel || former?.cancel === true };
    this.#stopped = { what, kill: joined };
    if (joined?.cancel !== true) return;
    const { ledger, market, watch } = this.#world;
    // What is open is to end, whatever its row says; but what a first pull sells goes on when the switch is pulled again.
    for (const { orderId, remark, state } of ledger.intentsOf(chinaDay(market.now()))) {
      if (OWN.test(remark)) continue;
      watch.ends.asks(orderId);
      if (isOpen(state)) watch.ends.toEnd(orderId);
    }
  }

  /** Whether a person has stopped all orders: what waits for its price waits on. */
  get holds(): boolean {
    return this.#stopped !== null;
  }

  /** A person is about to let it go on. */
  lifted(): void {
    this.#stopped = null;
  }

  /** The engine places an order: its bytes leave in this step. */
  places({ clientId, remark }: PlaceRequest): void {
    const { witness, plan, market } = this.#world;
    // What the switch sells is no order of the strategy's: no limit holds it up.
    if (OWN.test(remark)) return;
    if (this.#stopped !== null) witness.violate(`${remark} is placed after the ${this.#stopped.what} was acknowledged`);
    const day = chinaDay(market.now());
    const placed = this.#placed.get(day) ?? new Set();
    placed.add(clientId);
    this.#placed.set(day, placed);
    if (plan.maxDailyOrders !== null && placed.size > plan.maxDailyOrders)
      witness.violate(`${placed.size} orders are placed on ${day}, ${plan.maxDailyOrders} are allowed`);
  }
}
