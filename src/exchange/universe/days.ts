import { exchangeCalendar } from '../../domain/market/calendar.ts';
import { marketDays } from '../trading-days.ts';

let all: readonly string[] | null = null;

/** All trading days of the exchanges, also those before the paper market begins; `YYYY-MM-DD`, ascending. */
export function allDays(): readonly string[] {
  if (all === null) {
    const calendar = exchangeCalendar();
    all = calendar.between(calendar.from, calendar.expires);
  }
  return all;
}

/** Place of the first trading day on or after a day. */
export function placeFrom(day: string): number {
  const days = allDays();
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] ?? '') < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The number that the paper market gives to a day at this place; below 0 before it begins. */
export function numberAt(place: number): number {
  return place - (allDays().length - marketDays().list.length);
}
