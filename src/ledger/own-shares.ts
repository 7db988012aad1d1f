import { movesShares } from '../domain/market/repo.ts';
import type { FillRow, IntentRow } from '../domain/order/rows.ts';
import { DAY } from './rows.ts';
import type { LedgerStore } from './store.ts';

/**
 * Own shares of the orders of [from, until), by security. Of earlier days also what the broker called filled and never listed counts:
 * the list of trades of such a day is gone.
 */
const SHARES = `
  SELECT security, SUM(iif(side = 'buy', 1, -1) * iif(day < ?, MAX(filled, listed), listed)) AS amount FROM (
    SELECT security, side, day, filled,
      (SELECT COALESCE(SUM(amount), 0) FROM fills WHERE fills.client_id = intents.client_id) AS listed
    FROM intents WHERE day >= ? AND day < ?)
  GROUP BY 1`;
const ADJUSTED = 'SELECT security, SUM(amount) AS amount FROM adjustments GROUP BY 1';
/** Time of the last trade in a security. */
export const LAST_TRADE =
  'SELECT fills.time FROM fills JOIN intents USING (client_id) WHERE security = ? ORDER BY fills.rowid DESC LIMIT 1';
/** A row when, from that day on, more of an order in a security was called filled than is listed. */
export const UNLISTED = `
  SELECT 1 FROM intents WHERE security = ? AND day >= ?
    AND filled > (SELECT COALESCE(SUM(amount), 0) FROM fills WHERE fills.client_id = intents.client_id) LIMIT 1`;
const DAY_OF = 'SELECT day FROM intents WHERE client_id = ?';
const FIRST = '';
const LAST = '9999-12-31';

/**
 * What an instance bought and has not sold. Its whole past is in every answer and asked for with each reading of the account: what
 * earlier days come to is kept, and read anew only when one of their orders is written again.
 */
export class OwnShares {
  readonly #store: LedgerStore;
  /** Of all days before `day`. */
  #earlier: { readonly day: string; readonly shares: ReadonlyMap<string, number> } = { day: FIRST, shares: new Map() };

  constructor(store: LedgerStore) {
    this.#store = store;
  }

  /** To be told before these are written. */
  changes(intents: readonly IntentRow[], fills: readonly FillRow[]): void {
    const isEarlier = (day: string): boolean => day < this.#earlier.day;
    const dayOf = ({ clientId, day }: FillRow): string => this.#store.one(DAY_OF, clientId, DAY) ?? day;
    if (intents.some(({ day }) => isEarlier(day)) || fills.some((fill) => isEarlier(dayOf(fill))))
      this.#earlier = { day: FIRST, shares: new Map() };
  }

  /** By security; what is 0 is left out. */
  of(today: string): Map<string, number> {
    if (today < this.#earlier.day) this.#earlier = { day: FIRST, shares: new Map() };
    if (this.#earlier.day < today) {
      const { day, shares } = this.#earlier;
      this.#earlier = { day: today, shares: added(shares, this.#read(today, day, today)) };
    }
    const adjusted = new Map(
      this.#store.all(ADJUSTED, []).map((row) => [String(row['security']), Number(row['amount'])]),
    );
    const all = added(added(this.#earlier.shares, this.#read(today, today, LAST)), adjusted);
    return new Map([...all].filter(([security, amount]) => amount !== 0 && movesShares(security)));
  }

  #read(today: string, from: string, until: string): Map<string, number> {
    const rows = this.#store.all(SHARES, [today, from, until]);
    return new Map(rows.map((row) => [String(row['security']), Number(row['amount'])]));
  }
}

function added(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): Map<string, number> {
  const sum = new Map(a);
  for (const [security, amount] of b) sum.set(security, (sum.get(security) ?? 0) + amount);
  return sum;
}
