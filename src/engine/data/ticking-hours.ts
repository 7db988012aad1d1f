import type { TradingCalendar } from '../../domain/market/calendar.ts';
import { isMarketPhase, sessionPhase } from '../../domain/market/session.ts';
import { chinaDay } from '../../domain/time.ts';

/** True where ticks are handed on. */
export function inTradingHours(now: number, calendar: Pick<TradingCalendar, 'isTradingDay'>): boolean {
  if (!isMarketPhase(sessionPhase(now))) return false;
  try {
    return calendar.isTradingDay(chinaDay(now));
  } catch {
    return false; // the calendar has ended: what runs by time does not run either
  }
}
