import type {
  Broker,
  CancelOutcome,
  PlaceOutcome,
  PlaceRequest,
  VenueStatus,
  LatePlaceAnswer,
} from '../../../../src/venues/broker.ts';

/** Whether the process that uses the broker still lives. */
export interface Life {
  alive: boolean;
}

/**
 * The broker as one process sees it: once that process is dead nothing it asks for reaches the broker, and no answer
 * reaches it. So what is left of its timers and promises in a test does no harm.
 */
export function mortal(broker: Broker, life: Life): Broker {
  const ask = async <T>(work: () => Promise<T>): Promise<T> => {
    if (!life.alive) return never();
    try {
      const answer = await work();
      return life.alive ? answer : await never<T>();
    } catch (error) {
      if (!life.alive) return never();
      throw error;
    }
  };
  return {
    name: broker.name,
    start: () => broker.start(),
    stop: () => broker.stop(),
    canPlace: () => life.alive && broker.canPlace(),
    place: (request: PlaceRequest): Promise<PlaceOutcome> => ask(() => broker.place(request)),
    cancel: (orderId: string): Promise<CancelOutcome> => ask(() => broker.cancel(orderId)),
    account: () => ask(() => broker.account()),
    positions: () => ask(() => broker.positions()),
    orders: () => ask(() => broker.orders()),
    trades: () => ask(() => broker.trades()),
    health: () => ask(() => broker.health()),
    onLatePlaceAnswer: (listener: (late: LatePlaceAnswer) => void) =>
      broker.onLatePlaceAnswer?.((late) => {
        if (life.alive) listener(late);
      }) ?? (() => undefined),
    onAccountNews: (listener) =>
      broker.onAccountNews?.(() => {
        if (life.alive) listener();
      }) ?? (() => undefined),
    onStatus: (listener: (status: VenueStatus) => void) =>
      broker.onStatus((status) => {
        if (life.alive) listener(status);
      }),
  };
}

function never<T>(): Promise<T> {
  return new Promise(() => undefined);
}
