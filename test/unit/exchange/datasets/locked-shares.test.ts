import { expect, it } from 'vitest';
import { sharesOn } from '../../../../src/exchange/company/shares.ts';
import { chinaDay } from '../../../../src/domain/time.ts';
import { askAt, at, market, rowsOf } from './ask.ts';

const STOCKS = Array.from({ length: 400 }, (_, i) => `${600_100 + i}.XSHG`);
const locked = (securities: readonly string[], start: string, end: string, when = '2026-07-06 10:00') =>
  rowsOf(askAt(when, { dataset: 'locked_shares', params: { securities, start, end } }));

it('what becomes tradable is what the tradable shares grow by', () => {
  const rows = locked(STOCKS, '2023-01-01', '2026-06-30');
  expect(rows.length).toBeGreaterThan(20);
  for (const row of rows) {
    const instrument = market.instrument(String(row['code']));
    const index = market.days.indexWithin(Number(row['day']));
    const [before, now] = [sharesOn(instrument, index - 1), sharesOn(instrument, index)];
    const grown = now.circulating - (before.circulating * now.total) / before.total;
    expect(Math.abs(Number(row['num']) - grown)).toBeLessThan(2);
    expect(row['rate1']).toBeCloseTo((grown / now.total) * 100, 3);
    expect(row['rate2']).toBeCloseTo((grown / now.circulating) * 100, 3);
  }
});

it('the days ahead are known, in shares as of today; those of a company that is not listed yet are not', () => {
  const [row] = locked(STOCKS, '2024-01-08', '2026-07-06', '2024-01-05 10:00');
  expect(Number(row?.['day'])).toBeGreaterThan(at('2024-01-05 10:00'));
  const instrument = market.instrument(String(row?.['code']));
  const today = market.days.indexWithin(at('2024-01-05 00:00'));
  expect((Number(row?.['num']) / Number(row?.['rate1'])) * 100).toBeCloseTo(sharesOn(instrument, today).total, -1);
  const later = chinaDay(at(`${instrument.startDate} 00:00`) - 7 * 86_400_000);
  expect(locked([instrument.security], later, '2026-07-06', `${later} 10:00`)).toEqual([]);
});
