import fc from 'fast-check';
import { expect, it } from 'vitest';
import { historyBars } from '../../../../src/exchange/bars.ts';
import { anyDay, askAt, at, market, rowsOf } from './ask.ts';

// With limits of 20 % and of 10 %.
const STOCKS = Array.from({ length: 240 }, (_, i) => (i % 2 === 0 ? `${300_100 + i}.XSHE` : `${600_100 + i}.XSHG`));
const board = (securities: readonly string[] | null, start: string | null, end: string, count: number | null) =>
  askAt(`${end} 20:00`, { dataset: 'billboard', params: { securities, start, end, count } });

it('whoever is listed moved as the reason says, and branches add up', () => {
  const reasons = new Set<unknown>();
  fc.assert(
    fc.property(anyDay, (day) => {
      const rows = rowsOf(board(STOCKS, day, day, null));
      for (const all of rows.filter(({ direction }) => direction === 'ALL')) {
        reasons.add(all['abnormal_code']);
        const own = rows.filter((row) => row['code'] === all['code'] && row['abnormal_code'] === all['abnormal_code']);
        const sum = (direction: string, column: string): number =>
          own.filter((row) => row['direction'] === direction).reduce((total, row) => total + Number(row[column]), 0);
        expect(sum('BUY', 'buy_value')).toBe(all['buy_value']);
        expect(sum('SELL', 'sell_value')).toBe(all['sell_value']);
        expect(Number(all['buy_value']) + Number(all['sell_value'])).toBe(all['total_value']);
        const ranks = own.filter(({ direction }) => direction === 'BUY').map(({ rank }) => rank);
        expect(ranks).toEqual([1, 2, 3, 4, 5]);
        checkReason(all, day);
      }
    }),
    { numRuns: 40 },
  );
  expect(reasons).toEqual(new Set([106_001, 106_002, 106_003, 106_099]));
});

function checkReason(row: Readonly<Record<string, unknown>>, day: string): void {
  const request = {
    security: String(row['code']),
    unit: '1d',
    count: 1,
    start: null,
    end: at(`${day} 15:00`),
    adjust: 'none',
  } as const;
  const bars = historyBars(market, request, at(`${day} 20:00`)).columns;
  const bar = (name: string): number => bars[name]?.[0] ?? Number.NaN;
  expect(row['amount']).toBe(bar('money'));
  expect(Math.abs(Number(row['buy_rate']) - (Number(row['buy_value']) / bar('money')) * 100)).toBeLessThan(0.0051);
  if (row['abnormal_code'] === 106_001) expect(bar('close') / bar('pre_close')).toBeGreaterThanOrEqual(1.07);
  else if (row['abnormal_code'] === 106_002) expect(bar('close') / bar('pre_close')).toBeLessThanOrEqual(0.93);
  else if (row['abnormal_code'] === 106_003)
    expect((bar('high') - bar('low')) / bar('pre_close')).toBeGreaterThanOrEqual(0.15);
  else expect(bar('high') === bar('high_limit') || bar('low') === bar('low_limit')).toBe(true);
}

it('a new stock is listed while it has no limits', () => {
  const { security, startDate } = market.instrument('688111.XSHG');
  const rows = rowsOf(board([security], startDate, startDate, null));
  expect(new Set(rows.map((row) => row['abnormal_code']))).toEqual(new Set([106_005]));
});

it('of all stocks it is asked for some days at once; more is refused', () => {
  expect(() => board(null, '2005-01-04', '2026-07-06', null)).toThrow(/ask for fewer days/);
});
