import type { GatewayAccount, GatewayPosition, GatewayTrade } from '../../domain/gateway.ts';
import { chinaInstant } from '../../domain/time.ts';
import type { AccountConfig } from '../account-types.ts';
import type { NewOrder } from './gateway.ts';
import { referenceName } from './reference-data.ts';
import { newReferenceOrder } from './reference-order.ts';
import type { ReferenceOrder } from './reference-order.ts';
import type { Scenario } from './scenario.ts';

const START_CASH = 1_000_000;
/** The recorded stub stamps every trade with this time. */
const TRADE_TIME = chinaInstant('2025-01-01', '09:31:00');
const EXECUTED: ReadonlySet<string> = new Set(['filled', 'partly_canceled', 'partly_filled', 'rejected']);
const FINAL: ReadonlySet<string> = new Set(['filled', 'canceled', 'partly_canceled', 'rejected', 'failed', 'error']);

interface ReferencePosition {
  readonly security: string;
  amount: number;
  closeable: number;
  frozen: number | null;
  avgCost: number;
  lastPrice: number;
}

/** Orders, trades, positions and cash of one account of the reference market. It checks nothing, as recorded. */
export class ReferenceBook {
  readonly orders: ReferenceOrder[] = [];
  readonly trades: GatewayTrade[] = [];
  readonly #config: AccountConfig;
  readonly #positions = new Map<string, ReferencePosition>();
  #cash = START_CASH;
  #frozenCash = 0;

  constructor(config: AccountConfig) {
    this.#config = config;
  }

  account(): GatewayAccount {
    const marketValue = this.positions().reduce((sum, position) => money(sum + (position.marketValue ?? 0)), 0);
    return {
      accountId: this.#config.id,
      availableCash: this.#cash,
      transferableCash: this.#cash,
      frozenCash: this.#frozenCash,
      marketValue,
      totalValue: money(this.#cash + this.#frozenCash + marketValue),
    };
  }

  positions(): GatewayPosition[] {
    return [...this.#positions.values()].map(({ security, amount, closeable, frozen, avgCost, lastPrice }) => ({
      security,
      name: referenceName(security),
      amount,
      closeableAmount: closeable,
      frozenAmount: frozen,
      avgCost,
      lastPrice,
      marketValue: money(amount * lastPrice),
    }));
  }

  find(orderId: string): ReferenceOrder | null {
    return this.orders.find((order) => order.id === orderId) ?? null;
  }

  /** Enters an order and plays its scenario. `now`: epoch ms. */
  enter(request: NewOrder, now: number): ReferenceOrder {
    const order = newReferenceOrder(request, this.orders.length + 1, now);
    this.orders.push(order);
    if (EXECUTED.has(order.status)) this.#execute(order, request.scenario);
    else if (request.scenario?.reserves === true) this.#reserve(order);
    return order;
  }

  /** Cancels whatever is not final yet. */
  cancel(order: ReferenceOrder): void {
    if (FINAL.has(order.status)) return;
    order.status = 'canceled';
    this.#release(order);
  }

  #execute(order: ReferenceOrder, scenario: Scenario | null): void {
    const wanted = scenario?.filled ?? (order.status === 'filled' ? order.amount : 0);
    const filled = Math.max(0, Math.min(wanted, order.amount));
    if (filled === 0) return;
    const price = scenario?.tradedPrice ?? order.price ?? 0;
    order.filled = filled;
    order.avgPrice = price;
    this.#book(order, filled, price);
  }

  /** Books a fill: cash, position, trade. */
  #book(order: ReferenceOrder, filled: number, price: number): void {
    const { id, security, side, remark, commission, tax } = order;
    const value = money(filled * price);
    this.#cash = money(this.#cash + (side === 'buy' ? -value : value) - (commission + tax));
    const position = this.#positionOf(security, price);
    if (side === 'buy') {
      const held = position.amount + filled;
      position.avgCost = held === 0 ? 0 : money((position.avgCost * position.amount + value) / held);
      position.amount = held;
    } else {
      position.amount -= filled;
      position.closeable = Math.max(0, Math.min(position.closeable - filled, position.amount));
    }
    position.lastPrice = price;
    const facts = { security, side, remark, commission, tax, price, time: TRADE_TIME };
    this.trades.push({ ...facts, tradeId: `${id}-${filled}`, orderId: id, amount: filled });
  }

  #reserve(order: ReferenceOrder): void {
    const price = order.price ?? 0;
    if (order.side === 'buy') {
      order.frozenCash = money(order.amount * price);
      this.#cash = money(this.#cash - order.frozenCash);
      this.#frozenCash = money(this.#frozenCash + order.frozenCash);
      return;
    }
    const position = this.#positionOf(order.security, price);
    order.frozenAmount = Math.min(order.amount, position.closeable);
    position.closeable -= order.frozenAmount;
    position.frozen = (position.frozen ?? 0) + order.frozenAmount;
  }

  #release(order: ReferenceOrder): void {
    this.#cash = money(this.#cash + order.frozenCash);
    this.#frozenCash = money(this.#frozenCash - order.frozenCash);
    const position = this.#positions.get(order.security);
    if (position !== undefined && order.frozenAmount > 0) {
      position.closeable += order.frozenAmount;
      position.frozen = (position.frozen ?? 0) - order.frozenAmount;
    }
    order.frozenCash = 0;
    order.frozenAmount = 0;
  }

  #positionOf(security: string, price: number): ReferencePosition {
    const known = this.#positions.get(security);
    if (known !== undefined) return known;
    const position = { security, amount: 0, closeable: 0, frozen: null, avgCost: 0, lastPrice: price };
    this.#positions.set(security, position);
    return position;
  }
}

/** To the hundredth of a cent, so that sums of float products stay readable. */
function money(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
