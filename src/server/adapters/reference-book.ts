import type { JsonObject } from '../../protocol/json.ts';
import type { AccountConfig } from '../options.ts';
import { money } from '../wire-answers.ts';
import { referenceName } from './reference-data.ts';
import type { ReferenceOrder } from './reference-order.ts';

const START_CASH = 1_000_000;
/** The recorded stub stamps every trade with this time. */
const TRADE_TIME = '2025-01-01 09:31:00';

export interface ReferencePosition {
  readonly security: string;
  amount: number;
  closeable: number;
  frozen: number | null;
  avgCost: number;
  lastPrice: number;
}

/** Orders, trades, positions and cash of one account of the reference market. It checks nothing, as recorded. */
export class ReferenceBook {
  readonly config: AccountConfig;
  readonly orders: ReferenceOrder[] = [];
  readonly trades: JsonObject[] = [];
  readonly positions = new Map<string, ReferencePosition>();
  cash = START_CASH;
  frozenCash = 0;

  constructor(config: AccountConfig) {
    this.config = config;
  }

  get marketValue(): number {
    return [...this.positions.values()].reduce((sum, position) => money(sum + position.amount * position.lastPrice), 0);
  }

  get totalValue(): number {
    return money(this.cash + this.frozenCash + this.marketValue);
  }

  /** Books the fill of an order: cash, position, trade. */
  execute(order: ReferenceOrder, filled: number, price: number, fees: number): void {
    const security = String(order.row['security']);
    const value = money(filled * price);
    const isBuy = order.row['is_buy'] === true;
    this.cash = money(this.cash + (isBuy ? -value : value) - fees);
    const position = this.#positionOf(security, price);
    if (isBuy) {
      const held = position.amount + filled;
      position.avgCost = held === 0 ? 0 : money((position.avgCost * position.amount + value) / held);
      position.amount = held;
    } else {
      position.amount -= filled;
      position.closeable = Math.max(0, Math.min(position.closeable - filled, position.amount));
    }
    position.lastPrice = price;
    this.trades.push(tradeRow(order, filled, price, value));
  }

  reserve(order: ReferenceOrder): void {
    const amount = Number(order.row['amount']);
    if (order.row['is_buy'] === true) {
      order.frozenCash = money(amount * Number(order.row['order_price']));
      this.cash = money(this.cash - order.frozenCash);
      this.frozenCash = money(this.frozenCash + order.frozenCash);
    } else {
      const position = this.#positionOf(String(order.row['security']), Number(order.row['order_price']));
      order.frozenAmount = Math.min(amount, position.closeable);
      position.closeable -= order.frozenAmount;
      position.frozen = (position.frozen ?? 0) + order.frozenAmount;
    }
    showFrozen(order);
  }

  release(order: ReferenceOrder): void {
    this.cash = money(this.cash + order.frozenCash);
    this.frozenCash = money(this.frozenCash - order.frozenCash);
    const position = this.positions.get(String(order.row['security']));
    if (position !== undefined && order.frozenAmount > 0) {
      position.closeable += order.frozenAmount;
      position.frozen = (position.frozen ?? 0) - order.frozenAmount;
    }
    order.frozenCash = 0;
    order.frozenAmount = 0;
    showFrozen(order);
  }

  positionRows(): JsonObject[] {
    return [...this.positions.values()].map((position) => {
      const value = money(position.amount * position.lastPrice);
      return {
        security: position.security,
        amount: position.amount,
        available_amount: position.closeable,
        closeable_amount: position.closeable,
        can_use_volume: position.closeable,
        avg_cost: position.avgCost,
        last_price: position.lastPrice,
        current_price: position.lastPrice,
        name: referenceName(position.security),
        market_value: value,
        position_value: value,
        ...(position.frozen === null ? {} : { frozen_volume: position.frozen }),
      };
    });
  }

  #positionOf(security: string, price: number): ReferencePosition {
    const known = this.positions.get(security);
    if (known !== undefined) return known;
    const position = { security, amount: 0, closeable: 0, frozen: null, avgCost: 0, lastPrice: price };
    this.positions.set(security, position);
    return position;
  }
}

function showFrozen(order: ReferenceOrder): void {
  order.row['frozen_cash'] = order.frozenCash;
  order.row['frozen_amount'] = order.frozenAmount;
}

function tradeRow(order: ReferenceOrder, filled: number, price: number, value: number): JsonObject {
  const orderId = String(order.row['order_id']);
  return {
    trade_id: `${orderId}-${filled}`,
    order_id: orderId,
    security: order.row['security'],
    amount: filled,
    price,
    traded_price: price,
    trade_price: price,
    deal_balance: value,
    commission_fee: order.row['commission_fee'],
    commission: order.row['commission'],
    tax: order.row['tax'],
    time: TRADE_TIME,
  };
}
