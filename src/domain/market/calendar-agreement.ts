import { addDays, instantOf, DAY } from '../time.ts';
import { isAlwaysClosed, type TradingCalendar } from './calendar.ts';

/** Calendar days from a trading day to the next: at most 12 since 2005 (the spring festival of that year); more is a hole in a list. */
const LONGEST_GAP_DAYS = 14;

/**
 * Days from `start` to `end` about which a venue's list of trading days (ascending) and the calendar disagree. A list speaks of the
 * days between its first and its last: gateways know what they have stored, and an empty list says nothing.
 */
export function disagreements(
  calendar: TradingCalendar,
  listed: readonly string[],
  start: string,
  end: string,
): readonly string[] {
  const [first, last] = [listed[0], listed.at(-1)];
  if (first === undefined || last === undefined) return [];
  const ours = new Set(calendar.between(start, end).filter((day) => day >= first && day <= last));
  const theirs = new Set(listed.filter((day) => day >= start && day <= end));
  return [...ours.symmetricDifference(theirs)].toSorted();
}

/**
 * How far a venue's list (ascending) continues the calendar beyond its end: the days it adds, and the last day it speaks of. Null
 * when it adds nothing to rely on: it must know the days before the end as the calendar does, have no hole, and no weekend.
 */
export function continuation(
  calendar: TradingCalendar,
  listed: readonly string[],
): { readonly days: readonly string[]; readonly until: string } | null {
  const { expires } = calendar;
  const before = listed.filter((day) => day <= expires);
  const anchor = before.at(-1);
  if (anchor === undefined || anchor !== calendar.lastDays(expires, 1)[0]) return null;
  const days: string[] = [];
  for (const day of listed.slice(before.length)) {
    const gap = (instantOf(day, 0) - instantOf(days.at(-1) ?? anchor, 0)) / DAY;
    if (isAlwaysClosed(day) || gap > LONGEST_GAP_DAYS) break;
    days.push(day);
  }
  const last = days.at(-1);
  return last === undefined ? null : { days, until: throughClosed(last) };
}

/** The weekend after a day is known to be closed whatever the list says. */
function throughClosed(day: string): string {
  const next = addDays(day, 1);
  return isAlwaysClosed(next) ? throughClosed(next) : day;
}
