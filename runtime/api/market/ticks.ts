import type { DataTable } from '../../../src/domain/data/table.ts';
import { chinaText } from '../../../src/domain/time.ts';
import { currentHost } from '../../host.ts';
import type { TimeLike } from '../../objects/datetime/read-time.ts';
import { readTime } from '../../objects/datetime/read-time.ts';
import { createDict } from '../../objects/dict.ts';
import type { Dict } from '../../objects/dict.ts';
import { floats } from '../../objects/frame/column/column.ts';
import { makeFrame } from '../../objects/frame/factory.ts';
import { Index } from '../../objects/frame/index/index.ts';
import { concatTables } from '../../objects/frame/joining/concat.ts';
import type { DataFrame } from '../../objects/frame/types.ts';
import { frameOfTable } from '../../objects/table-frame.ts';
import { optional, required, requireOneOf } from '../arguments.ts';
import { OPTIONAL_COUNT } from '../days.ts';
import { ANY_PHASE, defineApi } from '../define-api.ts';
import { listOf, nullable, readBoolean, readSecurities } from '../readers.ts';
import { withColumns } from './columns.ts';
import { DEPTH_FIELDS } from './depth.ts';
import type { DepthField } from './depth.ts';

const PLAIN = ['time', 'current', 'high', 'low', 'volume', 'money'] as const;
type PlainField = (typeof PLAIN)[number];
type TickField = PlainField | DepthField;

/** Named arguments of get_ticks. */
export interface TicksOptions<F extends TickField = TickField> {
  readonly end_dt?: TimeLike;
  readonly start_dt?: TimeLike | null;
  readonly count?: number | null;
  readonly fields?: F | readonly F[];
  /** False: also those that show no new trade. */
  readonly skip?: boolean;
  /** True: `time` as times. */
  readonly df?: boolean;
}

export interface GetTicks {
  <const F extends TickField = PlainField>(
    security: string,
    options: TicksOptions<F> & { readonly end_dt: TimeLike },
  ): DataFrame<F>;
  <const F extends TickField = PlainField>(
    security: string,
    end_dt: TimeLike,
    options: Omit<TicksOptions<F>, 'end_dt'>,
  ): DataFrame<F>;
  <const F extends TickField = PlainField>(
    security: string,
    end_dt: TimeLike,
    start_dt?: TimeLike | null,
    count?: number | null,
    fields?: F | readonly F[],
    skip?: boolean,
    df?: boolean,
  ): DataFrame<F>;
  <const F extends TickField = PlainField>(
    security: Iterable<string>,
    options: TicksOptions<F> & { readonly end_dt: TimeLike; readonly df: true },
  ): DataFrame<F>;
  <const F extends TickField = PlainField>(
    security: Iterable<string>,
    options: TicksOptions<F> & { readonly end_dt: TimeLike; readonly df?: false },
  ): Dict<DataFrame<F>>;
  <const F extends TickField = PlainField>(
    security: Iterable<string>,
    end_dt: TimeLike,
    options: Omit<TicksOptions<F>, 'end_dt'> & { readonly df: true },
  ): DataFrame<F>;
  <const F extends TickField = PlainField>(
    security: Iterable<string>,
    end_dt: TimeLike,
    options: Omit<TicksOptions<F>, 'end_dt'> & { readonly df?: false },
  ): Dict<DataFrame<F>>;
}

/**
 * Ticks up to `end_dt`, from `start_dt` on or the last `count`, rows numbered from 0: price, the day's extremes, shares and CNY traded
 * that day so far. `time` is a number like 20260706093503 (for the array of Python), with `df: true` a time. A level that the book did
 * not have is NaN. For a list: a dict of tables, with `df: true` one table whose rows are (code, number).
 */
export const get_ticks: GetTicks = defineApi(
  {
    name: 'get_ticks',
    phases: ANY_PHASE,
    args: {
      security: required(readSecurities),
      end_dt: required(readTime),
      start_dt: optional(nullable(readTime), null),
      count: OPTIONAL_COUNT,
      fields: optional(listOf([...PLAIN, ...DEPTH_FIELDS]), PLAIN),
      skip: optional(readBoolean, true),
      df: optional(readBoolean, false),
    },
  },
  (a) => {
    requireOneOf('get_ticks', { start_dt: a.start_dt, count: a.count });
    const depth = a.fields.some((field) => !PLAIN.some((plain) => plain === field));
    const ticksOf = (security: string): DataFrame<TickField> => {
      const params = { security, start: a.start_dt, end: a.end_dt, count: a.count, depth, skip: a.skip };
      const table = withColumns(currentHost().data({ dataset: 'ticks', params }), a.fields);
      return frameOfTable<TickField>(a.df ? table : withTimeNumbers(table), { days: 'timestamp', index: null });
    };
    if (typeof a.security === 'string') return ticksOf(a.security);
    const tables = a.security.map((security): [string, DataFrame<TickField>] => [security, ticksOf(security)]);
    if (a.df && tables.length === 0)
      return makeFrame<TickField>(
        new Index(a.fields),
        a.fields.map(() => floats(new Float64Array())),
        Index.range(0),
      );
    const result: unknown = a.df
      ? concatTables(
          tables.map(([, table]) => table),
          { keys: tables.map(([security]) => security) },
        )
      : createDict(tables, 'get_ticks()');
    return result as DataFrame & Dict<DataFrame>; // the overloads of GetTicks say which of them it is
  },
);

/** Times as the numbers that Python's array holds, YYYYMMDDHHMMSS.mmm. */
export function withTimeNumbers(table: DataTable): DataTable {
  const columns = [...table.columns].map(([name, column]) =>
    column.kind === 'time'
      ? ([name, { kind: 'float' as const, values: column.values.map(timeNumber) }] as const)
      : ([name, column] as const),
  );
  return { rows: table.rows, columns: new Map(columns) };
}

function timeNumber(ms: number): number {
  return Number(chinaText(ms).replaceAll(/\D/gu, '').slice(0, 14)) + (ms % 1000) / 1000;
}
