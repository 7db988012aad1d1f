import { chinaDay, chinaInstant, chinaMidnight, chinaTimeOfDay, DAY, MINUTE, weekday } from '../../domain/time.ts';
import { combineRows, type BarTable, type Span } from './bar-table.ts';
import type { BarUnitPlan } from './unit.ts';

/** Trading minutes of a day, and of its morning; minute n ends at the n-th label (09:31 is 1, 11:30 is 120, 15:00 is 240). */
const MINUTES = 240;
const MORNING = 120;
const MORNING_OPEN = 9.5 * 60;
const AFTERNOON_OPEN = 13 * 60;

const WEEK = 7 * DAY;
/** From the first of a month so many days later is the next one. */
const LONGEST_MONTH = 31 * DAY;

/** Bars that are made of several, and whether the last one still runs. */
export interface Windows {
  readonly table: BarTable;
  readonly lastRuns: boolean;
}

/**
 * Windows of `size` rows ending at the last one (JoinQuant's get_price and history: rolling, not aligned to the clock); an incomplete
 * first window is left out. Labelled by the last row of the window.
 */
export function rollingWindows(table: BarTable, size: number): BarTable {
  if (size === 1) return table;
  const count = Math.floor(table.time.length / size);
  const offset = table.time.length - count * size;
  const spans = Array.from({ length: count }, (_, index): Span => {
    const from = offset + index * size;
    return { from, to: from + size, label: table.time[from + size - 1] ?? Number.NaN };
  });
  return combineRows(table, spans);
}

/** Windows of `size` minutes counted from the open of each day (get_bars), labelled by their end; a day's last may be shorter. */
export function alignedMinutes(table: BarTable, size: number): Windows {
  const spans = spansBy(table, (label) => endOf(label, minuteOf(label), size));
  const last = spans.at(-1);
  const lastRuns = last !== undefined && (table.time[last.to - 1] ?? Number.NaN) < last.label;
  return { table: combineRows(table, spans), lastRuns };
}

/** The label of the window that the moment after an instant belongs to; `size` minutes counted from the open. */
export function windowEnd(now: number, size: number): number {
  return endOf(now, Math.min(MINUTES, minuteOf(now) + 1), size);
}

function endOf(time: number, minute: number, size: number): number {
  const end = Math.min(MINUTES, Math.ceil(minute / size) * size);
  return chinaMidnight(time) + timeOfMinute(end) * MINUTE;
}

/**
 * Weeks or months of daily rows, each labelled by its last row. `isLast` tells of a day whether no trading day of its week (month)
 * follows it.
 */
export function calendarWindows(
  table: BarTable,
  period: NonNullable<BarUnitPlan['period']>,
  isLast: (day: string) => boolean,
): Windows {
  const spans = spansBy(table, periodsOf(period)).map((span) => ({
    ...span,
    label: table.time[span.to - 1] ?? Number.NaN,
  }));
  const last = spans.at(-1);
  return { table: combineRows(table, spans), lastRuns: last !== undefined && !isLast(chinaDay(last.label)) };
}

/** Whether the day after it, a trading day, is of another week or month. */
export function endsPeriod(day: string, next: string, period: NonNullable<BarUnitPlan['period']>): boolean {
  return periodOf(day, period) !== periodOf(next, period);
}

/** The same for all days of a week (its Monday) or a month (its first). */
function periodOf(day: string, period: NonNullable<BarUnitPlan['period']>): number {
  const midnight = chinaInstant(day, '00:00');
  return period === 'month' ? chinaInstant(`${day.slice(0, 7)}-01`, '00:00') : midnight - (weekday(day) - 1) * DAY;
}

/** The period of a label. One after the other lies in the same mostly: a day is named where a period begins, not for each row. */
function periodsOf(period: NonNullable<BarUnitPlan['period']>): (label: number) => number {
  let [begin, end] = [Number.NaN, Number.NaN];
  return (label) => {
    if (label >= begin && label < end) return begin;
    begin = periodOf(chinaDay(label), period);
    end = period === 'month' ? periodOf(chinaDay(begin + LONGEST_MONTH), period) : begin + WEEK;
    return begin;
  };
}

/** Runs of rows with one label. */
function spansBy(table: BarTable, labelOf: (label: number) => number): Span[] {
  const spans: { from: number; to: number; label: number }[] = [];
  for (const [row, time] of table.time.entries()) {
    const label = labelOf(time);
    const open = spans.at(-1);
    if (open?.label === label) open.to = row + 1;
    else spans.push({ from: row, to: row + 1, label });
  }
  return spans;
}

function minuteOf(label: number): number {
  const minutes = Math.floor(chinaTimeOfDay(label) / 60);
  return minutes <= AFTERNOON_OPEN
    ? Math.min(MORNING, minutes - MORNING_OPEN)
    : Math.min(MINUTES, MORNING + minutes - AFTERNOON_OPEN);
}

/** Minutes after midnight at which the n-th trading minute ends. */
function timeOfMinute(minute: number): number {
  return minute <= MORNING ? MORNING_OPEN + minute : AFTERNOON_OPEN + minute - MORNING;
}
