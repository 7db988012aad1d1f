import { DATASETS } from '../../domain/data/datasets.ts';
import type { ParamsOf } from '../../domain/data/datasets.ts';
import { tableOf, texts } from '../../domain/data/table.ts';
import type { DataTable } from '../../domain/data/table.ts';
import { chinaInstant } from '../../domain/time.ts';
import type { Market } from '../market.ts';
import { CLASSIFICATIONS, classesOf, classificationOf, hasEnded, industriesOf } from '../universe/industries.ts';
import type { Classification } from '../universe/industries.ts';
import { knownDay, stocksOn, unknownName } from './day-of.ts';
import { tableOfRows } from './rows.ts';

/** Day from which each classification holds. */
const SINCE: Readonly<Record<Classification, string>> = {
  sw_l1: '2003-10-15',
  sw_l2: '2003-10-15',
  sw_l3: '2003-10-15',
  jq_l1: '2004-12-31',
  jq_l2: '2004-12-31',
  zjw: '2001-04-04',
};

/** The classes of a classification. */
export function industries(_market: Market, { classification, day }: ParamsOf<'industries'>, asOf: number): DataTable {
  const name = CLASSIFICATIONS.find((one) => one === classification);
  if (name === undefined) throw unknownName('classification', classification, `Ask for ${CLASSIFICATIONS.join(', ')}.`);
  const since = SINCE[name];
  const rows = since > knownDay(day, asOf) ? [] : classesOf(name);
  const start = chinaInstant(since, '00:00');
  return tableOfRows(
    DATASETS.industries.columns,
    rows.map((one) => ({ ...one, start_date: start })),
  );
}

/** The stocks of a class on a day, by code; of one that has ended there are none. */
export function industryMembers(
  market: Market,
  { industry, day }: ParamsOf<'industry_members'>,
  asOf: number,
): DataTable {
  if (hasEnded(industry)) return tableOf({ code: texts([]) });
  const classification = classificationOf(industry);
  if (classification === null)
    throw unknownName('industry', industry, `get_industries('sw_l1') and the like list them.`);
  const found = stocksOn(market, day, asOf).filter(
    ({ security, board }) => industriesOf(security, board)[classification].code === industry,
  );
  return tableOf({ code: texts(found.map(({ security }) => security)) });
}

/** The classes of given securities; what is no stock, or not listed yet, has none. */
export function industriesOfSecurities(
  market: Market,
  { securities, day }: ParamsOf<'industries_of'>,
  asOf: number,
): DataTable {
  const asked = knownDay(day, asOf);
  const rows = securities.flatMap((code) => {
    const { security, board, type, startDate } = market.instrument(code);
    if (type !== 'stock' || startDate > asked) return [];
    const classes = industriesOf(security, board);
    return CLASSIFICATIONS.map((classification) => {
      const { code: industry_code, name: industry_name } = classes[classification];
      return { code: security, classification, industry_code, industry_name };
    });
  });
  return tableOfRows(DATASETS.industries_of.columns, rows);
}
