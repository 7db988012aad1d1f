import type { TradingCalendar } from '../../domain/market/calendar.ts';
import { canonicalSecurity } from '../../domain/market/symbol.ts';
import { chinaDay, chinaInstant } from '../../domain/time.ts';
import type { Provider } from '../../venues/provider.ts';
import type { HistoryBlock, HistoryRequest } from '../../../runtime/host.ts';
import { aggregateRows, lastRows, selectColumns, takeRows, type BarTable } from './bar-table.ts';
import { parseUnit, type BarUnitPlan } from './unit.ts';

/** Extra bars asked for when suspended ones will be dropped. */
const PAUSED_RESERVE = 60;
/** History requests in flight at once; each security is a request of its own on the wire. */
const PARALLEL = 8;

export interface HistoryOptions {
  readonly provider: Provider;
  readonly calendar: TradingCalendar;
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
  const blocks = new Map<number, HistoryBlock>();
  const queue = request.securities.entries();
  const worker = async (): Promise<void> => {
    for (const [index, security] of queue)
      blocks.set(index, await readOne(canonicalSecurity(security), request, unit, end, options));
  };
  await Promise.all(Array.from({ length: Math.min(PARALLEL, request.securities.length) }, worker));
  return [...blocks.entries()].toSorted(([a], [b]) => a - b).map(([, block]) => block);
}

async function readOne(
  security: string,
  request: HistoryRequest,
  unit: BarUnitPlan,
  end: number,
  { provider }: HistoryOptions,
): Promise<HistoryBlock> {
  // The close before the first bar that is wanted.
  const before = request.fields.includes('pre_close') ? unit.size : 0;
  const needed =
    request.count === null ? null : request.count * unit.size + before + (request.skipPaused ? PAUSED_RESERVE : 0);
  const bars = await provider.bars({
    security,
    unit: unit.base,
    count: needed,
    start: request.start,
    end,
    adjust: request.adjust,
  });
  const until = rowsUpTo(bars, end);
  const kept = request.skipPaused ? withoutPaused(until) : until;
  const windows = aggregateRows(kept, unit.size);
  const wanted = { time: windows.time, columns: selectColumns(windows, request.fields) };
  return { security, ...(request.count === null ? wanted : lastRows(wanted, request.count)) };
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

function withoutPaused(bars: BarTable): BarTable {
  const [paused] = Object.values(selectColumns(bars, ['paused']));
  return takeRows(
    bars,
    [...bars.time.keys()].filter((row) => paused?.[row] !== 1),
  );
}
