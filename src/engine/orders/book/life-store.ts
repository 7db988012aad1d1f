import { BtError } from '../../../domain/errors.ts';
import { changed, type IntentNews } from '../../../domain/order/intent.ts';
import { caused } from '../../../domain/order/life-cause.ts';
import type { Life } from '../../../domain/order/life-types.ts';
import type { IntentRow } from '../../../domain/order/rows.ts';
import type { Ledger } from '../../../ledger/ledger.ts';

/** The orders that are kept in memory, and their intents by client id; behind them the ledger, which has those of all days. */
export class LifeStore {
  readonly #ledger: Ledger;
  readonly #lives = new Map<string, Life>();
  readonly #intents = new Map<string, IntentRow>();

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

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

  /** What a new day has forgotten the ledger still has: an answer may come late, and who waits sees the end. Throws NO_ORDER (fault bug). */
  require(orderId: string): Life {
    const life = this.get(orderId);
    if (life !== null) return life;
    const order = this.#ledger.order(orderId);
    if (order !== null) return { order, intents: this.#ledger.intentsOfOrder(orderId) };
    throw new BtError('NO_ORDER', `Order ${orderId} was never written down. Please report this.`, { fault: 'bug' });
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

  /** As `require`. Throws NO_INTENT (fault bug). */
  requireIntent(clientId: string): IntentRow {
    const intent = this.intent(clientId) ?? this.#ledger.intent(clientId);
    if (intent !== null) return intent;
    throw new BtError('NO_INTENT', `Intent ${clientId} was never written down. Please report this.`, { fault: 'bug' });
  }

  intents(): IntentRow[] {
    return [...this.#intents.values()];
  }

  /** Most of a day's list is of orders that have ended and says the same at each reading: nothing follows from it. */
  isKnownOfEnded(news: IntentNews, now: number): boolean {
    const intent = this.requireIntent(news.clientId);
    const { order } = this.require(intent.orderId);
    return order.phase === 'done' && changed(intent, caused(order, news), now) === intent;
  }
}
