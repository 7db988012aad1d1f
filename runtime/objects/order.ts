import type { DateTime } from 'luxon';
import type { OrderView } from '../../src/domain/order/types.ts';
import { chinaDateTime } from './datetime/china-time.ts';
import { dateTimeText } from '../text/python-text.ts';
import { guardGetters } from './guard.ts';
import { statusOf } from './order-status.ts';
import type { OrderStatus } from './order-status.ts';
import { styleObject } from './order-styles.ts';
import type { AnyOrderStyle } from './order-styles.ts';

/**
 * An order as it was when the call that gave it returned; call get_orders() for its present state.
 * Amounts are always positive; the direction is `is_buy`. Numbers the venue does not tell are NaN, never 0.
 */
export class Order {
  readonly #view: OrderView;

  constructor(view: OrderView) {
    this.#view = view;
    Object.preventExtensions(this);
  }

  /** Ours, stable across restarts. */
  get order_id(): string {
    return this.#view.orderId;
  }

  get security(): string {
    return this.#view.security;
  }

  get status(): OrderStatus {
    return statusOf(this.#view);
  }

  get add_time(): DateTime {
    return chinaDateTime(this.#view.addTime);
  }

  get is_buy(): boolean {
    return this.#view.side === 'buy';
  }

  /** Shares asked for. */
  get amount(): number {
    return this.#view.amount;
  }

  /** Shares filled so far; a cancelled order may have some. */
  get filled(): number {
    return this.#view.filled;
  }

  /** Average price of the fills; 0 while there is none. */
  get price(): number {
    return this.#view.price ?? 0;
  }

  /** Buys: the fill price. Sells: the cost of the position before, NaN when the venue does not tell. */
  get avg_cost(): number {
    return this.#view.avgCost ?? (this.is_buy ? this.price : Number.NaN);
  }

  /** Always `long`: stocks and funds only. */
  get side(): 'long' {
    return 'long';
  }

  get action(): 'open' | 'close' {
    return this.is_buy ? 'open' : 'close';
  }

  /** CNY; 0 before the first fill, NaN when the venue does not tell. */
  get commission(): number {
    return this.#view.commission ?? (this.filled === 0 ? 0 : Number.NaN);
  }

  get style(): AnyOrderStyle {
    return styleObject(this.#view.style);
  }

  get pindex(): number {
    return this.#view.pindex ?? 0;
  }

  /** True while it is not known whether the venue has (a part of) it. Not in JoinQuant. */
  get unknown(): boolean {
    return this.#view.unknown;
  }

  /** Why it is in its state, when there is a reason. Not in JoinQuant. */
  get reason(): string | null {
    return this.#view.reason;
  }

  /** Ids at the broker. Not in JoinQuant. */
  get broker_order_ids(): readonly string[] {
    return this.#view.brokerOrderIds;
  }

  toString(): string {
    const parts = [
      `order_id=${this.order_id}`,
      `security=${this.security}`,
      `status=${this.status.name}`,
      `style=${this.style.toString()}`,
      `side=${this.side}`,
      `action=${this.action}`,
      `amount=${this.amount}`,
      `filled=${this.filled}`,
      `price=${this.price}`,
      `add_time=${dateTimeText(this.add_time)}`,
      ...(this.unknown ? ['unknown=True'] : []),
    ];
    return `StockOrder(${parts.join(' ')})`;
  }
}

guardGetters(Order, 'order');
