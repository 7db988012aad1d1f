import { chinaDay, instantOf } from '../../src/domain/time.ts';
import { badArgument, optional, required } from '../api/arguments.ts';
import type { Reader } from '../api/arguments.ts';
import { ANY_PHASE, defineApi } from '../api/define-api.ts';
import { isIterable, readBoolean, readSecurityList } from '../api/readers.ts';
import { currentHost } from '../host.ts';
import { date } from '../objects/datetime/date.ts';
import { readDay } from '../objects/datetime/read-time.ts';
import type { TimeLike } from '../objects/datetime/read-time.ts';
import { createDict } from '../objects/dict.ts';
import type { Dict } from '../objects/dict.ts';
import { cell, floats, ints, times } from '../objects/frame/column/column.ts';
// The classes put themselves into the factory when they load.
import '../objects/frame/data-frame.ts';
import { makeFrame } from '../objects/frame/factory.ts';
import { Index } from '../objects/frame/index/index.ts';
import { isSeries } from '../objects/frame/is-table.ts';
import { COLUMN } from '../objects/frame/store.ts';
import type { DataFrame } from '../objects/frame/types.ts';
import { baseValues } from './base-values.ts';
import type { ValueOn } from './base-values.ts';
import { Factor, whileCalculating } from './factor.ts';
import type { FactorData } from './factor.ts';
import { dailyPrices, isPriceField, priceOn } from './prices.ts';

export interface CalcFactors {
  (
    securities: string | Iterable<string>,
    factors: readonly Factor[],
    options: CalcFactorsOptions & { readonly start_date: TimeLike; readonly end_date: TimeLike },
  ): Dict<DataFrame>;
  (
    securities: string | Iterable<string>,
    factors: readonly Factor[],
    start_date: TimeLike,
    end_date: TimeLike,
    ...rest: (boolean | CalcFactorsOptions)[]
  ): Dict<DataFrame>;
}

export interface CalcFactorsOptions {
  readonly start_date?: TimeLike;
  readonly end_date?: TimeLike;
  /** Prices as they looked on each day; default false: adjusted from the first day of all. */
  readonly use_real_price?: boolean;
  /** Days on which a security did not trade are left out; rows of prices are then numbered. */
  readonly skip_paused?: boolean;
}

const readFactors: Reader<readonly Factor[]> = (value, where) => {
  const items = value instanceof Factor ? [value] : isIterable(value) ? [...value] : [];
  if (items.length > 0 && items.every((one) => one instanceof Factor)) return items;
  throw badArgument(where, 'must be a list of factors, made with new: [new MyFactor()].');
};

/** Values of your own factors: a dict of tables by their names, rows are trading days, columns codes. The last day must be over. */
export const calc_factors: CalcFactors = defineApi(
  {
    name: 'calc_factors',
    phases: ANY_PHASE,
    args: {
      securities: required(readSecurityList),
      factors: required(readFactors),
      start_date: required(readDay),
      end_date: required(readDay),
      use_real_price: optional(readBoolean, false),
      skip_paused: optional(readBoolean, false),
    },
  },
  (a) => {
    const { logicalTime } = currentHost().dispatch();
    if (a.end_date >= chinaDay(logicalTime)) {
      throw badArgument('calc_factors() end_date', 'must be before today: pass context.previous_date.');
    }
    const codes = a.securities;
    const days = currentHost().tradeDays(a.start_date, a.end_date, null);
    const look = { realPrice: a.use_real_price, skipPaused: a.skip_paused };
    return createDict(
      a.factors.map((factor): [string, DataFrame] => [factor.name, valuesOf(factor, codes, days, look)]),
      'calc_factors()',
    );
  },
);

interface Look {
  readonly realPrice: boolean;
  readonly skipPaused: boolean;
}

/** How many days without trades a window may reach over, beside as many as it has; a longer pause leaves gaps. */
const PAUSED_DAYS = 60;

