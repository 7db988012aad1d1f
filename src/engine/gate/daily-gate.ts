import { errorCode } from '../../domain/errors.ts';
import type { TradingCalendar } from '../../domain/market/calendar.ts';
import { chinaDay, chinaInstant } from '../../domain/time.ts';
import type { Clock, ClockTimer } from '../../platform/clock.ts';

/** The account is reconciled before the day's first task. */
const GATE_TIME = '08:45';

/** Runs `reconcile` at 08:45 of each trading day to come; returns what cancels it. */
export function armDailyGate(clock: Clock, calendar: TradingCalendar, reconcile: () => Promise<unknown>): () => void {
  let timer: ClockTimer | null = null;
  const arm = (): void => {
    const instant = nextGate(clock.now(), calendar);
    if (instant === null) return;
    timer = clock.at(instant, () => {
      // A clock that jumps must not jump over the day while its account is being read.
      const release = clock.hold('still');
      void reconcile().finally(release);
      arm();
    });
  };
  arm();
  return () => timer?.cancel();
}

/** Epoch ms; null where the calendar ends: without one there is no trading to prepare (the scheduler says so). */
function nextGate(now: number, calendar: TradingCalendar): number | null {
  const today = chinaDay(now);
  try {
    const isToday = calendar.isTradingDay(today) && chinaInstant(today, GATE_TIME) > now;
    return chinaInstant(isToday ? today : calendar.next(today), GATE_TIME);
  } catch (error) {
    if (errorCode(error) === 'CALENDAR_EXPIRED') return null;
    throw error;
  }
}
