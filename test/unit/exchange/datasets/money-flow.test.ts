import fc from 'fast-check';
import { expect, it } from 'vitest';
import { historyBars } from '../../../../src/exchange/bars.ts';
import { anyDay, anyStock, askAt, at, market, rowsOf } from './ask.ts';

const flow = (securities: readonly string[], end: string, count: number, when = `${end} 20:00`) =>
  askAt(when, { dataset: 'money_flow', params: { securities, start: null, end, count } });

it('flows of a day add up, are parts of its money, and tell its move', () => {
  let seen = 0;
  fc.assert(
    fc.property(anyStock, anyDay, (security, day) => {
      const [row] = rowsOf(flow([security], day, 1));
      const [start, end] = [at(`${day} 00:00`), at(`${day} 15:00`)];
      const request = { security, unit: '1d', count: null, start, end, adjust: 'none' } as const;
      const bar = historyBars(market, request, at(`${day} 20:00`)).columns;
      if (row === undefined) {
        expect(bar['volume']?.[0] ?? 0).toBe(0);
        return;
      }
      seen += 1;
      const amount = (size: string): number => Number(row[`net_amount_${size}`]);
      const percent = (size: string): number => Number(row[`net_pct_${size}`]);
      expect(row['date']).toBe(at(`${day} 00:00`));
      expect(amount('xl') + amount('l')).toBeCloseTo(amount('main'), 6);
      expect(amount('main') + amount('m') + amount('s')).toBeCloseTo(0, 6);
      for (const size of ['main', 'xl', 'l', 'm', 's'])
        expect(Math.abs(percent(size) - (amount(size) * 1e6) / (bar['money']?.[0] ?? 0))).toBeLessThan(0.0051);
      const change = ((bar['close']?.[0] ?? 0) / (bar['pre_close']?.[0] ?? 0) - 1) * 100;
      expect(Math.abs(Number(row['change_pct']) - change)).toBeLessThan(0.0051);
    }),
    { numRuns: 60 },
  );
  expect(seen).toBeGreaterThan(30);
});

it('a day is known from 20:00 on, and one that is not over never', () => {
  const days = (when: string): unknown[] =>
    rowsOf(flow(['600519.XSHG'], '2026-07-06', 2, when)).map(({ date }) => date);
  const [thursday, friday, monday] = ['2026-07-02', '2026-07-03', '2026-07-06'].map((day) => at(`${day} 00:00`));
  expect(days('2026-07-06 19:59:59')).toEqual([thursday, friday]);
  expect(days('2026-07-06 20:00')).toEqual([friday, monday]);
  expect(days('2026-07-05 10:00')).toEqual([thursday, friday]);
});

it('what is no stock, or did not trade, has no row', () => {
  expect(flow(['000300.XSHG', '510300.XSHG'], '2026-07-06', 5).rows).toBe(0);
  const paused = market.instrument('600123.XSHG').suspensions.at(-1);
  const day = market.days.day(paused?.from ?? 0);
  expect(flow(['600123.XSHG'], day, 1).rows).toBe(0);
});
