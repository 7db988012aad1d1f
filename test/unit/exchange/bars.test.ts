import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chinaText } from '../../../src/domain/time.ts';
import type { Bars, BarsRequest, BarUnit } from '../../../src/domain/trading.ts';
import { given, instant, openWorld } from './world.ts';

const CODE = '000001.XSHE';
const world = openWorld('2026-07-06 10:12:34');
const now = world.now();

function bars(request: Partial<BarsRequest>, at = world): Bars {
  const defaults = { security: CODE, unit: '1d', count: null, start: null, end: at.now(), adjust: 'none' } as const;
  return at.exchange.bars({ ...defaults, ...request });
}

const labels = ({ time }: Bars): string[] => [...time].map((ms) => chinaText(ms));
const column = (table: Bars, name: string): number[] => [...(table.columns[name] ?? [])];
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

describe('daily bars', () => {
  it('are labelled by midnight, end with the unfinished day, and follow the calendar', () => {
    const table = bars({ count: 3 });
    expect(labels(table)).toEqual(['2026-07-02 00:00:00', '2026-07-03 00:00:00', '2026-07-06 00:00:00']);
    expect(table.security).toBe(CODE);
    expect(Object.keys(table.columns)).toEqual(
      'open close high low volume money pre_close high_limit low_limit paused factor avg'.split(' '),
    );
    const june = bars({ start: instant('2026-06-17 00:00:00'), end: instant('2026-06-22 00:00:00') });
    expect(labels(june).map((text) => text.slice(5, 10))).toEqual(['06-17', '06-18', '06-22']);
    expect(labels(bars({ start: instant('2026-06-17 09:00:00'), end: instant('2026-06-22 00:00:00') })).length).toBe(2);
  });

  it('show today from 09:30 on, as far as it is', () => {
    const last = (time: string): string | undefined =>
      labels(bars({ count: 1 }, openWorld(`2026-07-06 ${time}`)))
        .at(-1)
        ?.slice(0, 10);
    expect(last('09:29:59')).toBe('2026-07-03');
    expect(last('09:30:00')).toBe('2026-07-06');
    const { quote, dayHigh, dayLow, money } = world.exchange.tick(CODE);
    const { columns } = bars({ count: 1 });
    const today = Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[0]]));
    expect(today).toMatchObject({ open: quote.dayOpen, close: quote.lastPrice, high: dayHigh, low: dayLow });
    expect(today).toMatchObject({ volume: quote.volume, money, pre_close: quote.preClose, factor: 1, paused: 0 });
    expect(today).toMatchObject({ high_limit: quote.highLimit, low_limit: quote.lowLimit });
    expect(given(today['avg'])).toBeCloseTo(money / given(quote.volume), 9);
  });

  it('chain: each opens from the close of the one before it, from the table’s first day on', () => {
    const table = bars({});
    expect(labels(table)[0]).toBe('2005-01-04 00:00:00');
    expect(table.time.length).toBeGreaterThan(5000);
    expect(column(table, 'pre_close').slice(1)).toEqual(column(table, 'close').slice(0, -1));
    for (const money of column(table, 'money')) expect(money).toBeGreaterThan(0);
  });

  it('begin with the listing, and are fewer than asked for when there are no more', () => {
    const table = bars({ security: '518880.XSHG', count: 10_000 });
    expect(labels(table)[0]).toBe('2013-07-29 00:00:00');
    expect(bars({ security: '518880.XSHG', end: instant('2013-07-26 00:00:00') }).time.length).toBe(0);
    expect(bars({ count: 0 }).time.length).toBe(0);
    expect(bars({ end: instant('2004-01-01 00:00:00') }).time.length).toBe(0);
    expect(bars({ unit: '1m', end: instant('2004-01-01 00:00:00') }).time.length).toBe(0);
  });

  it('of the past never change', () => {
    const later = openWorld('2026-09-01 10:00:00');
    const end = instant('2026-07-03 00:00:00');
    expect(bars({ count: 30, end }, later)).toEqual(bars({ count: 30, end }));
  });

  it('have no limits for an index, and refuse a count that is none', () => {
    expect(column(bars({ security: '000300.XSHG', count: 2 }), 'high_limit')).toEqual([Number.NaN, Number.NaN]);
    expect(() => bars({ count: -1 })).toThrow(expect.objectContaining({ code: 'BAD_COUNT' }));
    expect(() => bars({ security: 'x' })).toThrow(expect.objectContaining({ code: 'BAD_SECURITY' }));
  });
});

