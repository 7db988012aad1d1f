import type { FillRow, IntentRow, OrderRow } from '../domain/order/rows.ts';
import type { SubBonus } from '../domain/order/sub-tally.ts';
import { chinaDay } from '../domain/time.ts';
import { isNewHolding } from './holding-news.ts';
import { LookStore } from './look-store.ts';
import { LAST_TRADE, OwnShares, UNLISTED } from './own-shares.ts';
import { CHOICE, readFill, readHolding, readIntent, readOrder, readTrigger, TIME } from './rows.ts';
import type { Adjustment, HoldingRow, StateChange, TriggerRow } from './rows.ts';
import { RiskStore } from './risk-store.ts';
import { SignalStore } from './signal-store.ts';
import { StateStore } from './state-store.ts';
import { SubStore } from './sub-store.ts';
import { Store, type CommitMeter, type LedgerStore } from './store.ts';
import { writeRecording, type Recording } from './recording.ts';
import {
  bonusValues,
  holdingValues,
  INSERT_ADJUSTMENT,
  INSERT_BONUS,
  triggerValues,
  UPSERT_HOLDING,
  UPSERT_TRIGGER,
} from './writes.ts';

export type { Recording } from './recording.ts';

const OPEN_TRIGGERS = `SELECT * FROM triggers WHERE outcome IN ('started', 'pending') ORDER BY started_at, rowid`;
const CANCELS = 'SELECT order_id, cancel_why FROM orders WHERE day = ? AND cancel_why IS NOT NULL';
const IS_OPEN = `state IN ('planned', 'sending', 'unknown', 'accepted', 'canceling')`;

/**
 * The durable record of one instance. Only the engine writes it (`bt resolve` does while none runs). Every method is synchronous
 * and durable when it returns; triggers, and what goes with them, survive any kill but wait for no disk. A failed commit
 * throws LEDGER_WRITE_FAILED, and then nothing may be sent.
 */
export class Ledger {
  readonly #store: LedgerStore;
  readonly #shares: OwnShares;
  /** What outlives the strategy's process. */
  readonly state: StateStore;
  readonly subs: SubStore;
  /** Limits: what they stopped and said, and what the account was worth. */
  readonly risk: RiskStore;
  /** What `bt follow` was asked for. */
  readonly signals: SignalStore;
  /** For those who only look. */
  readonly look: LookStore;

  constructor(store: LedgerStore) {
    this.#store = store;
    this.#shares = new OwnShares(store);
    this.state = new StateStore(store);
    this.subs = new SubStore(store);
    this.risk = new RiskStore(store);
    this.signals = new SignalStore(store);
    this.look = new LookStore(store);
  }

  static open(folder: string, meter: CommitMeter | null = null): Ledger {
    return new Ledger(new Store(folder, 'write', meter));
  }

  /** For one who only looks, also while an engine writes it. Throws LEDGER_*; of another version it is not looked at. */
  static read(folder: string): Ledger {
    return new Ledger(new Store(folder, 'read'));
  }

  /** As `read`, for one who looks often, or must be quick: its pages are not checked. */
  static glance(folder: string): Ledger {
    return new Ledger(new Store(folder, 'glance'));
  }

  /** Writes all of it in one commit. Rows that are known are replaced, but for fills: those already written are left as they are. */
  record(recording: Recording): void {
    this.#store.commit(() => writeRecording(this.#store, this.#shares, recording));
  }

  /** As `record`, for orders of which nothing has left: it survives any kill, and is on the disk with the next commit, or when `settle` returns. */
  recordAhead(recording: Recording): void {
    this.#store.append(() => writeRecording(this.#store, this.#shares, recording));
  }

  /** What `recordAhead` wrote is durable when it returns. */
  settle(): void {
    this.#store.settle();
  }

