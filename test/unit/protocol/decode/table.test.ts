import { describe, expect, it } from 'vitest';

import { decodeTable } from '../../../../src/protocol/decode/table.ts';

const BAD_ANSWER = expect.objectContaining({ code: 'BAD_ANSWER' }) as Error;

describe('decodeTable', () => {
  it('turns rows into columns', () => {
    const payload = {
      dtype: 'dataframe',
      columns: ['close', 'volume'],
      records: [
        [11.2, 5],
        [Number.NaN, null],
      ],
    };
    expect(decodeTable(payload)).toEqual({
      columns: [
        { field: 'close', code: null, values: [11.2, Number.NaN] },
        { field: 'volume', code: null, values: [5, null] },
      ],
      index: null,
      rows: 2,
    });
  });

  it('takes the extra value of records one wider than the columns as the index', () => {
    const payload = {
      columns: ['name'],
      records: [
        ['000001.XSHE', '平安银行'],
        ['600000.XSHG', '浦发银行'],
      ],
    };
    expect(decodeTable(payload)).toEqual({
      columns: [{ field: 'name', code: null, values: ['平安银行', '浦发银行'] }],
      index: ['000001.XSHE', '600000.XSHG'],
      rows: 2,
    });
  });

  it('takes an index that later servers name among the columns', () => {
    const payload = { columns: ['index', 'close'], index_columns: ['index'], records: [['2026-03-18T00:00:00', 10]] };
    expect(decodeTable(payload)).toEqual({
      columns: [{ field: 'close', code: null, values: [10] }],
      index: ['2026-03-18T00:00:00'],
      rows: 1,
    });
  });

  it('leaves an index of several levels among the columns', () => {
    const payload = { columns: ['time', 'code', 'close'], index_columns: ['time', 'code'], records: [[1, 'a', 10]] };
    expect(decodeTable(payload)).toMatchObject({
      index: null,
      columns: [{ field: 'time' }, { field: 'code' }, { field: 'close' }],
    });
  });

  it.each([
    [
      'column_tuples',
      {
        columns: ['x', 'y'],
        column_tuples: [
          ['close', 'A'],
          ['close', 'B'],
        ],
      },
    ],
    ['the texts of tuples', { columns: ["('close', 'A')", '("close", "B")'] }],
    [
      'column_tuples written code first',
      {
        columns: ['x', 'y'],
        column_tuples: [
          ['A', 'close'],
          ['B', 'close'],
        ],
        column_index_names: ['code', 'field'],
      },
    ],
    [
      'column_tuples behind a named index',
      {
        columns: ['index', 'x', 'y'],
        index_columns: ['index'],
        column_tuples: [
          ['close', 'A'],
          ['close', 'B'],
        ],
      },
    ],
  ])('reads two-level columns from %s', (_name, head) => {
    const indexed = 'index_columns' in head;
    const table = decodeTable({ ...head, records: [indexed ? [0, 1, 2] : [1, 2]] });
    expect(table.columns).toEqual([
      { field: 'close', code: 'A', values: [1] },
      { field: 'close', code: 'B', values: [2] },
    ]);
    expect(table.index).toEqual(indexed ? [0] : null);
  });

  it('prefers column_tuples to the texts', () => {
    const payload = { columns: ["('open', 'A')"], column_tuples: [['close', 'B']], records: [[1]] };
    expect(decodeTable(payload).columns[0]).toMatchObject({ field: 'close', code: 'B' });
  });

  it('reads an empty table, with and without columns', () => {
    expect(decodeTable({ dtype: 'dataframe', columns: [], records: [] })).toEqual({
      columns: [],
      index: null,
      rows: 0,
    });
    expect(decodeTable({ columns: ['close'], records: [] }).columns).toEqual([
      { field: 'close', code: null, values: [] },
    ]);
  });

  it.each([
    ['records two wider than the columns', { columns: ['a'], records: [[1, 2, 3]] }],
    ['records narrower than the columns', { columns: ['a', 'b'], records: [[1]] }],
    ['records of unequal width', { columns: ['a'], records: [[1], [1, 2]] }],
    ['a named index and yet another value', { columns: ['i', 'a'], index_columns: ['i'], records: [[1, 2, 3]] }],
    ['tuples for some columns only', { columns: ['a', 'b'], column_tuples: [['x', 'y']], records: [[1, 2]] }],
    ['no records', { columns: ['a'] }],
    ['no columns', { records: [] }],
    ['records that are no rows', { columns: ['a'], records: [1] }],
    ['no object', [[1]]],
  ])('refuses %s', (_name, payload) => {
    expect(() => decodeTable(payload)).toThrow(BAD_ANSWER);
  });
});
