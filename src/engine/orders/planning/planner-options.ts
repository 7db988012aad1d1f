import type { TradingCalendar } from '../../../domain/market/calendar.ts';
import type { OrderRow } from '../../../domain/order/rows.ts';
import type { Quote } from '../../../domain/trading.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Events } from '../../events.ts';
import type { PlanLimits } from '../../risk/plan-limits.ts';
import type { OrderBook } from '../book/order-book.ts';
import type { PlanningAccount } from './target-doubt.ts';

/** Protection of market-style orders: 0.015 and −0.015. */
export interface PriceProtection {
  readonly buyPercent: number;
  readonly sellPercent: number;
}

export interface OrderPlannerOptions {
  readonly book: OrderBook;
  readonly account: PlanningAccount;
  readonly clock: Clock;
  readonly calendar: Pick<TradingCalendar, 'isTradingDay' | 'next'>;
  readonly events: Events;
  readonly rules: PriceProtection;
  /** Securities in which the broker's lists show of an order of ours what cannot be true. */
  readonly tracker: { implausible(): ReadonlySet<string> };
  /** Brings what is shown of the account up to date. */
  readonly fresh: () => Promise<void>;
  readonly quote: (security: string, orderId: string) => Promise<Quote | null>;
  /** Why trading waits for the moment, or null. */
  readonly waits: () => string | null;
  /** Why this order may not be sent now, or null. */
  readonly closed: (order: OrderRow) => string | null;
  /** What the run's limits say to a plan. */
  readonly limits: PlanLimits;
  /** Ends waits when the run is told to stop. */
  readonly stop: AbortSignal;
}
