import { CLOSURES_FROM } from '../../domain/market/data/closures.ts';
import { chinaInstant, DAY } from '../../domain/time.ts';
import type { Bars, BarsRequest } from '../../domain/trading.ts';
import type { JsonObject } from '../json.ts';

/** The action that gives the bars of many securities at once; no other gateway has it, ours names it in the handshake. */
export const BARS_ACTION = 'data.bars';
export const BARS_FEATURE = 'bars';

/** Payload of data.bars: one request for many securities; times in epoch ms, `columns` as wanted. */
export function barsPayload(securities: readonly string[], request: Omit<BarsRequest, 'security'>): JsonObject {
  const { unit, count, start, end, adjust, columns = [] } = request;
  return { securities, frequency: unit, count, start, end, fq: adjust, columns };
}

const MINUTES_A_DAY = 240;

const FIRST_DAY = chinaInstant(CLOSURES_FROM, '00:00');

/** Rows of the answer for one security, at most: of what is not bounded by a count each day may trade, from the first of all on. */
export function mostRows({ unit, count, start, end }: Pick<BarsRequest, 'unit' | 'count' | 'start' | 'end'>): number {
  const days = Math.max(0, (end - (start ?? FIRST_DAY)) / DAY) + 1;
  return count ?? days * (unit === '1d' ? 1 : MINUTES_A_DAY);
}

/** What a column is made of where a market does not have it. */
const MADE_OF: Readonly<Record<string, readonly string[]>> = {
  avg: ['money', 'volume', 'close'],
  paused: ['volume'],
  pre_close: ['close'],
};

/**
 * `data.bars`, a table a security in the order asked. `time` null = the times of the table before; a missing value is null; a column
 * whose values are all the same is that one value. In place of a column that the market does not have come those it is made of, and
 * beside closes that are missing the volume.
 */
export function barsAnswer(tables: readonly Bars[], wanted: readonly string[]): JsonObject {
  const bars = tables.map(({ security, time, columns }, at) => {
    const names = wanted.flatMap((name) => (name in columns ? [name] : (MADE_OF[name] ?? [])));
    if (columns['close']?.some(Number.isNaN) === true) names.push('volume');
    const written = [...new Set(names)].flatMap((name) => {
      const values = columns[name];
      return values === undefined ? [] : [[name, writable(values)] as const];
    });
    const isSame = at > 0 && sameTimes(time, tables[at - 1]?.time);
    return { security, time: isSame ? null : Array.from(time), columns: Object.fromEntries(written) };
  });
  return { dtype: 'bars', bars };
}

function writable(values: Float64Array): number | null | readonly (number | null)[] {
  const [first] = values;
  if (first !== undefined && values.every((value) => Object.is(value, first))) return finite(first);
  // A loop: Array.from with a function takes several times as long, and there are many values.
  const written: (number | null)[] = [];
  for (const value of values) written.push(finite(value));
  return written;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function sameTimes(a: Float64Array, b: Float64Array | undefined): boolean {
  return b !== undefined && a.length === b.length && a.every((time, row) => time === b[row]);
}
