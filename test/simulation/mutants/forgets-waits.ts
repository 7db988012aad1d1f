import type { OrderRow } from '../../../src/domain/order/rows.ts';
import { ledgerWith } from './ledger-with.ts';
import type { Mutant } from './mutant.ts';

/** How long an order is waited for is known to the process that sent it alone. */
export const FORGETS_WAITS: Mutant = {
  name: 'a wait that ended while nobody was there is not acted on',
  ledger: (ledger) => {
    const read = (rows: readonly OrderRow[]): OrderRow[] => rows.map((row) => ({ ...row, waitUntil: null }));
    return ledgerWith(ledger, {
      ordersOf: (day) => read(ledger.ordersOf(day)),
      unfinishedOrders: () => read(ledger.unfinishedOrders()),
    });
  },
};
