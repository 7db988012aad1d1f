import type { IntentRow, OrderRow } from '../../../domain/order/rows.ts';
import { viewOfSub } from '../../../domain/order/sub-portfolios.ts';
import { pindexOf, type AccountView } from '../../../domain/order/types.ts';
import { refusalIn } from '../../account/subs/sub-plan.ts';
import type { OrderBook } from '../book/order-book.ts';
import { anyIntent } from '../book/unsettled.ts';
import type { PlanningAccount } from './target-doubt.ts';

/** What an order is planned on: what its sub-portfolio has; in words why it is never carried out, or not now. */
export function ownView(order: OrderRow, account: Pick<PlanningAccount, 'view' | 'pindexOf'>): AccountView | string {
  const view = account.view();
  if (view === null) return 'the account is being read again.';
  const pindex = account.pindexOf(order);
  // One that waits may be of an earlier life: then it is the first one's.
  const asked = order.phase === 'new' ? pindexOf(order.request) : pindex;
  return refusalIn(view, asked, order.security) ?? viewOfSub(view, pindex) ?? view;
}

/** Whether an intent is of the same sub-portfolio as an order. */
export function isOfSameSub(
  order: OrderRow,
  {
    book,
    account,
  }: { readonly book: Pick<OrderBook, 'life'>; readonly account: Pick<PlanningAccount, 'view' | 'pindexOf'> },
): (intent: IntentRow) => boolean {
  if (account.view()?.subs === undefined) return anyIntent;
  const pindex = account.pindexOf(order);
  return ({ orderId }) => {
    const other = book.life(orderId)?.order;
    return (other === undefined ? 0 : account.pindexOf(other)) === pindex;
  };
}
