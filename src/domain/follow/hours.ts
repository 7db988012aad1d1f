import { continuousWindows, isContinuous } from '../market/session.ts';
import { nextSendTime, sendWindowAt, type TradingDayCalendar } from '../market/trading-hours.ts';
import { chinaDay, instantOf } from '../time.ts';

/** When a signal can be ordered: now, or at the next opening of the continuous auction (epoch ms); null where the calendar ends. */
export function orderableAt(now: number, calendar: TradingDayCalendar, security: string): number | null {
  if (sendWindowAt(now, calendar, security) !== null) return now;
  const next = nextSendTime(now, calendar, security);
  if (next === null || isContinuous(next, security)) return next;
  // Before the opening call: what was queued meets the market, not the call.
  const [first] = continuousWindows(security);
  return first === undefined ? next : Math.max(next, instantOf(chinaDay(next), first.from));
}
