import type { GatewayHealth, GatewayOrder } from '../../domain/gateway.ts';
import { FINAL_BROKER_STATUSES } from '../../domain/trading.ts';
import type { Clock } from '../../platform/clock.ts';
import type { AccountConfig } from '../account-types.ts';
import { enteredOrder } from './entered-order.ts';
import type { AccountBroker, CancelReply, Gateway, MarketData } from './gateway.ts';

/** What stands in the row of every order of a rehearsal. */
export const DRY_RUN_TEXT = 'DRY RUN: not sent to the counter';

const STANDING = { status: 'open', rawStatus: 50, statusText: DRY_RUN_TEXT } as const;

/**
 * Any gateway with its hands tied: everything is read from it, and no order or cancel ever reaches it. Orders are answered as placed,
 * stay open until they are cancelled, and are forgotten with the server.
 */
export class DryRunGateway implements Gateway {
  /** What it enters lives here and nowhere else. */
  readonly inProcess = true;
  readonly operations?: true;
  readonly data: MarketData;
  readonly #inner: Gateway;
  readonly #clock: Clock;
  readonly #brokers = new Map<string, AccountBroker>();
  #orders = 0;

  constructor(inner: Gateway, clock: Clock) {
    this.#inner = inner;
    this.#clock = clock;
    this.data = inner.data;
    if (inner.operations === true) this.operations = true;
  }

  broker(account: AccountConfig): AccountBroker {
    const known = this.#brokers.get(account.key);
    if (known !== undefined) return known;
    const broker = this.#rehearse(this.#inner.broker(account));
    this.#brokers.set(account.key, broker);
    return broker;
  }

  health(): Promise<GatewayHealth> {
    return this.#inner.health();
  }

  #rehearse(inner: AccountBroker): AccountBroker {
    const own = new Map<string, GatewayOrder>();
    return {
      account: () => inner.account(),
      positions: () => inner.positions(),
      trades: () => inner.trades(),
      orders: async () => [...(await inner.orders()), ...own.values()],
      order: (orderId) => {
        const order = own.get(orderId);
        return order === undefined ? inner.order(orderId) : Promise.resolve(order);
      },
      submit: (request, entered) => {
        this.#orders += 1;
        const order = enteredOrder(`dry-${this.#orders}`, request, this.#clock.now(), STANDING);
        own.set(order.orderId, order);
        entered(order.orderId);
        return Promise.resolve(order);
      },
      cancel: (orderId) => Promise.resolve(cancelOwn(own, orderId)),
    };
  }
}

function cancelOwn(own: Map<string, GatewayOrder>, orderId: string): CancelReply {
  const order = own.get(orderId);
  if (order === undefined) return { kind: 'refused', text: DRY_RUN_TEXT };
  if (FINAL_BROKER_STATUSES.has(order.status)) return { kind: 'refused', text: 'final' };
  own.set(orderId, { ...order, status: 'canceled', rawStatus: 54 });
  return { kind: 'requested', text: DRY_RUN_TEXT };
}
