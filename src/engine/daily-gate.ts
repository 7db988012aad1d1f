import type { TradingCalendar } from '../domain/market/calendar.ts';
import { chinaDay, chinaInstant } from '../domain/time.ts';
import type { Clock, ClockTimer } from '../platform/clock.ts';

/** The account is reconciled before the day's first task. */
const GATE_TIME = '08:45';

/** Runs `reconcile` at 08:45 of each trading day to come; returns what cancels it. */
export function armDailyGate(clock: Clock, calendar: TradingCalendar, reconcile: () => Promise<unknown>): () => void {
  let timer: ClockTimer | null = null;
  const arm = (): void => {
    const today = chinaDay(clock.now());
    const isToday = calendar.isTradingDay(today) && chinaInstant(today, GATE_TIME) > clock.now();
    timer = clock.at(chinaInstant(isToday ? today : calendar.next(today), GATE_TIME), () => {
      // A clock that jumps must not jump over the day while its account is being read.
      const release = clock.hold();
      void reconcile().finally(release);
      arm();
    });
  };
  arm();
  return () => timer?.cancel();
}
