import { BAR_FIELDS, columnOf, DEFAULT_FIELDS, fetchBars } from '../objects/bars.ts';
import type { BarField, DefaultField } from '../objects/bars.ts';
import { createDict } from '../objects/dict.ts';
import type { Dict } from '../objects/dict.ts';
import type { DataFrame } from '../objects/frame/types.ts';
import { runState } from '../objects/shared.ts';
import { frameOf, numberedColumns, onlyBlock, wideFrame } from '../objects/tables.ts';
import { currentHost } from '../host.ts';
import { badArgument, optional, required } from './arguments.ts';
import { readAdjust, readUnit } from './bar-arguments.ts';
import { ANY_PHASE, defineApi } from './define-api.ts';
import type { Fields } from './get-price.ts';
import { listOf, nullable, oneOf, readBoolean, readCount, readSecurity, readSecurityList } from './readers.ts';

export type Adjust = 'pre' | 'post' | 'none' | null;

/** Named arguments of attribute_history. */
export interface AttributeHistoryOptions<F extends BarField = DefaultField> {
  readonly unit?: string;
  readonly fields?: Fields<F>;
  readonly skip_paused?: boolean;
  /** False: a dict of number arrays instead of a table. */
  readonly df?: boolean;
  readonly fq?: Adjust;
}

export interface AttributeHistory {
  <const F extends BarField = DefaultField>(
    security: string,
    count: number,
    options: AttributeHistoryOptions<F> & { readonly df: false },
  ): Dict<Float64Array>;
  <const F extends BarField = DefaultField>(
    security: string,
    count: number,
    options?: AttributeHistoryOptions<F> & { readonly df?: true },
  ): DataFrame<F>;
  <const F extends BarField = DefaultField>(
    security: string,
    count: number,
    unit: string,
    fields?: Fields<F>,
    skip_paused?: boolean,
    df?: true,
    fq?: Adjust,
  ): DataFrame<F>;
  <const F extends BarField = DefaultField>(
    security: string,
    count: number,
    unit: string,
    options: AttributeHistoryOptions<F> & { readonly df?: true },
  ): DataFrame<F>;
}

/** The last `count` bars of one security; paused ones are skipped; daily bars never include today. */
export const attribute_history: AttributeHistory = defineApi(
  {
    name: 'attribute_history',
    phases: ANY_PHASE,
    args: {
      security: required(readSecurity),
      count: required(readCount),
      unit: optional(readUnit, '1d'),
      fields: optional(listOf(BAR_FIELDS), DEFAULT_FIELDS),
      skip_paused: optional(readBoolean, true),
      df: optional(readBoolean, true),
      fq: optional(readAdjust, 'pre'),
    },
  },
  (a) => {
    const block = onlyBlock(
      fetchBars({
        securities: [a.security],
        unit: a.unit,
        count: a.count,
        fields: a.fields,
        skipPaused: a.skip_paused,
        adjust: a.fq,
        includeToday: false,
        running: false,
      }),
    );
    const table: unknown = a.df
      ? frameOf<BarField>(block, a.fields)
      : createDict(
          a.fields.map((field): [string, Float64Array] => [field, columnOf(block, field)]),
          'attribute_history()',
        );
    return table as DataFrame & Dict<Float64Array>; // the overloads of AttributeHistory say which of the two it is
  },
);

/** Named arguments of history. */
export interface HistoryOptions {
  readonly unit?: string;
  readonly field?: BarField;
  readonly security_list?: string | Iterable<string> | null;
  readonly df?: boolean;
  readonly skip_paused?: boolean;
  readonly fq?: Adjust;
}

export interface History {
  (count: number, options: HistoryOptions & { readonly df: false }): Dict<Float64Array>;
  (count: number, options?: HistoryOptions & { readonly df?: true }): DataFrame;
  (
    count: number,
    unit: string,
    field?: BarField,
    security_list?: string | Iterable<string> | null,
    df?: true,
    skip_paused?: boolean,
    fq?: Adjust,
  ): DataFrame;
}

/**
 * The last `count` values of one field (default `avg`) of several securities, time × code; daily never includes today. With
 * `skip_paused` each security has days of its own: rows are numbered, and what a young one lacks is NaN at the front.
 */
export const history: History = defineApi(
  {
    name: 'history',
    phases: ANY_PHASE,
    args: {
      count: required(readCount),
      unit: optional(readUnit, '1d'),
      field: optional(oneOf(BAR_FIELDS), 'avg'),
      security_list: optional(nullable(readSecurityList), null),
      df: optional(readBoolean, true),
      skip_paused: optional(readBoolean, false),
      fq: optional(readAdjust, 'pre'),
    },
  },
  (a) => {
    const securities = a.security_list ?? runState(currentHost()).universe;
    if (a.security_list === null && securities.length === 0)
      throw badArgument('history()', 'needs security_list, or set_universe() before.');
    const blocks = fetchBars({
      securities,
      unit: a.unit,
      count: a.count,
      fields: [a.field],
      skipPaused: a.skip_paused,
      adjust: a.fq,
      includeToday: false,
      running: false,
    });
    const columns = blocks.map((block): [string, Float64Array] => {
      const values = columnOf(block, a.field);
      return [block.security, a.skip_paused ? lastOf(values, a.count) : values];
    });
    const table: unknown = !a.df
      ? createDict(columns, 'history()')
      : a.skip_paused
        ? numberedColumns(columns, a.count)
        : wideFrame(blocks, a.field);
    return table as DataFrame & Dict<Float64Array>; // the overloads of History say which of the two it is
  },
);

/** As many values: what a young security lacks is missing at the front. */
function lastOf(values: Float64Array, count: number): Float64Array {
  if (values.length === count) return values;
  const padded = new Float64Array(count).fill(Number.NaN);
  padded.set(values, count - values.length);
  return padded;
}