  /**
   * With what the task has changed of the strategy's state, in one transaction. An order that follows from the task has a commit of
   * its own, which makes this record durable with it: it waits for no disk.
   */
  recordTriggers(rows: readonly TriggerRow[], change: StateChange | null = null): void {
    this.#store.append(() => {
      for (const row of rows) this.#store.run(UPSERT_TRIGGER, triggerValues(row));
      if (change !== null) this.state.apply(change);
    });
  }

  trigger(key: string): TriggerRow | null {
    return this.#store.one('SELECT * FROM triggers WHERE key = ?', key, readTrigger);
  }

  triggersSince(due: number): TriggerRow[] {
    return this.#store.map('SELECT * FROM triggers WHERE due >= ? ORDER BY due, rowid', [due], readTrigger);
  }

  /** Calls into the strategy that began, or wait to be run late, and whose end was never written, oldest first. */
  triggersOpen(): TriggerRow[] {
    return this.#store.map(OPEN_TRIGGERS, [], readTrigger);
  }

  /** The latest instant of which something was due and is accounted for; null when nothing was. */
  lastDue(): number | null {
    const due = this.#store.all('SELECT MAX(due) AS due FROM triggers', [])[0]?.['due'];
    return typeof due === 'number' ? due : null;
  }

  ordersOf(day: string): OrderRow[] {
    return this.#store.map('SELECT * FROM orders WHERE day = ? ORDER BY created_at, rowid', [day], readOrder);
  }

  /** Why orders of that day were to be cancelled, by the order's id. */
  cancelsOf(day: string): Map<string, string> {
    return new Map(this.#store.all(CANCELS, [day]).map((row) => [String(row['order_id']), String(row['cancel_why'])]));
  }

  /** Orders that were created from then on, market time, oldest first. */
  ordersSince(from: number): OrderRow[] {
    return this.#store.map('SELECT * FROM orders WHERE created_at >= ? ORDER BY created_at, rowid', [from], readOrder);
  }

  /** What a call into the strategy has placed, oldest first. */
  ordersOfCall(id: string): OrderRow[] {
    return this.#store.map('SELECT * FROM orders WHERE placed_in = ? ORDER BY rowid', [id], readOrder);
  }

  /** Orders of any day of which something may still happen. */
  unfinishedOrders(): OrderRow[] {
    return this.#store.map(`SELECT * FROM orders WHERE phase <> 'done' ORDER BY created_at, rowid`, [], readOrder);
  }

  /** Intents of that day plus those of any day that are not final. */
  intentsOf(day: string): IntentRow[] {
    return this.#store.map(`SELECT * FROM intents WHERE day = ? OR ${IS_OPEN} ORDER BY rowid`, [day], readIntent);
  }

  /** Intents of other days than that one that are not final. */
  openIntentsBeside(day: string): IntentRow[] {
    return this.#store.map(`SELECT * FROM intents WHERE day <> ? AND ${IS_OPEN} ORDER BY rowid`, [day], readIntent);
  }

  intentsOnDay(day: string): IntentRow[] {
    return this.#store.map('SELECT * FROM intents WHERE day = ? ORDER BY rowid', [day], readIntent);
  }

  intentsOfOrder(orderId: string): IntentRow[] {
    return this.#store.map('SELECT * FROM intents WHERE order_id = ? ORDER BY rowid', [orderId], readIntent);
  }

  intent(clientId: string): IntentRow | null {
    return this.#store.one('SELECT * FROM intents WHERE client_id = ?', clientId, readIntent);
  }

  /** Of whatever day; a tag is used once. */
  intentOfTag(tag: string): IntentRow | null {
    return this.#store.one('SELECT * FROM intents WHERE tag = ?', tag, readIntent);
  }

  fillsOfIntent(clientId: string): FillRow[] {
    return this.#store.map('SELECT * FROM fills WHERE client_id = ? ORDER BY rowid', [clientId], readFill);
  }

  /** The order that was asked for under that key, on whatever day; null when none was. */
  orderOfKey(requestKey: string): OrderRow | null {
    return this.#store.one('SELECT * FROM orders WHERE request_key = ?', requestKey, readOrder);
  }

  order(orderId: string): OrderRow | null {
    return this.#store.one('SELECT * FROM orders WHERE order_id = ?', orderId, readOrder);
  }

  fillsOf(day: string): FillRow[] {
    return this.#store.map('SELECT * FROM fills WHERE day = ? ORDER BY rowid', [day], readFill);
  }

  /** A choice of the instance; null = never made. */
  setting(key: string): string | null {
    return this.#store.one('SELECT value FROM settings WHERE key = ?', key, CHOICE);
  }

  choose(key: string, value: string): void {
    this.#store.commit(() => this.state.apply({ variables: [], settings: new Map([[key, value]]) }));
  }

  /**
   * Shares by security that this instance bought and has not sold, over all its days, with what nights have added or taken. Of
   * `today` what is listed as trades counts; of earlier days also what the broker called filled and never listed: its list of
   * trades is gone.
   */
  holdings(today: string): Map<string, number> {
    return this.#shares.of(today);
  }

  /** What the whole account held when it was last read, by security. */
  heldSince(): Map<string, HoldingRow> {
    return new Map(this.#store.map('SELECT * FROM holdings', [], readHolding).map((row) => [row.security, row]));
  }

  /**
   * True when own shares of it were traded after that reading. Not told by the clock: exchanges stamp trades to the second, and lists
   * are late. What was called filled and never listed may have come before or after.
   */
  tradedSince({ security, readAt, transacted }: HoldingRow): boolean {
    const last = this.lastTrade(security);
    if (last !== null && last !== transacted) return true;
    return this.#store.all(UNLISTED, [security, chinaDay(readAt)]).length > 0;
  }

  /** Market time of the last own trade in it, epoch ms; null = there is none. */
  lastTrade(security: string): number | null {
    return this.#store.one(LAST_TRADE, security, TIME);
  }

  /** Replaces what is held by these rows, and writes down what a night has changed. Nothing is written when nothing differs. */
  keepHoldings(
    rows: readonly HoldingRow[],
    adjustments: readonly Adjustment[],
    bonuses: readonly SubBonus[] = [],
  ): void {
    const known = this.heldSince();
    const changed = rows.filter((row) => isNewHolding(row, known.get(row.security)));
    const gone = [...known.keys()].filter((security) => rows.every((row) => row.security !== security));
    if (changed.length + gone.length + adjustments.length + bonuses.length === 0) return;
    this.#store.commit(() => {
      for (const security of gone) this.#store.run('DELETE FROM holdings WHERE security = ?', [security]);
      for (const row of changed) this.#store.run(UPSERT_HOLDING, holdingValues(row));
      for (const { day, security, own } of adjustments) this.#store.run(INSERT_ADJUSTMENT, [day, security, own]);
      for (const bonus of bonuses) this.#store.run(INSERT_BONUS, bonusValues(bonus));
    });
  }

  /** Moves the write-ahead log into the file, so that it does not grow for weeks. */
  compact(): void {
    this.#store.compact();
  }

  close(): void {
    this.#store.close();
  }
}
