import { expect, test } from 'vitest';
import { dayReport } from '../../../src/report/day-report.ts';
import { reportPage } from '../../../src/report/page.ts';
import { aPosition, aStatus, at, DAY } from './a-status.ts';

const OTHER = '2026-07-03';
const before = (time: string): number => at(time) - 3 * 86_400_000;
const points = [100_000, 99_900].map((total, index) => ({
  at: before('09:31:00') + index * 60_000,
  total,
  cash: 40_000,
}));
const of = (change: Parameters<typeof aStatus>[0]) => dayReport(aStatus(change), [], at('15:30:00'));

test('a day’s account is the one that was read on it', () => {
  const report = of({ positions: [aPosition()] });
  expect(report).toMatchObject({ day: DAY, portfolio: { totalValue: 100_500, dayProfit: -120.5 } });
  expect(report.positions).toHaveLength(1);
});

test('of another day nothing of today’s account is told: neither its worth nor what is held', () => {
  const report = of({ day: OTHER, orders: [], trades: [], positions: [aPosition()] });
  expect([report.portfolio, report.positions, report.bySecurity]).toEqual([null, null, []]);
  const page = reportPage(report);
  expect(page).not.toContain('100,500.00');
  expect(page).not.toContain('000001.XSHE');
});

test('the minutes of another day tell its worth, against the last one of the day before', () => {
  const days = [{ at: before('14:59:00') - 86_400_000, total: 99_000, cash: 0 }];
  const { portfolio } = of({ day: OTHER, equity: points, equityDays: days });
  expect(portfolio).toMatchObject({ totalValue: 99_900, availableCash: 40_000, lockedCash: null, asOf: points[1]?.at });
  expect(portfolio).toMatchObject({ dayProfit: 900, totalProfit: -100 });
});

test('without a day before they count from their first, and without an account the whole profit is not known', () => {
  const { portfolio } = of({ day: OTHER, equity: points, portfolio: null });
  expect(portfolio).toMatchObject({ dayProfit: -100, dayProfitPercent: -0.1, totalProfit: null, startingCash: null });
});

test('where another part of the account is counted from, a step is no profit, and the whole profit is of what was seen then', () => {
  const end = before('14:59:00');
  const days = [
    { at: end - 86_400_000, total: 99_000, cash: 0 },
    { at: end, total: 103_100, cash: 0, shift: 3_000 },
    { at: end + 3 * 86_400_000, total: 98_000, cash: 0, shift: -5_000 },
  ];
  const equity = [
    { at: before('10:00:00'), total: 99_900, cash: 0 },
    { at: before('10:01:00'), total: 102_950, cash: 0, shift: 3_000 },
    { at: end, total: 103_100, cash: 0 },
  ];
  const report = of({ day: OTHER, equity, equityDays: days });
  // It began with 100,000; 5,000 of it went out of sight only afterwards.
  expect(report.portfolio).toMatchObject({ dayProfit: 150, startingCash: 105_000, totalProfit: -1_900 });
  const page = reportPage(report);
  expect(page).toContain('From 10:01 on another part of the account is counted');
  expect(page.match(/<polyline/gu)).toHaveLength(3);
});
