import { expect, it } from 'vitest';
import { factorNamed } from '../../../../src/exchange/factors/index.ts';
import { pricesOf } from '../../../../src/exchange/factors/prices.ts';
import { reportsOn } from '../../../../src/exchange/factors/reports.ts';
import { anchorIndex } from '../../../../src/exchange/instruments.ts';
import { Market } from '../../../../src/exchange/market.ts';

const market = new Market(1);
const day = anchorIndex(market.days);
const company = market.instrument('000002.XSHE');
const value = (name: string): number => {
  const factor = factorNamed(name);
  if (factor === null) throw new Error(name);
  return factor.value(pricesOf(market, company, day, day), 0);
};

it('what a company owns and owes is split into the part that finances it and the part that it works with', () => {
  const balance = reportsOn(market.days, company, day)?.now.balance;
  expect(value('operating_assets') + value('financial_assets')).toBeCloseTo(balance?.total_assets ?? Number.NaN, 0);
  expect(value('operating_liability') + value('financial_liability')).toBeCloseTo(
    balance?.total_liability ?? Number.NaN,
    0,
  );
  expect(value('net_debt')).toBeCloseTo(value('financial_liability') - (balance?.cash_equivalents ?? Number.NaN), 0);
  expect(value('EBIT') - value('total_profit_ttm')).toBeCloseTo(value('net_interest_expense'), 0);
  expect(value('retained_earnings')).toBeGreaterThan(value('retained_profit'));
});
