import { sharesAt, type Books } from './books.ts';
import { between, curve } from './draws.ts';
import { yearOf } from './quarters.ts';
import { partOf, type Balance } from './sheets.ts';

/** What a balance sheet is spread from. Whole CNY. */
export interface Position {
  readonly equity: number;
  readonly minority: number;
  readonly liability: number;
  readonly assets: number;
  readonly cash: number;
}

/** The sums at the end of a quarter: liabilities follow from the equity and how much the company works with borrowed money. */
export function positionOf(books: Books, quarter: number): Position {
  const { key, leverage, minority: part, sector } = books.profile;
  const general = sector === 'general';
  const equity = books.equityAt(quarter);
  const minority = Math.round(equity * part);
  const debt = leverage * (1 + (general ? 0.15 : 0.004) * curve(key, 61, 11, quarter));
  const liability = Math.round(((equity + minority) * debt) / (1 - debt));
  const assets = equity + minority + liability;
  const level = (general ? between(key, 62, 0.07, 0.24) : 0.08) * (1 + 0.3 * curve(key, 63, 6, quarter));
  return { equity, minority, liability, assets, cash: Math.round(assets * level) };
}

/** What a company owns and owes at the end of a quarter; the sums are sums of the lines, exactly. */
export function fillBalance(sheet: Balance, books: Books, quarter: number): void {
  fillEquity(sheet, books, quarter);
  const { total_assets: assets, total_liability: liability } = sheet;
  const { key, sector } = books.profile;
  if (sector === 'general') {
    fillCurrent(sheet, key, quarter, assets);
    fillLonger(sheet, key, assets);
    fillDebts(sheet, key, quarter, liability);
    return;
  }
  fillFinancialAssets(sheet, key, assets, sector === 'bank' ? 0.56 : 0);
  const rest = fillFinancialDebts(sheet, key, liability, sector === 'bank');
  if (sector === 'bank') sheet.deposit_in_interbank = rest;
  else if (sector === 'insurance') sheet.insurance_contract_reserves = rest;
  else sheet.proxy_secu_proceeds = rest;
}

/** The sums, and what the owners have put in and left in. */
export function fillEquity(sheet: Balance, books: Books, quarter: number): void {
  const { assets, liability, equity, minority, cash } = positionOf(books, quarter);
  sheet.cash_equivalents = cash;
  sheet.total_assets = assets;
  sheet.total_liability = liability;
  sheet.equities_parent_company_owners = equity;
  sheet.minority_interests = minority;
  sheet.total_owner_equities = equity + minority;
  sheet.total_sheet_owner_equities = liability + equity + minority;
  fillOwners(sheet, books, quarter, equity);
}

/** A share is one CNY of capital; what is neither capital nor reserve is the profit that was kept. */
function fillOwners(sheet: Balance, books: Books, quarter: number, equity: number): void {
  const { paidIn, surplus, sector } = books.profile;
  const paid = sharesAt(books, quarter);
  const risks = sector === 'bank' ? Math.round(books.profile.equity * 0.1) : 0;
  sheet.paidin_capital = paid;
  sheet.capital_reserve_fund = paidIn - paid;
  sheet.surplus_reserve_fund = surplus;
  if (sector === 'bank') sheet.ordinary_risk_reserve_fund = risks;
  sheet.retained_profit = equity - paidIn - surplus - risks;
}

function fillCurrent(sheet: Balance, key: number, quarter: number, assets: number): void {
  const wave = 1 + 0.25 * curve(key, 69, 4, quarter);
  const trading = partOf(key, assets, 66, 0, 0.04);
  const bills = partOf(key, assets, 67, 0, 0.03);
  const receivable = Math.round(partOf(key, assets, 68, 0.03, 0.11) * wave);
  const advance = partOf(key, assets, 70, 0.004, 0.02);
  const other = partOf(key, assets, 71, 0.003, 0.02);
  const stock = Math.round(partOf(key, assets, 64, 0.03, 0.13) * (1 + 0.3 * curve(key, 65, 4, quarter)));
  const rest = partOf(key, assets, 72, 0.003, 0.02);
  sheet.trading_assets = trading;
  sheet.bill_receivable = bills;
  sheet.account_receivable = receivable;
  sheet.advance_payment = advance;
  sheet.other_receivable = other;
  sheet.inventories = stock;
  sheet.other_current_assets = rest;
  sheet.total_current_assets = sheet.cash_equivalents + trading + bills + receivable + advance + other + stock + rest;
}

