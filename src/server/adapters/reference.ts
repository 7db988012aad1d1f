import type {
  GatewayAccount,
  GatewayHealth,
  GatewayOrder,
  GatewayPosition,
  GatewayTrade,
} from '../../domain/gateway.ts';
import type { AccountConfig } from '../account-types.ts';
import type { AccountBroker, BookView, CancelReply, Gateway, MarketData, NewOrder } from './gateway.ts';
import { ReferenceBook } from './reference-book.ts';
import { referenceBars, referenceQuote, referenceSecurityInfo, referenceTradeDays } from './reference-data.ts';
import { gatewayOrder } from './reference-order.ts';

const DATA: MarketData = {
  quote: (security) => Promise.resolve(referenceQuote(security)),
  bars: (request) => Promise.resolve(referenceBars(request)),
  tradeDays: () => Promise.resolve(referenceTradeDays()),
  securityInfo: (security) => Promise.resolve(referenceSecurityInfo(security)),
};

/** The recorded stub: constant prices, orders that stay open unless a scenario says otherwise, no checks, memory only. */
export class ReferenceGateway implements Gateway {
  readonly inProcess = true;
  readonly data = DATA;
  readonly #brokers = new Map<string, ReferenceBroker>();
  readonly #now: () => number;

  /** `now`: the time orders are stamped with, epoch ms. */
  constructor(now: () => number) {
    this.#now = now;
  }

  broker(account: AccountConfig): ReferenceBroker {
    const known = this.#brokers.get(account.key);
    if (known !== undefined) return known;
    const broker = new ReferenceBroker(account, this.#now);
    this.#brokers.set(account.key, broker);
    return broker;
  }

  health(): Promise<GatewayHealth> {
    return Promise.resolve({ backend: 'stub', market: 'reference', clock: null });
  }
}

class ReferenceBroker implements AccountBroker, BookView {
  readonly #book: ReferenceBook;
  readonly #now: () => number;

  constructor(account: AccountConfig, now: () => number) {
    this.#book = new ReferenceBook(account);
    this.#now = now;
  }

  account(): Promise<GatewayAccount> {
    return Promise.resolve(this.accountNow());
  }

  positions(): Promise<readonly GatewayPosition[]> {
    return Promise.resolve(this.#book.positions());
  }

  orders(): Promise<readonly GatewayOrder[]> {
    return Promise.resolve(this.ordersNow());
  }

  trades(): Promise<readonly GatewayTrade[]> {
    return Promise.resolve([...this.#book.trades]);
  }

  order(orderId: string): Promise<GatewayOrder | null> {
    const order = this.#book.find(orderId);
    return Promise.resolve(order === null ? null : gatewayOrder(order));
  }

  async submit(request: NewOrder, entered: (orderId: string) => void): Promise<GatewayOrder> {
    const order = this.#book.enter(request, this.#now());
    entered(order.id);
    return gatewayOrder(order);
  }

  /** What is final already counts as cancelled, as recorded. */
  cancel(orderId: string): Promise<CancelReply> {
    const order = this.#book.find(orderId);
    if (order === null) return Promise.resolve({ kind: 'refused', text: '' });
    this.#book.cancel(order);
    return Promise.resolve({ kind: 'requested', text: '' });
  }

  label(orderIds: readonly string[], subAccountId: string): Promise<void> {
    for (const orderId of orderIds) {
      const order = this.#book.find(orderId);
      if (order !== null) order.subAccountId ??= subAccountId;
    }
    return Promise.resolve();
  }

  accountNow(): GatewayAccount {
    return this.#book.account();
  }

  ordersNow(): GatewayOrder[] {
    return this.#book.orders.map(gatewayOrder);
  }
}
