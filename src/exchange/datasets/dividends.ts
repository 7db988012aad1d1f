import { DATASETS } from '../../domain/data/datasets.ts';
import type { ParamsOf } from '../../domain/data/datasets.ts';
import type { DataTable } from '../../domain/data/table.ts';
import { closeTicks } from '../daily-close.ts';
import { yuan } from '../data.ts';
import { payout } from '../ex-rights.ts';
import type { Market } from '../market.ts';
import { knownIndex } from './day-of.ts';
import { tableOfRows } from './rows.ts';

/** What each share gets, on the days from which prices are without it, up to now. */
export function dividends(market: Market, { securities, start, end }: ParamsOf<'dividends'>, asOf: number): DataTable {
  const first = start === null ? 0 : market.days.from(start);
  const last = knownIndex(market, end, asOf);
  const rows = securities.flatMap((code) => {
    const instrument = market.instrument(code);
    const { security, exRights, tickMills, startIndex } = instrument;
    return exRights
      .filter(({ index }) => index >= first && index <= last && index > startIndex)
      .map((right) => {
        const { cash, bonus } = payout(right, closeTicks(instrument, right.index - 1), tickMills);
        return { code: security, day: market.days.midnight(right.index), cash: yuan(cash), bonus };
      });
  });
  return tableOfRows(DATASETS.dividends.columns, rows);
}
