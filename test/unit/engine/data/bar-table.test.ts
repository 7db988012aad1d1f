import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exchangeCalendar } from '../../../../src/domain/market/calendar.ts';
import { addDays, chinaDay, chinaInstant, weekday } from '../../../../src/domain/time.ts';
import { lastRows, selectColumns, takeRows, type BarTable } from '../../../../src/engine/data/bar-table.ts';
import { calendarWindows, rollingWindows } from '../../../../src/engine/data/windows.ts';

const { NaN: MISSING } = Number;

function table(rows: readonly Readonly<Record<string, number>>[]): BarTable {
  const names = ['open', 'close', 'high', 'low', 'volume', 'money'];
  return {
    time: Float64Array.from(rows, (_, index) => index + 1),
    columns: Object.fromEntries(
      names.map((name) => [name, Float64Array.from(rows, (row, index) => row[name] ?? index + 1)]),
    ),
  };
}

const column = (bars: BarTable, name: string): number[] => [...(bars.columns[name] ?? [])];

describe('takeRows and lastRows', () => {
  const bars = table([{}, {}, {}]);

  it('cut every column alike', () => {
    const picked = takeRows(bars, [0, 2]);
    expect([...picked.time]).toEqual([1, 3]);
    expect(column(picked, 'volume')).toEqual([1, 3]);
    const last = lastRows(bars, 2);
    expect([...last.time]).toEqual([2, 3]);
    expect(column(last, 'open')).toEqual([2, 3]);
  });

  it('give what there is when more is asked for, and nothing for 0', () => {
    expect(lastRows(bars, 9).time).toHaveLength(3);
    expect(lastRows(bars, 0).time).toHaveLength(0);
    expect(lastRows(bars, 0).columns['close']).toHaveLength(0);
  });

  it('are copies: the provider’s own columns stay as they are', () => {
    lastRows(bars, 2).columns['open']?.fill(0);
    takeRows(bars, [1]).columns['open']?.fill(0);
    expect(column(bars, 'open')).toEqual([1, 2, 3]);
  });
});

describe('a window', () => {
  const value = fc.oneof({ weight: 3, arbitrary: fc.nat(100) }, { weight: 1, arbitrary: fc.constant(MISSING) });
  const known = (values: readonly number[]): readonly number[] => values.filter((one) => !Number.isNaN(one));
  const expected: Readonly<Record<string, (values: readonly number[]) => number>> = {
    open: (values) => values[0] ?? MISSING,
    close: (values) => values.at(-1) ?? MISSING,
    high: (values) => Math.max(...values),
    low: (values) => Math.min(...values),
    volume: (values) => values.reduce((sum, one) => sum + one, 0),
  };

  it('is made of what is known of its rows; of nothing known comes nothing', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 7 }), (values, size) => {
        fc.pre(size > 1);
        for (const [name, of] of Object.entries(expected)) {
          const rows = values.map((one) => ({ [name]: one }));
          const made = column(rollingWindows(table(rows), size), name);
          const from = values.length % size;
          const windows = Array.from({ length: Math.floor(values.length / size) }, (_, at) =>
            known(values.slice(from + at * size, from + (at + 1) * size)),
          );
          expect(made).toEqual(windows.map((window) => (window.length === 0 ? MISSING : of(window))));
        }
      }),
    );
  });
});

describe('weeks and months of many years', () => {
  const days = exchangeCalendar().between('2015-01-01', '2026-12-31');
  const bars: BarTable = { time: Float64Array.from(days, (day) => chinaInstant(day, '00:00')), columns: {} };
  const monday = (day: string): string => addDays(day, 1 - weekday(day));

  it.each([
    ['week', monday],
    ['month', (day: string): string => day.slice(0, 7)],
  ] as const)('end with the last trading day of each %s', (period, of) => {
    const last = days.filter((day, at) => at + 1 === days.length || of(day) !== of(days[at + 1] ?? ''));
    const made = calendarWindows(bars, period, () => true);
    expect(Array.from(made.table.time, chinaDay)).toEqual(last);
  });
});

