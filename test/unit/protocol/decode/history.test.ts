import { describe, expect, it } from 'vitest';

import { decodeHistory } from '../../../../src/protocol/decode/history.ts';

const NaN_ = Number.NaN;
const DAY_1 = Date.parse('2026-11-18T16:00:00Z');
const DAY_2 = DAY_1 + 86_400_000;

/** As the qmt adapter sends it without `fields`: mixed columns, so every number is a float. */
const DAILY = {
  dtype: 'dataframe',
  columns: 'time open high low close volume money settelementPrice openInterest preClose suspendFlag'.split(' '),
  records: [
    [DAY_1, 10.1, 10.2, 10, 10.1, 1000, 10100, 0, 15, 10.1, 0],
    [DAY_2, 10.1, 10.2, 10, NaN_, 0, 0, 0, 15, 0, 1],
  ],
};

describe('decodeHistory', () => {
  it('reads every column, times in epoch ms, our names', () => {
    const bars = decodeHistory(DAILY, '000001.XSHE');
    expect(bars.security).toBe('000001.XSHE');
    expect([...bars.time]).toEqual([DAY_1, DAY_2]);
    expect(bars.time).toBeInstanceOf(Float64Array);
    const columns = Object.fromEntries(Object.entries(bars.columns).map(([name, values]) => [name, [...values]]));
    expect(columns).toEqual({
      open: [10.1, 10.1],
      close: [10.1, NaN_],
      high: [10.2, 10.2],
      low: [10, 10],
      volume: [1000, 0],
      money: [10100, 0],
      settlement_price: [NaN_, NaN_],
      open_interest: [15, 15],
      pre_close: [10.1, NaN_],
      paused: [0, 1],
    });
  });

  it.each(['2026-11-19 00:00:00', '2026-11-19T00:00:00', '20261119 00:00:00', '2026-11-19', DAY_1, DAY_1 / 1000])(
    'reads a time written %j',
    (time) => {
      expect([...decodeHistory({ columns: ['time', 'close'], records: [[time, 1]] }, '000001.XSHE').time]).toEqual([
        DAY_1,
      ]);
    },
  );

  it('reads the times from a leading index, named or one wider than the columns', () => {
    const wider = { columns: ['close'], records: [['2026-11-19T00:00:00', 1]] };
    const named = { columns: ['index', 'close'], index_columns: ['index'], records: [['2026-11-19T00:00:00', 1]] };
    for (const payload of [wider, named]) {
      expect([...decodeHistory(payload, '000001.XSHE').time]).toEqual([DAY_1]);
    }
  });

  it('prefers an index of times, because the time column of a filled day is 0', () => {
    const payload = {
      columns: ['time', 'close'],
      records: [
        ['2026-11-19', DAY_1, 1],
        ['2026-11-20', 0, 1],
      ],
    };
    expect([...decodeHistory(payload, '000001.XSHE').time]).toEqual([DAY_1, DAY_2]);
  });

  it('uses the time column when the index holds no times', () => {
    const payload = {
      columns: ['time', 'close'],
      records: [
        [0, DAY_1, 1],
        [1, DAY_2, 2],
      ],
    };
    expect([...decodeHistory(payload, '000001.XSHE').time]).toEqual([DAY_1, DAY_2]);
  });

  it('drops rows without a time, sorts, and keeps the last of equal times', () => {
    const records = [
      [DAY_2, 3],
      [null, 9],
      [DAY_1, 1],
      [0, 9],
      [DAY_1, 2],
    ];
    const bars = decodeHistory({ columns: ['time', 'close'], records }, '000001.XSHE');
    expect([...bars.time]).toEqual([DAY_1, DAY_2]);
    expect([...(bars.columns['close'] ?? [])]).toEqual([2, 3]);
  });

  it('a price of 0 or null is missing; a volume of 0 is 0; null is NaN', () => {
    const payload = { columns: ['time', 'open', 'close', 'volume', 'money'], records: [[DAY_1, 0, null, 0, null]] };
    const { columns } = decodeHistory(payload, '000001.XSHE');
    expect([columns['open']?.[0], columns['close']?.[0]]).toEqual([NaN_, NaN_]);
    expect([columns['volume']?.[0], columns['money']?.[0]]).toEqual([0, NaN_]);
  });

  it('standard columns that were not sent are NaN', () => {
    const { columns } = decodeHistory({ columns: ['time', 'close'], records: [[DAY_1, 1]] }, '000001.XSHE');
    expect([...(columns['volume'] ?? [])]).toEqual([NaN_]);
    expect(Object.keys(columns).sort()).toEqual(['close', 'high', 'low', 'money', 'open', 'volume']);
  });

  it("takes the asked security's columns of a two-level table", () => {
    const payload = {
      columns: ['a', 'b', 'c', 'd'],
      column_tuples: [
        ['close', '000001.XSHE'],
        ['close', '600000.SH'],
        ['time', '000001.XSHE'],
        ['time', '600000.SH'],
      ],
      records: [[10.1, 7.5, DAY_1, DAY_2]],
    };
    const bars = decodeHistory(payload, '600000.XSHG');
    expect([...bars.time]).toEqual([DAY_2]);
    expect([...(bars.columns['close'] ?? [])]).toEqual([7.5]);
  });

  it("takes the asked security's rows of a long table, and leaves text columns out", () => {
    const records = [
      [DAY_1, 10, '000001.XSHE'],
      [DAY_1, 7, '600000.XSHG'],
    ];
    const bars = decodeHistory({ columns: ['time', 'close', 'code'], records }, '600000.SH');
    expect(bars.security).toBe('600000.XSHG');
    expect([...(bars.columns['close'] ?? [])]).toEqual([7]);
    expect(bars.columns).not.toHaveProperty('code');
  });

  it('an empty table is no bars, and no error', () => {
    for (const columns of [[], ['time', 'close']]) {
      const bars = decodeHistory({ dtype: 'dataframe', columns, records: [] }, '000001.XSHE');
      expect(bars.time).toHaveLength(0);
      expect(bars.columns['close']).toHaveLength(0);
    }
  });

  it('rows without any time are an error that says what to do', () => {
    const noTime = expect.objectContaining({
      code: 'NO_TIME_COLUMN',
      message: expect.stringMatching(/no columns were named.* Update the gateway, or take another source/),
    }) as Error;
    expect(() => decodeHistory({ columns: ['open', 'close'], records: [[10.1, 10.1]] }, '000001.XSHE')).toThrow(noTime);
    expect(() => decodeHistory({ columns: ['time', 'close'], records: [[0, 10.1]] }, '000001.XSHE')).toThrow(noTime);
  });

  it('a column named like a prototype is only a column', () => {
    const bars = decodeHistory({ columns: ['time', '__proto__'], records: [[DAY_1, 1]] }, '000001.XSHE');
    expect(Object.getPrototypeOf(bars.columns)).toBe(Object.prototype);
  });
});
