import type { OrderRow } from '../../../src/domain/order/rows.ts';
import { ledgerWith } from './ledger-with.ts';
import type { Mutant } from './mutant.ts';

/** That the price of an order has come is known to the process that saw it alone. */
export const FORGETS_TRIGGERS: Mutant = {
  name: 'a restart forgets that an order was triggered',
  ledger: (ledger) => {
    const read = (rows: readonly OrderRow[]): OrderRow[] =>
      rows.map((row) => ({ ...row, triggeredAt: null, triggerPrice: null }));
    return ledgerWith(ledger, {
      ordersOf: (day) => read(ledger.ordersOf(day)),
      unfinishedOrders: () => read(ledger.unfinishedOrders()),
    });
  },
};
