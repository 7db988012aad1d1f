import { ifKnown, isAlwaysClosed, type TradingCalendar } from '../../domain/market/calendar.ts';
import { addDays, chinaDay, chinaInstant } from '../../domain/time.ts';
import type { Clock, ClockTimer } from '../../platform/clock.ts';

/** The account is reconciled before the day's first task. */
const GATE_TIME = '08:45';

/** Runs `reconcile` at 08:45 of each day to come that trades, or may trade; returns what cancels it. */
export function armDailyGate(clock: Clock, calendar: TradingCalendar, reconcile: () => Promise<unknown>): () => void {
  let timer: ClockTimer | null = null;
  const arm = (): void => {
    timer = clock.at(nextGate(clock.now(), calendar), () => {
      // A clock that jumps must not jump over the day while its account is being read.
      const release = clock.hold('still');
      void reconcile().finally(release);
      arm();
    });
  };
  arm();
  return () => timer?.cancel();
}

/** Epoch ms. A day that the calendar does not know may trade: tracking goes on whether or not orders are sent. */
function nextGate(now: number, calendar: TradingCalendar): number {
  let day = chinaDay(now);
  for (;;) {
    const trades = ifKnown(() => calendar.isTradingDay(day)) ?? !isAlwaysClosed(day);
    if (trades && chinaInstant(day, GATE_TIME) > now) return chinaInstant(day, GATE_TIME);
    day = addDays(day, 1);
  }
}
