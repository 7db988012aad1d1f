import { chinaDay, chinaInstant } from '../../src/domain/time.ts';
import type { HistoryBlock } from '../host.ts';
import { columnOf, fetchBars } from '../objects/bars.ts';
import type { ValueOn } from './base-values.ts';

const PRICE_FIELDS = ['open', 'close', 'high', 'low'] as const;
const FIELDS: readonly string[] = [...PRICE_FIELDS, 'volume', 'money'];

export function isPriceField(name: string): boolean {
  return FIELDS.includes(name);
}

/** Daily bars by day, with paused days as JoinQuant fills them or without them. */
export interface DailyPrices {
  /** As they looked at the end of `asOf`; adjusted from the first day of all when it is null. */
  value(field: string, code: string, day: string, asOf: string | null): number;
  /** Days with a bar up to this one, the last `count`. */
  daysUpTo(code: string, day: string, count: number): readonly string[];
}

/** One request for all securities, fields and days. */
export function dailyPrices(
  codes: readonly string[],
  fields: readonly string[],
  days: readonly [first: string, last: string],
  skipPaused: boolean,
): DailyPrices {
  const asked = [...fields, 'factor'];
  const blocks = fetchBars({
    securities: codes,
    unit: '1d',
    start: chinaInstant(days[0], '00:00'),
    end: chinaInstant(days[1], '15:00'),
    fields: asked,
    skipPaused,
    // The factor of raw prices is 1: it is known of adjusted ones only.
    adjust: 'post',
  });
  return new FetchedPrices(blocks, asked);
}

class FetchedPrices implements DailyPrices {
  /** Places of the days, by security. */
  readonly #places: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly #columns: ReadonlyMap<string, Float64Array>;

  constructor(blocks: readonly HistoryBlock[], fields: readonly string[]) {
    const placesOf = (time: Float64Array) => new Map(Array.from(time, (ms, i): [string, number] => [chinaDay(ms), i]));
    this.#places = new Map(blocks.map(({ security, time }) => [security, placesOf(time)] as const));
    this.#columns = new Map(
      blocks.flatMap((one) => fields.map((field) => [`${one.security} ${field}`, columnOf(one, field)] as const)),
    );
  }

  value(field: string, code: string, day: string, asOf: string | null): number {
    const value = this.#raw(field, code, day);
    if (field === 'money') return value;
    if (asOf === null) return value;
    const scale = this.#factorOn(code, asOf);
    return field === 'volume' ? value * scale : value / scale;
  }

  daysUpTo(code: string, day: string, count: number): readonly string[] {
    return [...(this.#places.get(code)?.keys() ?? [])].filter((one) => one <= day).slice(-count);
  }

  #raw(field: string, code: string, day: string): number {
    return this.#columns.get(`${code} ${field}`)?.[this.#places.get(code)?.get(day) ?? -1] ?? NaN;
  }

  /** Of a day without a bar it is that of the last one before. */
  #factorOn(code: string, day: string): number {
    const factor = this.#raw('factor', code, day);
    return Number.isNaN(factor) ? this.#raw('factor', code, this.daysUpTo(code, day, 1)[0] ?? '') : factor;
  }
}

/** One field of them as a value by code and day. */
export function priceOn(prices: DailyPrices, field: string, asOf: string | null): ValueOn {
  return (code, day) => prices.value(field, code, day, asOf);
}