describe('rollingWindows', () => {
  it('makes first open, last close, highest, lowest, and sums', () => {
    const bars = table([
      { open: 10, close: 11, high: 12, low: 9, volume: 100, money: 1000 },
      { open: 11, close: 10, high: 15, low: 10, volume: 200, money: 2200 },
      { open: 10, close: 12, high: 13, low: 8, volume: 300, money: 3300 },
    ]);
    const [row] = [rollingWindows(bars, 3)];
    expect(['open', 'close', 'high', 'low', 'volume', 'money'].map((name) => column(row, name)[0])).toEqual([
      10, 12, 15, 8, 600, 6500,
    ]);
    expect([...row.time]).toEqual([3]);
  });

  it('rolls back from the last bar: the incomplete window is the first one, and left out', () => {
    const bars = rollingWindows(table([{}, {}, {}, {}, {}]), 2);
    expect([...bars.time]).toEqual([3, 5]);
    expect(column(bars, 'open')).toEqual([2, 4]);
    expect(rollingWindows(table([{}]), 2).time).toHaveLength(0);
  });

  it('leaves single bars alone, with every column', () => {
    const bars = { ...table([{}]), columns: { close: Float64Array.of(1), factor: Float64Array.of(2) } };
    expect(rollingWindows(bars, 1)).toBe(bars);
  });

  it('leaves missing values out, and a window of nothing else is missing, not 0', () => {
    const gap = { open: MISSING, close: MISSING, high: MISSING, low: MISSING, volume: MISSING, money: MISSING };
    const bars = rollingWindows(table([gap, { open: 10, close: 11, high: 12, low: 9, volume: 100 }, gap, gap]), 2);
    expect(column(bars, 'open')).toEqual([10, MISSING]);
    expect(column(bars, 'close')).toEqual([11, MISSING]);
    expect(column(bars, 'volume')).toEqual([100, MISSING]);
  });

  it('a column that the venue does not send is missing in every window', () => {
    const bars = rollingWindows({ time: Float64Array.of(1, 2), columns: { close: Float64Array.of(1, 2) } }, 2);
    const chosen = selectColumns(bars, ['close', 'high', 'volume']);
    expect(Object.values(chosen).map((values) => [...values])).toEqual([[2], [MISSING], [MISSING]]);
  });

  it('keeps the sum of volume and the extremes of what it takes in', () => {
    const rows = fc.array(fc.record({ high: fc.integer(), low: fc.integer(), volume: fc.nat() }), { maxLength: 40 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 10 }), (list, size) => {
        const bars = rollingWindows(table(list), size);
        const used = list.slice(list.length % size);
        expect(bars.time).toHaveLength(Math.floor(list.length / size));
        const total = column(bars, 'volume').reduce((sum, value) => sum + value, 0);
        expect(total).toBe(used.reduce((sum, row) => sum + row.volume, 0));
        expect(Math.max(...column(bars, 'high'))).toBe(Math.max(...used.map((row) => row.high)));
        expect(Math.min(...column(bars, 'low'))).toBe(Math.min(...used.map((row) => row.low)));
      }),
    );
  });
});

describe('selectColumns', () => {
  const bars = table([
    { close: 10, volume: 100, money: 1010 },
    { close: 11, volume: 0, money: 0 },
  ]);

  it('gives the columns asked for, in that order', () => {
    expect(Object.keys(selectColumns(bars, ['low', 'open']))).toEqual(['low', 'open']);
  });

  it('derives average and previous close where the venue does not tell them', () => {
    const chosen = selectColumns(bars, ['avg', 'pre_close']);
    expect(Object.values(chosen).map((values) => [...values])).toEqual([
      [10.1, 11],
      [MISSING, 10],
    ]);
  });

  it('believes the venue when it tells them', () => {
    const told = {
      ...bars,
      columns: { ...bars.columns, paused: Float64Array.of(1, 0), pre_close: Float64Array.of(9, 8) },
    };
    const chosen = selectColumns(told, ['paused', 'pre_close']);
    expect(Object.values(chosen).map((values) => [...values])).toEqual([
      [1, 0],
      [9, 8],
    ]);
  });

  it('what cannot be derived is missing', () => {
    expect([...(selectColumns(bars, ['high_limit'])['high_limit'] ?? [])]).toEqual([MISSING, MISSING]);
    const noVolume = { time: Float64Array.of(1), columns: { close: Float64Array.of(5) } };
    expect(selectColumns(noVolume, ['paused', 'avg'])).toEqual({
      paused: Float64Array.of(MISSING),
      avg: Float64Array.of(MISSING),
    });
  });
});
