import { canonicalSecurity } from '../../domain/market/symbol.ts';
import { chinaMidnight } from '../../domain/time.ts';
import type { Bars, BarsRequest } from '../../domain/trading.ts';
import type { Connection } from '../../net/connection.ts';
import { decodeHistory } from '../../protocol/decode/history.ts';
import { BARS_FEATURE } from '../../protocol/encode/bars-answer.ts';
import { historyPayload } from '../../protocol/encode/requests.ts';
import type { BarSource } from '../provider.ts';
import type { Ask } from './ask.ts';
import { BarsBatch } from './bars-batch.ts';

/** Requests by `data.history` that are in flight at once: the gateway answers one after the other. */
const PARALLEL = 8;

/** Bars: many at once from a gateway of ours (`data.bars`), else by `data.history`, one security a request. */
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
  readonly #batch: BarsBatch;
  readonly #places: Places;
  /** Said at the last handshake. */
  #answersMany = false;

  constructor(ask: Ask, connection: Pick<Connection, 'onStatus'>) {
    this.#ask = ask;
    this.#batch = new BarsBatch(ask);
    this.#places = new Places(PARALLEL);
    connection.onStatus((status) => {
      if (status.kind === 'ready') this.#answersMany = status.features.includes(BARS_FEATURE);
    });
  }

  async bars(request: BarsRequest): Promise<Bars> {
    const asked = { ...request, security: canonicalSecurity(request.security) };
    if (this.#answersMany) return cutBars(await this.#batch.bars(asked), asked);
    return this.#places.run(async () => {
      const payload = await this.#ask('data.history', historyPayload(asked));
      return cutBars(decodeHistory(payload, asked.security), asked);
    });
  }
}

/** So many works at once; the others wait for their turn. */
class Places {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(places: number) {
    this.#free = places;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#free -= 1;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}

/**
 * The bars the request means, whatever more the gateway sent: daily labels at midnight China, labels within [start, end], the last
 * `count` of them.
 */
export function cutBars(bars: Bars, request: BarsRequest): Bars {
  if (isAsMeant(bars, request)) return bars;
  const time = request.unit === '1d' ? bars.time.map(chinaMidnight) : bars.time;
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

/** A daily label is midnight, none is outside the bounds, and there are not too many. */
function isAsMeant({ time }: Bars, { unit, count, start, end }: BarsRequest): boolean {
  const [first, last] = [time[0], time.at(-1)];
  if (first === undefined || last === undefined) return true;
  if (first < (start ?? Number.NEGATIVE_INFINITY) || last > end || (count !== null && time.length > count))
    return false;
  return time.every((label, row) => label !== time[row + 1] && (unit !== '1d' || chinaMidnight(label) === label));
}
