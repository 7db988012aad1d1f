import type { OrderView } from '../../src/domain/order/types.ts';
import { strictMembers } from './attributes.ts';
import { shared } from './shared.ts';

type StatusName = 'open' | 'filled' | 'canceled' | 'rejected' | 'held' | 'new';

/** One status; compare with `===`, `String(status)` is its bare name, `status.value` JoinQuant's number. */
class Status {
  readonly name: StatusName;
  readonly value: number;

  constructor(name: StatusName, value: number) {
    this.name = name;
    this.value = value;
    Object.freeze(this);
  }

  toString(): string {
    return this.name;
  }

  toJSON(): string {
    return this.name;
  }
}

strictMembers(Status, 'order.status');

/**
 * JoinQuant's order statuses in JoinQuant's meanings:
 * `new` not at the exchange yet (or its fate unknown), `open` working without a fill, `filled` PARTLY filled and working,
 * `held` COMPLETELY filled, `canceled` ended by a cancel (may have fills), `rejected`.
 */
export const OrderStatus = shared('OrderStatus', () =>
  Object.freeze({
    open: new Status('open', 0),
    filled: new Status('filled', 1),
    canceled: new Status('canceled', 2),
    rejected: new Status('rejected', 3),
    held: new Status('held', 4),
    new: new Status('new', 8),
  }),
);
export type OrderStatus = Status;

/** The status JoinQuant would show for our order. */
export function statusOf(view: OrderView): OrderStatus {
  switch (view.state) {
    case 'planned':
    case 'sending':
    case 'unknown':
      return OrderStatus.new;
    case 'accepted':
      return view.filled > 0 && view.filled < view.amount ? OrderStatus.filled : OrderStatus.open;
    case 'canceling':
      return OrderStatus.open;
    case 'filled':
      return OrderStatus.held;
    case 'rejected':
      return OrderStatus.rejected;
    case 'canceled':
    case 'not_sent':
    case 'not_placed':
    case 'expired':
      return OrderStatus.canceled;
  }
}

/** The status of a name, a number or a status; null for anything else. */
export function findStatus(value: unknown): OrderStatus | null {
  const text = String(value);
  return Object.values(OrderStatus).find((s) => s === value || s.name === text || s.value === value) ?? null;
}
