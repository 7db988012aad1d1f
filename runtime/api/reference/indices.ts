import { textsOf } from '../../../src/domain/data/table.ts';
import type { DataTable } from '../../../src/domain/data/table.ts';
import { currentHost } from '../../host.ts';
import type { TimeLike } from '../../objects/datetime/read-time.ts';
import type { DataFrame } from '../../objects/frame/types.ts';
import { frameOfTable } from '../../objects/table-frame.ts';
import { required } from '../arguments.ts';
import { OPTIONAL_DAY, today } from '../days.ts';
import { ANY_PHASE, defineApi } from '../define-api.ts';
import { readSecurity } from '../readers.ts';

export interface GetIndexStocks {
  (options: { readonly index_symbol: string; readonly date?: TimeLike | null }): string[];
  (index_symbol: string, date?: TimeLike | null): string[];
}

/** Codes of the stocks in an index on a day. */
export const get_index_stocks: GetIndexStocks = defineApi(
  { name: 'get_index_stocks', phases: ANY_PHASE, args: { index_symbol: required(readSecurity), date: OPTIONAL_DAY } },
  ({ index_symbol: index, date }) =>
    codesOf(currentHost().data({ dataset: 'index_members', params: { index, day: date ?? today() } })),
);

type WeightColumn = 'display_name' | 'date' | 'weight';

export interface GetIndexWeights {
  (options: { readonly index_id: string; readonly date?: TimeLike | null }): DataFrame<WeightColumn>;
  (index_id: string, date?: TimeLike | null): DataFrame<WeightColumn>;
}

/** Weights in % of the stocks in an index at the end of the last month that is over; rows are their codes. */
export const get_index_weights: GetIndexWeights = defineApi(
  { name: 'get_index_weights', phases: ANY_PHASE, args: { index_id: required(readSecurity), date: OPTIONAL_DAY } },
  ({ index_id: index, date }) => {
    const table = currentHost().data({ dataset: 'index_weights', params: { index, day: date ?? today() } });
    return frameOfTable<WeightColumn>(table, { days: 'date', index: 'code' });
  },
);

/** The column `code` as a list of its own. */
export function codesOf(table: DataTable): string[] {
  return textsOf(table, 'code').filter((code) => code !== null);
}
