import { advance, type SignalEffect, type SignalFact } from '../../domain/follow/life.ts';
import { crossings, overtakenText } from '../../domain/follow/crossing.ts';
import { endOf, isOpen, type SignalRow } from '../../domain/follow/row.ts';
import type { SignalEnd, SourcePicture } from '../../domain/follow/signal.ts';
import type { ClockTimer } from '../../platform/clock.ts';
import { tellSignal } from './signal-lines.ts';
import { Ordering } from './ordering.ts';
import type { FollowParts } from './parts.ts';
import { Preparer, type Asked } from './preparer.ts';
import { GONE, type Followed } from './strategies.ts';

/** A signal that has not ended, as it is held while the run lasts: its row, and who waits for it. */
interface Entry {
  row: SignalRow;
  readonly end: PromiseWithResolvers<SignalEnd>;
  timer: ClockTimer | null;
}

/**
 * Carries out what `domain/follow/life` says is to be done about each signal, and is the only holder of their timers. It holds nothing that
 * the rows do not: made anew after a restart it goes on where the last one died. Signals are prepared one after the other.
 */
export class SignalLives {
  readonly #parts: FollowParts;
  readonly #preparer: Preparer;
  readonly #ordering: Ordering;
  readonly #onFatal: (error: unknown) => void;
  readonly #open = new Map<string, Entry>();
  /** Keys whose turn has come, in order. */
  readonly #turns = new Set<string>();
  readonly #judging = new Set<string>();
  #pumping = false;
  /** The quote of the signal that is prepared next, asked for when it came. */
  #ahead: { readonly key: string; readonly asked: Asked } | null = null;
  #stopped = false;
  readonly #unsubscribe: () => void;

