import { BtError } from '../domain/errors.ts';
import type { GatewayOrder } from '../domain/gateway.ts';
import { FINAL_BROKER_STATUSES } from '../domain/trading.ts';
import type { Clock } from '../platform/clock.ts';
import { nextTurn } from '../platform/turn.ts';
import type { AccountBroker } from './adapters/gateway.ts';

/** Market seconds a request waits for a final state when it does not say, and a cancel always (`TRADE_MAX_WAIT_TIME`). */
export const DEFAULT_WAIT_SECONDS = 16;
/** Market ms between two looks while a request waits. */
const STEP_MS = 500;

export interface OrderWait {
  readonly clock: Clock;
  /** Market seconds. */
  readonly seconds: number;
  /** Ends the wait early. */
  readonly signal: AbortSignal;
}

/**
 * Looks at once, then each half market second, until the order is final (resolves with it) or the wait is over (null). A look that
 * fails shows nothing; one that is not answered ends with the signal.
 */
export async function awaitFinal(
  broker: AccountBroker,
  orderId: string,
  { clock, seconds, signal }: OrderWait,
): Promise<GatewayOrder | null> {
  const release = clock.hold();
  const cut = abandoned(signal);
  try {
    const end = clock.now() + seconds * 1000;
    for (;;) {
      const order = await Promise.race([look(broker, orderId), cut]);
      if (order !== null && FINAL_BROKER_STATUSES.has(order.status)) return order;
      if (signal.aborted || clock.now() >= end) return null;
      await reach(clock, Math.min(end, clock.now() + STEP_MS), signal);
    }
  } finally {
    release();
  }
}

async function look(broker: AccountBroker, orderId: string): Promise<GatewayOrder | null> {
  try {
    return await broker.order(orderId);
  } catch (error) {
    if (error instanceof BtError) return null;
    throw error;
  }
}

/** Resolves with null a turn after the signal aborts: a look that is answered at once is still heard. */
function abandoned(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    const give = (): void => void nextTurn().then(() => resolve(null));
    if (signal.aborted) give();
    else signal.addEventListener('abort', give, { once: true });
  });
}

/** Resolves at the market instant, or when the signal aborts. */
function reach(clock: Clock, instant: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      timer.cancel();
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = clock.at(instant, finish);
    signal.addEventListener('abort', finish, { once: true });
  });
}
