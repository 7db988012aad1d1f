import { chinaDay } from '../../../domain/time.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { OrderBook } from '../book/order-book.ts';
import type { OrderRow } from '../../../domain/order/rows.ts';
import type { AccountView } from '../../../domain/order/types.ts';

/** What planning reads of the account. */
export interface PlanningAccount {
  view(): AccountView | null;
  /** Securities whose holding the broker sees otherwise than we do. */
  disputed(): ReadonlySet<string>;
  /** The account counts more than its list of positions shows. */
  mayLackRows(): boolean;
  /** Of which sub-portfolio an order is. */
  pindexOf(order: OrderRow): number;
}

interface Parts {
  readonly book: OrderBook;
  readonly account: PlanningAccount;
  readonly clock: Clock;
}

/** Why a target cannot be computed now, or null: it starts from what is held, and needs positions without doubt. */
export function targetDoubt(security: string, parts: Parts): string | null {
  const { book, account } = parts;
  if (account.disputed().has(security))
    return `the broker does not hold what we expect of ${security}; a target cannot be computed until it is clear who is right.`;
  const isListed = account.view()?.positions.some((held) => held.security === security && held.amount !== 0);
  if (account.mayLackRows() && isListed !== true)
    return `the account counts more than its list of positions shows; whether it holds ${security} is not known, and a target cannot be computed.`;
  const unsettled = book
    .intents()
    .some((intent) => intent.security === security && (intent.state === 'unknown' || intent.state === 'canceling'));
  if (unsettled) return `${security} has an order that is not settled; a target cannot be computed until it is.`;
  return hasUnlisted(security, parts)
    ? `the trades of an order in ${security} do not add up to what the broker calls filled; a target cannot be computed until they do.`
    : null;
}

/** True while trades of an order of today in a security are still to be listed. */
export function hasUnlisted(security: string, { book, clock }: Pick<Parts, 'book' | 'clock'>): boolean {
  return book.unlisted(chinaDay(clock.now())).some((intent) => intent.security === security);
}
