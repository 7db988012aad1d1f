import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { historyBars } from '../../../../src/exchange/bars.ts';
import { closeTicks } from '../../../../src/exchange/daily-close.ts';
import { isListedOn, isStOn, nameOn } from '../../../../src/exchange/instrument.ts';
import { anyDay, askAt, at, market, rowsOf } from './ask.ts';

const stocks = market.stocks();
const funds = market.funds();
const extra = (info: string, securities: readonly string[], start: string, end: string, when = `${end} 21:00`) =>
  rowsOf(askAt(when, { dataset: 'extras', params: { info, securities, start, end, count: null } }));

describe('is_st', () => {
  it('says on each day what the name of that day says, and nothing while a stock is not listed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...stocks), anyDay, (stock, day) => {
        const [row] = extra('is_st', [stock.security], day, day);
        const index = market.days.list.indexOf(day);
        const listed = isListedOn(stock, index);
        expect(row?.['value']).toBe(listed ? Number(isStOn(stock, index)) : null);
        if (listed && !nameOn(stock, index).includes('退'))
          expect(nameOn(stock, index).includes('ST')).toBe(row?.['value'] === 1);
      }),
    );
  });

  it('changes on the days on which a warning comes and goes', () => {
    const stock = stocks.find(({ warnings, lastIndex }) => lastIndex === null && (warnings[0]?.to ?? 1e9) < 5000);
    const { from, to } = stock?.warnings[0] ?? { from: 0, to: 0 };
    const days = [from - 1, to + 1].map((index) => market.days.day(index));
    const rows = extra('is_st', [stock?.security ?? ''], days[0] ?? '', days[1] ?? '');
    expect(rows).toHaveLength(to - from + 3);
    expect(rows.map(({ value }) => value)).toEqual([0, ...rows.slice(1, -1).map(() => 1), 0]);
  });
});

describe('the net value of a fund', () => {
  it('is near its price, known from 20:00 of the day, and the same in all three figures', () => {
    fc.assert(
      fc.property(fc.constantFrom(...funds.slice(0, 200)), anyDay, (fund, day) => {
        const index = market.days.list.indexOf(day);
        if (!isListedOn(fund, index)) return;
        const infos = ['unit_net_value', 'acc_net_value', 'adj_net_value'];
        const values = infos.map((info) => Number(extra(info, [fund.security], day, day)[0]?.['value']));
        const price = (closeTicks(fund, index) * fund.tickMills) / 1000;
        expect(Math.abs((values[0] ?? 0) / price - 1)).toBeLessThan(0.0042);
        expect(new Set(values).size).toBe(1);
        expect(extra('unit_net_value', [fund.security], day, day, `${day} 19:59`)[0]?.['value']).toBeNull();
      }),
    );
    expect(extra('unit_net_value', ['600519.XSHG'], '2026-07-03', '2026-07-03')[0]?.['value']).toBeNull();
  });
});

it('figures of futures are refused by name', () => {
  expect(() => extra('futures_positions', ['600519.XSHG'], '2026-07-03', '2026-07-03')).toThrow(
    expect.objectContaining({ code: 'NOT_SERVED' }),
  );
});

it('payments are those that the prices are without from that day on, and none later than the question', () => {
  const payers = stocks.filter(({ exRights }) => exRights.length > 3).slice(0, 60);
  for (const { security, exRights, startIndex, tickMills } of payers) {
    const params = { securities: [security], start: null, end: '2026-12-31' };
    const rows = rowsOf(askAt('2026-07-06 10:00', { dataset: 'dividends', params }));
    const today = market.days.list.indexOf('2026-07-06');
    expect(rows.map(({ day }) => day)).toEqual(
      exRights
        .filter(({ index }) => index > startIndex && index <= today)
        .map(({ index }) => market.days.midnight(index)),
    );
    for (const { day, cash, bonus } of rows.slice(-2)) {
      const request = { security, unit: '1d', count: 2, start: null, end: Number(day), adjust: 'none' } as const;
      const { columns } = historyBars(market, request, at('2026-07-06 10:00'));
      const [before = 0] = columns['close'] ?? [];
      const reference = (before - Number(cash)) / (1 + Number(bonus));
      expect(Math.abs((columns['pre_close']?.[1] ?? 0) - reference)).toBeLessThanOrEqual(tickMills / 2000 + 1e-9);
    }
  }
});
