import { DATASETS } from '../../domain/data/datasets.ts';
import type { ParamsOf } from '../../domain/data/datasets.ts';
import type { DataTable } from '../../domain/data/table.ts';
import { sharesOn, shareSteps } from '../company/shares.ts';
import type { Instrument } from '../instrument.ts';
import type { Market } from '../market.ts';
import { daysAsked } from './day-range.ts';
import { tableOfRows } from './rows.ts';
import type { RowOf } from './rows.ts';

/** Less than this part of all shares is rounding, not an unlock. */
const LEAST = 1e-6;

type Row = RowOf<(typeof DATASETS)['locked_shares']['columns']>;

/** Shares that become tradable: the days are known from the listing on, the numbers as of what has been issued until now. */
export function lockedShares(market: Market, params: ParamsOf<'locked_shares'>, asOf: number): DataTable {
  const today = market.moment(asOf).index;
  const { first, last } = daysAsked(market, params, Number.POSITIVE_INFINITY);
  const rows = params.securities
    .map((code) => market.instrument(code))
    .filter(({ startIndex }) => startIndex <= today)
    .flatMap((instrument) =>
      unlocksOf(instrument, today)
        .filter(({ index }) => index >= first && index <= Math.min(last, instrument.lastIndex ?? last))
        .map((unlock) => rowOf(market, instrument, unlock)),
    );
  return tableOfRows(DATASETS.locked_shares.columns, rows);
}

interface Unlock {
  readonly index: number;
  readonly shares: number;
  readonly total: number;
  readonly circulating: number;
}

/** Each step whose tradable part grows: a bonus alone leaves it as it is. */
function unlocksOf(instrument: Instrument, today: number): Unlock[] {
  const steps = shareSteps(instrument);
  return steps.flatMap((step, i) => {
    const before = steps[i - 1];
    if (before === undefined) return [];
    const part = step.circulating / step.total;
    const more = part - before.circulating / before.total;
    if (more <= LEAST) return [];
    const { total } = sharesOn(instrument, Math.min(step.index, today));
    const circulating = Math.round(total * part);
    return [{ index: step.index, shares: Math.round(total * more), total, circulating }];
  });
}

function rowOf({ days }: Market, { security }: Instrument, { index, shares, total, circulating }: Unlock): Row {
  return {
    day: days.midnight(index),
    code: security,
    num: shares,
    rate1: (shares / total) * 100,
    rate2: (shares / circulating) * 100,
  };
}
