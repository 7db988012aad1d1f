import { closedDay, openedDay } from '../domain/market/session.ts';
import type { HoldingRow } from './rows.ts';

/** Whether a holding as it was read says more than what is written down of it: the same of the same day does not, unless it is the first after the close. */
export function isNewHolding(row: HoldingRow, before: HoldingRow | undefined): boolean {
  return (
    before === undefined ||
    before.amount !== row.amount ||
    before.transacted !== row.transacted ||
    [openedDay, closedDay].some((dayOf) => dayOf(before.readAt) !== dayOf(row.readAt))
  );
}
