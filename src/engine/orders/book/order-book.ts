import { BtError } from '../../../domain/errors.ts';
import { isSettled, listed, restOf, type IntentNews } from '../../../domain/order/intent.ts';
import { advance } from '../../../domain/order/life.ts';
import type { Effect, Fact, Life } from '../../../domain/order/life-types.ts';
import type { Working } from '../../../domain/order/reserves.ts';
import { fillKey, type FillRow, type IntentRow, type OrderRow } from '../../../domain/order/rows.ts';
import { isFinal } from '../../../domain/order/state.ts';
import type { OrderView, TradeView } from '../../../domain/order/types.ts';
import type { Ledger } from '../../../ledger/ledger.ts';
import type { Events } from '../../events.ts';
import { differenceOf, joined } from './recording.ts';
import { isVisible, orderView, tradeView } from './order-view.ts';
import { readLives } from './restore.ts';

/** Orders that a restart found half done. */
export interface Restored {
  readonly notSent: number;
  readonly parked: number;
  readonly unknown: number;
  readonly canceling: number;
}

/** Effects for whoever carries them out; told ones have become events already. */
export type EffectListener = (orderId: string, effects: readonly Effect[]) => void;

/**
 * The orders of today and those still unsettled, in memory and in the ledger: every change is durable before it is seen.
 * `domain/order/life` decides what a fact does to an order; here it is written down, told, and handed on.
 */
export class OrderBook {
  readonly #ledger: Ledger;
  readonly #events: Events;
  readonly #lives = new Map<string, Life>();
  readonly #intents = new Map<string, IntentRow>();
  readonly #fills = new Map<string, FillRow[]>();
  readonly #fillKeys = new Set<string>();
  #fillLog: FillRow[] = [];
  readonly #listeners = new Set<() => void>();
  #onEffects: EffectListener = () => undefined;
  #stamp = 0;

  constructor(ledger: Ledger, events: Events) {
    this.#ledger = ledger;
    this.#events = events;
  }

  /** Who carries out what orders need; before that, effects go nowhere and are found again by `look`. */
  driveWith(listener: EffectListener): void {
    this.#onEffects = listener;
  }

