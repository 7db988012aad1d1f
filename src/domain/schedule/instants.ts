import { BtError } from '../errors.ts';
import type { TradingCalendar } from '../market/calendar.ts';
import { barMinutes, type BarFrequency } from '../market/session.ts';
import { instantOf } from '../time.ts';
import type { DayRule } from './task-days.ts';
import { checkOrdinal, isTaskDay } from './task-days.ts';
import type { TimeExpression } from './time-expression.ts';
import { parseTimeExpression } from './time-expression.ts';

/** The part of a run_* registration that says when; `time` as the strategy wrote it. */
export interface ScheduleRule extends DayRule {
  readonly time: string;
}

/** Refuses a rule that could never run as meant: BtError BAD_TIME_EXPRESSION or BAD_ORDINAL. Call it when a task is registered. */
export function checkRule(rule: ScheduleRule): TimeExpression {
  checkOrdinal(rule);
  const time = parseTimeExpression(rule.time);
  if (time.kind === 'every_bar' && rule.frequency !== 'daily') {
    throw new BtError(
      'BAD_TIME_EXPRESSION',
      `"${rule.time}" works with run_daily only; give run_${rule.frequency} one time, like '9:30' or 'open+5m'.`,
      { fault: 'strategy', details: { time: rule.time, frequency: rule.frequency } },
    );
  }
  return time;
}

/**
 * The instants (epoch ms, ascending) the rule means on that day: none, one, or for `every_bar` those of the bars.
 * `startDay`: the day the strategy started, `YYYY-MM-DD`. BtError BAD_TIME_EXPRESSION, BAD_ORDINAL, CALENDAR_EXPIRED.
 */
export function dueInstants(
  rule: ScheduleRule,
  tradingDay: string,
  calendar: TradingCalendar,
  startDay: string,
  bars: BarFrequency,
): number[] {
  const time = checkRule(rule);
  if (!isTaskDay(rule, tradingDay, calendar, startDay)) return [];
  if (time.kind === 'clock') return [instantOf(tradingDay, time.secondOfDay)];
  return barMinutes(bars).map((minute) => instantOf(tradingDay, minute * 60));
}

const RANK = { monthly: 0, weekly: 1, daily: 2 } as const;

/** Order of tasks due at one instant: monthly, weekly, daily; equal ones keep the order they are in (sorting is stable). */
export function compareSameMinute(a: Pick<DayRule, 'frequency'>, b: Pick<DayRule, 'frequency'>): number {
  return RANK[a.frequency] - RANK[b.frequency];
}
