import { isRepo } from '../domain/market/repo.ts';
import { HOUR, MINUTE } from '../domain/time.ts';

/** Milliseconds after midnight in China at which the exchange's day changes its phase. */
export const OPENING_CALL = 9 * HOUR + 15 * MINUTE;
export const OPENING_MATCH = 9 * HOUR + 25 * MINUTE;
export const MORNING_OPEN = 9 * HOUR + 30 * MINUTE;
export const MORNING_CLOSE = 11 * HOUR + 30 * MINUTE;
export const AFTERNOON_OPEN = 13 * HOUR;
export const CLOSING_CALL = 14 * HOUR + 57 * MINUTE;
export const DAY_CLOSE = 15 * HOUR;
/** Repos trade on, at the prices of the close. */
export const REPO_CLOSE = 15 * HOUR + 30 * MINUTE;

/** When the day of a security ends. */
export function closeOf(security: string): number {
  return isRepo(security) ? REPO_CLOSE : DAY_CLOSE;
}

/** Market data moves every 3 seconds, as the exchanges' level-1 feeds do. */
export const TICK = 3000;
export const TICKS_PER_MINUTE = 20;
export const MINUTES = 240;
/** Minutes of continuous auction; the last three of the day belong to the closing call. */
export const CONTINUOUS_MINUTES = 237;

/**
 * Ticks are numbered by trading time: 0 is the opening auction (09:25 to 09:30:03), 20 m the end of the m-th minute, 2400 the
 * end of the morning, 4740 the last continuous one (14:57), 4800 the closing auction. −1: the day has no price of its own yet.
 */
export const NO_TICK = -1;
export const LUNCH_TICK = 120 * TICKS_PER_MINUTE;
export const LAST_CONTINUOUS_TICK = CONTINUOUS_MINUTES * TICKS_PER_MINUTE;
export const CLOSE_TICK = MINUTES * TICKS_PER_MINUTE;

/** The tick in force at a time of day (ms after midnight). */
export function tickAt(time: number): number {
  if (time < OPENING_MATCH) return NO_TICK;
  if (time < MORNING_OPEN) return 0;
  if (time < AFTERNOON_OPEN) return Math.min(LUNCH_TICK, Math.floor((time - MORNING_OPEN) / TICK));
  if (time >= DAY_CLOSE) return CLOSE_TICK;
  return Math.min(LAST_CONTINUOUS_TICK, LUNCH_TICK + Math.floor((time - AFTERNOON_OPEN) / TICK));
}

/** Time of day (ms after midnight) at which a tick of continuous auction (1 … 4740) comes. */
export function tickTime(tick: number): number {
  return tick <= LUNCH_TICK ? MORNING_OPEN + tick * TICK : AFTERNOON_OPEN + (tick - LUNCH_TICK) * TICK;
}

/** Time of the first tick of continuous auction strictly after a time of day; null after the last one. */
export function nextTickTime(time: number): number | null {
  if (time < MORNING_OPEN) return tickTime(1);
  const tick = tickAt(time) + 1;
  return tick > LAST_CONTINUOUS_TICK ? null : tickTime(tick);
}

/** Minute (0 … 239) that a tick from 1 on belongs to: ticks 1 to 20 are the first one. */
export function minuteOf(tick: number): number {
  return Math.ceil(tick / TICKS_PER_MINUTE) - 1;
}
