import fc from 'fast-check';
import { expect, it } from 'vitest';
import { historyBars } from '../../../../src/exchange/bars.ts';
import { quoteAt } from '../../../../src/exchange/quotes.ts';
import { anyDay, anyStock, askAt, at, market, rowsOf } from './ask.ts';

interface Asked {
  readonly start?: number | null;
  readonly count?: number | null;
  readonly skip?: boolean;
  readonly depth?: boolean;
}
const ticks = (security: string, end: string, asked: Asked, when = end) => {
  const { start = null, count = null, skip = true, depth = false } = asked;
  return askAt(when, { dataset: 'ticks', params: { security, start, end: at(end), count, skip, depth } });
};

it('a tick is the quote of its instant: price, extremes, volume, money, book', () => {
  fc.assert(
    fc.property(anyStock, anyDay, fc.integer({ min: 0, max: 19_800 }), (security, day, second) => {
      const end = at(`${day} 09:30`) + second * 1000;
      const params = { security, start: null, end, count: 3, skip: false, depth: true };
      for (const row of rowsOf(askAt(`${day} 23:00`, { dataset: 'ticks', params }))) {
        const { quote, dayHigh, dayLow, money, asks, bids } = quoteAt(market, security, Number(row['time']));
        expect(row['time']).toBe(quote.time);
        expect([row['current'], row['open'], row['volume']]).toEqual([quote.lastPrice, quote.dayOpen, quote.volume]);
        expect([row['high'], row['low'], row['money']]).toEqual([dayHigh, dayLow, money]);
        expect([row['a1_p'], row['a1_v'], row['b5_p'], row['b5_v']]).toEqual([
          asks[0]?.price ?? null,
          asks[0]?.volume ?? null,
          bids[4]?.price ?? null,
          bids[4]?.volume ?? null,
        ]);
      }
    }),
    { numRuns: 40 },
  );
});

it('the last tick of a day has its volume and money', () => {
  const [row] = rowsOf(ticks('600519.XSHG', '2026-07-06 16:00', { count: 1 }));
  const request = { security: '600519.XSHG', unit: '1d', count: 1, start: null, adjust: 'none' } as const;
  const bar = historyBars(market, { ...request, end: at('2026-07-06 15:00') }, at('2026-07-06 16:00')).columns;
  expect([row?.['time'], row?.['current'], row?.['volume'], row?.['money']]).toEqual([
    at('2026-07-06 15:00'),
    bar['close']?.[0],
    bar['volume']?.[0],
    bar['money']?.[0],
  ]);
});

it('skipping leaves out what shows no new trade, and nothing else', () => {
  const start = at('2026-07-06 09:00');
  const all = rowsOf(ticks('600123.XSHG', '2026-07-06 16:00', { start, skip: false }));
  const traded = all.filter((row, i) => Number(row['volume']) > Number(all[i - 1]?.['volume'] ?? 0));
  expect(rowsOf(ticks('600123.XSHG', '2026-07-06 16:00', { start }))).toEqual(traded);
  expect(traded.length).toBeLessThan(all.length);
  expect([all[0]?.['time'], all.at(-1)?.['time']]).toEqual([at('2026-07-06 09:15'), at('2026-07-06 15:00')]);
});

it('the last ones reach back over days, and nothing is later than now', () => {
  const rows = rowsOf(ticks('600519.XSHG', '2026-07-06 15:00', { count: 30 }, '2026-07-06 09:30:30'));
  expect(rows).toHaveLength(30);
  expect(rows.every(({ time }) => Number(time) <= at('2026-07-06 09:30:30'))).toBe(true);
  expect(Number(rows[0]?.['time'])).toBeLessThan(at('2026-07-04 00:00'));
});

it('more ticks than one answer holds are refused', () => {
  expect(() => ticks('600519.XSHG', '2026-07-06 15:00', { start: at('2026-01-05 09:00') })).toThrow(/fewer days/);
});
