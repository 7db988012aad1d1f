import type { TradingCalendar } from '../../domain/market/calendar.ts';
import { sessionPhase, type SessionPhase } from '../../domain/market/session.ts';
import { chinaDay } from '../../domain/time.ts';

/** Parts of a trading day in which handle_tick is called: from the opening call to the close. */
const TICKING: ReadonlySet<SessionPhase> = new Set<SessionPhase>([
  'opening_call',
  'opening_call_no_cancel',
  'pre_open',
  'morning',
  'afternoon',
  'closing_call',
]);

/** True where ticks are handed on. */
export function inTradingHours(now: number, calendar: Pick<TradingCalendar, 'isTradingDay'>): boolean {
  if (!TICKING.has(sessionPhase(now))) return false;
  try {
    return calendar.isTradingDay(chinaDay(now));
  } catch {
    return false; // the calendar has ended: what runs by time does not run either
  }
}
