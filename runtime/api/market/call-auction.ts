import { currentHost } from '../../host.ts';
import type { TimeLike } from '../../objects/datetime/read-time.ts';
import { readDay } from '../../objects/datetime/read-time.ts';
import type { DataFrame } from '../../objects/frame/types.ts';
import { frameOfTable } from '../../objects/table-frame.ts';
import { optional, required } from '../arguments.ts';
import { ANY_PHASE, defineApi } from '../define-api.ts';
import { listOf, nullable, readSecurityList } from '../readers.ts';
import { withColumns } from './columns.ts';
import { DEPTH_FIELDS } from './depth.ts';
import type { DepthField } from './depth.ts';

const PLAIN = ['time', 'current', 'volume', 'money'] as const;
type AuctionField = (typeof PLAIN)[number] | DepthField;

/** Named arguments of get_call_auction. */
export interface CallAuctionOptions<F extends AuctionField = AuctionField> {
  readonly start_date?: TimeLike;
  readonly end_date?: TimeLike;
  readonly fields?: F | readonly F[] | null;
}

export interface GetCallAuction {
  <const F extends AuctionField = AuctionField>(
    security: string | Iterable<string>,
    options: CallAuctionOptions<F> & { readonly start_date: TimeLike; readonly end_date: TimeLike },
  ): DataFrame<F | 'code'>;
  <const F extends AuctionField = AuctionField>(
    security: string | Iterable<string>,
    start_date: TimeLike,
    end_date: TimeLike,
    fields?: F | readonly F[] | null,
  ): DataFrame<F | 'code'>;
}

/**
 * The opening auction of each security and day from `start_date` to `end_date`: its price, shares, CNY, and the book after it; rows
 * numbered from 0. Today's is there from 9:28 on; a day without one has no row.
 */
export const get_call_auction: GetCallAuction = defineApi(
  {
    name: 'get_call_auction',
    phases: ANY_PHASE,
    args: {
      security: required(readSecurityList),
      start_date: required(readDay),
      end_date: required(readDay),
      fields: optional(nullable(listOf([...PLAIN, ...DEPTH_FIELDS])), null),
    },
  },
  (a) => {
    const params = { securities: a.security, start: a.start_date, end: a.end_date };
    const table = currentHost().data({ dataset: 'call_auction', params });
    const shown = withColumns(table, ['code', ...(a.fields ?? [...PLAIN, ...DEPTH_FIELDS])]);
    return frameOfTable<AuctionField | 'code'>(shown, { days: 'timestamp', index: null });
  },
);
