import type { GatewayHealth } from '../../../src/domain/gateway.ts';
import type { PaperExchange } from '../../../src/exchange/types.ts';
import type { Clock } from '../../../src/platform/clock.ts';
import type { AccountConfig } from '../../../src/server/account-types.ts';
import type { AccountBroker, Gateway, MarketData } from '../../../src/server/adapters/gateway.ts';
import { SimulatedGateway } from '../../../src/server/adapters/simulated.ts';
import type { Bridges } from './bridge.ts';
import type { Process } from './process.ts';

/** The exchange as a server sees it that reaches it through a bridge. */
export class OutsideGateway implements Gateway {
  readonly inProcess = false;
  readonly data: MarketData;
  readonly #inner: SimulatedGateway;
  readonly #ask: <T>(name: string, work: () => Promise<T>) => Promise<T>;
  readonly #brokers = new Map<string, AccountBroker>();

  constructor(exchange: PaperExchange, clock: Clock, owner: Process, bridges: Bridges) {
    this.#inner = new SimulatedGateway(exchange, clock);
    this.#ask = (name, work) => bridges.call(owner, name, work);
    const { data } = this.#inner;
    this.data = {
      quote: (security) => this.#ask('quote', () => data.quote(security)),
      bars: (request) => this.#ask('bars', () => data.bars(request)),
      tradeDays: (start, end) => this.#ask('days', () => data.tradeDays(start, end)),
      securityInfo: (security) => this.#ask('info', () => data.securityInfo(security)),
    };
  }

  broker(account: AccountConfig): AccountBroker {
    const known = this.#brokers.get(account.key);
    if (known !== undefined) return known;
    const inner = this.#inner.broker(account);
    const ask = this.#ask;
    const broker: AccountBroker = {
      account: () => ask('account', () => inner.account()),
      positions: () => ask('positions', () => inner.positions()),
      orders: () => ask('orders', () => inner.orders()),
      trades: () => ask('trades', () => inner.trades()),
      order: (orderId) => ask('order', () => inner.order(orderId)),
      submit: async (request, entered) => {
        const order = await ask('submit', () => inner.submit(request, () => undefined));
        entered(order.orderId);
        return order;
      },
      cancel: (orderId) => ask('cancel', () => inner.cancel(orderId)),
    };
    this.#brokers.set(account.key, broker);
    return broker;
  }

  health(): Promise<GatewayHealth> {
    return this.#ask('health', () => this.#inner.health());
  }
}
