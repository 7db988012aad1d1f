import type { TradingDayCalendar } from '../../domain/market/trading-hours.ts';
import type { SignalRow } from '../../domain/follow/row.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { Clock } from '../../platform/clock.ts';
import type { TimerSource } from '../../platform/timers.ts';
import type { QuoteBoard } from '../data/quote-board.ts';
import type { Events } from '../events.ts';
import type { Trading } from '../trading.ts';
import type { FollowedStrategies } from './strategies.ts';

/** What following needs of a run: its order path, and nothing beside it. */
export interface FollowParts {
  readonly trading: Pick<Trading, 'desk' | 'driver' | 'book' | 'portfolios' | 'gate'>;
  readonly ledger: Pick<Ledger, 'signals' | 'settle' | 'orderOfKey' | 'intentsOfOrder' | 'fillsOfIntent'>;
  readonly quotes: Pick<QuoteBoard, 'fresh' | 'read'>;
  readonly clock: Clock;
  readonly timers: Pick<TimerSource, 'after'>;
  readonly calendar: TradingDayCalendar;
  readonly events: Events;
  readonly strategies: FollowedStrategies;
}

/** The request key of a signal's n-th order: asked for twice it is one order, in whichever life of the run. */
export function requestKeyOf({ key }: Pick<SignalRow, 'key'>, attempt: number): string {
  return `signal:${key}:${attempt}`;
}
