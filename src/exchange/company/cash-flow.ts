import { dividendsIn, type Books } from './books.ts';
import { positionOf } from './balance.ts';
import { between, noise } from './draws.ts';
import { partOf, type CashFlow } from './sheets.ts';

/** How much of the year's revenue comes in earlier or later than it is earned: clients pay at the end of the year. */
const PAID = [-0.06, -0.01, 0.01, 0.06] as const;

/** Net operating cash flow of a quarter: profit, what was only written off, and how clients pay. */
export function operatingFlow(books: Books, quarter: number): number {
  const { key, minority, sector } = books.profile;
  const revenue = books.revenueIn(quarter);
  const profit = books.profitIn(quarter) * (1 + minority);
  if (sector !== 'general') return Math.round(profit * (1 + 2.5 * noise(key, 111, quarter)));
  const spread = (PAID[quarter & 3] ?? 0) + 0.05 * noise(key, 111, quarter);
  const flow = profit * between(key, 112, 0.75, 1.15) + revenue * (0.025 + spread);
  return Math.round(Math.min(flow, revenue * 0.85));
}

/** Cash of a single quarter: the three parts move the cash of the balance sheet, and what they do not is borrowed or paid back. */
export function fillCashFlow(sheet: CashFlow, books: Books, quarter: number): void {
  const { assets, liability, cash } = positionOf(books, quarter);
  const begin = quarter > books.first ? positionOf(books, quarter - 1).cash : cash;
  fillOperating(sheet, books, quarter);
  fillInvesting(sheet, books.profile.key, quarter, assets);
  const financed = cash - begin - sheet.net_operate_cash_flow - sheet.net_invest_cash_flow;
  fillFinancing(sheet, books, quarter, financed, liability);
  sheet.exchange_rate_change_effect = 0;
  sheet.cash_equivalent_increase = cash - begin;
  sheet.cash_equivalents_at_beginning = begin;
  sheet.cash_and_equivalents_at_end = cash;
}

/** The lines of the operations alone. */
export function fillOperating(sheet: CashFlow, books: Books, quarter: number): void {
  const { key, sector } = books.profile;
  const net = operatingFlow(books, quarter);
  const revenue = books.revenueIn(quarter);
  const sales = Math.max(net, Math.round(revenue * (1.06 + 0.06 * noise(key, 113, quarter))));
  const refund = partOf(key, revenue, 114, 0, 0.015);
  const other = partOf(key, revenue, 115, 0.005, 0.03);
  const inflow = sales + refund + other;
  const outflow = inflow - net;
  const staff = partOf(key, outflow, 116, 0.08, 0.25);
  const taxes = partOf(key, outflow, 117, 0.03, 0.1);
  const rest = partOf(key, outflow, 118, 0.03, 0.1);
  const spent = outflow - staff - taxes - rest;
  if (sector === 'general') {
    sheet.goods_sale_and_service_render_cash = sales;
    sheet.goods_and_services_cash_paid = spent;
  } else if (sector === 'insurance') {
    sheet.net_original_insurance_cash = sales;
    sheet.original_compensation_paid = spent;
  } else {
    sheet.interest_and_commission_cashin = sales;
    sheet.handling_charges_and_commission = spent;
  }
  sheet.tax_levy_refund = refund;
  sheet.other_cashin_related_operate = other;
  sheet.subtotal_operate_cash_inflow = inflow;
  sheet.staff_behalf_paid = staff;
  sheet.tax_payments = taxes;
  sheet.other_operate_cash_paid = rest;
  sheet.subtotal_operate_cash_outflow = outflow;
  sheet.net_operate_cash_flow = net;
}

function fillInvesting(sheet: CashFlow, key: number, quarter: number, assets: number): void {
  const turned = Math.round(assets * between(key, 119, 0, 0.05) * (1 + noise(key, 120, quarter)));
  const proceeds = Math.round(assets * 0.001 * (1 + noise(key, 121, quarter)));
  const sold = Math.round(assets * 0.0004 * (1 + noise(key, 122, quarter)));
  const built = Math.round(assets * between(key, 123, 0.004, 0.02) * (1 + 0.5 * noise(key, 124, quarter)));
  const bought = Math.round(turned * (1 + 0.1 * noise(key, 125, quarter)));
  sheet.invest_withdrawal_cash = turned;
  sheet.invest_proceeds = proceeds;
  sheet.fix_intan_other_asset_dispo_cash = sold;
  sheet.subtotal_invest_cash_inflow = turned + proceeds + sold;
  sheet.fix_intan_other_asset_acqui_cash = built;
  sheet.invest_cash_paid = bought;
  sheet.subtotal_invest_cash_outflow = built + bought;
  sheet.net_invest_cash_flow = turned + proceeds + sold - built - bought;
}

function fillFinancing(sheet: CashFlow, books: Books, quarter: number, net: number, liability: number): void {
  const { key, minority } = books.profile;
  const dividends = dividendsIn(books, quarter);
  const others = Math.round(dividends * minority);
  const paid = dividends + others + Math.round(liability * 0.004);
  const rest = Math.round(liability * 0.002 * (1 + noise(key, 126, quarter)));
  const turned = partOf(key, liability, 127, 0.02, 0.1);
  const needed = net + paid + rest;
  const borrowed = turned + Math.max(0, needed);
  const back = turned + Math.max(0, -needed);
  sheet.cash_from_borrowing = borrowed;
  sheet.subtotal_finance_cash_inflow = borrowed;
  sheet.borrowing_repayment = back;
  sheet.dividend_interest_payment = paid;
  sheet.proceeds_from_sub_to_mino_s = others;
  sheet.other_finance_act_payment = rest;
  sheet.subtotal_finance_cash_outflow = back + paid + rest;
  sheet.net_finance_cash_flow = net;
}