  /** Reads the ledger back. Returns how many orders and intents were found half done, and what became of them follows from `life`. */
  restore(day: string, now: number): Restored {
    const { lives, fills } = readLives(this.#ledger, day);
    for (const life of lives) this.#keep(life);
    for (const fill of fills) this.#remember(fill);
    const count = (state: IntentRow['state']): number =>
      this.intents().filter((intent) => intent.state === state).length;
    const [unknown, canceling, planned] = [count('sending'), count('canceling'), count('planned')];
    for (const { order } of lives)
      if (order.phase !== 'done') this.advance(order.orderId, [{ kind: 'restarted' }], now);
    const parked = this.lives().filter(({ order }) => order.phase === 'parked').length;
    return { notSent: planned, parked, unknown, canceling };
  }

  /** Takes a new order and begins its life. Durable when it returns. */
  enter(order: OrderRow, intents: readonly IntentRow[], now: number): void {
    this.#ledger.record({ orders: [order], intents });
    this.#keep({ order, intents });
    this.#changed();
    this.look(order.orderId, now);
  }

  /** What the facts make of an order; durable when it returns. */
  advance(orderId: string, facts: readonly Fact[], now: number): void {
    const before = this.#require(orderId);
    const { life, effects } = advance(before, facts, now);
    const recording = differenceOf(before, life);
    if (recording !== null) {
      this.#ledger.record(recording);
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
    const fresh = fills.filter((fill) => !this.#fillKeys.has(fillKey(fill)));
    const results = [...Map.groupBy(news, ({ clientId }) => this.intent(clientId).orderId)].map(([orderId, own]) => {
      const before = this.#require(orderId);
      const facts = own.map((item): Fact => ({ kind: 'news', news: item }));
      const { life, effects } = advance(before, facts, now);
      return { orderId, life, effects, recording: differenceOf(before, life) };
    });
    const recordings = results.flatMap(({ recording }) => recording ?? []);
    if (fresh.length > 0 || recordings.length > 0) {
      this.#ledger.record({ ...joined(recordings), fills: fresh });
      for (const { life, recording } of results) if (recording !== null) this.#keep(life);
      for (const fill of fresh) this.#remember(fill);
      this.#changed();
    }
    for (const { orderId, effects } of results) this.#act(orderId, effects);
    for (const fill of fresh) this.#events.emit({ kind: 'fill', fill, intent: this.intent(fill.clientId) });
    return fresh;
  }

  intent(clientId: string): IntentRow {
    const intent = this.#intents.get(clientId);
    if (intent === undefined)
      throw new BtError('NO_INTENT', `Intent ${clientId} is not in the book. Please report this.`, { fault: 'bug' });
    return intent;
  }

  /** Null when a new day has forgotten it. */
  intentOrNull(clientId: string): IntentRow | null {
    return this.#intents.get(clientId) ?? null;
  }

  intents(): IntentRow[] {
    return [...this.#intents.values()];
  }

  life(orderId: string): Life | null {
    return this.#lives.get(orderId) ?? null;
  }

  lives(): Life[] {
    return [...this.#lives.values()];
  }

  /** How many orders are kept in memory. */
  size(): number {
    return this.#lives.size;
  }

  /** Order id of a broker's order id, ours as it is, else null. Terminals use their ids again: the latest order has it. */
  find(anyId: string): string | null {
    if (this.#lives.has(anyId)) return anyId;
    return this.intents().findLast((intent) => intent.brokerOrderId === anyId)?.orderId ?? null;
  }

  /** The order that was asked for under that key, on whatever day. */
  orderOfKey(requestKey: string): OrderRow | null {
    const known = this.lives().find(({ order }) => order.requestKey === requestKey);
    return known?.order ?? this.#ledger.orderOfKey(requestKey);
  }

  view(orderId: string): OrderView {
    return this.#view(this.#require(orderId));
  }

  /** Every order of today the strategy knows of, and earlier ones that are not settled; oldest first. */
  views(): OrderView[] {
    return this.lives()
      .filter(isVisible)
      .map((life) => this.#view(life));
  }

  trades(): TradeView[] {
    return [...this.#fills.entries()].flatMap(([clientId, fills]) => {
      const order = this.#lives.get(this.intent(clientId).orderId)?.order;
      return order === undefined ? [] : fills.map((fill) => tradeView(fill, order));
    });
  }

  fillsOfIntent(clientId: string): readonly FillRow[] {
    return this.#fills.get(clientId) ?? [];
  }

  /** All fills of the orders kept here, in the order in which they became known. */
  fillLog(): readonly FillRow[] {
    return this.#fillLog;
  }

  /**
   * What of ours may still change cash and holdings: rests that may be executed or are about to be sent, and shares of
   * today that are filled but not listed as trades yet. `certain`: only what the broker surely has.
   */
  working(today: string, which: 'all' | 'certain' = 'all'): Working[] {
    return (
      this.intents()
        // Of an earlier day nothing works any more, also where its end was not seen.
        .filter((intent) => intent.day === today || !(isFinal(intent.state) || intent.state === 'unknown'))
        .filter((intent) => which === 'all' || intent.brokerOrderId !== null)
        .map((intent) => this.#workingOf(intent))
        .filter((order) => order.rest > 0)
    );
  }

  /** Final orders of today whose fills do not add up to what the broker says was filled. */
  unlisted(today: string): IntentRow[] {
    return this.intents().filter(
      (intent) =>
        intent.day === today && isFinal(intent.state) && !isSettled(intent, this.fillsOfIntent(intent.clientId)),
    );
  }

  /** Securities in which an order's fate is not known. */
  doubtful(): Set<string> {
    const unknown = this.intents().filter((intent) => intent.state === 'unknown');
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

  /** Forgets what earlier days have settled; the ledger keeps it. The account is read anew: positions in `fillLog` change. */
  roll(today: string): void {
    for (const { order, intents } of this.lives()) {
      if (order.day >= today || order.phase !== 'done') continue;
      this.#lives.delete(order.orderId);
      for (const { clientId } of intents) {
        for (const fill of this.fillsOfIntent(clientId)) this.#fillKeys.delete(fillKey(fill));
        this.#fills.delete(clientId);
        this.#intents.delete(clientId);
      }
    }
    this.#fillLog = this.#fillLog.filter(({ clientId }) => this.#intents.has(clientId));
  }

  #workingOf(intent: IntentRow): Working {
    const { security, side, price, day } = intent;
    const fills = this.fillsOfIntent(intent.clientId);
    const filledMoney = fills.reduce((sum, fill) => sum + fill.amount * fill.price, 0);
    return { security, side, rest: restOf(intent, fills), price, day, filledMoney };
  }

  #view(life: Life): OrderView {
    return orderView(
      life,
      life.intents.flatMap(({ clientId }) => this.#fills.get(clientId) ?? []),
    );
  }

  #act(orderId: string, effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.kind === 'tell') this.#events.emit({ kind: 'order', order: this.view(orderId), ...effect.change });
    }
    this.#onEffects(
      orderId,
      effects.filter(({ kind }) => kind !== 'tell'),
    );
  }

  #keep(life: Life): void {
    const kept = new Set(life.intents.map(({ clientId }) => clientId));
    const former = this.#lives.get(life.order.orderId)?.intents ?? [];
    for (const { clientId } of former) if (!kept.has(clientId)) this.#intents.delete(clientId);
    for (const intent of life.intents) this.#intents.set(intent.clientId, intent);
    this.#lives.set(life.order.orderId, life);
  }

  #remember(fill: FillRow): void {
    this.#fillKeys.add(fillKey(fill));
    this.#fillLog.push(fill);
    const list = this.#fills.get(fill.clientId);
    if (list === undefined) this.#fills.set(fill.clientId, [fill]);
    else list.push(fill);
  }

  #require(orderId: string): Life {
    const life = this.#lives.get(orderId);
    if (life === undefined)
      throw new BtError('NO_ORDER', `Order ${orderId} is not in the book. Please report this.`, { fault: 'bug' });
    return life;
  }

  #changed(): void {
    this.#stamp += 1;
    for (const listener of this.#listeners) listener();
  }
}

/** True when nothing of the order can change any more, as far as its trades are concerned. */
export function isOver(book: OrderBook, orderId: string): boolean {
  const life = book.life(orderId);
  if (life === null) return true;
  return (
    life.order.phase === 'done' &&
    life.intents.every((intent) => listed(book.fillsOfIntent(intent.clientId)) === intent.filled)
  );
}
