import { chinaMidnight, DAY } from '../../domain/time.ts';
import type { HistoryBlock, HistoryRequest } from '../../../runtime/host.ts';
import { lastRows, takeRows } from './bar-table.ts';

/** Days asked for in place of fewer, at most: so many, or so many times as many. A question costs more than the rows of its answer. */
const FEW = 60;
const TIMES = 4;

/**
 * Whether more days up to the same end hold the same rows: of days without suspended ones each row is what it is whatever is asked before
 * it. A `pre_close` that no source has is made of the row before, which a range does not bring. What ends on another day is never one of
 * these, and `post` none at all: a source may adjust to the end, or to the beginning, of what is asked.
 */
export function mayBeWidened({ unit, skipPaused, aligned, fields, count, adjust }: HistoryRequest): boolean {
  if (unit !== '1d' || !skipPaused || aligned || adjust === 'post') return false;
  return count !== null || !fields.includes('pre_close');
}

/** The same for all questions that one wider question answers. */
export function widthKey(request: HistoryRequest): string {
  const way = request.count === null ? 'range' : 'count';
  return JSON.stringify([way, { ...request, securities: [], count: null, start: null }]);
}

/** The wider of a question and one that was asked before (null = none), both of one key; `now` = where one without an end ends. */
export function widened(request: HistoryRequest, before: HistoryRequest | null, now: number): HistoryRequest {
  if (before === null) return request;
  const [own, other] = [daysOf(request, now), daysOf(before, now)];
  return other > own && other <= Math.max(FEW, own * TIMES) ? before : request;
}

/** Of a count or a range; NaN = of neither. */
function daysOf({ count, start, end }: HistoryRequest, now: number): number {
  return count ?? ((end ?? now) - (start ?? Number.NaN)) / DAY;
}

/** The rows of a question among those of the wider one. */
export function narrowed(block: HistoryBlock, { count, start }: HistoryRequest): HistoryBlock {
  if (count !== null)
    return count < block.time.length ? { security: block.security, ...lastRows(block, count) } : block;
  const first = chinaMidnight(start ?? 0);
  const rows = [...block.time.keys()].filter((row) => (block.time[row] ?? 0) >= first);
  return rows.length === block.time.length ? block : { security: block.security, ...takeRows(block, rows) };
}
