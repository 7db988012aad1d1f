import { chinaInstant } from '../../../domain/time.ts';
import type { Instrument } from '../../instrument.ts';
import { booksOf, type Books } from '../books.ts';
import { endMs, newestPublished, publishedOn, yearOf } from '../quarters.ts';
import { Statements, type Period } from '../statements.ts';
import { companyCells, perCompany, rowId, type EventContext, type EventRow, type EventSource } from './event-table.ts';

type Name = 'STK_INCOME_STATEMENT' | 'STK_CASHFLOW_STATEMENT' | 'STK_BALANCE_SHEET';
type SheetOf = (statements: Statements, books: Books, period: Period) => Readonly<Record<string, number>>;

/** Statements as they were published: since the first of January, one row a report. */
function published<N extends Name>(sheetOf: SheetOf): EventSource<N> {
  const statements = new Statements();
  return perCompany<N>(function* rowsOf(context, company) {
    const books = booksOf(company, context.market.days);
    for (const quarter of reportsOf(context, books)) {
      const period = { first: quarter - (quarter % 4), last: quarter };
      if (period.first < books.first) continue;
      yield () => {
        const row: unknown = { ...sheetOf(statements, books, period), ...heading(company, quarter) };
        return row as EventRow<N>; // its lines have the names of the table of fundamentals
      };
    }
  });
}

/** The quarters whose reports are known and may be in the answer, oldest first. */
export function* reportsOf({ known, within }: EventContext, books: Books, from = books.first): Generator<number> {
  const company = books.instrument;
  const newest = Math.min(newestPublished(company.key, known), books.last);
  for (let quarter = Math.max(0, from); quarter <= newest; quarter += 1)
    if (within('end_date', endMs(quarter)) && within('pub_date', publishedOn(company.key, quarter))) yield quarter;
}

function heading(company: Instrument, quarter: number) {
  return {
    id: rowId(company, quarter),
    ...companyCells(company),
    a_code: company.security.slice(0, 6),
    pub_date: publishedOn(company.key, quarter),
    start_date: chinaInstant(`${yearOf(quarter)}-01-01`, '00:00'),
    end_date: endMs(quarter),
    report_date: endMs(quarter),
    report_type: 0,
    source_id: 321_003,
    source: '定期报告',
  };
}

export const STK_INCOME_STATEMENT = published<'STK_INCOME_STATEMENT'>((statements, books, period) =>
  statements.income(books, period),
);
export const STK_CASHFLOW_STATEMENT = published<'STK_CASHFLOW_STATEMENT'>((statements, books, period) =>
  statements.cashFlow(books, period),
);
export const STK_BALANCE_SHEET = published<'STK_BALANCE_SHEET'>((statements, books, period) =>
  statements.balance(books, period),
);
