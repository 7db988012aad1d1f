import { vi } from 'vitest';
import type { DepthQuote, GatewayOrder } from '../../../src/domain/gateway.ts';
import type { AccountBroker, Gateway, MarketData, NewOrder } from '../../../src/server/adapters/gateway.ts';

const NEVER = <T>(): Promise<T> => new Promise<T>(() => {});

/** A gateway of another process, whose every call does what the test says; by default it answers at once. */
export class FakeGateway implements Gateway {
  readonly inProcess = false;
  readonly submitted: NewOrder[] = [];
  readonly orders = new Map<string, GatewayOrder>();
  readonly submit = vi.fn<AccountBroker['submit']>((order, entered) => this.enter(order, entered));
  readonly order = vi.fn<AccountBroker['order']>((id) => Promise.resolve(this.orders.get(id) ?? null));
  readonly quote = vi.fn<MarketData['quote']>((security) => Promise.resolve(quoteOf(security)));

  get data(): MarketData {
    return { quote: this.quote, bars: NEVER, tradeDays: NEVER, securityInfo: NEVER };
  }

  broker(): AccountBroker {
    return {
      account: NEVER,
      positions: NEVER,
      orders: () => Promise.resolve([...this.orders.values()]),
      trades: NEVER,
      order: this.order,
      submit: this.submit,
      cancel: NEVER,
    };
  }

  health(): ReturnType<Gateway['health']> {
    return Promise.resolve({ backend: 'fake', market: 'fake', clock: null });
  }

  async enter(order: NewOrder, entered: (orderId: string) => void): Promise<GatewayOrder> {
    this.submitted.push(order);
    const row = openOrder(String(this.submitted.length), order);
    this.orders.set(row.orderId, row);
    entered(row.orderId);
    return row;
  }
}

export function openOrder(
  orderId: string,
  { security, side, amount, price, style, operation }: NewOrder,
): GatewayOrder {
  return {
    ...(operation === undefined ? {} : { operation }),
    orderId,
    security,
    side,
    amount,
    style,
    limitPrice: price,
    filled: 0,
    avgPrice: null,
    status: 'open',
    rawStatus: 50,
    rawWord: null,
    statusText: '',
    remark: '',
    strategyName: '',
    systemId: '',
    createdAt: null,
    commission: 0,
    tax: 0,
    frozenCash: 0,
    frozenAmount: 0,
    subAccountId: null,
  };
}

function quoteOf(security: string): DepthQuote {
  const missing = { preClose: null, dayOpen: null, highLimit: null, lowLimit: null, bid1: null, ask1: null };
  const day = { dayHigh: null, dayLow: null, money: 0, bids: [], asks: [] };
  const quote = { security, time: null, lastPrice: 6, volume: null, paused: false, isSt: null, name: null, ...missing };
  return { ...quote, ...day };
}
