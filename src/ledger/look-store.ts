import type { IntentRow, OrderChangeRow } from '../domain/order/rows.ts';
import type { RiskLimits } from '../domain/order/risk/limits.ts';
import type { SeenAccount } from '../domain/status/seen-account.ts';
import type { EquityPoint } from './risk-rows.ts';
import { CHOICE, DAY, INSTANT, readChange, readEquity, readIntent, readTrigger, type TriggerRow } from './rows.ts';
import type { LedgerStore } from './store.ts';
import { UPSERT_SETTING } from './writes.ts';

/** The account as it was last read, as JSON. */
const SEEN_KEY = 'account_seen';
/** The limits of the last run, as JSON. */
const LIMITS_KEY = 'risk_limits';
const CHANGES = 'SELECT c.* FROM order_changes c JOIN orders o USING (order_id) WHERE o.day = ? ORDER BY c.rowid';
const UNKNOWN = "SELECT * FROM intents WHERE state IN ('unknown', 'sending') ORDER BY rowid";
const DAYS = 'SELECT DISTINCT day FROM orders ORDER BY day DESC LIMIT ?';
/** The last point of each day of Shanghai. */
const DAY_ENDS = `SELECT * FROM equity WHERE at IN
  (SELECT MAX(at) FROM equity GROUP BY (at + 28800000) / 86400000) ORDER BY at`;
const LATEST = `SELECT MAX(at) AS at FROM (
  SELECT MAX(at) AS at FROM order_changes UNION ALL SELECT MAX(updated_at) FROM intents UNION ALL
  SELECT MAX(created_at) FROM orders UNION ALL SELECT MAX(due) FROM triggers WHERE outcome NOT IN ('pending') UNION ALL
  SELECT MAX(at) FROM equity UNION ALL SELECT MAX(at) FROM risk_log UNION ALL SELECT MAX(at) FROM risk_stops)`;

/** What people look at, while a run writes or when none does; and what a run leaves for them. Nothing of it waits for the disk. */
export class LookStore {
  readonly #store: LedgerStore;

  constructor(store: LedgerStore) {
    this.#store = store;
  }

  /** What is read within it is of one moment. */
  snapshot<T>(work: () => T): T {
    return this.#store.snapshot(work);
  }

  /** Every state of the orders of a day, as they came. */
  changesOf(day: string): OrderChangeRow[] {
    return this.#store.map(CHANGES, [day], readChange);
  }

  /** The same of one order. */
  changesOfOrder(orderId: string): OrderChangeRow[] {
    return this.#store.map('SELECT * FROM order_changes WHERE order_id = ? ORDER BY rowid', [orderId], readChange);
  }

  /** Orders whose fate is not known, of whatever day. */
  unknown(): IntentRow[] {
    return this.#store.map(UNKNOWN, [], readIntent);
  }

  /** What was due in [from, until), market time, oldest first. */
  triggersBetween(from: number, until: number): TriggerRow[] {
    return this.#store.map(
      'SELECT * FROM triggers WHERE due >= ? AND due < ? ORDER BY due, rowid',
      [from, until],
      readTrigger,
    );
  }

  /** Days with orders, `YYYY-MM-DD`, the latest first. */
  days(most: number): string[] {
    return this.#store.map(DAYS, [most], DAY);
  }

  /** The last value of each day, oldest first. */
  equityDays(): EquityPoint[] {
    return this.#store.map(DAY_ENDS, [], readEquity);
  }

  /** Market time of the first value from then on, epoch ms; null = there is none. */
  firstPoint(from: number): number | null {
    return this.#store.map('SELECT MIN(at) AS at FROM equity WHERE at >= ?', [from], INSTANT)[0] ?? null;
  }

  /** The latest market time of which anything is written down, epoch ms; null = nothing is. */
  latest(): number | null {
    return this.#store.map(LATEST, [], INSTANT)[0] ?? null;
  }

  /** The account as it was last read; null = no run has read it. */
  seenAccount(): SeenAccount | null {
    return this.#json(SEEN_KEY) as SeenAccount | null;
  }

  keepSeen(account: SeenAccount): void {
    this.#keep(SEEN_KEY, account);
  }

  /** The limits of the last run; null = there was none. */
  limits(): RiskLimits | null {
    const kept = this.#json(LIMITS_KEY) as (RiskLimits & { allowed: string[] | null; denied: string[] | null }) | null;
    return kept === null ? null : { ...kept, allowed: setOf(kept.allowed), denied: setOf(kept.denied) };
  }

  keepLimits(limits: RiskLimits): void {
    const { allowed, denied } = limits;
    this.#keep(LIMITS_KEY, { ...limits, allowed: listOf(allowed), denied: listOf(denied) });
  }

  #json(key: string): unknown {
    const text = this.#store.one('SELECT value FROM settings WHERE key = ?', key, CHOICE);
    return text === null ? null : JSON.parse(text);
  }

  #keep(key: string, value: unknown): void {
    this.#store.append(() => this.#store.run(UPSERT_SETTING, [key, JSON.stringify(value)]));
  }
}

function setOf(codes: readonly string[] | null): ReadonlySet<string> | null {
  return codes === null ? null : new Set(codes);
}

function listOf(codes: ReadonlySet<string> | null): string[] | null {
  return codes === null ? null : [...codes];
}
