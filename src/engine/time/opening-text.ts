import type { TradingCalendar } from '../../domain/market/calendar.ts';
import { isTradingSession, nextSendTime } from '../../domain/market/trading-hours.ts';
import { chinaDay, chinaText, weekday } from '../../domain/time.ts';
import type { DueTask } from './due-task.ts';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** What comes next, in words: when orders can be sent, if they cannot now (epoch ms), and the first task. */
export function openingText(now: number, calendar: TradingCalendar, task: DueTask | null): string {
  const first =
    task === null ? 'No task is due on the days the calendar knows.' : `Next: ${task.label}, ${when(task.due, now)}.`;
  if (isTradingSession(now, calendar)) return first;
  const opens = nextSendTime(now, calendar);
  const market =
    opens === null
      ? `The market is closed; when it opens is not known: the trading calendar ends on ${calendar.expires}. Update bt.`
      : `The market is closed; orders can be sent from ${when(opens, now)}.`;
  return `${market} ${first}`;
}

/** The time alone for today, else with its day. */
function when(ms: number, now: number): string {
  const day = chinaDay(ms);
  const text = chinaText(ms);
  return day === chinaDay(now) ? text.slice(11) : `${WEEKDAYS[weekday(day) - 1] ?? ''} ${text}`;
}
