import fc from 'fast-check';
import { expect, it } from 'vitest';
import { textsOf } from '../../../../src/domain/data/table.ts';
import { historyBars } from '../../../../src/exchange/bars.ts';
import { anyDay, anyStock, askAt, at, market, rowsOf } from './ask.ts';

const balances = (security: string, end: string, count: number, when: string) =>
  rowsOf(askAt(when, { dataset: 'margin_balances', params: { securities: [security], start: null, end, count } })).map(
    (row) => ({ ...row, of: (name: string) => Number(row[name]) }),
  );

it('each balance is the one before, more what was borrowed, less what was paid back; nothing is negative', () => {
  let seen = 0;
  fc.assert(
    fc.property(anyStock, anyDay, (security, day) => {
      const [before, row] = balances(security, day, 2, '2026-07-06 10:00');
      if (before === undefined || row === undefined) return;
      seen += 1;
      expect(before.of('fin_value') + row.of('fin_buy_value') - row.of('fin_refund_value')).toBe(row.of('fin_value'));
      expect(before.of('sec_value') + row.of('sec_sell_value') - row.of('sec_refund_value')).toBe(row.of('sec_value'));
      for (const name of [
        'fin_value',
        'fin_buy_value',
        'fin_refund_value',
        'sec_value',
        'sec_sell_value',
        'sec_refund_value',
      ])
        expect(row.of(name)).toBeGreaterThanOrEqual(0);
      const request = { security, unit: '1d', count: 1, start: null, end: at(`${day} 15:00`), adjust: 'none' } as const;
      const close = historyBars(market, request, at(`${day} 20:00`)).columns['close']?.[0] ?? Number.NaN;
      expect(row.of('fin_sec_value')).toBeCloseTo(row.of('fin_value') + row.of('sec_value') * close, 4);
    }),
    { numRuns: 60 },
  );
  expect(seen).toBeGreaterThan(20);
});

it('a day is known from 9:00 of the next trading day on', () => {
  const [code = ''] = textsOf(askAt('2026-07-06 09:00', lists('fin')), 'code').filter((one) => one !== null);
  const last = (when: string): unknown => balances(code, '2026-07-06', 1, when)[0]?.of('date');
  expect(last('2026-07-06 08:59:59')).toBe(at('2026-07-02 00:00'));
  expect(last('2026-07-06 09:00')).toBe(at('2026-07-03 00:00'));
});

function lists(side: string) {
  return { dataset: 'margin_securities', params: { side, day: '2026-07-06' } } as const;
}

it('whoever may be sold short may be bought on margin, and only those have balances', () => {
  const [fin, sec] = ['fin', 'sec'].map((side) => textsOf(askAt('2026-07-06 10:00', lists(side)), 'code'));
  expect(fin?.length).toBeGreaterThan(sec?.length ?? 0);
  for (const code of sec ?? []) expect(fin).toContain(code);
  const without = '000300.XSHG';
  expect(fin).not.toContain(without);
  expect(balances(without, '2026-07-03', 5, '2026-07-06 10:00')).toEqual([]);
});
