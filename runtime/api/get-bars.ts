import { BtError } from '../../src/domain/errors.ts';
import { DAY } from '../../src/domain/time.ts';
import { currentHost } from '../host.ts';
import { BAR_FIELDS, fetchBars } from '../objects/bars.ts';
import type { BarField } from '../objects/bars.ts';
import { readTime } from '../objects/datetime/read-time.ts';
import type { TimeLike } from '../objects/datetime/read-time.ts';
import { createDict } from '../objects/dict.ts';
import type { Dict } from '../objects/dict.ts';
import type { DataFrame } from '../objects/frame/types.ts';
import { numberedFrame, onlyBlock } from '../objects/tables.ts';
import { optional, required } from './arguments.ts';
import { readUnit } from './bar-arguments.ts';
import { ANY_PHASE, defineApi } from './define-api.ts';
import type { Fields } from './get-price.ts';
import { listOf, nullable, readBoolean, readCount, readSecurities } from './readers.ts';

type BarsField = BarField | 'date';

/** Named arguments of get_bars. */
export interface BarsOptions<F extends BarsField = BarsField> {
  readonly unit?: string;
  readonly fields?: Fields<F>;
  readonly include_now?: boolean;
  readonly end_dt?: TimeLike | null;
  readonly fq_ref_date?: TimeLike | null;
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
    options?: BarsOptions<F>,
  ): Dict<DataFrame<F>>;
}

/**
 * The last `count` bars without paused ones, rows numbered from 0, times in `date`; a dict of tables for a list.
 * Prices are adjusted as of today; `fq_ref_date: null` gives raw ones.
 */
export const get_bars: GetBars = defineApi(
  {
    name: 'get_bars',
    phases: ANY_PHASE,
    args: {
      security: required(readSecurities),
      count: required(readCount),
      unit: optional(readUnit, '1d'),
      fields: optional(listOf(['date', ...BAR_FIELDS]), ['date', 'open', 'high', 'low', 'close']),
      include_now: optional(readBoolean, false),
      end_dt: optional(nullable(readTime), null),
      fq_ref_date: optional<number | null | 'today'>(nullable(readTime), 'today'),
      df: optional(readBoolean, false),
    },
  },
  (a) => {
    const end = a.end_dt === null ? null : Math.min(a.end_dt, currentHost().dispatch().logicalTime);
    const asked = a.fields.filter((field) => field !== 'date');
    const single = typeof a.security === 'string';
    const blocks = fetchBars({
      securities: typeof a.security === 'string' ? [a.security] : a.security,
      unit: a.unit,
      count: a.count,
      end,
      fields: asked.length === 0 ? ['close'] : asked,
      skipPaused: true,
      adjust: adjustAsOf(a.fq_ref_date),
      includeToday: a.include_now,
    });
    const table: unknown = single
      ? numberedFrame(onlyBlock(blocks), a.fields)
      : createDict(
          blocks.map((block): [string, DataFrame<BarsField>] => [block.security, numberedFrame(block, a.fields)]),
          'get_bars()',
        );
    return table as DataFrame & Dict<DataFrame>; // the overloads of GetBars say which of the two it is
  },
);

/** Venues adjust as of today only. */
function adjustAsOf(reference: number | null | 'today'): 'pre' | 'none' {
  if (reference === null) return 'none';
  if (reference === 'today') return 'pre';
  const { logicalTime } = currentHost().dispatch();
  if (logicalTime >= reference && logicalTime - reference < DAY) return 'pre';
  throw new BtError(
    'UNSUPPORTED',
    'get_bars() fq_ref_date: prices are adjusted as of today: leave it out, or pass null for raw prices.',
    {
      fault: 'strategy',
    },
  );
}
