import type { OrderRow } from '../domain/order/rows.ts';
import type { SubBonus } from '../domain/order/sub-tally.ts';
import { readBonus, readMove, readOrder, type CashMove } from './rows.ts';
import type { LedgerStore } from './store.ts';

/** As the index has it: orders of sub-portfolios other than the first. */
const OF_SUBS = `SELECT * FROM orders WHERE json_extract(request, '$.pindex') > 0 AND created_at >= ? ORDER BY created_at, rowid`;

/** What a ledger has of the sub-portfolios of a life; what writes it goes with a commit of somebody else's. */
export class SubStore {
  readonly #store: LedgerStore;

  constructor(store: LedgerStore) {
    this.#store = store;
  }

  /** Orders of sub-portfolios other than the first that were created from then on, market time, oldest first. */
  orders(from: number): OrderRow[] {
    return this.#store.map(OF_SUBS, [from], readOrder);
  }

  /** Money that was moved in this life, oldest first. */
  moves(): CashMove[] {
    return this.#store.map('SELECT * FROM cash_moves ORDER BY rowid', [], readMove);
  }

  /** What a call into the strategy has moved, oldest first. */
  movesOfCall(id: string): CashMove[] {
    return this.#store.map('SELECT * FROM cash_moves WHERE placed_in = ? ORDER BY rowid', [id], readMove);
  }

  /** What nights have changed, oldest first. */
  bonuses(): SubBonus[] {
    return this.#store.map('SELECT * FROM sub_bonuses ORDER BY rowid', [], readBonus);
  }
}
