import { marksIn } from '../../../domain/order/remark.ts';
import type { BrokerOrder } from '../../../domain/trading.ts';
import type { IntentRow } from '../../../domain/order/rows.ts';

/** The broker's orders of one reading, found by id and by mark: thousands of orders are looked through many times a second. */
export class OrderIndex {
  readonly all: readonly BrokerOrder[];
  readonly #byId: ReadonlyMap<string, BrokerOrder>;
  readonly #byMark = new Map<string, BrokerOrder[]>();
  readonly #ofIntent = new Map<string, readonly BrokerOrder[]>();

  constructor(orders: readonly BrokerOrder[]) {
    this.all = orders;
    this.#byId = new Map(orders.map((order) => [order.orderId, order]));
    for (const order of orders) {
      for (const tag of marksIn(order.remark)) {
        const rows = this.#byMark.get(tag);
        if (rows === undefined) this.#byMark.set(tag, [order]);
        else if (rows.at(-1) !== order) rows.push(order); // a remark may hold a mark twice
      }
    }
  }

  get(orderId: string): BrokerOrder | null {
    return this.#byId.get(orderId) ?? null;
  }

  /** The rows that bear an intent's id or mark. */
  of(intent: IntentRow): readonly BrokerOrder[] {
    const known = this.#ofIntent.get(intent.clientId);
    if (known !== undefined) return known;
    const rows = this.#find(intent);
    this.#ofIntent.set(intent.clientId, rows);
    return rows;
  }

  #find({ brokerOrderId, tag }: IntentRow): readonly BrokerOrder[] {
    const marked = this.#byMark.get(tag) ?? [];
    const named = brokerOrderId === null ? null : this.get(brokerOrderId);
    return named === null || marked.includes(named) ? marked : [named, ...marked];
  }
}
