import { fillBalance, fillEquity } from './balance.ts';
import { sharesAt, type Books } from './books.ts';
import { fillCashFlow, fillOperating } from './cash-flow.ts';
import { fillGains, fillIncome, fillResult } from './income.ts';
import { fillIndicator } from './indicator.ts';
import { EVERYTHING, type Wanted } from './wanted.ts';
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

/**
 * Statements of companies. Each answer is good until the same kind of sheet is asked for again: copy what is to be kept. `wanted`: lines
 * that are not are left as they are, for whoever asks for two lines of every company.
 */
export class Statements {
  readonly #sets: Readonly<Record<Sector, SheetSet>> = {
    general: new SheetSet(),
    bank: new SheetSet(),
    securities: new SheetSet(),
    insurance: new SheetSet(),
  };
  readonly #wanted: Wanted;

  constructor(wanted: Wanted = EVERYTHING) {
    this.#wanted = wanted;
  }

  /** Profit and loss of a period: the sum of its quarters. */
  income(books: Books, period: Period): Readonly<Income> {
    const set = this.#sets[books.profile.sector];
    return incomeIn(set.income, set.oneIncome, books, period, INCOME_FILLS[this.#wanted.income]);
  }

  /** Cash of a period; the cash that it begins and ends with is not added. */
  cashFlow(books: Books, { first, last }: Period): Readonly<CashFlow> {
    const { cashFlow, oneCashFlow } = this.#sets[books.profile.sector];
    const fill = this.#wanted.cash === 'operating' ? fillOperating : fillCashFlow;
    fill(cashFlow, books, first);
    const begin = cashFlow.cash_equivalents_at_beginning;
    for (let quarter = first + 1; quarter <= last; quarter += 1) {
      fill(oneCashFlow, books, quarter);
      addSheet(cashFlow, oneCashFlow);
      cashFlow.cash_equivalents_at_beginning = begin;
      cashFlow.cash_and_equivalents_at_end = oneCashFlow.cash_and_equivalents_at_end;
    }
    return cashFlow;
  }

  /** What is owned and owed at the end of a period. */
  balance(books: Books, { last }: Period): Readonly<Balance> {
    const { balance } = this.#sets[books.profile.sector];
    if (this.#wanted.balance === 'equity') fillEquity(balance, books, last);
    else fillBalance(balance, books, last);
    return balance;
  }

  /** Ratios of a period, in per cent; `_annual` is against the period before it. */
  indicator(books: Books, period: Period): Readonly<Indicator> {
    const set = this.#sets[books.profile.sector];
    const { lastYear, before, cash } = this.#wanted;
    const length = period.last - period.first + 1;
    const yearAgo = { first: period.first - 4, last: period.last - 4 };
    const periodAgo = { first: period.first - length, last: period.first - 1 };
    fillIndicator(set.indicator, books, period, {
      income: this.income(books, period),
      lastYear: lastYear ? incomeIn(set.lastYear, set.oneIncome, books, yearAgo, fillGains) : null,
      before: before ? incomeIn(set.before, set.oneIncome, books, periodAgo, fillGains) : null,
      cashFlow: cash === 'none' ? null : this.cashFlow(books, period),
    });
    return set.indicator;
  }
}

const INCOME_FILLS = { result: fillResult, gains: fillGains, costs: fillIncome } as const;

function incomeIn(
  into: Income,
  one: Income,
  books: Books,
  { first, last }: Period,
  fill: (sheet: Income, books: Books, quarter: number) => void,
): Income {
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
