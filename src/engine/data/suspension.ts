import { chinaDay, chinaInstant } from '../../domain/time.ts';
import type { Bars } from '../../domain/trading.ts';
import { takeRows, withColumns, type BarTable } from './bar-table.ts';
import type { DataRouter } from './data-router.ts';

/** Whose bars they are, and what tells more about them. */
export interface SuspensionContext {
  readonly security: string;
  readonly unit: '1d' | '1m';
  /** `YYYY-MM-DD`: its bars are not whole yet. */
  readonly today: string;
  readonly data: Pick<DataRouter, 'bars' | 'quote'>;
}

const PRICES = ['open', 'close', 'high', 'low'] as const;

/**
 * 1 on rows of suspended days, 0 on rows of others, NaN where nobody tells. A suspension is a property of the day: a minute without
 * trades is none, and neither is a day that has only begun. So a day on which no row shows trades is looked up: today in the quote,
 * an earlier one in its daily bar, whose volume of 0 means that there was no trading at all.
 */
export async function suspensionOf(bars: BarTable, context: SuspensionContext): Promise<Float64Array> {
  const told = bars.columns['paused'];
  if (told !== undefined) return told;
  const days = Array.from(bars.time, chinaDay);
  const flags = new Map<string, number>();
  const open = new Set<string>();
  for (const [row, day] of days.entries()) {
    const volume = bars.columns['volume']?.[row] ?? Number.NaN;
    if (volume > 0) flags.set(day, 0);
    else if (context.unit === '1d' && day !== context.today) flags.set(day, volume === 0 ? 1 : Number.NaN);
    else open.add(day);
  }
  for (const [day, flag] of await lookUp(
    [...open].filter((day) => !flags.has(day)),
    context,
  ))
    flags.set(day, flag);
  return Float64Array.from(days, (day) => flags.get(day) ?? Number.NaN);
}

async function lookUp(days: readonly string[], context: SuspensionContext): Promise<[string, number][]> {
  const { security, today, data } = context;
  const found: [string, number][] = [];
  if (days.includes(today)) {
    const paused = (await data.quote(security))?.paused ?? null;
    found.push([today, paused === null ? Number.NaN : Number(paused)]);
  }
  const earlier = days.filter((day) => day !== today);
  const [first, last] = [earlier[0], earlier.at(-1)];
  if (first === undefined || last === undefined) return found;
  const daily: Bars = await data.bars({
    security,
    unit: '1d',
    count: null,
    start: chinaInstant(first, '00:00'),
    end: chinaInstant(last, '00:00'),
    adjust: 'none',
  });
  const flags = await suspensionOf(daily, { ...context, unit: '1d' });
  const wanted = new Set(earlier);
  for (const [row, label] of daily.time.entries())
    if (wanted.has(chinaDay(label))) found.push([chinaDay(label), flags[row] ?? Number.NaN]);
  return found;
}

/** A bar without trades has the price of the bar before, whatever the venue writes there. */
export function fillUntraded(bars: BarTable): BarTable {
  const { close, volume } = bars.columns;
  if (close === undefined || volume === undefined) return bars;
  const isEmpty = (row: number): boolean => volume[row] === 0 && Number.isNaN(close[row]);
  if (!volume.some((_, row) => isEmpty(row))) return bars;
  const copies = Object.fromEntries(PRICES.map((name) => [name, bars.columns[name]?.slice() ?? close.slice()]));
  let last = Number.NaN;
  for (const row of bars.time.keys()) {
    if (isEmpty(row)) for (const name of PRICES) copies[name]?.fill(last, row, row + 1);
    else last = close[row] ?? Number.NaN;
  }
  return withColumns(bars, copies);
}

/** JoinQuant's `fill_paused=False`: nothing is told of suspended days but that they are. */
export function blankPaused(bars: BarTable, paused: Float64Array): BarTable {
  if (!paused.includes(1)) return bars;
  const blank = (column: Float64Array): Float64Array =>
    column.map((value, row) => (paused[row] === 1 ? Number.NaN : value));
  const names = Object.keys(bars.columns).filter((name) => name !== 'paused' && name !== 'factor');
  return withColumns(bars, Object.fromEntries(names.map((name) => [name, blank(bars.columns[name] ?? paused)])));
}

/** JoinQuant's `skip_paused`: without suspended days, and without days on which there was nothing (before the listing). */
export function tradedRows(bars: BarTable, paused: Float64Array): BarTable {
  const { close, volume } = bars.columns;
  const isNothing = (row: number): boolean =>
    Number.isNaN(close?.[row] ?? Number.NaN) && Number.isNaN(volume?.[row] ?? Number.NaN);
  const rows = [...bars.time.keys()];
  const kept = rows.filter((row) => paused[row] !== 1 && !isNothing(row));
  return kept.length === rows.length ? bars : takeRows(bars, kept);
}