function valuesOf(factor: Factor, codes: readonly string[], days: readonly string[], look: Look): DataFrame {
  const rows: Float64Array[] = days.map(() => new Float64Array(codes.length).fill(NaN));
  const first = days[0];
  if (first !== undefined && codes.length > 0) {
    const numbered = look.skipPaused && factor.dependencies.every(isPriceField);
    const reach = numbered ? 2 * factor.max_window + PAUSED_DAYS : factor.max_window;
    const before = currentHost().tradeDays(null, first, reach).slice(0, -1);
    const windows = windowsOf(factor, [...before, ...days], look);
    const tables = windows(codes, factor.dependencies);
    days.forEach((day, i) => {
      factor._current_date = date.fromisoformat(day);
      const extra = (asked: { securities: string | readonly string[]; fields: readonly string[] }): FactorData =>
        windows(readSecurityList(asked.securities, '_get_extra_data()'), asked.fields)(day);
      const result: unknown = whileCalculating(factor, extra, () => factor.calc(tables(day)));
      rows[i] = lineOf(factor.name, result, codes);
    });
  }
  const columns = codes.map((_, i) => floats(Float64Array.from(rows, (row) => row[i] ?? NaN)));
  return makeFrame(new Index(codes), columns, timeIndex(days));
}

function lineOf(name: string, result: unknown, codes: readonly string[]): Float64Array {
  if (typeof result === 'number') return new Float64Array(codes.length).fill(result);
  if (!isSeries(result)) {
    throw badArgument(
      `${name}.calc()`,
      'must return a Series by code: end a table of one row with .mean() or .iloc(0).',
    );
  }
  const places = new Map(result.index.tolist().map((label, i): [string, number] => [String(label), i]));
  return Float64Array.from(codes, (code) => {
    const place = places.get(code);
    const value = place === undefined ? NaN : cell(result[COLUMN], place);
    return typeof value === 'number' ? value : NaN;
  });
}

type Windows = (codes: readonly string[], fields: readonly string[]) => (day: string) => FactorData;

/** Tables of the last `max_window` days up to a day; everything is asked for once. */
function windowsOf(factor: Factor, days: readonly string[], look: Look): Windows {
  const first = days[0] ?? '';
  const last = days.at(-1) ?? '';
  return (codes, fields) => {
    const priceFields = fields.filter(isPriceField);
    const numbered = look.skipPaused && priceFields.length === fields.length;
    const prices = priceFields.length === 0 ? null : dailyPrices(codes, priceFields, [first, last], numbered);
    const figures = new Map(
      fields
        .filter((name) => !isPriceField(name))
        .map((name): [string, ValueOn] => [name, baseValues(name, codes, days)]),
    );
    return (day) => {
      const end = days.indexOf(day);
      const window = days.slice(Math.max(0, end - factor.max_window + 1), end + 1);
      const table = (name: string): DataFrame => {
        const value =
          figures.get(name) ?? (prices === null ? () => NaN : priceOn(prices, name, look.realPrice ? day : null));
        if (numbered && prices !== null) {
          const own = codes.map((code) => prices.daysUpTo(code, day, factor.max_window));
          return numberedTable(codes, own, value, factor.max_window);
        }
        const columns = codes.map((code) => floats(Float64Array.from(window, (one) => value(code, one))));
        return makeFrame(new Index(codes), columns, timeIndex(window));
      };
      return createDict(
        fields.map((name): [string, DataFrame] => [name, table(name)]),
        `${factor.name}.calc()`,
      );
    };
  };
}

/** Each security's own last days, the youngest last: row numbers, since they are other days for each. */
function numberedTable(
  codes: readonly string[],
  days: readonly (readonly string[])[],
  value: ValueOn,
  length: number,
): DataFrame {
  const columns = codes.map((code, i) => {
    const own = days[i] ?? [];
    const cells = new Float64Array(length).fill(NaN);
    own.forEach((day, place) => (cells[length - own.length + place] = value(code, day)));
    return floats(cells);
  });
  return makeFrame(new Index(codes), columns, Index.of([ints(Float64Array.from({ length }, (_, i) => i))]));
}

function timeIndex(days: readonly string[]): Index {
  return Index.of([times(Float64Array.from(days, (day) => instantOf(day, 0)))]);
}
