import type { DispatchContext } from '../../runtime/host.ts';
import { previousKnown, type TradingCalendar } from '../domain/market/calendar.ts';
import { chinaDay } from '../domain/time.ts';
import type { Clock } from '../platform/clock.ts';

/** What holds for a call into the strategy that is made now. */
export function dispatchContext(
  { clock, calendar }: { readonly clock: Pick<Clock, 'now'>; readonly calendar: TradingCalendar },
  phase: DispatchContext['phase'],
): DispatchContext {
  const now = clock.now();
  const day = chinaDay(now);
  return { logicalTime: now, tradingDay: day, previousDate: previousKnown(calendar, day), phase };
}
