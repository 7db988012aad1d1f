import { sessionPhase } from '../../domain/market/session.ts';
import { chinaDay } from '../../domain/time.ts';
import type { Quote } from '../../domain/trading.ts';
import { withRow, type BarTable } from './bar-table.ts';
import type { DataRouter } from './data-router.ts';
import { isLate } from './late-day.ts';
import { windowEnd } from './windows.ts';

interface Moment {
  readonly security: string;
  /** Minutes of a bar. */
  readonly size: number;
  /** Logical time. */
  readonly now: number;
  /** Market time. */
  readonly present: number;
  readonly data: Pick<DataRouter, 'quote'>;
}

/**
 * The bars with the one that begins at this very moment, as JoinQuant's `include_now` has it: nothing is traded in it yet, and its
 * prices are the latest one (at the open the day's first; of a hook that runs late the close of its minute). Outside the sessions, and
 * where there is no price of today, none is added.
 */
export async function runningBar(bars: BarTable, { security, size, now, present, data }: Moment): Promise<BarTable> {
  const phase = sessionPhase(now, security);
  if (phase !== 'morning' && phase !== 'afternoon') return bars;
  const label = windowEnd(now, size);
  if ((bars.time.at(-1) ?? Number.NEGATIVE_INFINITY) >= label) return bars;
  const quote = await data.quote(security);
  const price = isLate(now, present) ? lastClose(bars, now, quote) : (quote?.lastPrice ?? quote?.dayOpen ?? null);
  if (quote === null || price === null || (quote.time !== null && chinaDay(quote.time) !== chinaDay(now))) return bars;
  return withRow(bars, label, (name) => {
    if (name === 'volume' || name === 'money') return 0;
    if (name === 'paused') return quote.paused === null ? Number.NaN : Number(quote.paused);
    return ['open', 'close', 'high', 'low'].includes(name) ? price : Number.NaN;
  });
}

/** The last price that was known at a time; before the first minute the opening one. */
function lastClose(bars: BarTable, now: number, quote: Quote | null): number | null {
  if (chinaDay(bars.time.at(-1) ?? 0) !== chinaDay(now)) return quote?.dayOpen ?? null;
  return bars.columns['close']?.at(-1) ?? null;
}
