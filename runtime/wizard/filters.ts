import { badArgument, objectArgument, optional, required } from '../api/arguments.ts';
import type { Arg, Reader } from '../api/arguments.ts';
import { get_current_data } from '../api/data.ts';
import { get_security_info } from '../api/reference/securities.ts';
import { get_fundamentals } from '../api/fundamentals/get-fundamentals.ts';
import { attribute_history } from '../api/history.ts';
import { isIterable, oneOf, readBoolean, readFinite } from '../api/readers.ts';
import { BAR_FIELDS, columnOf, fetchBars } from '../objects/bars.ts';
import type { BarField } from '../objects/bars.ts';
import { floats } from '../objects/frame/column/column.ts';
import { makeSeries } from '../objects/frame/factory.ts';
import { Index } from '../objects/frame/index/index.ts';
import type { Context } from '../objects/context.ts';
import type { Series } from '../objects/frame/types.ts';
import { Column } from '../query/column.ts';
import { query } from '../query/query.ts';
import { valuation } from '../query/tables.ts';
import { above, below, between, CONTEXT, NUMBER, RANGE, SECURITIES, SECURITY, WHOLE, wizard } from './define.ts';
import type { More } from './define.ts';

type NumberColumn = Column<'number'>;

const readColumn: Reader<NumberColumn> = (value, where) => {
  if (value instanceof Column) return value as NumberColumn; // what is no number fails where it is compared
  throw badArgument(where, 'must be a column, like valuation.market_cap, or what is calculated from columns.');
};
const COLUMN: Arg<NumberColumn> = objectArgument(readColumn);

type Codes = string | Iterable<string>;
type ByNumber = (security_list: Codes, search: NumberColumn, value: number) => string[];

function codesWhere(codes: readonly string[], condition: ReturnType<NumberColumn['gt']>): string[] {
  if (codes.length === 0) return [];
  return get_fundamentals(query(valuation.code).filter(valuation.code.in_(codes), condition)).code.tolist();
}

/** The codes whose figure is more than a number. */
export const financial_data_filter_dayu: ByNumber = wizard(
  'financial_data_filter_dayu',
  { security_list: SECURITIES, search: COLUMN, value: NUMBER },
  (a) => codesWhere(a.security_list, a.search.gt(a.value)),
);

export const financial_data_filter_xiaoyu: ByNumber = wizard(
  'financial_data_filter_xiaoyu',
  { security_list: SECURITIES, search: COLUMN, value: NUMBER },
  (a) => codesWhere(a.security_list, a.search.lt(a.value)),
);

/** The codes whose figure is between two numbers, both included. */
export const financial_data_filter_qujian: (
  security_list: Codes,
  search: NumberColumn,
  value: readonly [number, number],
) => string[] = wizard(
  'financial_data_filter_qujian',
  { security_list: SECURITIES, search: COLUMN, value: RANGE },
  (a) => codesWhere(a.security_list, a.search.between(a.value[0], a.value[1])),
);

/** `['asc' | 'desc', weight]`. */
const readWeight: Reader<readonly ['asc' | 'desc', number]> = (value, where) => {
  const items = isIterable(value) ? [...value] : [];
  if (items.length !== 2) throw badArgument(where, "must be a way and a weight, like ['asc', 1].");
  return [oneOf(['asc', 'desc'])(items[0], where), readFinite(items[1], where)];
};

/** Points for each security: its rank as a share, times the weight; `asc` gives small figures many, `desc` large ones. */
export const get_sort_dataframe: (
  security_list: Codes,
  search: NumberColumn | 'open' | 'close',
  sort_weight: readonly ['asc' | 'desc', number],
) => Series = wizard(
  'get_sort_dataframe',
  { security_list: SECURITIES, search: objectArgument((value: unknown) => value), sort_weight: required(readWeight) },
  (a) => {
    const [way, weight] = a.sort_weight;
    return valuesFor(a.security_list, a.search)
      .rank({ ascending: way === 'desc', pct: true })
      .mul(weight);
  },
);

function valuesFor(codes: readonly string[], search: unknown): Series {
  if (search !== 'open' && search !== 'close') {
    const column = readColumn(search, 'get_sort_dataframe() search').label('points');
    const table = get_fundamentals(query(valuation.code, column).filter(valuation.code.in_(codes)));
    return table.set_index('code').col('points');
  }
  const blocks = fetchBars({ securities: codes, unit: '1d', count: 1, fields: [search] });
  const values = Float64Array.from(blocks, (block) => columnOf(block, search).at(-1) ?? NaN);
  return makeSeries(floats(values), new Index(codes));
}

/** The last values of a column of daily bars, today's left out. */
function history(security: string, count: number, field: BarField, skip_paused = true): Float64Array {
  const table = attribute_history(security, count, { fields: [field], df: false, skip_paused });
  return table[field] ?? new Float64Array(0);
}

const FIELD: Arg<BarField> = required(oneOf(BAR_FIELDS));
const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

