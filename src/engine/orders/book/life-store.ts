import { BtError } from '../../../domain/errors.ts';
import { changed, type IntentNews } from '../../../domain/order/intent.ts';
import { caused } from '../../../domain/order/life-cause.ts';
import type { Life } from '../../../domain/order/life-types.ts';
import type { FillRow, IntentRow } from '../../../domain/order/rows.ts';
import type { Ledger } from '../../../ledger/ledger.ts';
import type { FillStore } from './fill-store.ts';
import { readStart } from './restore.ts';
import { isOver } from './unsettled.ts';

/** Orders of a day that had ended when the run began, and whose rows are still the ledger's only. */
interface Ended {
  readonly day: string;
  /** By the order's id. */
  readonly intents: ReadonlyMap<string, readonly IntentRow[]>;
  /** Why they were cancelled, by the order's id; null = not asked for yet. */
  cancelled: ReadonlyMap<string, string> | null;
}

/** An order's rows before a change (null = it is new, or was the ledger's only) and after it. */
export type LifeListener = (before: Life | null, after: Life) => void;

/**
 * The orders that are kept in memory, and their intents by client id; behind them the ledger, which has those of all days. Of what
 * had ended before the run began the rows are read when they are first asked for.
 */
export class LifeStore {
  readonly #ledger: Ledger;
  readonly #lives = new Map<string, Life>();
  readonly #intents = new Map<string, IntentRow>();
  /** Those that were not found to be over since they changed: a few of a day's thousands. */
  readonly #unsettled = new Map<string, IntentRow>();
  #ended: Ended | null = null;
  #onKeep: LifeListener = () => undefined;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** Who hears of an order's rows a moment before they are kept here; the ledger has them by then. */
  onKeep(listener: LifeListener): void {
    this.#onKeep = listener;
  }

  /** Reads what a start on that day needs. Returns the fills of its orders. */
  begin(day: string): readonly FillRow[] {
    const { lives, intents, fills } = readStart(this.#ledger, day);
    for (const intent of intents) this.#set(intent);
    for (const life of lives) this.#lives.set(life.order.orderId, life);
    const ended = intents.filter(({ orderId }) => !this.#lives.has(orderId));
    this.#ended = { day, intents: Map.groupBy(ended, ({ orderId }) => orderId), cancelled: null };
    return fills;
  }

  /** Takes an order, or its latest state: intents that it no longer has are gone. */
  keep(life: Life): void {
    const former = this.#lives.get(life.order.orderId);
    this.#onKeep(former ?? null, life);
    if (former !== undefined) this.#drop(former, life);
    for (const intent of life.intents) if (this.#intents.get(intent.clientId) !== intent) this.#set(intent);
    this.#lives.set(life.order.orderId, life);
  }

  /** Forgets what earlier days have settled. Returns the client ids of its intents. */
  roll(today: string): Set<string> {
    const settled = [...this.#lives.values()].filter(({ order }) => order.day < today && order.phase === 'done');
    for (const { order } of settled) this.#lives.delete(order.orderId);
    const intents = settled.map((life) => life.intents);
    if (this.#ended !== null && this.#ended.day < today) {
      intents.push(...this.#ended.intents.values());
      this.#ended = null;
    }
    const forgotten = new Set<string>();
    for (const own of intents) for (const { clientId } of own) forgotten.add(clientId);
    for (const clientId of forgotten) this.#delete(clientId);
    return forgotten;
  }

  get(orderId: string): Life | null {
    const known = this.#lives.get(orderId);
    if (known !== undefined || this.#ended === null) return known ?? null;
    // One that was denied before anything was sent has no intents.
    if (!this.#ended.intents.has(orderId) && this.#ledger.order(orderId)?.day !== this.#ended.day) return null;
    this.#readEnded(this.#ended);
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
    if (this.#ended !== null) this.#readEnded(this.#ended);
    return [...this.#lives.values()];
  }

  /** Those of which something may still happen. */
  unfinished(): Life[] {
    return [...this.#lives.values()].filter(({ order }) => order.phase !== 'done');
  }

  size(): number {
    return this.#lives.size + (this.#ended?.intents.size ?? 0);
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

  /** All that may still change cash and holdings, and perhaps more. */
  unsettled(fills: FillStore): IntentRow[] {
    for (const [clientId, intent] of this.#unsettled) if (isOver(intent, fills)) this.#unsettled.delete(clientId);
    return [...this.#unsettled.values()];
  }

  /** Most of a day's list is of orders that have ended and says the same at each reading: nothing follows from it. */
  isKnownOfEnded(news: IntentNews, now: number): boolean {
    const intent = this.requireIntent(news.clientId);
    const cancelWhy = this.#whyOfEnded(intent.orderId, news);
    if (cancelWhy !== undefined) return changed(intent, caused({ cancelWhy }, news), now) === intent;
    const { order } = this.require(intent.orderId);
    return order.phase === 'done' && changed(intent, caused(order, news), now) === intent;
  }

  /** Why one of the ended orders was to be cancelled, as far as news of it asks; undefined = it is none of them. */
  #whyOfEnded(orderId: string, { event }: IntentNews): string | null | undefined {
    if (this.#ended?.intents.has(orderId) !== true) return undefined;
    if (event !== 'canceled') return null;
    this.#ended.cancelled ??= this.#ledger.cancelsOf(this.#ended.day);
    return this.#ended.cancelled.get(orderId) ?? null;
  }

  #set(intent: IntentRow): void {
    this.#intents.set(intent.clientId, intent);
    this.#unsettled.set(intent.clientId, intent);
  }

  #delete(clientId: string): void {
    this.#intents.delete(clientId);
    this.#unsettled.delete(clientId);
  }

  /** Takes away the intents of the former state that the latest one does not have. */
  #drop(former: Life, latest: Life): void {
    const kept = new Set(latest.intents.map(({ clientId }) => clientId));
    for (const { clientId } of former.intents) if (!kept.has(clientId)) this.#delete(clientId);
  }

  /** All at once, each in its place: oldest first, as if they had been there. */
  #readEnded({ day, intents }: Ended): void {
    this.#ended = null;
    const rows = this.#ledger.ordersOf(day);
    const lives = rows.map((order) => {
      return this.#lives.get(order.orderId) ?? { order, intents: intents.get(order.orderId) ?? [] };
    });
    for (const { order } of lives) this.#lives.delete(order.orderId);
    const all = [...this.#lives.values(), ...lives].toSorted((a, b) => a.order.createdAt - b.order.createdAt);
    this.#lives.clear();
    for (const life of all) this.#lives.set(life.order.orderId, life);
  }
}