  constructor(parts: FollowParts, onFatal: (error: unknown) => void) {
    this.#parts = parts;
    this.#onFatal = onFatal;
    this.#preparer = new Preparer(parts);
    this.#ordering = new Ordering(parts, (key, fact) => this.tell(key, [fact]), onFatal);
    this.#unsubscribe = parts.events.on((event) => {
      if (event.kind === 'gate' && event.reason === null) this.#lookAtWaiting();
    });
  }

  /** Goes on with what the ledger holds. */
  begin(): void {
    for (const row of this.#parts.ledger.signals.open()) this.#hold(row);
    for (const { key } of this.open()) this.tell(key, []);
  }

  stop(): void {
    this.#stopped = true;
    this.#unsubscribe();
    this.#ordering.stop();
    for (const { timer } of this.#open.values()) timer?.cancel();
  }

  /**
   * Writes a new signal down: one that has ended is durable when it returns, another one with the order that follows from it, or when the
   * ledger is settled. Throws LEDGER_WRITE_FAILED: then it is not taken.
   */
  enter(row: SignalRow, picture: SourcePicture | null): Promise<SignalEnd> {
    const { signals } = this.#parts.ledger;
    this.#askAhead(row);
    const end = endOf(row);
    if (end === null) signals.append(row, picture);
    else signals.commit(row, picture);
    tellSignal(this.#parts.events, null, row);
    if (end !== null) return Promise.resolve(end);
    const entry = this.#hold(row);
    // Of those that come at once each is written down before the first one is ordered.
    queueMicrotask(() => this.tell(row.key, []));
    return entry.end.promise;
  }

  /** The row of that key, and its end; null = it never came. */
  find(key: string): { readonly row: SignalRow; readonly end: Promise<SignalEnd> } | null {
    const held = this.#open.get(key);
    if (held !== undefined) return { row: held.row, end: held.end.promise };
    const row = this.#parts.ledger.signals.get(key);
    if (row === null) return null;
    const end = endOf(row);
    return { row, end: end === null ? Promise.withResolvers<SignalEnd>().promise : Promise.resolve(end) };
  }

  /** Rows of signals that have not ended, in the order in which they came. */
  open(): SignalRow[] {
    return [...this.#open.values()].map(({ row }) => row);
  }

  /** What has become known of a signal, and what follows from it. */
  tell(key: string, facts: readonly SignalFact[]): void {
    const entry = this.#open.get(key);
    if (entry === undefined || this.#stopped) return;
    try {
      const { row, effects } = advance(entry.row, facts, this.#parts.clock.now(), this.#rulesOf(entry.row));
      this.#keep(entry, row);
      for (const effect of effects) this.#run(entry, effect);
    } catch (error) {
      this.#onFatal(error);
    }
  }

  /** Of one whose turn is the next: others before it would take so long that the answer is old. */
  #askAhead(row: SignalRow): void {
    const { clock } = this.#parts;
    if (this.#ahead !== null || this.#pumping || this.#turns.size > 0 || this.#stopped) return;
    if (row.phase !== 'waiting' || row.notBefore > clock.now()) return;
    const asked = this.#preparer.ahead(row, this.#followed(row), this.open());
    if (asked !== null) this.#ahead = { key: row.key, asked };
  }

  #hold(row: SignalRow): Entry {
    const entry: Entry = { row, end: Promise.withResolvers<SignalEnd>(), timer: null };
    this.#open.set(row.key, entry);
    return entry;
  }

  /** An end is durable before anybody hears of it; what leads there goes to the disk with the order that follows from it. */
  #keep(entry: Entry, row: SignalRow): void {
    const before = entry.row;
    if (row === before) return;
    if (!isOpen(row)) this.#parts.ledger.signals.commit(row);
    // When it is looked at again is found out anew by whoever goes on.
    else if (isNews(before, row)) this.#parts.ledger.signals.append(row);
    entry.row = row;
    tellSignal(this.#parts.events, before, row);
  }

  #run(entry: Entry, effect: SignalEffect): void {
    const { key } = entry.row;
    switch (effect.kind) {
      case 'prepare':
        this.#turns.add(key);
        void this.#pump();
        break;
      case 'order':
        this.#ordering.order(entry.row, effect, this.#followed(entry.row));
        break;
      case 'judge':
        void this.#judge(entry, effect.why);
        break;
      case 'wake':
        entry.timer?.cancel();
        entry.timer = this.#parts.clock.at(effect.at, () => this.tell(key, []));
        break;
      case 'finish':
        this.#finish(entry);
        break;
    }
  }

  async #pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    try {
      for (let key = this.#next(); key !== null && !this.#stopped; key = this.#next()) await this.#prepare(key);
    } finally {
      this.#pumping = false;
    }
  }

  #next(): string | null {
    for (const key of this.#turns) {
      this.#turns.delete(key);
      return key;
    }
    return null;
  }

  async #prepare(key: string): Promise<void> {
    const entry = this.#open.get(key);
    if (entry?.row.phase !== 'waiting') return;
    const followed = this.#followed(entry.row);
    this.#overtake(entry.row);
    const others = this.open();
    const ahead = this.#ahead?.key === key ? this.#ahead.asked : null;
    this.#ahead = null;
    const { fact, priced } = await this.#preparer.prepare(entry.row, followed, others, ahead);
    if (priced !== null) this.#ordering.price(key, priced);
    this.tell(key, [fact]);
    // What it takes of cash and shares is known to the next one.
    if (priced !== null) await this.#ordering.planned(key);
  }

  /** What was to go the other way ends before it. */
  #overtake(row: SignalRow): void {
    const reason = overtakenText(row.side);
    for (const other of crossings(row, this.open()).earlier) {
      const fact = other.phase === 'ordered' ? this.#ordering.overtake(other, reason) : null;
      this.tell(other.key, [fact ?? { kind: 'overtaken', reason }]);
    }
  }

  async #judge({ row: { key } }: Entry, why: string): Promise<void> {
    if (this.#judging.has(key)) return;
    this.#judging.add(key);
    const entry = this.#open.get(key);
    const fact = entry === undefined ? null : await this.#preparer.stays(entry.row, this.#rulesOf(entry.row));
    this.#judging.delete(key);
    if (entry?.row.phase !== 'ordered' || this.#stopped) return;
    try {
      this.tell(key, [fact ?? this.#ordering.cancel(entry.row, why)]);
    } catch (error) {
      this.#onFatal(error);
    }
  }

  #finish({ row, end, timer }: Entry): void {
    timer?.cancel();
    this.#open.delete(row.key);
    this.#ordering.forget(row.key);
    const ended = endOf(row);
    if (ended !== null) end.resolve(ended);
    // Buys that wait for the sells of their rotation, and what goes the other way in its security.
    this.#lookAtWaiting(row.strategy, row.side === 'sell' ? null : row.security);
  }

  #lookAtWaiting(strategy: string | null = null, security: string | null = null): void {
    for (const { row } of this.#open.values()) {
      if (row.phase !== 'waiting' || (strategy !== null && row.strategy !== strategy)) continue;
      if (security !== null && row.security !== security) continue;
      if (row.freshFrom > this.#parts.clock.now()) continue;
      this.#turns.add(row.key);
    }
    if (!this.#stopped) void this.#pump();
  }

  #followed({ strategy }: SignalRow): Followed {
    return this.#parts.strategies.get(strategy) ?? GONE;
  }

  #rulesOf(row: SignalRow): Followed['rules'] {
    return this.#followed(row).rules;
  }
}

function isNews(before: SignalRow, after: SignalRow): boolean {
  return (
    before.phase !== after.phase ||
    before.waitsFor !== after.waitsFor ||
    before.freshFrom !== after.freshFrom ||
    before.quoteAt !== after.quoteAt ||
    before.filled !== after.filled
  );
}
