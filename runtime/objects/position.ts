import type { DateTime } from 'luxon';
import type { PositionView } from '../../src/domain/order/types.ts';
import { pyRepr } from '../text/python-text.ts';
import { chinaDateTime } from './datetime/china-time.ts';
import { guardGetters } from './guard.ts';

/**
 * One holding as it was when it was read; read `context.portfolio.positions[code]` again after an order.
 * `total_amount` leaves out the shares frozen by open sells: the whole holding is `total_amount + locked_amount`.
 * CNY figures the venue does not tell are NaN, never 0.
 */
export class Position {
  readonly #view: PositionView;
  readonly #pindex: number;

  constructor(view: PositionView, pindex = 0) {
    this.#view = view;
    this.#pindex = pindex;
    Object.preventExtensions(this);
  }

  get security(): string {
    return this.#view.security;
  }

  get price(): number {
    return this.#view.price ?? Number.NaN;
  }

  get total_amount(): number {
    return this.#view.amount - this.#view.lockedAmount;
  }

  /** What may be sold now (T+1 respected). */
  get closeable_amount(): number {
    return this.#view.closeableAmount;
  }

  /** Frozen by open sell orders. */
  get locked_amount(): number {
    return this.#view.lockedAmount;
  }

  /** Bought today. */
  get today_amount(): number {
    return this.#view.todayAmount;
  }

  /** CNY, of the whole holding. */
  get value(): number {
    return this.#view.value ?? this.price * this.#view.amount;
  }

  get avg_cost(): number {
    return this.#view.avgCost ?? Number.NaN;
  }

  /** The broker tells one cost only: equals avg_cost. */
  get acc_avg_cost(): number {
    return this.avg_cost;
  }

  /** The broker tells one cost only: equals avg_cost. */
  get hold_cost(): number {
    return this.avg_cost;
  }

  /** When it was opened; null when the venue does not tell. */
  get init_time(): DateTime | null {
    return this.#view.initTime === null ? null : chinaDateTime(this.#view.initTime);
  }

  /** Last trade in it; null when the venue does not tell. */
  get transact_time(): DateTime | null {
    return this.#view.transactTime === null ? null : chinaDateTime(this.#view.transactTime);
  }

  get side(): 'long' {
    return 'long';
  }

  /** Of the sub-portfolio that shows it; in context.portfolio 0. */
  get pindex(): number {
    return this.#pindex;
  }

  /** JoinQuant's old name of closeable_amount. */
  get amount(): number {
    return this.closeable_amount;
  }

  /** JoinQuant's old name of closeable_amount. */
  get sellable_amount(): number {
    return this.closeable_amount;
  }

  /** Name of the security, when the venue tells it. Not in JoinQuant. */
  get name(): string | null {
    return this.#view.name;
  }

  toString(): string {
    const { security, total_amount, closeable_amount, locked_amount, avg_cost, price, value } = this;
    const fields = { security, total_amount, closeable_amount, locked_amount, avg_cost, price, value };
    return `UserPosition(${pyRepr(fields)})`;
  }
}

guardGetters(Position, 'position');

/** What JoinQuant gives for a security that is not held: all zeros. */
export function emptyPosition(security: string, pindex = 0): Position {
  const nothing: PositionView = {
    security,
    name: null,
    amount: 0,
    closeableAmount: 0,
    lockedAmount: 0,
    todayAmount: 0,
    avgCost: 0,
    price: 0,
    value: 0,
    initTime: null,
    transactTime: null,
  };
  return new Position(nothing, pindex);
}
