import { BtError } from '../errors.ts';
import { ifKnown, type TradingCalendar } from '../market/calendar.ts';
import { addDays, weekday } from '../time.ts';

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
 * which the strategy started, counting begins at its start day (`YYYY-MM-DD`). BtError BAD_ORDINAL; CALENDAR_EXPIRED when it
 * depends on days that the calendar does not know.
 */
export function isTaskDay(rule: DayRule, day: string, calendar: TradingCalendar, startDay: string): boolean {
  checkOrdinal(rule);
  if (day < startDay || !calendar.isTradingDay(day)) return false;
  if (rule.ordinal === null) return true;
  const daysOf = (each: string): string[] =>
    rule.frequency === 'weekly' ? calendar.daysOfWeek(each) : calendar.daysOfMonth(each);
  // The calendar knows the days still to come, so "last" means the last of the whole period, not of the days so far.
  const whole = ifKnown(() => daysOf(day));
  const days = (whole ?? knownOfPeriod(rule, day, calendar)).filter((each) => each >= startDay);
  if (whole === null && !isDecided(rule, rule.ordinal, days, day)) daysOf(day); // which throws
  return days[ordinalIndex(rule.ordinal, days.length, rule.force)] === day;
}

/** The days of a period that reaches beyond the calendar, as far as it knows them. */
function knownOfPeriod({ frequency }: DayRule, day: string, calendar: TradingCalendar): string[] {
  const first = frequency === 'weekly' ? addDays(day, 1 - weekday(day)) : `${day.slice(0, 8)}01`;
  return first < calendar.from ? calendar.daysOfMonth(day) : calendar.between(first, calendar.expires);
}

/** Whether days that may follow `days` in their period make no difference to `day`. */
function isDecided({ force }: DayRule, ordinal: number, days: readonly string[], day: string): boolean {
  if (ordinal > 0) return days.length >= ordinal || !force || days.at(-1) !== day;
  // Counted from the end: `day` can only be further from it than it seems.
  return days.length - days.indexOf(day) > -ordinal;
}

/** Index of the N-th of `length` days; outside, the nearest one or (not forced) -1. */
function ordinalIndex(ordinal: number, length: number, force: boolean): number {
  const index = ordinal > 0 ? ordinal - 1 : length + ordinal;
  if (index >= 0 && index < length) return index;
  if (!force) return -1;
  return index < 0 ? 0 : length - 1;
}
