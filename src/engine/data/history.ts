import type { TradingCalendar } from '../../domain/market/calendar.ts';
import { canonicalSecurity } from '../../domain/market/symbol.ts';
import { chinaDay, chinaInstant } from '../../domain/time.ts';
import type { HistoryBlock, HistoryRequest } from '../../../runtime/host.ts';
import {
  aggregateRows,
  DERIVED_FIELDS,
  lastRows,
  selectColumns,
  takeRows,
  withColumns,
  type BarTable,
} from './bar-table.ts';
import type { DataRouter } from './data-router.ts';
import { blankPaused, fillUntraded, suspensionOf, tradedRows } from './suspension.ts';
import { parseUnit, type BarUnitPlan } from './unit.ts';

/** Extra daily bars asked for when suspended days will be dropped; when they do not suffice, so many times as many are asked for. */
const PAUSED_RESERVE = 60;
const MORE = 4;
/** So many bars are looked through for traded ones; a security suspended for longer gives fewer than asked. */
const MOST_BARS = 10_000;
/** History requests in flight at once; each security is a request of its own on the wire. */
const PARALLEL = 8;

export interface HistoryOptions {
  readonly data: Pick<DataRouter, 'bars' | 'quote'>;
  readonly calendar: TradingCalendar;
}

/** What is wanted of each security. */
interface Plan {
  readonly request: HistoryRequest;
  readonly unit: BarUnitPlan;
  /** Label of the last bar that may be seen. */
  readonly end: number;
  readonly today: string;
  readonly data: HistoryOptions['data'];
}

/**
 * Bars for a strategy. Nothing after the logical time of the running hook is ever part of the answer; a failed request
 * throws, it never becomes an empty table.
 */
export async function readHistory(
  request: HistoryRequest,
  logicalTime: number,
  options: HistoryOptions,
): Promise<HistoryBlock[]> {
  const unit = parseUnit(request.unit);
  const end = lastLabel(request, unit, logicalTime, options.calendar);
  const plan: Plan = { request, unit, end, today: chinaDay(logicalTime), data: options.data };
  const blocks = new Map<number, HistoryBlock>();
  const queue = request.securities.entries();
  const worker = async (): Promise<void> => {
    for (const [index, security] of queue) blocks.set(index, await readOne(canonicalSecurity(security), plan));
  };
  await Promise.all(Array.from({ length: Math.min(PARALLEL, request.securities.length) }, worker));
  return [...blocks.entries()].toSorted(([a], [b]) => a - b).map(([, block]) => block);
}

async function readOne(security: string, plan: Plan): Promise<HistoryBlock> {
  const { request, unit } = plan;
  const windows = aggregateRows(await enoughRows(security, plan), unit.size);
  const wanted = { time: windows.time, columns: selectColumns(windows, request.fields) };
  return { security, ...(request.count === null ? wanted : lastRows(wanted, request.count)) };
}

/** The rows the windows are made of; more are asked for as long as suspended days take the place of wanted ones. */
async function enoughRows(security: string, plan: Plan): Promise<BarTable> {
  const { request, unit } = plan;
  if (request.count === null) return (await someRows(security, plan, null)).rows;
  // The close before the first bar that is wanted.
  const before = request.fields.includes('pre_close') ? unit.size : 0;
  const needed = request.count * unit.size + before;
  let count = needed + (request.skipPaused && unit.base === '1d' ? PAUSED_RESERVE : 0);
  for (;;) {
    const { rows, given } = await someRows(security, plan, count);
    if (!request.skipPaused || rows.time.length >= needed || given < count || count >= MOST_BARS) return rows;
    count = Math.min(MOST_BARS, count * MORE);
  }
}

/** `given`: how many the source gave, before any was left out. */
async function someRows(
  security: string,
  { request, unit, end, today, data }: Plan,
  count: number | null,
): Promise<{ readonly rows: BarTable; readonly given: number }> {
  const { adjust, start, fields, skipPaused, fillPaused } = request;
  const columns = fields.filter((field) => !DERIVED_FIELDS.has(field));
  const bars = await data.bars({ security, unit: unit.base, count, start, end, adjust, columns });
  const given = bars.time.length;
  const seen = fillUntraded(rowsUpTo(bars, end));
  if (!skipPaused && fillPaused && !fields.includes('paused')) return { rows: seen, given };
  const paused = await suspensionOf(seen, { security, unit: unit.base, today, data });
  const told = withColumns(seen, { paused });
  if (skipPaused) return { rows: tradedRows(told, paused), given };
  return { rows: fillPaused ? told : blankPaused(told, paused), given };
}

/** The label of the last bar that may be seen. */
function lastLabel(request: HistoryRequest, unit: BarUnitPlan, logicalTime: number, calendar: TradingCalendar): number {
  const asked = Math.min(request.end ?? logicalTime, logicalTime);
  if (unit.base === '1m') return asked;
  const today = chinaInstant(chinaDay(logicalTime), '00:00');
  const day = chinaInstant(chinaDay(asked), '00:00');
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
