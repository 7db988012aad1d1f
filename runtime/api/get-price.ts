import { chinaInstant } from '../../src/domain/time.ts';
import { currentHost } from '../host.ts';
import { BAR_FIELDS, DEFAULT_FIELDS, fetchBars } from '../objects/bars.ts';
import type { BarField, DefaultField } from '../objects/bars.ts';
import { readTime } from '../objects/datetime/read-time.ts';
import type { TimeLike } from '../objects/datetime/read-time.ts';
import type { Panel } from '../objects/frame/panel.ts';
import type { DataFrame } from '../objects/frame/types.ts';
import { frameOf, longFrame, onlyBlock, panelOf } from '../objects/tables.ts';
import { badArgument, optional, required, refuseBoth } from './arguments.ts';
import type { Bound } from './arguments.ts';
import { readAdjust, readUnit } from './bar-arguments.ts';
import { OPTIONAL_COUNT } from './days.ts';
import { ANY_PHASE, defineApi } from './define-api.ts';
import { listOf, nullable, readBoolean, readSecurities } from './readers.ts';

export type Fields<F extends string> = F | readonly F[];

/** Named arguments of get_price. */
export interface PriceOptions<F extends BarField = DefaultField> {
  readonly start_date?: TimeLike | null;
  /** Default: now. A day without time is its midnight, so minute bars of that day are left out. */
  readonly end_date?: TimeLike | null;
  readonly frequency?: string;
  readonly fields?: Fields<F> | null;
  readonly skip_paused?: boolean;
  readonly fq?: 'pre' | 'post' | 'none' | null;
  readonly count?: number | null;
  readonly panel?: boolean;
  readonly fill_paused?: boolean;
}

/** One security: time × field. Several: a Panel (`p['close']` is time × code), or with `panel: false` one long table. */
export interface GetPrice {
  <const F extends BarField = DefaultField>(security: string, options?: PriceOptions<F>): DataFrame<F>;
  <const F extends BarField = DefaultField>(
    security: Iterable<string>,
    options: PriceOptions<F> & { readonly panel: false },
  ): DataFrame<F | 'time' | 'code'>;
  <const F extends BarField = DefaultField>(
    security: Iterable<string>,
    options?: PriceOptions<F> & { readonly panel?: true },
  ): Panel<F>;
  <const F extends BarField = DefaultField>(
    security: string,
    start_date: TimeLike | null,
    end_date?: TimeLike | null,
    frequency?: string,
    fields?: Fields<F> | null,
    skip_paused?: boolean,
    fq?: 'pre' | 'post' | 'none' | null,
    count?: number | null,
  ): DataFrame<F>;
  <const F extends BarField = DefaultField>(
    security: string,
    start_date: TimeLike | null,
    end_date: TimeLike | null,
    options: PriceOptions<F>,
  ): DataFrame<F>;
}

const ARGS = {
  security: required(readSecurities),
  start_date: optional(nullable(readTime), null),
  end_date: optional(nullable(readTime), null),
  frequency: optional(readUnit, '1d'),
  fields: optional(nullable(listOf(BAR_FIELDS)), null),
  skip_paused: optional(readBoolean, false),
  fq: optional(readAdjust, 'pre'),
  count: OPTIONAL_COUNT,
  panel: optional(readBoolean, true),
  fill_paused: optional(readBoolean, true),
};

/** Bars by time or by count, up to now at most. */
export const get_price: GetPrice = defineApi({ name: 'get_price', phases: ANY_PHASE, args: ARGS }, getPrice);

function getPrice(a: Bound<typeof ARGS>): DataFrame & Panel {
  const single = typeof a.security === 'string';
  const fields: readonly BarField[] = a.fields ?? DEFAULT_FIELDS;
  const blocks = fetchBars({
    securities: typeof a.security === 'string' ? [a.security] : a.security,
    unit: a.frequency,
    count: a.count,
    start: startOf(a),
    end: a.end_date === null ? null : Math.min(a.end_date, currentHost().dispatch().logicalTime),
    fields,
    skipPaused: a.skip_paused,
    fillPaused: a.fill_paused,
    adjust: a.fq,
  });
  const table: unknown = single ? frameOf(onlyBlock(blocks), fields) : severalOf(blocks, fields, a.panel);
  return table as DataFrame & Panel; // the overloads of GetPrice say which of the two it is
}

function severalOf(blocks: Parameters<typeof panelOf>[0], fields: readonly BarField[], panel: boolean): unknown {
  return panel ? panelOf(blocks, fields) : longFrame(blocks, fields);
}

/** JoinQuant starts in 2015 when nothing bounds the call; for minute bars that would be hundreds of thousands of rows. */
function startOf(a: Bound<typeof ARGS>): number | null {
  refuseBoth('get_price', { start_date: a.start_date, count: a.count });
  if (a.start_date !== null || a.count !== null) return a.start_date;
  if (a.frequency.endsWith('m')) throw badArgument('get_price()', 'needs start_date or count for minute bars.');
  return chinaInstant('2015-01-01', '00:00');
}
