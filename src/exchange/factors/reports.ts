import { booksOf } from '../company/books.ts';
import { oneOffs } from '../company/income.ts';
import { newestPublished } from '../company/quarters.ts';
import type { Balance, CashFlow, Income } from '../company/sheets.ts';
import { Statements } from '../company/statements.ts';
import type { Instrument } from '../instrument.ts';
import type { TradingDays } from '../trading-days.ts';

/** Four quarters of a company as one, and the balance at their end. */
export interface Year {
  readonly income: Readonly<Income>;
  readonly cash: Readonly<CashFlow>;
  readonly balance: Readonly<Balance>;
}

/** What a company has reported, and what it had a year before. */
export interface Reports {
  readonly now: Year;
  readonly before: Year;
  /** The part of the newest four quarters' profit that does not come back each year, after tax, CNY. */
  readonly oneOffs: number;
  /** The four quarters so many years before the newest ones, 0 = those; null when they are before the first report. */
  readonly back: (years: number) => Year | null;
}

/** Reports that are kept: about 5 KB for each year of them that was asked for. */
const KEPT = 800;
const statements = new Statements();
const kept = new WeakMap<TradingDays, Map<string, Reports>>();

/** The newest that was published by a trading day; null for what is no company, and while there are no two years of it. */
export function reportsOn(days: TradingDays, instrument: Instrument, index: number): Reports | null {
  if (instrument.type !== 'stock') return null;
  const books = booksOf(instrument, days);
  const quarter = newestPublished(instrument.key, days.midnight(index));
  if (quarter - 7 < books.first || quarter > books.last) return null;
  const known = kept.get(days) ?? new Map<string, Reports>();
  kept.set(days, known);
  const name = `${instrument.key} ${instrument.security} ${quarter}`;
  const found = known.get(name);
  if (found !== undefined) return found;
  const year = (last: number): Year => {
    const period = { first: last - 3, last };
    // A sheet is filled again at the next question.
    return {
      income: { ...statements.income(books, period) },
      cash: { ...statements.cashFlow(books, period) },
      balance: { ...statements.balance(books, period) },
    };
  };
  const [now, before] = [year(quarter), year(quarter - 4)];
  const made = {
    now,
    before,
    oneOffs: oneOffs(now.income, books.profile.tax),
    back: yearsBack(quarter, books.first, year, [now, before]),
  };
  const oldest = known.keys().next();
  if (known.size >= KEPT && oldest.done !== true) known.delete(oldest.value);
  known.set(name, made);
  return made;
}

/** Years are made when they are asked for, each once; `known`: the newest ones. */
function yearsBack(
  quarter: number,
  first: number,
  year: (last: number) => Year,
  known: readonly Year[],
): (years: number) => Year | null {
  const made = new Map(known.entries());
  return (years) => {
    const last = quarter - 4 * years;
    if (last - 3 < first) return null;
    const found = made.get(years) ?? year(last);
    made.set(years, found);
    return found;
  };
}