/** Fixed assets are what the other lines leave, which is always a good part. */
function fillLonger(sheet: Balance, key: number, assets: number): void {
  const shares = partOf(key, assets, 73, 0, 0.04);
  const property = partOf(key, assets, 74, 0, 0.02);
  const building = partOf(key, assets, 75, 0.005, 0.04);
  const intangible = partOf(key, assets, 76, 0.01, 0.04);
  const goodwill = Math.max(0, partOf(key, assets, 77, -0.03, 0.04));
  const deferred = partOf(key, assets, 78, 0.001, 0.006);
  const tax = partOf(key, assets, 79, 0.002, 0.012);
  const other = partOf(key, assets, 80, 0.002, 0.02);
  const total = assets - sheet.total_current_assets;
  sheet.longterm_equity_invest = shares;
  sheet.investment_property = property;
  sheet.constru_in_process = building;
  sheet.intangible_assets = intangible;
  sheet.good_will = goodwill;
  sheet.long_deferred_expense = deferred;
  sheet.deferred_tax_assets = tax;
  sheet.other_non_current_assets = other;
  sheet.fixed_assets = total - shares - property - building - intangible - goodwill - deferred - tax - other;
  sheet.total_non_current_assets = total;
}

function fillDebts(sheet: Balance, key: number, quarter: number, liability: number): void {
  const received = partOf(key, liability, 81, 0.02, 0.12);
  // Since 2020 what clients have paid before has a name of its own.
  const [advance, contracts] = yearOf(quarter) < 2020 ? [received, Number.NaN] : [0, received];
  sheet.advance_peceipts = advance;
  sheet.contract_liability = contracts;
  sheet.longterm_loan = partOf(key, liability, 82, 0.01, 0.16);
  sheet.bonds_payable = Math.max(0, partOf(key, liability, 83, -0.1, 0.1));
  sheet.deferred_tax_liability = partOf(key, liability, 84, 0.002, 0.012);
  sheet.estimate_liability = partOf(key, liability, 85, 0, 0.008);
  sheet.other_non_current_liability = partOf(key, liability, 86, 0.005, 0.03);
  sheet.shortterm_loan = partOf(key, liability, 87, 0.02, 0.2);
  sheet.notes_payable = partOf(key, liability, 88, 0, 0.08);
  sheet.salaries_payable = partOf(key, liability, 89, 0.01, 0.04);
  sheet.taxs_payable = partOf(key, liability, 90, 0.005, 0.03);
  sheet.other_payable = partOf(key, liability, 91, 0.01, 0.08);
  sheet.non_current_liability_in_one_year = partOf(key, liability, 92, 0, 0.05);
  sheet.other_current_liability = partOf(key, liability, 93, 0, 0.02);
  const loans = sheet.longterm_loan + sheet.bonds_payable + sheet.deferred_tax_liability;
  const longer = loans + sheet.estimate_liability + sheet.other_non_current_liability;
  const paper = sheet.shortterm_loan + sheet.notes_payable + sheet.salaries_payable + sheet.taxs_payable;
  const others = sheet.other_payable + sheet.non_current_liability_in_one_year + sheet.other_current_liability;
  sheet.total_non_current_liability = longer;
  sheet.total_current_liability = liability - longer;
  sheet.accounts_payable = liability - longer - paper - others - received;
}

/** Banks, brokers and insurers do not tell the current from the others. */
function fillFinancialAssets(sheet: Balance, key: number, assets: number, lent: number): void {
  sheet.lend_capital = partOf(key, assets, 94, 0.01, 0.04);
  sheet.trading_assets = partOf(key, assets, 95, 0.05, 0.12);
  sheet.bought_sellback_assets = partOf(key, assets, 96, 0.01, 0.05);
  sheet.loan_and_advance = Math.round(assets * lent);
  sheet.longterm_equity_invest = partOf(key, assets, 97, 0, 0.01);
  sheet.fixed_assets = partOf(key, assets, 98, 0.004, 0.012);
  sheet.intangible_assets = partOf(key, assets, 99, 0.001, 0.004);
  sheet.deferred_tax_assets = partOf(key, assets, 100, 0.002, 0.008);
  const short = sheet.cash_equivalents + sheet.lend_capital + sheet.trading_assets + sheet.bought_sellback_assets;
  const firm = sheet.longterm_equity_invest + sheet.fixed_assets + sheet.intangible_assets + sheet.deferred_tax_assets;
  sheet.hold_to_maturity_investments = assets - short - firm - sheet.loan_and_advance;
}

/** What is left for what the sector mostly owes. */
function fillFinancialDebts(sheet: Balance, key: number, liability: number, bank: boolean): number {
  sheet.borrowing_from_centralbank = bank ? partOf(key, liability, 101, 0.01, 0.03) : 0;
  sheet.borrowing_capital = partOf(key, liability, 102, 0.01, 0.04);
  sheet.sold_buyback_secu_proceeds = partOf(key, liability, 103, 0.02, 0.06);
  sheet.salaries_payable = partOf(key, liability, 104, 0.002, 0.006);
  sheet.taxs_payable = partOf(key, liability, 105, 0.002, 0.005);
  sheet.bonds_payable = partOf(key, liability, 106, 0.04, 0.1);
  sheet.other_payable = partOf(key, liability, 107, 0.005, 0.03);
  const lent = sheet.borrowing_from_centralbank + sheet.borrowing_capital + sheet.sold_buyback_secu_proceeds;
  return liability - lent - sheet.salaries_payable - sheet.taxs_payable - sheet.bonds_payable - sheet.other_payable;
}
