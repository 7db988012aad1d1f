import type { ParamsOf } from '../../domain/data/datasets.ts';
import { numbers, tableOf, texts } from '../../domain/data/table.ts';
import type { DataTable } from '../../domain/data/table.ts';
import { chinaInstant } from '../../domain/time.ts';
import { usualSecurities } from '../listing.ts';
import type { Market } from '../market.ts';
import { nameOn } from '../instrument.ts';

const NEVER = '2200-01-01';

/** What is listed, or was listed on a day. */
export function securities(market: Market, { types, day }: ParamsOf<'securities'>, asOf: number): DataTable {
  const today = market.moment(asOf).index;
  const index = day === null ? today : Math.min(today, market.days.indexWithin(chinaInstant(day, '00:00')));
  const found = usualSecurities()
    .map((code) => market.instrument(code))
    .filter((one) => types.includes(one.type) && one.startIndex <= index);
  return tableOf({
    code: texts(found.map((one) => one.security)),
    display_name: texts(found.map((one) => nameOn(one, today))),
    name: texts(found.map((one) => one.name)),
    start_date: numbers(
      'day',
      found.map((one) => chinaInstant(one.startDate, '00:00')),
    ),
    end_date: numbers(
      'day',
      found.map(() => chinaInstant(NEVER, '00:00')),
    ),
    type: texts(found.map((one) => one.type)),
  });
}
