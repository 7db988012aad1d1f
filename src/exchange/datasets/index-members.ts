import { DATASETS } from '../../domain/data/datasets.ts';
import type { ParamsOf } from '../../domain/data/datasets.ts';
import { tableOf, texts } from '../../domain/data/table.ts';
import type { DataTable } from '../../domain/data/table.ts';
import { nameOn } from '../instrument.ts';
import type { Market } from '../market.ts';
import { knownDay, knownIndex, lastClosed, unknownName } from './day-of.ts';
import { tableOfRows } from './rows.ts';

/** The stocks of an index on a day. */
export function indexMembers(market: Market, { index, day }: ParamsOf<'index_members'>, asOf: number): DataTable {
  const members = market.indexes.members(index, knownIndex(market, day, asOf));
  if (members === null) throw noIndex(index);
  const asked = knownDay(day, asOf);
  const isOpen = market.instrument(index).startDate <= asked;
  const found = isOpen ? members.filter(({ startDate }) => startDate <= asked) : [];
  return tableOf({ code: texts(found.map(({ security }) => security)) });
}

/** Their weights at the close of the last month that has ended by a day. */
export function indexWeights(market: Market, { index, day }: ParamsOf<'index_weights'>, asOf: number): DataTable {
  const at = monthEnd(market, Math.min(knownIndex(market, day, asOf), lastClosed(market, asOf)));
  const weights = market.indexes.weights(index, at);
  if (weights === null) throw noIndex(index);
  const date = market.days.midnight(at);
  const rows = weights.map(({ instrument, weight }) => ({
    code: instrument.security,
    display_name: nameOn(instrument, at),
    date,
    weight: Math.round(weight * 1e4) / 1e4,
  }));
  return tableOfRows(DATASETS.index_weights.columns, rows);
}

/** The last trading day of a month, on or before a day. */
function monthEnd({ days }: Market, index: number): number {
  let at = index;
  while (at > 0 && days.day(at).slice(0, 7) === days.day(at + 1).slice(0, 7)) at -= 1;
  return Math.max(0, at);
}

function noIndex(code: string): Error {
  return unknownName('index of the paper market', code, `get_all_securities(['index']) lists them.`);
}
