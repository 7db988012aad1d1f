import type { DateTime } from 'luxon';
import type { TradeView } from '../../src/domain/order/types.ts';
import { dateTimeText } from '../text/python-text.ts';
import { chinaDateTime } from './datetime/china-time.ts';
import { guardGetters } from './guard.ts';

/** One fill. Amounts are positive; CNY figures the venue does not tell are NaN. */
export class Trade {
  readonly #view: TradeView;

  constructor(view: TradeView) {
    this.#view = view;
    Object.preventExtensions(this);
  }

  get trade_id(): string {
    return this.#view.tradeId;
  }

  get order_id(): string {
    return this.#view.orderId;
  }

  get security(): string {
    return this.#view.security;
  }

  get time(): DateTime {
    return chinaDateTime(this.#view.time);
  }

  get amount(): number {
    return this.#view.amount;
  }

  get price(): number {
    return this.#view.price;
  }

  /** Not in JoinQuant. */
  get is_buy(): boolean {
    return this.#view.side === 'buy';
  }

  /** Not in JoinQuant. */
  get commission(): number {
    return this.#view.commission ?? Number.NaN;
  }

  /** Stamp duty and transfer fee. Not in JoinQuant. */
  get tax(): number {
    return this.#view.tax ?? Number.NaN;
  }

  toString(): string {
    const parts = [
      `trade_id=${this.trade_id}`,
      `order_id=${this.order_id}`,
      `security=${this.security}`,
      `time=${dateTimeText(this.time)}`,
      `amount=${this.amount}`,
      `price=${this.price}`,
    ];
    return `Trade(${parts.join(' ')})`;
  }
}

guardGetters(Trade, 'trade');
