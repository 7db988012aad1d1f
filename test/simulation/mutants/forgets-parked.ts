import type { OrderRow } from '../../../src/domain/order/rows.ts';
import { ledgerWith } from './ledger-with.ts';
import type { Mutant } from './mutant.ts';

/** A restart reads back what has been sent, and not what waits for its window. */
export const FORGETS_PARKED: Mutant = {
  name: 'a parked order is forgotten at a restart',
  ledger: (ledger) => {
    const sent = (rows: readonly OrderRow[]): OrderRow[] => rows.filter(({ phase }) => phase !== 'parked');
    return ledgerWith(ledger, {
      ordersOf: (day) => sent(ledger.ordersOf(day)),
      unfinishedOrders: () => sent(ledger.unfinishedOrders()),
    });
  },
};
