import type { IntentNews } from '../../../domain/order/intent.ts';
import { advance } from '../../../domain/order/life.ts';
import type { Effect, Fact, Life } from '../../../domain/order/life-types.ts';
import { isVisible, orderView, tradeViews } from '../../../domain/order/order-view.ts';
import type { Working } from '../../../domain/order/reserves.ts';
import type { FillRow, IntentRow, OrderRow } from '../../../domain/order/rows.ts';
import type { OrderView, TradeView } from '../../../domain/order/types.ts';
import type { Ledger } from '../../../ledger/ledger.ts';
import type { Events } from '../../events.ts';
import { BookWriter } from './book-writer.ts';
import { FillStore } from './fill-store.ts';
import { LifeStore, type LifeListener } from './life-store.ts';
import { differenceOf, historyOf, joined } from './recording.ts';
import type { Restored } from './restore.ts';
import { anyIntent, unlistedOf, workingOf, type UnlistedShares } from './unsettled.ts';

/** Effects for whoever carries them out; told ones have become events already. */
export type EffectListener = (orderId: string, effects: readonly Effect[]) => void;

/**
 * The orders of today and those still unsettled, in memory and in the ledger: every change is written before it is seen (`book-writer`).
 * `domain/order/life` decides what a fact does to an order; here it is written down, told, and handed on.
 */
export class OrderBook {
  readonly #ledger: Ledger;
  readonly #events: Events;
  readonly #lives: LifeStore;
  readonly #fills = new FillStore();
  readonly #listeners = new Set<() => void>();
  #onEffects: EffectListener = () => undefined;
  readonly #writer: BookWriter;
  #stamp = 0;

  constructor(ledger: Ledger, events: Events, onFatal?: (error: unknown) => void) {
    this.#ledger = ledger;
    this.#writer = new BookWriter(ledger, onFatal);
    this.#lives = new LifeStore(ledger);
    this.#events = events;
  }

  /** Who carries out what orders need; before that, `look` finds it again. */
  driveWith(listener: EffectListener): void {
    this.#onEffects = listener;
  }

  /** Who counts what changes. */
  onLife(listener: LifeListener): void {
    this.#lives.onKeep(listener);
  }

