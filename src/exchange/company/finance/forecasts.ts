import { chinaInstant, DAY } from '../../../domain/time.ts';
import { mix, unit } from '../../../platform/random.ts';
import { booksOf, type Books } from '../books.ts';
import { between } from '../draws.ts';
import { endMs, quarterAt, yearOf } from '../quarters.ts';
import { companyCells, nameKnown, perCompany, rowId } from './event-table.ts';

/** Whose profit moves by more than this must tell it before the report. */
const LARGE = 0.5;
const TYPES = {
  up: { type_id: 305_001, type: '业绩大幅上升' },
  down: { type_id: 305_002, type: '业绩大幅下降' },
  loss: { type_id: 305_003, type: '业绩预亏' },
  profit: { type_id: 305_004, type: '预计扭亏' },
} as const;

/** Forecasts of half years (told in July) and years (told in January) with a loss or a large change, from before the report. */
export const STK_FIN_FORCAST = perCompany<'STK_FIN_FORCAST'>(function* rowsOf(context, company) {
  const { market, known, within } = context;
  const books = booksOf(company, market.days);
  const last = Math.min(quarterAt(known), books.last + 1);
  for (let quarter = books.first + 4; quarter < last; quarter += 1) {
    if (quarter % 2 === 0) continue;
    const published = forecastOn(company.key, quarter);
    if (published > known || !within('pub_date', published) || !within('end_date', endMs(quarter))) continue;
    const [profit, before] = [sinceJanuary(books, quarter), sinceJanuary(books, quarter - 4)];
    const kind = kindOf(profit, before);
    if (kind === null) continue;
    const spread = Math.abs(profit) * between(mix(company.key, quarter), 1, 0.03, 0.15);
    const [least, most] = [Math.round(profit - spread), Math.round(profit + spread)];
    const change = (value: number): number => (100 * (value - before)) / Math.abs(before);
    yield {
      id: rowId(company, quarter),
      ...companyCells(company),
      name: nameKnown(context, company),
      end_date: endMs(quarter),
      report_type_id: quarter % 4 === 3 ? 304_004 : 304_002,
      report_type: quarter % 4 === 3 ? '四季度预告' : '二季度预告',
      pub_date: published,
      ...TYPES[kind],
      profit_min: least,
      profit_max: most,
      profit_last: before,
      profit_ratio_min: change(least),
      profit_ratio_max: change(most),
    };
  }
});

/** July 1–15 and January 5–31. */
function forecastOn(key: number, quarter: number): number {
  const [day, span] = quarter % 4 === 1 ? [`${yearOf(quarter)}-07-01`, 15] : [`${yearOf(quarter) + 1}-01-05`, 27];
  return chinaInstant(day, '00:00') + Math.floor(unit(mix(mix(key, 192), quarter)) * span) * DAY;
}

function sinceJanuary(books: Books, quarter: number): number {
  let sum = 0;
  for (let one = quarter - (quarter % 4); one <= quarter; one += 1) sum += books.profitIn(one);
  return sum;
}

function kindOf(profit: number, before: number): keyof typeof TYPES | null {
  if (profit < 0) return 'loss';
  if (before < 0) return 'profit';
  if (profit > before * (1 + LARGE)) return 'up';
  return profit < before * (1 - LARGE) ? 'down' : null;
}
