import type {
  GatewayAccount,
  GatewayHealth,
  GatewayOrder,
  GatewayPosition,
  GatewayTrade,
} from '../../domain/gateway.ts';
import { dividendsIn, securityInfosIn } from '../../domain/data/readings.ts';
import { chinaDay } from '../../domain/time.ts';
import type { ExchangeOrder, PaperExchange } from '../../exchange/types.ts';
import type { Clock } from '../../platform/clock.ts';
import { inTurns } from '../../platform/turn.ts';
import { brokerStatus } from '../../protocol/status.ts';
import type { AccountConfig } from '../account-types.ts';
import { requestFailed } from '../python.ts';
import type { AccountBroker, BookView, CancelReply, Gateway, MarketData, NewOrder } from './gateway.ts';

/** The paper exchange behind the port: real rules, market time. */
export class SimulatedGateway implements Gateway {
  readonly inProcess = true;
  readonly data: MarketData;
  readonly #exchange: PaperExchange;
  readonly #clock: Clock;
  readonly #brokers = new Map<string, SimulatedBroker>();

  constructor(exchange: PaperExchange, clock: Clock) {
    this.#exchange = exchange;
    this.#clock = clock;
    this.data = marketData(exchange, clock);
  }

  broker({ key }: AccountConfig): SimulatedBroker {
    const known = this.#brokers.get(key);
    if (known !== undefined) return known;
    const broker = new SimulatedBroker(this.#exchange, key);
    this.#brokers.set(key, broker);
    return broker;
  }

  async health(): Promise<GatewayHealth> {
    const { speed } = this.#clock;
    return { backend: 'stub', market: 'simulated', clock: { now: this.#clock.now(), speed } };
  }
}

function marketData(exchange: PaperExchange, clock: Clock): MarketData {
  return {
    quote: async (security) => {
      const { quote, ...rest } = exchange.tick(security);
      return { ...quote, ...rest };
    },
    bars: async (request) => exchange.bars(request),
    tradeDays: async (start, end) => exchange.tradeDays(start, end),
    securityInfo: async (security) => exchange.securityInfo(security),
    securities: async (types, day) =>
      securityInfosIn(await inTurns(exchange.table({ dataset: 'securities', params: { types, day } }, clock.now()))),
    dividends: async (security) => {
      const params = { securities: [security], start: null, end: chinaDay(clock.now()) };
      return dividendsIn(await inTurns(exchange.table({ dataset: 'dividends', params }, clock.now())));
    },
    tables: { datasets: exchange.datasets, table: (request, asOf) => inTurns(exchange.table(request, asOf)) },
  };
}

class SimulatedBroker implements AccountBroker, BookView {
  readonly #exchange: PaperExchange;
  readonly #key: string;

  constructor(exchange: PaperExchange, key: string) {
    this.#exchange = exchange;
    this.#key = key;
  }

  async account(): Promise<GatewayAccount> {
    return this.accountNow();
  }

  async positions(): Promise<readonly GatewayPosition[]> {
    return this.#exchange.positions(this.#key);
  }

  async orders(): Promise<readonly GatewayOrder[]> {
    return this.ordersNow();
  }

  async trades(): Promise<readonly GatewayTrade[]> {
    return this.#exchange.trades(this.#key);
  }

  async order(orderId: string): Promise<GatewayOrder | null> {
    const order = this.#exchange.order(this.#key, orderId);
    return order === null ? null : gatewayOrder(order);
  }

  async submit(request: NewOrder, entered: (orderId: string) => void): Promise<GatewayOrder> {
    const { style } = request;
    if (style !== 'limit' && style !== 'market')
      throw requestFailed(`不支持的 style.type: ${style}（可用: limit, market）`);
    const order = this.#exchange.place(this.#key, { ...request, style });
    entered(order.orderId);
    return gatewayOrder(order);
  }

  async cancel(orderId: string): Promise<CancelReply> {
    return this.#exchange.cancel(this.#key, orderId);
  }

  accountNow(): GatewayAccount {
    return this.#exchange.account(this.#key);
  }

  ordersNow(): GatewayOrder[] {
    return this.#exchange.orders(this.#key).map(gatewayOrder);
  }
}

function gatewayOrder(order: ExchangeOrder): GatewayOrder {
  const { sysId, price, status, tradingDay: _, ...rest } = order;
  return {
    ...rest,
    systemId: sysId,
    limitPrice: price,
    status: brokerStatus(null, status),
    rawStatus: status,
    rawWord: null,
    subAccountId: null,
  };
}
