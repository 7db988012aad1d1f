import { exchangeCalendar } from '../../../src/domain/market/calendar.ts';
import { addDays, chinaDay, instantOf } from '../../../src/domain/time.ts';

/** Seconds of the day in which the market trades without a pause. */
const TRADING: readonly (readonly [number, number])[] = [
  [9.5 * 3600, 11.5 * 3600],
  [13 * 3600, 14 * 3600 + 57 * 60],
];

/** Milliseconds of continuous trading between two instants (epoch ms). */
export function continuousMs(from: number, to: number): number {
  const calendar = exchangeCalendar();
  let sum = 0;
  const last = chinaDay(to);
  for (let day = chinaDay(from); day <= last; day = addDays(day, 1)) {
    if (!calendar.isTradingDay(day)) continue;
    for (const [begin, end] of TRADING)
      sum += Math.max(0, Math.min(to, instantOf(day, end)) - Math.max(from, instantOf(day, begin)));
  }
  return sum;
}

/** The trading day that an instant belongs to: its own, or the last one before it. */
export function tradingDayOf(instant: number): string {
  const calendar = exchangeCalendar();
  const day = chinaDay(instant);
  return calendar.isTradingDay(day) ? day : calendar.previous(day);
}

/** When the market closes on the day of an instant, epoch ms. */
export function closeOf(instant: number): number {
  return instantOf(chinaDay(instant), 15 * 3600);
}
