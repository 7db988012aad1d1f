import { ifKnown, isAlwaysClosed, type TradingCalendar } from '../../domain/market/calendar.ts';
import { addDays, chinaDay, chinaInstant } from '../../domain/time.ts';
import type { Clock, ClockTimer } from '../../platform/clock.ts';

/** The account is reconciled before the day's first task. */
const GATE_TIME = '08:45';
/** What the day has left is read when the counter has booked its close: what differs the next morning is of the night. */
const DAY_END_TIME = '15:05';

/** The readings that each day to come has: `begins` before its first task, `ends` after its close. Returns what cancels them. */
export function armDailyReadings(
  days: { readonly clock: Clock; readonly calendar: TradingCalendar },
  { begins, ends }: { readonly begins: () => Promise<unknown>; readonly ends: () => Promise<unknown> },
): () => void {
  const cancels = [armDaily(GATE_TIME, days, begins), armDaily(DAY_END_TIME, days, ends)];
  return () => {
    for (const cancel of cancels) cancel();
  };
}

/** Does the work at that time of each day to come that trades, or may trade; returns what cancels it. The work must not reject. */
export function armDaily(
  time: string,
  { clock, calendar }: { readonly clock: Clock; readonly calendar: TradingCalendar },
  work: () => Promise<unknown>,
): () => void {
  let timer: ClockTimer | null = null;
  const arm = (): void => {
    timer = clock.at(next(time, clock.now(), calendar), () => {
      // A clock that jumps must not jump over the day while its account is being read.
      const release = clock.hold('still');
      void work().finally(release);
      arm();
    });
  };
  arm();
  return () => timer?.cancel();
}

/** Epoch ms. A day that the calendar does not know may trade: tracking goes on whether or not orders are sent. */
function next(time: string, now: number, calendar: TradingCalendar): number {
  let day = chinaDay(now);
  for (;;) {
    const trades = ifKnown(() => calendar.isTradingDay(day)) ?? !isAlwaysClosed(day);
    if (trades && chinaInstant(day, time) > now) return chinaInstant(day, time);
    day = addDays(day, 1);
  }
}
