import { fillBalance } from './balance.ts';
import { sharesAt, type Books } from './books.ts';
import { fillCashFlow } from './cash-flow.ts';
import { fillIncome, fillResult } from './income.ts';
import { fillIndicator } from './indicator.ts';
import {
  addSheet,
  blankBalance,
  blankCashFlow,
  blankIncome,
  blankIndicator,
  type Balance,
  type CashFlow,
  type Income,
  type Indicator,
} from './sheets.ts';
import type { Sector } from './sector.ts';

/** Quarters `first` … `last` of a year: one of them, or more as one. */
export interface Period {
  readonly first: number;
  readonly last: number;
}

/** Sheets that are filled again and again: one set for each kind of company, which always fills the same lines of it. */
class SheetSet {
  readonly income = blankIncome();
  readonly lastYear = blankIncome();
  readonly before = blankIncome();
  readonly cashFlow = blankCashFlow();
  readonly balance = blankBalance();
  readonly indicator = blankIndicator();
  readonly oneIncome = blankIncome();
  readonly oneCashFlow = blankCashFlow();
}

/** Statements of companies. Each answer is good until the same kind of sheet is asked for again: copy what is to be kept. */
export class Statements {
  readonly #sets: Readonly<Record<Sector, SheetSet>> = {
    general: new SheetSet(),
    bank: new SheetSet(),
    securities: new SheetSet(),
    insurance: new SheetSet(),
  };

  /** Profit and loss of a period: the sum of its quarters. */
  income(books: Books, period: Period): Readonly<Income> {
    const set = this.#sets[books.profile.sector];
    return incomeIn(set.income, set.oneIncome, books, period);
  }

  /** Cash of a period; the cash that it begins and ends with is not added. */
  cashFlow(books: Books, { first, last }: Period): Readonly<CashFlow> {
    const { cashFlow, oneCashFlow } = this.#sets[books.profile.sector];
    fillCashFlow(cashFlow, books, first);
    const begin = cashFlow.cash_equivalents_at_beginning;
    for (let quarter = first + 1; quarter <= last; quarter += 1) {
      fillCashFlow(oneCashFlow, books, quarter);
      addSheet(cashFlow, oneCashFlow);
      cashFlow.cash_equivalents_at_beginning = begin;
      cashFlow.cash_and_equivalents_at_end = oneCashFlow.cash_and_equivalents_at_end;
    }
    return cashFlow;
  }

  /** What is owned and owed at the end of a period. */
  balance(books: Books, { last }: Period): Readonly<Balance> {
    const { balance } = this.#sets[books.profile.sector];
    fillBalance(balance, books, last);
    return balance;
  }

  /** Ratios of a period, in per cent; `_annual` is against the period before it. */
  indicator(books: Books, period: Period): Readonly<Indicator> {
    const set = this.#sets[books.profile.sector];
    const length = period.last - period.first + 1;
    const lastYear = { first: period.first - 4, last: period.last - 4 };
    const before = { first: period.first - length, last: period.first - 1 };
    fillIndicator(set.indicator, books, period, {
      income: incomeIn(set.income, set.oneIncome, books, period),
      lastYear: incomeIn(set.lastYear, set.oneIncome, books, lastYear, fillResult),
      before: incomeIn(set.before, set.oneIncome, books, before, fillResult),
      cashFlow: this.cashFlow(books, period),
    });
    return set.indicator;
  }
}

function incomeIn(into: Income, one: Income, books: Books, { first, last }: Period, fill = fillIncome): Income {
  fill(into, books, first);
  if (first === last) return into;
  for (let quarter = first + 1; quarter <= last; quarter += 1) {
    fill(one, books, quarter);
    addSheet(into, one);
  }
  into.basic_eps = into.np_parent_company_owners / sharesAt(books, last);
  into.diluted_eps = into.basic_eps;
  return into;
}