type Situation = (security: string, search: BarField, value: number) => boolean;
type SituationRange = (security: string, search: BarField, value: readonly [number, number]) => boolean;

function situation(name: string, more: More): Situation {
  return wizard(name, { security: SECURITY, search: FIELD, value: NUMBER }, (a) =>
    more(history(a.security, 1, a.search).at(-1) ?? NaN, a.value),
  );
}

/** Yesterday's value of a column of bars against a number. */
export const situation_filter_dayu = situation('situation_filter_dayu', above);
export const situation_filter_xiaoyu = situation('situation_filter_xiaoyu', below);
export const situation_filter_qujian: SituationRange = wizard(
  'situation_filter_qujian',
  { security: SECURITY, search: FIELD, value: RANGE },
  (a) => between(history(a.security, 1, a.search).at(-1) ?? NaN, a.value),
);

function againstMean(name: string, more: More): Situation {
  return wizard(name, { security: SECURITY, search: FIELD, value: WHOLE }, (a) => {
    const values = history(a.security, a.value, a.search);
    return more(values.at(-1) ?? NaN, mean(values));
  });
}

/** Yesterday's value against its mean of `value` days. */
export const situation_filter_dayu_ma = againstMean('situation_filter_dayu_ma', above);
export const situation_filter_xiaoyu_ma = againstMean('situation_filter_xiaoyu_ma', below);
/** Above the mean of the longer span and below that of the shorter one. */
export const situation_filter_qujian_ma: SituationRange = wizard(
  'situation_filter_qujian_ma',
  { security: SECURITY, search: FIELD, value: RANGE },
  (a) => {
    const values = history(a.security, Math.max(...a.value), a.search);
    return between(values.at(-1) ?? NaN, [mean(values), mean(values.slice(-Math.min(...a.value)))]);
  },
);

function change(values: Float64Array): number {
  return (values.at(-1) ?? NaN) / (values[0] ?? NaN) - 1;
}

/** Change of the close in n days, as a share. */
export const get_n_day_chg: (security: string, n: number, include_now?: boolean) => number = wizard(
  'get_n_day_chg',
  { security: SECURITY, n: WHOLE, include_now: optional(readBoolean, false) },
  (a) => {
    const asked = { securities: [a.security], unit: '1d', count: a.n + 1, fields: ['close'], skipPaused: true };
    const [block] = fetchBars({ ...asked, includeToday: a.include_now });
    return block === undefined ? NaN : change(columnOf(block, 'close'));
  },
);

type NDay = (security: string, n: number, value: number) => boolean;

function nDay(name: string, more: More): NDay {
  return wizard(name, { security: SECURITY, n: WHOLE, value: NUMBER }, (a) =>
    more(change(history(a.security, a.n + 1, 'close', false)), a.value),
  );
}

export const n_day_chg_dayu = nDay('n_day_chg_dayu', above);
export const n_day_chg_xiaoyu = nDay('n_day_chg_xiaoyu', below);
export const n_day_chg_qujian: (security: string, n: number, value: readonly [number, number]) => boolean = wizard(
  'n_day_chg_qujian',
  { security: SECURITY, n: WHOLE, value: RANGE },
  (a) => between(change(history(a.security, a.n + 1, 'close', false)), a.value),
);

function listedDays(context: Context, security: string): number {
  const first = get_security_info(security)?.start_date ?? null;
  return first === null ? NaN : context.current_dt.date().sub(first).days;
}

type Ipo = (context: Context, security: string, value: number) => boolean;

function ipo(name: string, more: More): Ipo {
  return wizard(name, { context: CONTEXT, security: SECURITY, value: NUMBER }, (a) =>
    more(listedDays(a.context, a.security), a.value),
  );
}

/** Calendar days since the first one of trading. */
export const ipo_days_dayu = ipo('ipo_days_dayu', above);
export const ipo_days_xiaoyu = ipo('ipo_days_xiaoyu', below);
export const ipo_days_qujian: (context: Context, security: string, value: readonly [number, number]) => boolean =
  wizard('ipo_days_qujian', { context: CONTEXT, security: SECURITY, value: RANGE }, (a) =>
    between(listedDays(a.context, a.security), a.value),
  );

/** False for what opened today within 2 % of its upper limit. */
export const limit_filter: (security: string) => boolean = wizard('limit_filter', { security: SECURITY }, (a) => {
  const { day_open, high_limit } = get_current_data().get(a.security);
  return day_open <= 0.98 * high_limit;
});

/** False for what closed yesterday within 2 % of its upper limit. */
export const per_limit_filter: (security: string) => boolean = wizard(
  'per_limit_filter',
  { security: SECURITY },
  (a) => {
    const table = attribute_history(a.security, 1, { fields: ['close', 'high_limit'], df: false });
    return (table['close']?.at(-1) ?? NaN) <= 0.98 * (table['high_limit']?.at(-1) ?? NaN);
  },
);
