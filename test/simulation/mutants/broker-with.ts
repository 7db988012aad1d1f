import type { Broker } from '../../../src/venues/broker.ts';

/** The broker with some of its methods replaced. */
export function brokerWith(broker: Broker, replaced: Partial<Broker>): Broker {
  return {
    name: broker.name,
    start: () => broker.start(),
    stop: () => broker.stop(),
    canPlace: () => broker.canPlace(),
    place: (request) => broker.place(request),
    cancel: (orderId, isOurs) => broker.cancel(orderId, isOurs),
    account: () => broker.account(),
    positions: () => broker.positions(),
    orders: () => broker.orders(),
    trades: () => broker.trades(),
    health: () => broker.health(),
    ...(broker.onLatePlaceAnswer === undefined
      ? {}
      : { onLatePlaceAnswer: (listener) => broker.onLatePlaceAnswer?.(listener) ?? (() => undefined) }),
    ...(broker.onAccountNews === undefined
      ? {}
      : { onAccountNews: (listener) => broker.onAccountNews?.(listener) ?? (() => undefined) }),
    onStatus: (listener) => broker.onStatus(listener),
    ...replaced,
  };
}
