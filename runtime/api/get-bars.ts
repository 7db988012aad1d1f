import { BtError } from '../../src/domain/errors.ts';
import { chinaDay, chinaTimeOfDay } from '../../src/domain/time.ts';
import { currentHost } from '../host.ts';
import type { HistoryBlock } from '../host.ts';
import { BAR_FIELDS, columnOf, fetchBars } from '../objects/bars.ts';
import type { BarField } from '../objects/bars.ts';
import { readTime } from '../objects/datetime/read-time.ts';
import type { TimeLike } from '../objects/datetime/read-time.ts';
import { createDict } from '../objects/dict.ts';
import type { Dict } from '../objects/dict.ts';
import type { DataFrame } from '../objects/frame/types.ts';
import { codedFrame, numberedFrame, onlyBlock } from '../objects/tables.ts';
import { optional, required } from './arguments.ts';
import type { Bound } from './arguments.ts';
import { readUnit } from './bar-arguments.ts';
import { ANY_PHASE, defineApi } from './define-api.ts';
import type { Fields } from './get-price.ts';
import { listOf, nullable, readBoolean, readCount, readSecurities } from './readers.ts';

type BarsField = BarField | 'date';

/** Named arguments of get_bars. */
export interface BarsOptions<F extends BarsField = BarsField> {
  readonly unit?: string;
  readonly fields?: Fields<F>;
  /** True: with the bar that still runs. */
  readonly include_now?: boolean;
  readonly end_dt?: TimeLike | null;
  readonly fq_ref_date?: TimeLike | null;
  /** True, of a list: one table, its rows (code, number). */
  readonly df?: boolean;
}

type BarsDefault = 'date' | 'open' | 'high' | 'low' | 'close';

export interface GetBars {
  <const F extends BarsField = BarsDefault>(security: string, count: number, options?: BarsOptions<F>): DataFrame<F>;
  <const F extends BarsField = BarsDefault>(
    security: string,
    count: number,
    unit: string,
    options?: BarsOptions<F>,
  ): DataFrame<F>;
  <const F extends BarsField = BarsDefault>(
    security: Iterable<string>,
    count: number,
    options: BarsOptions<F> & { readonly df: true },
  ): DataFrame<F>;
  <const F extends BarsField = BarsDefault>(
    security: Iterable<string>,
    count: number,
    options?: BarsOptions<F>,
  ): Dict<DataFrame<F>>;
}

const ARGS = {
  security: required(readSecurities),
  count: required(readCount),
  unit: optional(readUnit, '1d'),
  fields: optional(listOf(['date', ...BAR_FIELDS]), ['date', 'open', 'high', 'low', 'close']),
  include_now: optional(readBoolean, false),
  end_dt: optional(nullable(readTime), null),
  fq_ref_date: optional<number | null | 'today'>(readReference, 'today'),
  df: optional(readBoolean, false),
};

/** A day, or None (null) for raw prices; 1 and True, as JoinQuant's package for research has it, are today. */
function readReference(value: unknown, where: string): number | null | 'today' {
  return value === true || value === 1 ? 'today' : nullable(readTime)(value, where);
}

/**
 * The last `count` bars without paused ones, rows numbered from 0, times in `date`. Bars of minutes are counted from the day's open,
 * weeks and months are the calendar's; `include_now` adds the one that still runs. For a list: a dict of tables, with `df: true` one
 * table whose rows are (code, number). Prices are adjusted as of today, or of `fq_ref_date`; null gives raw ones. `factor` is that of
 * prices adjusted as of the first day.
 */
export const get_bars: GetBars = defineApi({ name: 'get_bars', phases: ANY_PHASE, args: ARGS }, (a) => {
  const blocks = barsOf(a, typeof a.security === 'string' ? [a.security] : a.security);
  const table: unknown =
    typeof a.security === 'string'
      ? numberedFrame(onlyBlock(blocks), a.fields)
      : a.df
        ? codedFrame(blocks, a.fields)
        : createDict(
            blocks.map((block): [string, DataFrame<BarsField>] => [block.security, numberedFrame(block, a.fields)]),
            'get_bars()',
          );
  return table as DataFrame & Dict<DataFrame>; // the overloads of GetBars say which of them it is
});

function barsOf(a: Bound<typeof ARGS>, securities: readonly string[]): readonly HistoryBlock[] {
  const { logicalTime } = currentHost().dispatch();
  const end = a.end_dt === null ? null : Math.min(a.end_dt, logicalTime);
  const fields = a.fields.filter((field) => field !== 'date');
  const asked = {
    securities,
    unit: a.unit,
    count: a.count,
    end,
    skipPaused: true,
    aligned: true,
    running: a.include_now,
    // A day's bar is whole when its session is over.
    includeToday: a.include_now || chinaTimeOfDay(logicalTime) >= SESSION_END,
  };
  const isToday = (day: number): boolean => chinaDay(day) === chinaDay(logicalTime);
  const reference =
    a.fq_ref_date === 'today' || (a.fq_ref_date !== null && isToday(a.fq_ref_date)) ? 'today' : a.fq_ref_date;
  const adjust = reference === null ? 'none' : reference === 'today' ? 'pre' : 'post';
  const blocks = fetchBars({ ...asked, fields: fields.length === 0 ? ['close'] : fields, adjust });
  const scaled = typeof reference === 'number' ? asOfDay(blocks, reference) : blocks;
  if (adjust === 'post' || !fields.includes('factor')) return scaled;
  const factors = fetchBars({ ...asked, fields: ['factor'], adjust: 'post' });
  return scaled.map((block, at) => withColumn(block, 'factor', factors[at]));
}

/** 15:00, seconds after midnight. */
const SESSION_END = 15 * 3600;
const PRICES: ReadonlySet<string> = new Set([
  'open',
  'close',
  'high',
  'low',
  'avg',
  'pre_close',
  'high_limit',
  'low_limit',
]);

/** Bars adjusted as of their first day, made such as of another one. */
function asOfDay(blocks: readonly HistoryBlock[], reference: number): readonly HistoryBlock[] {
  const securities = blocks.map(({ security }) => security);
  const factors = fetchBars({ securities, unit: '1d', count: 1, end: reference, fields: ['factor'], adjust: 'post' });
  return blocks.map((block, at) => {
    const known = factors[at];
    // Nothing before that day: it was not listed yet, and its first day is what prices are adjusted to.
    const factor =
      known === undefined || known.time.length === 0 ? 1 : (columnOf(known, 'factor').at(-1) ?? Number.NaN);
    if (Number.isNaN(factor)) throw noFactor(block.security);
    const columns = Object.entries(block.columns).map(([name, column]): [string, Float64Array] => {
      if (PRICES.has(name)) return [name, column.map((price) => price / factor)];
      return [name, name === 'volume' ? column.map((shares) => shares * factor) : column];
    });
    return { ...block, columns: Object.fromEntries(columns) };
  });
}

function withColumn(block: HistoryBlock, name: string, from: HistoryBlock | undefined): HistoryBlock {
  const column = from === undefined ? columnOf(block, '') : columnOf(from, name);
  if (column.length !== block.time.length) throw noFactor(block.security);
  return { ...block, columns: { ...block.columns, [name]: column } };
}

function noFactor(security: string): BtError {
  return new BtError(
    'UNSUPPORTED',
    `get_bars(): the source of bars has no adjustment factors of ${security}: leave fq_ref_date and factor out, or pass fq_ref_date null for raw prices.`,
    { fault: 'strategy' },
  );
}