describe('minute bars', () => {
  it('are labelled by their end: 240 a day, 09:31 to 11:30 and 13:01 to 15:00', () => {
    const table = bars({ unit: '1m', start: instant('2026-07-03 00:00:00'), end: instant('2026-07-03 23:59:59') });
    const times = labels(table).map((text) => text.slice(11, 16));
    expect([times.length, times[0], times[119], times[120], times[239]]).toEqual([
      240,
      '09:31',
      '11:30',
      '13:01',
      '15:00',
    ]);
  });

  it('of the running minute are not there yet; the one that ends now is', () => {
    const last = (time: string): string | undefined =>
      labels(bars({ unit: '1m', count: 1 }, openWorld(`2026-07-06 ${time}`))).at(-1);
    expect(last('10:12:34')).toBe('2026-07-06 10:12:00');
    expect(last('10:12:00')).toBe('2026-07-06 10:12:00');
    expect(last('09:30:59')).toBe('2026-07-03 15:00:00');
    expect(last('09:31:00')).toBe('2026-07-06 09:31:00');
    expect(last('12:30:00')).toBe('2026-07-06 11:30:00');
    expect(last('14:59:59')).toBe('2026-07-06 14:59:00');
    expect(last('15:00:00')).toBe('2026-07-06 15:00:00');
  });

  it('begin with the auction: the first one opens at the day’s open and holds its volume', () => {
    const table = bars({ unit: '1m', start: instant('2026-07-06 09:31:00'), count: null });
    const opening = openWorld('2026-07-06 09:25:00').exchange.tick(CODE).quote;
    expect(column(table, 'open')[0]).toBe(opening.dayOpen);
    expect(column(table, 'volume')[0]).toBeGreaterThan(given(opening.volume));
    expect(column(table, 'pre_close')[0]).toBe(opening.preClose);
  });

  it('close at the last price of their end', () => {
    const at = openWorld('2026-07-06 09:30:00');
    const table = bars({ unit: '1m', start: instant('2026-07-06 00:00:00') });
    for (const [row, label] of labels(table).entries()) {
      at.to(label);
      expect(at.exchange.tick(CODE).quote.lastPrice).toBe(table.columns['close']?.[row]);
    }
  });

  it('of 5, 15, 30 and 60 minutes are made of those of one; the day is made of them all', () => {
    const day = { start: instant('2026-07-03 00:00:00'), end: instant('2026-07-03 15:00:00') };
    const minutes = bars({ unit: '1m', ...day });
    for (const [unit, size] of [
      ['5m', 5],
      ['15m', 15],
      ['30m', 30],
      ['60m', 60],
      ['1d', 240],
    ] as const) {
      const table = bars({ unit, ...day });
      expect(table.time.length).toBe(240 / size);
      for (let row = 0; row < 240 / size; row += 1) {
        const part = (name: string): number[] => column(minutes, name).slice(row * size, (row + 1) * size);
        const own = (name: string): number => given(table.columns[name]?.[row]);
        expect([own('open'), own('close')]).toEqual([part('open')[0], part('close').at(-1)]);
        expect([own('high'), own('low')]).toEqual([Math.max(...part('high')), Math.min(...part('low'))]);
        expect(own('volume')).toBe(sum(part('volume')));
        expect(own('money')).toBeCloseTo(sum(part('money')), 3);
        if (unit !== '1d') expect(table.time[row]).toBe(minutes.time[(row + 1) * size - 1]);
      }
    }
    expect(labels(bars({ unit: '60m', ...day })).map((text) => text.slice(11, 16))).toEqual([
      '10:30',
      '11:30',
      '14:00',
      '15:00',
    ]);
  });

  it('are cut from one long series, however they are asked for', () => {
    const units = fc.constantFrom<BarUnit>('1m', '5m', '15m', '30m', '60m', '1d');
    const moment = fc.integer({ min: instant('2026-06-24 00:00:00'), max: now });
    const whole = new Map<BarUnit, Bars>();
    const series = (unit: BarUnit): Bars => {
      const known = whole.get(unit) ?? bars({ unit, start: instant('2026-06-24 00:00:00') });
      whole.set(unit, known);
      return known;
    };
    fc.assert(
      fc.property(units, moment, moment, fc.option(fc.nat(100)), (unit, start, end, count) => {
        const all = series(unit);
        const wanted = [...all.time].filter((time) => time >= start && time <= end);
        const cut = bars({ unit, start, end, count });
        const expected = count === null ? wanted : count === 0 ? [] : wanted.slice(-count);
        expect([...cut.time]).toEqual(expected);
        const closes = new Map([...all.time].map((time, row) => [time, all.columns['close']?.[row]]));
        expect(column(cut, 'close')).toEqual(expected.map((time) => closes.get(time)));
      }),
      { numRuns: 200 },
    );
  });

  it('hold the same in the columns that are asked for, whatever others are', () => {
    const names = 'open close high low volume money pre_close high_limit low_limit paused factor avg'.split(' ');
    fc.assert(
      fc.property(
        fc.constantFrom<BarUnit>('1m', '60m', '1d'),
        fc.constantFrom('none', 'pre', 'post'),
        fc.constantFrom(CODE, '600519.XSHG', '000300.XSHG', '510300.XSHG'),
        fc.subarray(names, { minLength: 1 }),
        (unit, adjust, security, columns) => {
          const asked = { unit, adjust, security, count: 250 } as const;
          const whole = bars(asked);
          const cut = bars({ ...asked, columns });
          expect([...cut.time]).toEqual([...whole.time]);
          for (const name of columns) expect(column(cut, name)).toEqual(column(whole, name));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('counted back cross weekends and holidays', () => {
    const table = bars({ unit: '60m', count: 5, end: instant('2026-06-22 10:30:00') });
    expect(labels(table)).toEqual([
      '2026-06-18 10:30:00',
      '2026-06-18 11:30:00',
      '2026-06-18 14:00:00',
      '2026-06-18 15:00:00',
      '2026-06-22 10:30:00',
    ]);
  });
});
