import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { booksOf, dividendsIn, paidOut, sharesAt, type Books } from '../../../../src/exchange/company/books.ts';
import { endMs, publishedOn, QUARTERS, quarterAt, yearOf } from '../../../../src/exchange/company/quarters.ts';
import { Statements } from '../../../../src/exchange/company/statements.ts';
import { Market } from '../../../../src/exchange/market.ts';
import { isStOn } from '../../../../src/exchange/instrument.ts';
import { chinaDay } from '../../../../src/domain/time.ts';

const market = new Market(7);
const statements = new Statements();
const one = (quarter: number): { first: number; last: number } => ({ first: quarter, last: quarter });
const FAMILIAR = ['600519.XSHG', '601398.XSHG', '600030.XSHG', '601318.XSHG', '000002.XSHE'];

const books = fc
  .oneof(
    fc.constantFrom(...FAMILIAR),
    fc
      .tuple(fc.constantFrom('600', '603', '000', '002', '300', '688'), fc.integer({ min: 0, max: 999 }))
      .map(([head, tail]) => `${head}${String(tail).padStart(3, '0')}.${head.startsWith('6') ? 'XSHG' : 'XSHE'}`),
  )
  .map((code) => booksOf(market.instrument(code), market.days));
/** A company and a quarter of which it has a report and a year before it. */
const reported = books.chain((company) =>
  fc.tuple(fc.constant(company), fc.integer({ min: company.first + 4, max: QUARTERS - 1 })),
);

/** The lines that are reported. */
function sum(...lines: readonly number[]): number {
  return lines.filter((line) => !Number.isNaN(line)).reduce((total, line) => total + line, 0);
}

describe('profit and loss', () => {
  it('adds up from the revenue to what the shareholders get', () => {
    fc.assert(
      fc.property(reported, ([company, quarter]) => {
        const income = statements.income(company, one(quarter));
        const costs = sum(
          income.operating_cost,
          income.operating_tax_surcharges,
          income.sale_expense,
          income.administration_expense,
          income.rd_expenses,
          income.financial_expense,
          income.asset_impairment_loss,
          income.credit_impairment_loss,
          income.net_pay_insurance_claims,
          income.withdraw_insurance_contract_reserve,
        );
        expect(income.total_operating_revenue).toBeGreaterThan(0);
        expect(costs).toBe(income.total_operating_cost);
        const gains = sum(income.fair_value_variable_income, income.investment_income, income.other_earnings);
        expect(income.total_operating_revenue - costs + gains).toBe(income.operating_profit);
        expect(income.operating_profit + income.non_operating_revenue - income.non_operating_expense).toBe(
          income.total_profit,
        );
        expect(income.total_profit - income.income_tax_expense).toBe(income.net_profit);
        expect(income.np_parent_company_owners + income.minority_profit).toBe(income.net_profit);
        expect(income.basic_eps * sharesAt(company, quarter)).toBeCloseTo(income.np_parent_company_owners, 0);
      }),
    );
  });

  it('of a year is the sum of its quarters', () => {
    fc.assert(
      fc.property(books, fc.integer({ min: 0, max: 3 }), (company, back) => {
        const last = QUARTERS - 1 - 4 * back;
        const year = { ...statements.income(company, { first: last - 3, last }) };
        const flow = { ...statements.cashFlow(company, { first: last - 3, last }) };
        const quarters = [3, 2, 1, 0].map((before) => ({
          ...statements.income(company, one(last - before)),
          ...statements.cashFlow(company, one(last - before)),
        }));
        for (const name of ['net_profit', 'operating_cost', 'operating_profit'] as const)
          if (!Number.isNaN(year[name])) expect(year[name]).toBe(sum(...quarters.map((quarter) => quarter[name])));
        expect(flow.net_operate_cash_flow).toBe(sum(...quarters.map((quarter) => quarter.net_operate_cash_flow)));
        expect(flow.cash_equivalents_at_beginning).toBe(quarters[0]?.cash_equivalents_at_beginning);
        expect(flow.cash_and_equivalents_at_end).toBe(quarters[3]?.cash_and_equivalents_at_end);
      }),
    );
  });
});

