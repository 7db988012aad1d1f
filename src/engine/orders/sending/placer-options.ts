import type { IntentRow } from '../../../domain/order/rows.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Meter } from '../../../platform/meter.ts';
import type { TimerSource } from '../../../platform/timers.ts';
import type { Broker } from '../../../venues/broker.ts';
import type { Events } from '../../events.ts';
import type { OrderBook } from '../book/order-book.ts';

export interface PlacerOptions {
  readonly broker: Broker;
  readonly book: OrderBook;
  readonly clock: Clock;
  readonly timers: TimerSource;
  readonly events: Events;
  /** Securities in which the broker's lists show of an order of ours what cannot be true. */
  readonly tracker: { implausible(): ReadonlySet<string> };
  /** Why trading waits for the moment, or null. */
  readonly waits: () => string | null;
  /** Why it may not be sent now, looked at again immediately before each write; null = go. */
  readonly closed: (intent: IntentRow) => string | null;
  /** Resolves when one more may leave; null = it may now. */
  readonly pace: { turn(): Promise<void> | null };
  readonly onUnknown: (clientId: string, answered: boolean) => void;
  readonly onFatal: (error: unknown) => void;
  readonly meter?: Pick<Meter, 'handedOver'> | null;
}
