import type { DataTable } from '../../../src/domain/data/table.ts';
import { numbers, tableOf } from '../../../src/domain/data/table.ts';
import { chinaDay } from '../../../src/domain/time.ts';
import type { Quote } from '../../../src/domain/trading.ts';
import { currentHost } from '../../host.ts';
import type { TimeLike } from '../../objects/datetime/read-time.ts';
import { readTime } from '../../objects/datetime/read-time.ts';
import type { DataFrame } from '../../objects/frame/types.ts';
import { createDict } from '../../objects/dict.ts';
import type { Dict } from '../../objects/dict.ts';
import { frameOfTable } from '../../objects/table-frame.ts';
import { Tick } from '../../objects/tick.ts';
import type { TickReading } from '../../objects/tick.ts';
import { optional, required } from '../arguments.ts';
import { today } from '../days.ts';
import { defineApi, RUNNING } from '../define-api.ts';
import { nullable, readBoolean, readSecurities } from '../readers.ts';
import { DEPTH_FIELDS } from './depth.ts';
import type { DepthField } from './depth.ts';

type TickColumn = 'datetime' | 'current' | 'open' | 'high' | 'low' | 'volume' | 'money' | DepthField;

/** Named arguments of get_current_tick. */
export interface CurrentTickOptions {
  /** At that time; null = now. */
  readonly dt?: TimeLike | null;
  readonly df?: boolean;
}

export interface GetCurrentTick {
  (security: string, options: CurrentTickOptions & { readonly df: true }): DataFrame<TickColumn>;
  (security: string, dt: TimeLike | null, df: true): DataFrame<TickColumn>;
  (security: string, options?: CurrentTickOptions): Tick | null;
  (security: string, dt?: TimeLike | null, df?: false): Tick | null;
  (security: Iterable<string>, options?: CurrentTickOptions): Dict<Tick | null>;
  (security: Iterable<string>, dt?: TimeLike | null, df?: false): Dict<Tick | null>;
}

/**
 * The latest tick of today, from the live quote, or at `dt` the latest one of that day; null when there is none. A dict for a list.
 * `df: true` gives a table, a row for each security that has one. What the venue's quote does not hold is NaN.
 */
export const get_current_tick: GetCurrentTick = defineApi(
  {
    name: 'get_current_tick',
    phases: RUNNING,
    args: {
      security: required(readSecurities),
      dt: optional(nullable(readTime), null),
      df: optional(readBoolean, false),
    },
  },
  (a) => {
    const codes = typeof a.security === 'string' ? [a.security] : a.security;
    const readings = a.dt === null ? liveReadings(codes) : readingsAt(codes, a.dt);
    const result: unknown = a.df ? frameOf(readings) : shown(a.security, codes, readings);
    return result as Tick & DataFrame<TickColumn> & Dict<Tick | null>; // the overloads say which of them it is
  },
);

function shown(
  asked: string | readonly string[],
  codes: readonly string[],
  readings: readonly (TickReading | null)[],
): Tick | null | Dict<Tick | null> {
  const ticks = readings.map((reading) => (reading === null ? null : new Tick(reading)));
  if (typeof asked === 'string') return ticks[0] ?? null;
  return createDict(
    codes.map((code, at): [string, Tick | null] => [code, ticks[at] ?? null]),
    'get_current_tick()',
  );
}

/** A quote of an earlier day is no tick of today. */
function liveReadings(codes: readonly string[]): readonly (Quote | null)[] {
  const host = currentHost();
  const day = today();
  return host.quotes(codes).map((quote) => (quote?.time == null || chinaDay(quote.time) !== day ? null : quote));
}

function readingsAt(codes: readonly string[], dt: number): readonly (TickReading | null)[] {
  const host = currentHost();
  const end = Math.min(dt, host.dispatch().logicalTime);
  return codes.map((security) => {
    const params = { security, start: null, end, count: 1, depth: true, skip: false };
    const reading = lastRow(security, host.data({ dataset: 'ticks', params }));
    return reading?.time != null && chinaDay(reading.time) === chinaDay(end) ? reading : null;
  });
}

function lastRow(security: string, table: DataTable): TickReading | null {
  if (table.rows === 0) return null;
  const value = (name: string): number | null => {
    const number = table.columns.get(name)?.values[table.rows - 1];
    return typeof number === 'number' && !Number.isNaN(number) ? number : null;
  };
  return {
    security,
    time: value('time'),
    lastPrice: value('current'),
    dayOpen: value('open'),
    dayHigh: value('high'),
    dayLow: value('low'),
    volume: value('volume'),
    money: value('money'),
    depth: new Map(DEPTH_FIELDS.map((name) => [name, value(name)])),
  };
}

function frameOf(readings: readonly (TickReading | null)[]): DataFrame<TickColumn> {
  const rows = readings.filter((reading) => reading !== null);
  const ticks = rows.map((reading) => new Tick(reading));
  const names = ['current', 'open', 'high', 'low', 'volume', 'money', ...DEPTH_FIELDS] as const;
  const columns = names.map(
    (name) =>
      [
        name,
        numbers(
          'float',
          ticks.map((tick) => tick[name]),
        ),
      ] as const,
  );
  const times = numbers(
    'time',
    rows.map(({ time }) => time ?? Number.NaN),
  );
  return frameOfTable<TickColumn>(tableOf({ datetime: times, ...Object.fromEntries(columns) }), {
    days: 'timestamp',
    index: null,
  });
}
