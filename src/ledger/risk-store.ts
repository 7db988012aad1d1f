import type { RiskRule } from '../domain/order/risk/rule.ts';
import type { EquityPoint, KillWish, RiskEntry, RiskStop } from './risk-rows.ts';
import { CHOICE, EQUITY_VALUE, readEquity, readRiskEntry, readRiskStop } from './rows.ts';
import type { LedgerStore } from './store.ts';
import { UPSERT_SETTING } from './writes.ts';

const KILL_KEY = 'kill_wish';
/** Market time from which the best and the first value count, epoch ms. */
const EQUITY_FROM_KEY = 'equity_from';
const UPSERT_STOP = `INSERT INTO risk_stops (rule, stops, at, day, text) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (rule) DO UPDATE SET stops = excluded.stops, at = excluded.at, day = excluded.day, text = excluded.text`;
const INSERT_ENTRY = 'INSERT INTO risk_log (at, level, rule, order_id, text) VALUES (?, ?, ?, ?, ?)';
const UPSERT_POINT = `INSERT INTO equity (at, total, cash) VALUES (?, ?, ?)
  ON CONFLICT (at) DO UPDATE SET total = excluded.total, cash = excluded.cash`;

/** The rows of the limits. What stops is durable; what is merely told, or measured, waits for no disk. */
export class RiskStore {
  readonly #store: LedgerStore;

  constructor(store: LedgerStore) {
    this.#store = store;
  }

  stops(): RiskStop[] {
    return this.#store.map('SELECT * FROM risk_stops ORDER BY at, rowid', [], readRiskStop);
  }

  /** Durable when it returns. Throws LEDGER_WRITE_FAILED. */
  stop(stop: RiskStop, wish: KillWish | null = null): void {
    this.#store.commit(() => {
      this.#store.run(UPSERT_STOP, [stop.rule, stop.stops, stop.at, stop.day, stop.text]);
      this.#write({ at: stop.at, level: 'stopped', rule: stop.rule, orderId: null, text: stop.text });
      if (wish !== null) this.#keepWish(wish);
    });
  }

  /** Ends stops; durable when it returns. Throws LEDGER_WRITE_FAILED. */
  lift(rules: readonly RiskRule[], at: number, text: string): void {
    this.#store.commit(() => {
      for (const rule of rules) {
        this.#store.run('DELETE FROM risk_stops WHERE rule = ?', [rule]);
        this.#write({ at, level: 'resumed', rule, orderId: null, text });
      }
    });
  }

  killWish(): KillWish | null {
    const text = this.#store.one('SELECT value FROM settings WHERE key = ?', KILL_KEY, CHOICE);
    return text === null ? null : (JSON.parse(text) as KillWish);
  }

  keepKillWish(wish: KillWish): void {
    this.#store.commit(() => this.#keepWish(wish));
  }

  log(entry: RiskEntry): void {
    this.#store.append(() => this.#write(entry));
  }

  /** What limits did from then on, market time, oldest first. */
  entriesSince(at: number): RiskEntry[] {
    return this.#store.map('SELECT * FROM risk_log WHERE at >= ? ORDER BY at, rowid', [at], readRiskEntry);
  }

  /** The point of a minute; a later one of the same minute replaces it. */
  keepEquity({ at, total, cash }: EquityPoint): void {
    this.#store.append(() => this.#store.run(UPSERT_POINT, [at, total, cash]));
  }

  /** Points from then on, oldest first. */
  equitySince(at: number): EquityPoint[] {
    return this.#store.map('SELECT * FROM equity WHERE at >= ? ORDER BY at', [at], readEquity);
  }

  /** The first value from then on from which a loss can be reckoned (above 0), CNY; null = there is none. */
  firstEquity(from: number): number | null {
    return (
      this.#store.map(
        'SELECT total AS value FROM equity WHERE at >= ? AND total > 0 ORDER BY at LIMIT 1',
        [from],
        EQUITY_VALUE,
      )[0] ?? null
    );
  }

  /** The best value from then on, CNY; null = there is none. */
  bestEquity(from: number): number | null {
    return this.#store.map('SELECT MAX(total) AS value FROM equity WHERE at >= ?', [from], EQUITY_VALUE)[0] ?? null;
  }

  /** Market time from which values count, epoch ms; null = all do. */
  equityCountsFrom(): number | null {
    const text = this.#store.one('SELECT value FROM settings WHERE key = ?', EQUITY_FROM_KEY, CHOICE);
    return text === null ? null : Number(text);
  }

  countEquityFrom(at: number): void {
    this.#store.commit(() => this.#store.run(UPSERT_SETTING, [EQUITY_FROM_KEY, String(at)]));
  }

  #keepWish(wish: KillWish): void {
    this.#store.run(UPSERT_SETTING, [KILL_KEY, JSON.stringify(wish)]);
  }

  #write({ at, level, rule, orderId, text }: RiskEntry): void {
    this.#store.run(INSERT_ENTRY, [at, level, rule, orderId, text]);
  }
}
