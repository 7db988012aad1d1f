import { DATASETS } from '../../domain/data/datasets.ts';
import type { ParamsOf } from '../../domain/data/datasets.ts';
import { tableOf, texts } from '../../domain/data/table.ts';
import type { DataTable } from '../../domain/data/table.ts';
import { chinaInstant } from '../../domain/time.ts';
import type { Market } from '../market.ts';
import { CONCEPTS, isOfConcept } from '../universe/concepts.ts';
import { knownDay, stocksOn, unknownName } from './day-of.ts';
import { tableOfRows } from './rows.ts';

/** All concepts there are. */
export function concepts(_market: Market, _params: unknown, asOf: number): DataTable {
  const today = knownDay(null, asOf);
  const rows = CONCEPTS.filter(({ startDate }) => startDate <= today).map(({ code, name, startDate }) => ({
    code,
    name,
    start_date: chinaInstant(startDate, '00:00'),
  }));
  return tableOfRows(DATASETS.concepts.columns, rows);
}

/** The stocks of a concept on a day, by code; none before its first day. */
export function conceptMembers(market: Market, { concept, day }: ParamsOf<'concept_members'>, asOf: number): DataTable {
  const found = CONCEPTS.find(({ code }) => code === concept);
  if (found === undefined) throw unknownName('concept', concept, 'get_concepts() lists them.');
  const listed = found.startDate > knownDay(day, asOf) ? [] : stocksOn(market, day, asOf);
  const stocks = listed.filter(({ security, board }) => isOfConcept(security, board, found));
  return tableOf({ code: texts(stocks.map(({ security }) => security)) });
}

/** The concepts of given securities on a day. */
export function conceptsOf(market: Market, { securities, day }: ParamsOf<'concepts_of'>, asOf: number): DataTable {
  const asked = knownDay(day, asOf);
  const rows = securities.flatMap((code) => {
    const { security, board, type, startDate } = market.instrument(code);
    if (type !== 'stock' || startDate > asked) return [];
    return CONCEPTS.filter((one) => one.startDate <= asked && isOfConcept(security, board, one)).map((one) => {
      return { code: security, concept_code: one.code, concept_name: one.name };
    });
  });
  return tableOfRows(DATASETS.concepts_of.columns, rows);
}
