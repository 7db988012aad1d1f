import { canonicalSecurity } from '../../domain/market/symbol.ts';
import { chinaDay, chinaInstant } from '../../domain/time.ts';
import type { Bars, BarsRequest } from '../../domain/trading.ts';
import { decodeHistory } from '../../protocol/decode/history.ts';
import { historyPayload } from '../../protocol/encode/requests.ts';
import type { BarSource } from '../provider.ts';
import type { Ask } from './ask.ts';

/** Bars by `data.history`, one security a request. */
export class RemoteBars implements BarSource {
  // Minutes and days only: the reference server answers every other unit with daily rows.
  readonly serves = {
    securities: 'any',
    units: ['1m', '1d'],
    adjust: ['pre', 'post', 'none'],
    columns: 'any',
    days: { from: null, to: null },
  } as const;
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  async bars(request: BarsRequest): Promise<Bars> {
    const security = canonicalSecurity(request.security);
    const payload = await this.#ask('data.history', historyPayload({ ...request, security }));
    return cutBars(decodeHistory(payload, security), request);
  }
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
