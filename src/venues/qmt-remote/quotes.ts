import type { Bars, BarsRequest, Quote } from '../../domain/trading.ts';
import { chinaDay, chinaInstant } from '../../domain/time.ts';

/** One reading out of two: the first one's facts, and the second one's where the first says nothing. */
export function mergeQuotes(first: Quote | null, second: Quote | null): Quote | null {
  if (first === null || second === null) return first ?? second;
  return {
    security: first.security,
    time: first.time ?? second.time,
    lastPrice: first.lastPrice ?? second.lastPrice,
    preClose: first.preClose ?? second.preClose,
    dayOpen: first.dayOpen ?? second.dayOpen,
    highLimit: first.highLimit ?? second.highLimit,
    lowLimit: first.lowLimit ?? second.lowLimit,
    bid1: first.bid1 ?? second.bid1,
    ask1: first.ask1 ?? second.ask1,
    volume: first.volume ?? second.volume,
    paused: first.paused ?? second.paused,
    isSt: first.isSt ?? second.isSt,
    name: first.name ?? second.name,
  };
}

/**
 * The bars the request means, whatever more the gateway sent: daily labels at midnight China, labels within [start, end], the last
 * `count` of them.
 */
export function cutBars(bars: Bars, request: BarsRequest): Bars {
  const time = request.unit === '1d' ? bars.time.map(midnight) : bars.time;
  const start = request.start ?? Number.NEGATIVE_INFINITY;
  const rows: number[] = [];
  for (const [row, label] of time.entries()) {
    // A day that came twice (an interim row and the final one) counts with its last row.
    if (label >= start && label <= request.end && label !== time[row + 1]) rows.push(row);
  }
  const kept = request.count === null ? rows : rows.slice(Math.max(0, rows.length - request.count));
  const pick = (column: Float64Array): Float64Array => Float64Array.from(kept, (row) => column[row] ?? Number.NaN);
  return {
    security: bars.security,
    time: pick(time),
    columns: Object.fromEntries(Object.entries(bars.columns).map(([name, column]) => [name, pick(column)])),
  };
}

function midnight(label: number): number {
  return chinaInstant(chinaDay(label), '00:00');
}
