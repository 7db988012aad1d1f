import { chinaDay, instantOf, SECOND } from '../time.ts';
import { ifKnown, type TradingCalendar } from './calendar.ts';
import { continuousWindows, type DayWindow, sendWindows } from './session.ts';

/**
 * Sessions of the days that trade: what `session.ts` says of a time of day, with the calendar. A day the calendar does not know
 * has no session: doubt sends nothing. Nothing here throws for it.
 */
export type TradingDayCalendar = Pick<TradingCalendar, 'isTradingDay' | 'next'>;

/** A span of time, epoch ms, the end excluded. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** Whether orders can be sent now (epoch ms): 9:15-9:25, 9:30-11:30, 13:00-15:00 (a repo 15:30) of a trading day, ends excluded. */
export function isTradingSession(now: number, calendar: TradingDayCalendar, security: string | null = null): boolean {
  return sendWindowAt(now, calendar, security) !== null;
}

/** The window for orders that `now` (epoch ms) is in; null outside of one. */
export function sendWindowAt(now: number, calendar: TradingDayCalendar, security: string | null = null): Span | null {
  return (
    spansOf(chinaDay(now), sendWindows(security), calendar).find(({ from, until }) => from <= now && now < until) ??
    null
  );
}

/** `now` itself when orders can be sent, else when they can next, on whatever day (epoch ms); null when the calendar ends before. */
export function nextSendTime(now: number, calendar: TradingDayCalendar, security: string | null = null): number | null {
  const today = chinaDay(now);
  const left = spansOf(today, sendWindows(security), calendar).find(({ until }) => now < until);
  if (left !== undefined) return Math.max(now, left.from);
  const next = ifKnown(() => calendar.next(today));
  return next === null ? null : (spansOf(next, sendWindows(security), calendar)[0]?.from ?? null);
}

/**
 * The first instant of continuous trading (9:30-11:30, 13:00-14:57) at which at least `ms` of it have passed since `from`
 * (epoch ms), on the same day; null when that day's continuous trading ends before.
 */
export function continuousTimeAfter(
  from: number,
  ms: number,
  calendar: TradingDayCalendar,
  security: string | null = null,
): number | null {
  let left = Math.max(0, ms);
  for (const span of spansOf(chinaDay(from), continuousWindows(security), calendar)) {
    const begin = Math.max(from, span.from);
    if (begin + left < span.until) return begin + left;
    left -= Math.max(0, span.until - begin);
  }
  return null;
}

function spansOf(day: string, windows: readonly DayWindow[], calendar: TradingDayCalendar): readonly Span[] {
  if (ifKnown(() => calendar.isTradingDay(day)) !== true) return [];
  const midnight = instantOf(day, 0);
  return windows.map(({ from, until }) => ({ from: midnight + from * SECOND, until: midnight + until * SECOND }));
}