  /** Reads the ledger back. Returns how many orders and intents were found half done, and what became of them follows from `life`. */
  restore(day: string, now: number): Restored {
    for (const fill of this.#lives.begin(day)) this.#fills.add(fill);
    const count = (which: IntentRow['state']): number => this.intents().filter(({ state }) => state === which).length;
    const [unknown, canceling, planned] = [count('sending'), count('canceling'), count('planned')];
    for (const { order } of this.unfinished()) this.advance(order.orderId, [{ kind: 'restarted' }], now);
    const parked = this.unfinished().filter(({ order }) => order.phase === 'parked').length;
    return { notSent: planned, parked, unknown, canceling };
  }

  /** Takes a new order and begins its life. */
  enter(order: OrderRow, intents: readonly IntentRow[], now: number): void {
    const changes = historyOf({ order, intents: [] }, { order, intents }, now);
    this.#writer.write({ orders: [order], intents, changes }, { order, intents });
    this.#lives.keep({ order, intents });
    if (intents.length > 0) this.#changed(); // what is only to be planned has moved nothing: the account may be read for it
    this.look(order.orderId, now);
  }

  /** What the facts make of an order; durable when it returns, but for a plan. */
  advance(orderId: string, facts: readonly Fact[], now: number): void {
    const before = this.#lives.require(orderId);
    const { life, effects } = advance(before, facts, now);
    const recording = differenceOf(before, life, now);
    if (recording !== null) {
      this.#writer.write(recording, life);
      this.#keep(life);
      this.#changed();
    }
    this.#act(orderId, effects);
  }

  /** What is to be done about an order now. */
  look(orderId: string, now: number): void {
    this.advance(orderId, [], now);
  }

  /** Applies one piece of news; durable when it returns. */
  news(news: IntentNews, now: number): IntentRow {
    this.advance(this.intent(news.clientId).orderId, [{ kind: 'news', news }], now);
    return this.intent(news.clientId);
  }

  /** News and fills of one reading of the broker's lists, in one commit. Returns the fills that were new. */
  reading(news: readonly IntentNews[], fills: readonly FillRow[], now: number): readonly FillRow[] {
    const fresh = fills.filter((fill) => !this.#fills.has(fill));
    const told = news.filter((item) => !this.#lives.isKnownOfEnded(item, now));
    const results = [...Map.groupBy(told, ({ clientId }) => this.intent(clientId).orderId)].map(([orderId, own]) => {
      const before = this.#lives.require(orderId);
      const facts = own.map((news): Fact => ({ kind: 'news', news }));
      const { life, effects } = advance(before, facts, now);
      return { orderId, life, effects, recording: differenceOf(before, life, now) };
    });
    const recordings = results.flatMap(({ recording }) => recording ?? []);
    if (fresh.length > 0 || recordings.length > 0) {
      this.#writer.commit({ ...joined(recordings), fills: fresh });
      for (const { life, recording } of results) if (recording !== null) this.#keep(life);
      for (const fill of fresh) this.#fills.add(fill);
      this.#changed();
    }
    for (const { orderId, effects } of results) this.#act(orderId, effects);
    for (const [fill, listed] of this.#fills.running(fresh))
      this.#events.emit({ kind: 'fill', fill, listed, intent: this.intent(fill.clientId) });
    return fresh;
  }

  /** Of whatever day. Throws NO_INTENT (fault bug). */
  intent(clientId: string): IntentRow {
    return this.#lives.requireIntent(clientId);
  }

  /** Null when a new day has forgotten it. */
  intentOrNull(clientId: string): IntentRow | null {
    return this.#lives.intent(clientId);
  }

  intents(): IntentRow[] {
    return this.#lives.intents();
  }

  life(orderId: string): Life | null {
    return this.#lives.get(orderId);
  }

  lives(): Life[] {
    return this.#lives.all();
  }

  /** Those of which something may still happen; oldest first. */
  unfinished(): Life[] {
    return this.#lives.unfinished();
  }

  /** Orders kept in memory. */
  size = (): number => this.#lives.size();

  /** Order id of a broker's order id, ours as it is, else null. Terminals use their ids again: the latest order has it. */
  find(anyId: string): string | null {
    if (this.life(anyId) !== null) return anyId;
    return this.intents().findLast((intent) => intent.brokerOrderId === anyId)?.orderId ?? null;
  }

  /** The order that was asked for under that key, on whatever day. */
  orderOfKey(requestKey: string): OrderRow | null {
    return this.#ledger.orderOfKey(requestKey);
  }

  /** What a strategy sees of an order of whatever day. Throws NO_ORDER (fault bug). */
  view(orderId: string): OrderView {
    return this.#view(this.#lives.require(orderId));
  }

  /** Null when no order came of it. */
  visibleView(orderId: string): OrderView | null {
    const life = this.#lives.require(orderId);
    return isVisible(life) ? this.#view(life) : null;
  }

  /** Every order of today the strategy knows of, and earlier ones that are not settled; oldest first. */
  views(): OrderView[] {
    return this.lives().flatMap((life) => (isVisible(life) ? [this.#view(life)] : []));
  }

  trades(day: string | null = null): TradeView[] {
    return tradeViews(this.#fills.entries(day), (clientId) => this.life(this.intent(clientId).orderId)?.order);
  }

  fillsOfIntent(clientId: string): readonly FillRow[] {
    return this.#fills.ofIntent(clientId);
  }

  /** All fills of the orders kept here, in the order in which they became known. */
  fillLog(): readonly FillRow[] {
    return this.#fills.log();
  }

  /**
   * What of ours may still change cash and holdings: rests that may be executed or are about to be sent, and shares of today that
   * are filled but not listed as trades yet, unless the account shows them (`unlisted`). `certain`: only what the broker surely has.
   */
  working(today: string, which: 'all' | 'certain' = 'all', unlisted?: UnlistedShares, of = anyIntent): Working[] {
    return workingOf(this.#lives.unsettled(this.#fills), this.#fills, today, { which, unlisted, of });
  }

  /** Final orders of today whose fills do not add up to what the broker says was filled. */
  unlisted(today: string): IntentRow[] {
    return unlistedOf(this.intents(), this.#fills, today);
  }

  /** Securities in which an order's fate is not known. */
  doubtful(): Set<string> {
    const unknown = this.#lives.unsettled(this.#fills).filter((intent) => intent.state === 'unknown');
    return new Set(unknown.map((intent) => intent.security));
  }

  /** Grows with every change: tells whether anything of ours happened between two moments. */
  stamp(): number {
    return this.#stamp;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Forgets what earlier days have settled. The account is read anew: positions in `fillLog` change. */
  roll(today: string): void {
    const forgotten = this.#lives.roll(today);
    if (forgotten.size > 0) this.#fills.forget(forgotten);
  }

  #keep(life: Life): void {
    for (const fill of this.#fillsOf(life)) this.#fills.add(fill);
    this.#lives.keep(life);
  }

  #fillsOf({ order, intents }: Life): FillRow[] {
    const isKept = this.life(order.orderId) !== null;
    return intents.flatMap(({ clientId }) =>
      isKept ? this.#fills.ofIntent(clientId) : this.#ledger.fillsOfIntent(clientId),
    );
  }

  #view(life: Life): OrderView {
    return orderView(life, this.#fillsOf(life));
  }

  #act(orderId: string, effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.kind === 'tell') this.#events.emit({ kind: 'order', order: this.view(orderId), ...effect.change });
    }
    const toCarryOut = effects.filter(({ kind }) => kind !== 'tell');
    this.#onEffects(orderId, toCarryOut);
  }

  #changed(): void {
    this.#stamp += 1;
    for (const listener of this.#listeners) listener();
  }
}
