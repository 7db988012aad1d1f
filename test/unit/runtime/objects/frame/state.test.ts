import { describe, expect, test } from 'vitest';
import { DataFrame, pd, Series } from 'jqdata';
import { tableFrom, tableState } from '../../../../../runtime/objects/frame/state.ts';

const df = new DataFrame(
  {
    n: [1, 2],
    x: [0.5, Number.NaN],
    ok: [true, false],
    name: ['a', null],
    t: pd.DatetimeIndex(['2026-07-01', '2026-07-02']),
  },
  {
    index: pd.MultiIndex.from_tuples(
      [
        ['x', 1],
        ['y', 2],
      ],
      { names: ['code', 'row'] },
    ),
  },
);

describe('a table as plain data', () => {
  test.each([
    ['a table', df],
    ['a Series', new Series([1, 2], { index: ['a', 'b'], name: 'n' })],
    ['an index', df.index],
    ['an empty table', new DataFrame()],
  ])('%s survives a clone', (_what, table) => {
    const state = tableState(table);
    if (state === null) throw new Error('no state');
    const again = tableFrom(structuredClone(state));
    expect(String(again)).toBe(String(table));
    expect((again as DataFrame).equals(table)).toBe(true);
  });

  test('is a copy', () => {
    const table = new DataFrame<'n'>({ n: [1, 2] });
    const state = tableState(table);
    table.loc.set(0, 'n', 9);
    expect(state === null ? null : (tableFrom(state) as DataFrame).col('n').tolist()).toEqual([1, 2]);
  });

  test('anything else is none', () => {
    expect([tableState({ a: 1 }), tableState(null), tableState([1])]).toEqual([null, null, null]);
  });
});