describe('a balance sheet', () => {
  it('balances, and its sums are those of its lines', () => {
    fc.assert(
      fc.property(reported, ([company, quarter]) => {
        const sheet = statements.balance(company, one(quarter));
        expect(sheet.total_assets).toBe(sheet.total_liability + sheet.total_owner_equities);
        expect(sheet.total_sheet_owner_equities).toBe(sheet.total_assets);
        expect(sheet.equities_parent_company_owners + sheet.minority_interests).toBe(sheet.total_owner_equities);
        const owners = sum(
          sheet.paidin_capital,
          sheet.capital_reserve_fund,
          sheet.surplus_reserve_fund,
          sheet.ordinary_risk_reserve_fund,
          sheet.retained_profit,
        );
        expect(owners).toBe(sheet.equities_parent_company_owners);
        expect(sheet.equities_parent_company_owners).toBeGreaterThan(0);
        expect(sheet.paidin_capital).toBe(sharesAt(company, quarter));
        const { assets, debts } = linesOf(company, quarter);
        expect(assets).toBe(sheet.total_assets);
        expect(debts).toBe(sheet.total_liability);
        if (company.profile.sector !== 'general') return;
        expect(sheet.total_current_assets + sheet.total_non_current_assets).toBe(sheet.total_assets);
        expect(sheet.total_current_liability + sheet.total_non_current_liability).toBe(sheet.total_liability);
        for (const line of [sheet.fixed_assets, sheet.accounts_payable, sheet.capital_reserve_fund])
          expect(line).toBeGreaterThan(0);
      }),
    );
  });

  it('keeps what is earned and not paid out', () => {
    fc.assert(
      fc.property(reported, ([company, quarter]) => {
        const before = statements.balance(company, one(quarter - 1)).retained_profit;
        const after = statements.balance(company, one(quarter)).retained_profit;
        const paid = company.instrument.exRights
          .filter(({ index }) => quarterAt(market.days.midnight(index)) === quarter)
          .reduce((total, right) => total + paidOut(company.instrument, right), 0);
        expect(dividendsIn(company, quarter)).toBe(paid);
        expect(after - before).toBe(company.profitIn(quarter) - paid);
      }),
    );
  });
});

/** The single lines of both sides, as their headings group them. */
function linesOf(company: Books, quarter: number): { readonly assets: number; readonly debts: number } {
  const lines = Object.entries(statements.balance(company, one(quarter))).filter(
    ([name]) => !name.startsWith('total_'),
  );
  const names = lines.map(([name]) => name);
  const [firstDebt, firstOwner] = [names.indexOf('shortterm_loan'), names.indexOf('paidin_capital')];
  const debtNames = new Set(['contract_liability']);
  const part = (fits: (name: string, place: number) => boolean): number =>
    sum(...lines.filter(([name], place) => fits(name, place)).map(([, value]) => value));
  return {
    assets: part((_name, place) => place < firstDebt),
    debts: part((name, place) => (place >= firstDebt && place < firstOwner) || debtNames.has(name)),
  };
}

