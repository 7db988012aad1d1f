import { BtError } from '../errors.ts';
import type { TradingCalendar } from '../market/calendar.ts';

/** What a run_daily, run_weekly or run_monthly call says about its days. */
export interface DayRule {
  readonly frequency: 'daily' | 'weekly' | 'monthly';
  /** N-th trading day of the week or month, negative from the end; null for daily. */
  readonly ordinal: number | null;
  /** True: a period too short for the ordinal runs on its nearest trading day; false: not at all. */
  readonly force: boolean;
}

/** BtError BAD_ORDINAL unless weekly and monthly rules have a whole ordinal other than 0 and daily ones none. */
export function checkOrdinal({ frequency, ordinal }: DayRule): void {
  if (frequency === 'daily' ? ordinal === null : ordinal !== null && Number.isInteger(ordinal) && ordinal !== 0) return;
  const [name, word, period] =
    frequency === 'monthly' ? ['run_monthly', 'monthday', 'month'] : ['run_weekly', 'weekday', 'week'];
  const text =
    frequency === 'daily'
      ? `run_daily runs on every trading day and takes no ordinal, not ${ordinal}; use run_weekly or run_monthly.`
      : `${word}=${ordinal} is not a day of ${name}: it is the N-th trading day of the ${period}, ` +
        `so write 1, 2, 3 … from its start or -1, -2, -3 … from its end.`;
  throw new BtError('BAD_ORDINAL', text, { fault: 'strategy', details: { frequency, ordinal } });
}

/**
 * Whether the rule's task runs on that day. False on days that do not trade and before `startDay`; in the week or month in
 * which the strategy started, counting begins at its start day (`YYYY-MM-DD`). BtError BAD_ORDINAL, CALENDAR_EXPIRED.
 */
export function isTaskDay(rule: DayRule, day: string, calendar: TradingCalendar, startDay: string): boolean {
  checkOrdinal(rule);
  if (day < startDay || !calendar.isTradingDay(day)) return false;
  if (rule.ordinal === null) return true;
  // The calendar knows the days still to come, so "last" means the last of the whole period, not of the days so far.
  const whole = rule.frequency === 'weekly' ? calendar.daysOfWeek(day) : calendar.daysOfMonth(day);
  const days = whole.filter((each) => each >= startDay);
  return days[ordinalIndex(rule.ordinal, days.length, rule.force)] === day;
}

/** Index of the N-th of `length` days; outside, the nearest one or (not forced) -1. */
function ordinalIndex(ordinal: number, length: number, force: boolean): number {
  const index = ordinal > 0 ? ordinal - 1 : length + ordinal;
  if (index >= 0 && index < length) return index;
  if (!force) return -1;
  return index < 0 ? 0 : length - 1;
}
