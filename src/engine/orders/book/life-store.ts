import { BtError } from '../../../domain/errors.ts';
import type { Life } from '../../../domain/order/life-types.ts';
import type { IntentRow } from '../../../domain/order/rows.ts';

/** The orders that are kept in memory, and their intents by client id. */
export class LifeStore {
  readonly #lives = new Map<string, Life>();
  readonly #intents = new Map<string, IntentRow>();

  /** Takes an order, or its latest state: intents that it no longer has are gone. */
  keep(life: Life): void {
    const kept = new Set(life.intents.map(({ clientId }) => clientId));
    const former = this.get(life.order.orderId)?.intents ?? [];
    for (const { clientId } of former) if (!kept.has(clientId)) this.#intents.delete(clientId);
    for (const intent of life.intents) this.#intents.set(intent.clientId, intent);
    this.#lives.set(life.order.orderId, life);
  }

  forget({ order, intents }: Life): void {
    this.#lives.delete(order.orderId);
    for (const { clientId } of intents) this.#intents.delete(clientId);
  }

  get(orderId: string): Life | null {
    return this.#lives.get(orderId) ?? null;
  }

  /** Throws NO_ORDER (fault bug). */
  require(orderId: string): Life {
    const life = this.#lives.get(orderId);
    if (life === undefined)
      throw new BtError('NO_ORDER', `Order ${orderId} is not in the book. Please report this.`, { fault: 'bug' });
    return life;
  }

  all(): Life[] {
    return [...this.#lives.values()];
  }

  size(): number {
    return this.#lives.size;
  }

  intent(clientId: string): IntentRow | null {
    return this.#intents.get(clientId) ?? null;
  }

  /** Throws NO_INTENT (fault bug). */
  requireIntent(clientId: string): IntentRow {
    const intent = this.#intents.get(clientId);
    if (intent === undefined)
      throw new BtError('NO_INTENT', `Intent ${clientId} is not in the book. Please report this.`, { fault: 'bug' });
    return intent;
  }

  intents(): IntentRow[] {
    return [...this.#intents.values()];
  }
}
