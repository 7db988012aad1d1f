import { ifKnown, type TradingCalendar } from '../../domain/market/calendar.ts';
import { canonicalSecurity } from '../../domain/market/symbol.ts';
import { chinaDay, chinaInstant, chinaMidnight } from '../../domain/time.ts';
import type { HistoryBlock, HistoryRequest } from '../../../runtime/host.ts';
import { lastRows, rowsAt, selectColumns, takeRows, withColumns, type BarTable } from './bar-table.ts';
import type { Clock } from '../../platform/clock.ts';
import type { DataRouter } from './data-router.ts';
import { withDayBegun } from './day-begun.ts';
import { asOfHook } from './late-day.ts';
import { runningBar } from './running-bar.ts';
import { blankPaused, fillUntraded, suspensionOf, tradedRows } from './suspension.ts';
import { parseUnit, type BarUnitPlan } from './unit.ts';
import { alignedMinutes, calendarWindows, endsPeriod, rollingWindows, type Windows } from './windows.ts';

/** Extra daily bars asked for when suspended days will be dropped; when they do not suffice, so many times as many are asked for. */
const PAUSED_RESERVE = 60;
const MORE = 4;
/** So many bars are looked through for traded ones; a security suspended for longer gives fewer than asked. */
const MOST_BARS = 10_000;

export interface HistoryOptions {
  readonly data: Pick<DataRouter, 'bars' | 'quote'>;
  readonly calendar: TradingCalendar;
  /** Market time, which a hook that runs late is behind. */
  readonly clock: Pick<Clock, 'now'>;
}

/** What is wanted of each security. */
interface Plan {
  readonly request: HistoryRequest;
  readonly unit: BarUnitPlan;
  /** Label of the first bar that is wanted; null = bounded by count. */
  readonly start: number | null;
  /** Label of the last bar that may be seen. */
  readonly end: number;
  /** Logical time. */
  readonly now: number;
  readonly options: HistoryOptions;
  /** Labels of the days that daily rows are wanted on, by their count; null = not known. */
  readonly days: Map<number | null, readonly number[] | null>;
}

/**
 * Bars for a strategy. Nothing after the logical time of the running hook is ever part of the answer, but what is left of its minute; a
 * failed request throws, it never becomes an empty table. All securities are asked for at once, so that a source can answer them together.
 */
export async function readHistory(
  request: HistoryRequest,
  logicalTime: number,
  options: HistoryOptions,
): Promise<HistoryBlock[]> {
  const unit = parseUnit(request.unit);
  const end = lastLabel(request, unit, logicalTime, options.calendar);
  const { start } = request;
  // A day is asked for by any instant of it.
  const first = start !== null && unit.base === '1d' ? chinaMidnight(start) : start;
  const plan: Plan = { request, unit, start: first, end, now: logicalTime, options, days: new Map() };
  return Promise.all(request.securities.map((security) => readOne(canonicalSecurity(security), plan)));
}

async function readOne(security: string, plan: Plan): Promise<HistoryBlock> {
  const { request } = plan;
  const rows = await enoughRows(security, plan);
  const windows = await windowsOf(security, rows, plan);
  const wanted = { time: windows.time, columns: selectColumns(windows, request.fields) };
  return { security, ...(request.count === null ? wanted : lastRows(wanted, request.count)) };
}

/** The bars made of the rows. */
async function windowsOf(security: string, rows: BarTable, plan: Plan): Promise<BarTable> {
  const { unit, request, options, now } = plan;
  if (unit.period !== null)
    return ended(
      calendarWindows(rows, unit.period, (day) => isLastDay(day, plan)),
      request,
    );
  if (unit.base === '1d' || !request.aligned) return rollingWindows(rows, unit.size);
  const windows = alignedMinutes(rows, unit.size);
  if (!request.running || windows.lastRuns) return ended(windows, request);
  return runningBar(windows.table, {
    security,
    size: unit.size,
    now,
    present: options.clock.now(),
    data: options.data,
  });
}

function ended({ table, lastRuns }: Windows, { running }: HistoryRequest): BarTable {
  return lastRuns && !running ? takeRows(table, [...table.time.keys()].slice(0, -1)) : table;
}

/** Whether a day is known to be the last one of its week or month. */
function isLastDay(day: string, { unit, options, end }: Plan): boolean {
  const next = ifKnown(() => options.calendar.next(day));
  if (next === null || unit.period === null) return false;
  return endsPeriod(day, next, unit.period) && chinaInstant(day, '00:00') <= end;
}

