import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { exchangeCalendar, ifKnown } from '../../domain/market/calendar.ts';
import { chinaDay, chinaInstant } from '../../domain/time.ts';
import { accountRow, gapRow, holdingRow } from './rows.ts';
import type { AccountPicture, AccountRow, Gap, Held, HistoryAnswer, HistoryQuery } from './types.ts';
import { profitOf, worthOf } from './worth.ts';

const PICTURE = `INSERT OR REPLACE INTO pictures VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const HOLDING = `INSERT OR REPLACE INTO holdings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** Accounts minute by minute, in a database: written by the monitor, read by whoever asks. */
export class History {
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Keeps a picture, whole or not at all. */
  keep(picture: AccountPicture): void {
    const { account, at, totals } = picture;
    const held = picture.positions.filter(({ amount }) => amount !== 0);
    this.#whole(() => {
      this.#follow(
        account,
        at,
        held.map(({ security }) => security),
      );
      const { availableCash, frozenCash, marketValue, totalValue } = totals;
      const money = [availableCash, frozenCash, marketValue, totalValue, profitOf(held)];
      this.#run(PICTURE, [account, at, chinaDay(at), ...money, held.length]);
      for (const position of held) this.#keepHolding(picture, position);
    });
  }

  /** Keeps that there is no picture. */
  keepGap({ account, at, why }: Gap): void {
    this.#run('INSERT OR REPLACE INTO gaps VALUES (?, ?, ?)', [account, at, why]);
  }

  /** How long a security has been held on a day; null = it is not, as far as is known. */
  held(account: string, security: string, day: string): Held | null {
    const [row] = this.#rows('SELECT since, at_least FROM held WHERE account = ? AND security = ?', [
      account,
      security,
    ]);
    if (row === undefined) return null;
    const days = ifKnown(() => exchangeCalendar().between(String(row['since']), day).length);
    return days === null ? null : { days: Math.max(0, days - 1), atLeast: row['at_least'] === 1 };
  }

  read(query: HistoryQuery): HistoryAnswer {
    const { account, from, to, every, limit } = query;
    const last = 'AND at IN (SELECT MAX(at) FROM pictures WHERE account = ?1 GROUP BY day)';
    const accounts = this.#rows(
      `SELECT * FROM pictures WHERE account = ?1 AND at BETWEEN ?2 AND ?3 ${every === 'day' ? last : ''}
       ORDER BY at DESC LIMIT ?4`,
      [account, from, to, limit],
    ).map(accountRow);
    accounts.reverse();
    return { accounts, holdings: this.#holdings(account, accounts), gaps: this.#gaps(query, accounts) };
  }

  /** Aliases with a picture. */
  accounts(): string[] {
    return this.#rows('SELECT DISTINCT account FROM pictures ORDER BY account', []).map((row) =>
      String(row['account']),
    );
  }

  /** Removes what is of days before this one. */
  forget(day: string): void {
    this.#whole(() => {
      const bound = 'at < (SELECT MIN(at) FROM pictures WHERE day >= ?)';
      for (const table of ['holdings', 'gaps', 'pictures']) this.#run(`DELETE FROM ${table} WHERE ${bound}`, [day]);
    });
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  #keepHolding({ account, at }: AccountPicture, position: AccountPicture['positions'][number]): void {
    const { security, name, amount, closeableAmount, avgCost, lastPrice, marketValue } = position;
    const { profit, profitRate } = worthOf(position);
    const held = this.held(account, security, chinaDay(at)) ?? { days: 0, atLeast: true };
    const facts = [security, name, amount, closeableAmount, avgCost, lastPrice, marketValue, profit, profitRate];
    this.#run(HOLDING, [account, at, ...facts, held.days, held.atLeast ? 1 : 0]);
  }

  /** What is new is held since today, at least that where the record cannot tell; what is gone is held no more. */
  #follow(account: string, at: number, securities: readonly string[]): void {
    const day = chinaDay(at);
    const atLeast = this.#sawBefore(account, at) ? 0 : 1;
    const known = this.#rows('SELECT security FROM held WHERE account = ?', [account]).map((row) => row['security']);
    for (const security of securities) {
      if (!known.includes(security))
        this.#run('INSERT INTO held VALUES (?, ?, ?, ?)', [account, security, day, atLeast]);
    }
    for (const security of known) {
      if (typeof security === 'string' && !securities.includes(security))
        this.#run('DELETE FROM held WHERE account = ? AND security = ?', [account, security]);
    }
  }

  /** Whether nothing can have been bought unseen before today: there is a picture of today, or of the close of the trading day before. */
  #sawBefore(account: string, at: number): boolean {
    const [row] = this.#rows('SELECT MAX(at) AS at FROM pictures WHERE account = ? AND at < ?', [account, at]);
    if (typeof row?.['at'] !== 'number') return false;
    const day = chinaDay(at);
    if (chinaDay(row['at']) === day) return true;
    const before = ifKnown(() => exchangeCalendar().previous(day));
    return before !== null && row['at'] >= chinaInstant(before, '15:00');
  }

  #holdings(account: string, accounts: readonly AccountRow[]): HistoryAnswer['holdings'] {
    const sql = 'SELECT * FROM holdings WHERE account = ? AND at = ? ORDER BY security';
    return accounts.flatMap(({ at }) => this.#rows(sql, [account, at]).map(holdingRow));
  }

  #gaps({ account, from, to, limit }: HistoryQuery, accounts: readonly AccountRow[]): Gap[] {
    // Where the answer holds only the latest rows, so do its gaps.
    const begin = accounts.length === limit ? (accounts[0]?.at ?? from) : from;
    const sql = 'SELECT * FROM gaps WHERE account = ? AND at BETWEEN ? AND ? ORDER BY at';
    return this.#rows(sql, [account, begin, to]).map(gapRow);
  }

  #rows(sql: string, values: readonly SQLInputValue[]): Record<string, unknown>[] {
    return this.#statement(sql).all(...values);
  }

  #run(sql: string, values: readonly SQLInputValue[]): void {
    this.#statement(sql).run(...values);
  }

  #statement(sql: string): StatementSync {
    const known = this.#prepared.get(sql) ?? this.#database.prepare(sql);
    this.#prepared.set(sql, known);
    return known;
  }

  #whole(work: () => void): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#database.exec('COMMIT');
    } catch (error) {
      if (this.#database.isOpen && this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }
}
