import { expect, it } from 'vitest';
import { historyBars } from '../../../../src/exchange/bars.ts';
import { quoteAt } from '../../../../src/exchange/quotes.ts';
import { askAt, at, market, rowsOf } from './ask.ts';

const auction = (securities: readonly string[], start: string, end: string, when: string) =>
  rowsOf(askAt(when, { dataset: 'call_auction', params: { securities, start, end } }));

it('is the opening match: the price the day opens with, and the quote of 9:25', () => {
  const rows = auction(['600519.XSHG', '600123.XSHG'], '2026-07-01', '2026-07-06', '2026-07-06 15:00');
  expect(rows).toHaveLength(8);
  for (const row of rows) {
    const security = String(row['code']);
    const time = Number(row['time']);
    const { quote, money, asks } = quoteAt(market, security, time);
    expect([row['current'], row['volume'], row['money'], row['a1_v']]).toEqual([
      quote.lastPrice,
      quote.volume,
      money,
      asks[0]?.volume,
    ]);
    const request = { security, unit: '1d', count: 1, start: null, end: time, adjust: 'none' } as const;
    expect(row['current']).toBe(historyBars(market, request, at('2026-07-06 15:00')).columns['open']?.[0]);
  }
});

it('is known from 9:28 on', () => {
  const rows = (when: string): number => auction(['600519.XSHG'], '2026-07-06', '2026-07-06', when).length;
  expect([rows('2026-07-06 09:27:59'), rows('2026-07-06 09:28')]).toEqual([0, 1]);
});

it('a day without trading has none', () => {
  const paused = market.days.day(market.instrument('600123.XSHG').suspensions.at(-1)?.from ?? 0);
  expect(auction(['600123.XSHG'], paused, paused, '2026-07-06 15:00')).toEqual([]);
});