/** The rows the windows are made of; more are asked for as long as suspended days take the place of wanted ones. */
async function enoughRows(security: string, plan: Plan): Promise<BarTable> {
  const { request, unit } = plan;
  if (request.count === null) return onEachDay((await someRows(security, plan, null)).rows, null, plan);
  // The close before the first bar that is wanted, and of windows that begin at fixed times a first one that is cut.
  const before = request.fields.includes('pre_close') || request.aligned || unit.period !== null ? unit.size : 0;
  const needed = request.count * unit.size + before;
  let count = needed + (request.skipPaused && unit.base === '1d' ? PAUSED_RESERVE : 0);
  for (;;) {
    const { rows, given } = await someRows(security, plan, count);
    if (!request.skipPaused) return onEachDay(rows, needed, plan);
    if (rows.time.length >= needed || given < count || count >= MOST_BARS) return rows;
    count = Math.min(MOST_BARS, count * MORE);
  }
}

/**
 * Daily rows on every trading day that is asked for: before it was listed and where the source has nothing all is missing. A security of
 * which there is nothing at all gives no rows.
 */
function onEachDay(rows: BarTable, count: number | null, plan: Plan): BarTable {
  const { unit, request, now } = plan;
  if (unit.base !== '1d' || request.skipPaused || rows.time.length === 0) return rows;
  const days = daysOf(count, plan);
  if (days === null) return rows;
  const today = chinaMidnight(now);
  const known = rows.time.at(-1) === today ? days : days.filter((label) => label !== today);
  const labels = count === null ? known : known.slice(-count);
  if (labels.length === rows.time.length && labels.every((label, row) => rows.time[row] === label)) return rows;
  return rowsAt(rows, Float64Array.from(labels));
}

/** The same days for each security: their labels are made once. */
function daysOf(count: number | null, { options: { calendar }, start, end, days }: Plan): readonly number[] | null {
  const found = days.get(count);
  if (found !== undefined) return found;
  const last = chinaDay(end);
  const made = ifKnown(() => {
    if (count === null) return calendar.between(start === null ? last : chinaDay(start), last);
    return calendar.lastDays(calendar.isTradingDay(last) ? last : calendar.previous(last), count + 1);
  });
  const labels = made?.map((day) => chinaInstant(day, '00:00')) ?? null;
  days.set(count, labels);
  return labels;
}

/** `given`: how many the source gave, before any was left out. */
async function someRows(
  security: string,
  plan: Plan,
  count: number | null,
): Promise<{ readonly rows: BarTable; readonly given: number }> {
  const { request, unit, start, end, now, options } = plan;
  const { data, clock } = options;
  const { adjust, fields, skipPaused, fillPaused } = request;
  const bars = await data.bars({ security, unit: unit.base, count, start, end, adjust, columns: fields });
  const given = bars.time.length;
  const whole = rowsUpTo(bars, end);
  const isDaily = unit.base === '1d';
  const known = isDaily ? await asOfHook(whole, { security, adjust, now, present: clock.now(), data }) : whole;
  const begun = hasBegun(known, plan) ? await withDayBegun(known, { ...request, security, today: end, data }) : known;
  const seen = fillUntraded(begun);
  if (!skipPaused && fillPaused && !fields.includes('paused')) return { rows: seen, given };
  const paused = await suspensionOf(seen, { security, unit: unit.base, today: chinaDay(now), data });
  const told = withColumns(seen, { paused });
  if (skipPaused) return { rows: tradedRows(told, paused), given };
  return { rows: fillPaused ? told : blankPaused(told, paused), given };
}

/**
 * Whether today is wanted and has no row, though it is a trading day: JoinQuant has one from the day's first moment on. A security of
 * which there is nothing at all has none.
 */
function hasBegun({ time }: BarTable, { request, unit, start, end, now, options: { calendar } }: Plan): boolean {
  if (unit.base !== '1d' || !request.includeToday || request.skipPaused || end !== chinaMidnight(now)) return false;
  if (time.at(-1) === end || (time.length === 0 && start !== end)) return false;
  return ifKnown(() => calendar.isTradingDay(chinaDay(end))) ?? false;
}

/** The label of the last bar that may be seen. */
function lastLabel(request: HistoryRequest, unit: BarUnitPlan, logicalTime: number, calendar: TradingCalendar): number {
  const asked = Math.min(request.end ?? logicalTime, logicalTime);
  if (unit.base === '1m') return asked;
  const today = chinaMidnight(logicalTime);
  const day = chinaMidnight(asked);
  if (request.includeToday || day < today) return day;
  return chinaInstant(calendar.previous(chinaDay(today)), '00:00');
}

function rowsUpTo(bars: BarTable, end: number): BarTable {
  if ((bars.time.at(-1) ?? Number.NEGATIVE_INFINITY) <= end) return bars;
  return takeRows(
    bars,
    [...bars.time.keys()].filter((row) => (bars.time[row] ?? Number.POSITIVE_INFINITY) <= end),
  );
}