describe('cash', () => {
  it('moves by what comes in and goes out, and ends as the balance sheet says', () => {
    fc.assert(
      fc.property(reported, ([company, quarter]) => {
        const flow = statements.cashFlow(company, one(quarter));
        const parts = [
          [flow.subtotal_operate_cash_inflow, flow.subtotal_operate_cash_outflow, flow.net_operate_cash_flow],
          [flow.subtotal_invest_cash_inflow, flow.subtotal_invest_cash_outflow, flow.net_invest_cash_flow],
          [flow.subtotal_finance_cash_inflow, flow.subtotal_finance_cash_outflow, flow.net_finance_cash_flow],
        ] as const;
        for (const [inflow, outflow, net] of parts) {
          expect(inflow - outflow).toBe(net);
          expect(Math.min(inflow, outflow)).toBeGreaterThanOrEqual(0);
        }
        expect(sum(...parts.map(([, , net]) => net))).toBe(flow.cash_equivalent_increase);
        expect(flow.cash_equivalents_at_beginning + flow.cash_equivalent_increase).toBe(
          flow.cash_and_equivalents_at_end,
        );
        const received = [flow.goods_sale_and_service_render_cash, flow.net_original_insurance_cash];
        expect(
          sum(
            ...received,
            flow.interest_and_commission_cashin,
            flow.tax_levy_refund,
            flow.other_cashin_related_operate,
          ),
        ).toBe(flow.subtotal_operate_cash_inflow);
        const paid = [flow.goods_and_services_cash_paid, flow.original_compensation_paid, flow.staff_behalf_paid];
        const others = [flow.handling_charges_and_commission, flow.tax_payments, flow.other_operate_cash_paid];
        expect(sum(...paid, ...others)).toBe(flow.subtotal_operate_cash_outflow);
        expect(statements.balance(company, one(quarter)).cash_equivalents).toBe(flow.cash_and_equivalents_at_end);
        expect(statements.balance(company, one(quarter - 1)).cash_equivalents).toBe(flow.cash_equivalents_at_beginning);
      }),
    );
  });
});

describe('ratios', () => {
  it('are those of the statements', () => {
    fc.assert(
      fc.property(reported, ([company, quarter]) => {
        const ratios = { ...statements.indicator(company, one(quarter)) };
        const income = { ...statements.income(company, one(quarter)) };
        const before = statements.income(company, one(quarter - 4));
        const growth = (100 * (income.net_profit - before.net_profit)) / Math.abs(before.net_profit);
        expect(ratios.inc_net_profit_year_on_year).toBeCloseTo(growth, 9);
        expect(ratios.net_profit_margin).toBeCloseTo((100 * income.net_profit) / income.operating_revenue, 9);
        expect(ratios.eps).toBe(income.basic_eps);
        const equity = [quarter - 1, quarter].map((one) => company.equityAt(one));
        expect(ratios.roe).toBeCloseTo((200 * income.np_parent_company_owners) / sum(...equity), 9);
        const gross = (100 * (income.operating_revenue - income.operating_cost)) / income.operating_revenue;
        if (company.profile.sector === 'general') expect(ratios.gross_profit_margin).toBeCloseTo(gross, 9);
        else expect(ratios.gross_profit_margin).toBeNaN();
      }),
    );
  });
});

describe('reports', () => {
  it('are out by their deadline, after the end of their quarter, one after the other', () => {
    const deadlines = ['04-30', '08-31', '10-31', '04-30'];
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: QUARTERS - 1 }), (key, quarter) => {
        const day = publishedOn(key, quarter);
        expect(day).toBeGreaterThan(endMs(quarter));
        const year = yearOf(quarter) + (quarter % 4 === 3 ? 1 : 0);
        expect(chinaDay(day) <= `${year}-${deadlines[quarter % 4]}`).toBe(true);
        expect(day).toBeGreaterThanOrEqual(publishedOn(key, quarter - 1));
      }),
    );
    expect(new Set(Array.from({ length: 50 }, (_, key) => publishedOn(key, 7))).size).toBeGreaterThan(20);
  });

  it('show that most companies earn, some lose, and those under risk warning do', () => {
    const all = Array.from({ length: 600 }, (_, n) =>
      booksOf(market.instrument(`600${String(n + 200)}.XSHG`), market.days),
    );
    const years = all.map((company) => company.yearlyProfit(QUARTERS - 2));
    const losing = years.filter((profit) => profit < 0).length;
    expect(losing).toBeGreaterThan(20);
    expect(losing).toBeLessThan(180);
    // To the end of the table: one that ends earlier ends because the company earns again.
    const lastDay = market.days.list.length - 1;
    const warned = all.filter(({ instrument }) => isStOn(instrument, lastDay) && instrument.lastIndex === null);
    expect(warned.length).toBeGreaterThan(0);
    for (const company of warned) expect(company.yearlyProfit(QUARTERS - 9)).toBeLessThan(0);
  });
});
