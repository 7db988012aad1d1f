import { chinaMidnight, chinaTimeOfDay, MINUTE } from '../../domain/time.ts';
import type { AdjustMode } from '../../domain/trading.ts';
import { combineRows, lastRows, selectColumns, takeRows, withRow, type BarTable } from './bar-table.ts';
import type { DataRouter } from './data-router.ts';

/** A hook that is later than this asks about a minute that is over, ms. */
const LATE = MINUTE;
/** Seconds after midnight from which a day has its opening price, and from which its bar is whole. */
const [OPENED, CLOSED] = [(9 * 60 + 25) * 60, 15 * 3600];
/** What grows with the day; the rest of its bar (limits, factor) holds all day. */
const GROWING = ['open', 'close', 'high', 'low', 'volume', 'money'] as const;

/** Whether what is of now would show a hook (its logical time) what came after its minute. */
export function isLate(now: number, present: number): boolean {
  return present - now > LATE;
}

interface Asked {
  readonly security: string;
  readonly adjust: AdjustMode;
  /** Logical time of the hook, and market time now. */
  readonly now: number;
  readonly present: number;
  readonly data: Pick<DataRouter, 'bars'>;
}

/**
 * Daily rows as they were at the logical time of a hook that runs late: the source's bar of that day is of now, so it is made of the
 * minutes up to then. Before the first of them it is the opening price, before the opening there is none. Rows of a hook that is in time
 * are left as they are: what a minute holds more than an instant of it nobody tells.
 */
export async function asOfHook(rows: BarTable, asked: Asked): Promise<BarTable> {
  const { now, present } = asked;
  const time = chinaTimeOfDay(now);
  const isRunning = rows.time.at(-1) === chinaMidnight(now) && time < CLOSED;
  if (!isRunning || !isLate(now, present) || rows.columns['paused']?.at(-1) === 1) return rows;
  const before = takeRows(rows, [...rows.time.keys()].slice(0, -1));
  if (time < OPENED) return before;
  const grown = (await minutesOf(asked)) ?? (await openingOf(asked));
  if (grown === null) return before;
  const last = { ...lastRows(rows, 1).columns, ...selectColumns(grown, [...GROWING, 'avg']) };
  return withRow(before, chinaMidnight(now), (name) => last[name]?.[0] ?? Number.NaN);
}

/** One row, and so below; null = nothing is known of the day. */
async function minutesOf({ security, adjust, now, data }: Asked): Promise<BarTable | null> {
  const [start, count] = [chinaMidnight(now), null];
  const bars = await data.bars({ security, unit: '1m', count, start, end: now, adjust, columns: GROWING });
  const rows = [...bars.time.keys()].filter((row) => (bars.time[row] ?? now) <= now);
  if (rows.length === 0) return null;
  return combineRows(takeRows(bars, rows), [{ from: 0, to: rows.length, label: start }]);
}

/** Nothing but the opening price is known; its trades are those of the first minute. */
async function openingOf({ security, adjust, now, data }: Asked): Promise<BarTable | null> {
  const day = chinaMidnight(now);
  const bars = await data.bars({ security, unit: '1d', count: 1, start: null, end: day, adjust, columns: ['open'] });
  const price = bars.time.at(-1) === day ? (bars.columns['open']?.at(-1) ?? Number.NaN) : Number.NaN;
  if (Number.isNaN(price)) return null;
  const of = (name: string): number => (name === 'volume' || name === 'money' ? 0 : price);
  const columns = Object.fromEntries(GROWING.map((name) => [name, Float64Array.of(of(name))]));
  return { time: Float64Array.of(day), columns };
}
