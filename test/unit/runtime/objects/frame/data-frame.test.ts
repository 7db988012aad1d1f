import { describe, expect, test } from 'vitest';
import { DataFrame, date, Index, pd, Series, slice } from 'jqdata';
import { chinaInstant } from '../../../../../src/domain/time.ts';
import { bindFake } from '../../fake-host.ts';
import { codeOf } from '../../helpers.ts';

const DAYS = ['2026-07-01', '2026-07-02', '2026-07-03'];
const index = pd.DatetimeIndex(DAYS);
/** A fresh table a test may write to. */
const table = (): DataFrame<'close' | 'volume'> =>
  new DataFrame({ close: [10, 10.25, Number.NaN], volume: [100, 2000, 0] }, { index });
const df = table();

describe('columns', () => {
  test('by name, by attribute, by col(), several by cols()', () => {
    expect(df.columns.tolist()).toEqual(['close', 'volume']);
    expect(df['close'].tolist()).toEqual([10, 10.25, Number.NaN]);
    expect([...df.volume.values]).toEqual([100, 2000, 0]);
    expect(df.col('close').name).toBe('close');
    expect(df.cols('volume', 'close').columns.tolist()).toEqual(['volume', 'close']);
    expect([...df]).toEqual(['close', 'volume']);
    expect([df.shape, df.length, df.size, df.empty]).toEqual([[3, 2], 3, 6, false]);
  });

  test('a column with the name of a method is written by brackets and read by col()', () => {
    const mine: DataFrame = new DataFrame({ close: [3, 1, 2] });
    Reflect.set(mine, 'rank', mine.col('close').rank());
    Reflect.set(mine, 'count', [7, 8, 9]);
    expect(mine.col('rank').tolist()).toEqual([3, 1, 2]);
    expect(mine.col('count').tolist()).toEqual([7, 8, 9]);
    expect(mine.count().tolist()).toEqual([3, 3, 3]);
    expect(mine.rank().col('close').tolist()).toEqual([3, 1, 2]);
  });

  test('assignment: a Series goes by label, a list must fit, one value repeats, a function gets the table', () => {
    const mine = table();
    mine.close = mine.close.fillna(0);
    expect(mine.close.at(-1)).toBe(0);
    const more = mine.set('ma', new Series([1, 2], { index: ['2026-07-02', '2026-07-01'] }));
    expect(more).toBe(mine);
    expect(more.ma.isnull().tolist()).toEqual([true, true, true]);
    more.set('ma', new Series([1, 2], { index: pd.DatetimeIndex(['2026-07-02', '2026-07-01']) }));
    expect(more.ma.tolist()).toEqual([2, 1, Number.NaN]);
    expect(more.set('one', 1).one.tolist()).toEqual([1, 1, 1]);
    expect(more.assign({ twice: (t: DataFrame) => t.col('volume').mul(2) }).twice.tolist()).toEqual([200, 4000, 0]);
    expect(codeOf(() => mine.set('short', [1])).code).toBe('BAD_TABLE');
    expect(df.columns.tolist()).toEqual(['close', 'volume']);
  });

  test('renaming, deleting, popping', () => {
    const mine = new DataFrame(table());
    mine.columns = ['a', 'b'];
    expect(mine.col('b').tolist()).toEqual([100, 2000, 0]);
    expect(mine.pop('a').at(0)).toBe(10);
    expect(mine.columns.tolist()).toEqual(['b']);
    mine.del('b');
    expect(mine.empty).toBe(true);
    expect(
      codeOf(() => {
        mine.columns = ['x'];
      }).code,
    ).toBe('BAD_TABLE');
  });
});

describe('mistakes say what to write', () => {
  test('a column or row that does not exist names those that do', () => {
    const error = codeOf(() => Reflect.get(df, 'clsoe') as unknown);
    expect(error.code).toBe('UNKNOWN_KEY');
    expect(error.message).toContain('close, volume');
    expect(codeOf(() => df.loc('2026-07-04')).code).toBe('UNKNOWN_LABEL');
    expect(codeOf(() => df.loc('2026-07-04')).message).toContain('2026-07-01');
    expect(codeOf(() => df.iloc(3)).code).toBe('INDEX_OUT_OF_RANGE');
    expect(codeOf(() => df.close.at(3)).code).toBe('INDEX_OUT_OF_RANGE');
    expect(codeOf(() => Reflect.get(df.close, 'maen') as unknown).code).toBe('UNKNOWN_KEY');
  });

  test('a mask or list in brackets', () => {
    const key = (value: unknown): unknown => Reflect.get(df, value as string);
    expect(codeOf(() => key(String(df.close.gt(10)))).message).toContain('df.loc(mask)');
    expect(codeOf(() => key(String(['close', 'volume']))).message).toContain("df.cols('close', 'volume')");
  });

  test('operators and `in`', () => {
    const plus = (a: unknown, b: unknown): unknown => (a as number) + (b as number);
    expect(codeOf(() => plus(df, 1)).code).toBe('BAD_OPERATOR');
    expect(codeOf(() => plus(df.close, df.volume)).message).toContain('.add()');
    expect(codeOf(() => (df.close as unknown as number) > 1).message).toContain('.gt()');
    expect(codeOf(() => plus(df.index, 1)).code).toBe('BAD_OPERATOR');
    expect(codeOf(() => 'close' in df).message).toContain('columns.includes');
    expect(String(df.volume)).toContain('2000');
  });

  test('arguments that do not exist', () => {
    expect(codeOf(() => df.sort_values('close', { asending: false })).message).toContain('ascending');
    expect(codeOf(() => df.close.rolling(0.5)).code).toBe('BAD_ARGUMENT');
    expect(codeOf(() => df.groupby('code')).message).toContain('code');
  });
});

describe('rows', () => {
  test('by position and by label: one row is a Series with the columns as labels', () => {
    const row = df.iloc(-2);
    expect([row.close, row['volume'], row.loc('close')]).toEqual([10.25, 2000, 10.25]);
    expect(df.loc('2026-07-02').to_dict()).toEqual({ close: 10.25, volume: 2000 });
    expect(df.loc(date(2026, 7, 2), 'volume')).toBe(2000);
    expect(df.loc(index.at(0), 'close')).toBe(10);
    expect([df.at('2026-07-01', 'close'), df.iat(1, 1)]).toEqual([10, 2000]);
  });

  test('masks, lists, slices with the end, functions', () => {
    expect(df.loc(df.close.gt(10)).volume.tolist()).toEqual([2000]);
    expect(df.loc(df.close.gt(10).or(df.volume.eq(0)), 'volume').tolist()).toEqual([2000, 0]);
    expect(df.loc(['2026-07-03', '2026-07-01']).volume.tolist()).toEqual([0, 100]);
    expect(df.loc(slice('2026-07-02', '2026-07-03')).length).toBe(2);
    expect(df.loc((t) => t.volume.gt(50)).length).toBe(2);
    expect(df.iloc(slice(0, 2), 0).tolist()).toEqual([10, 10.25]);
    expect(df.slice(1).volume.tolist()).toEqual([2000, 0]);
    expect(df.head(2).length + df.tail(1).length).toBe(3);
  });

  test('a mask of another table goes by label, or is refused', () => {
    const turned = df.slice(null, null, -1).close.eq(10);
    expect(df.loc(turned).index.strftime('%F').tolist()).toEqual(['2026-07-01']);
    expect(codeOf(() => df.loc(df.head(2).close.gt(0))).code).toBe('BAD_TABLE');
    expect(codeOf(() => df.loc([true, false])).code).toBe('BAD_TABLE');
  });

  test('loops', () => {
    expect(df.iterrows().map(([label, row]) => [String(label), row.volume])).toEqual([
      ['2026-07-01 00:00:00', 100],
      ['2026-07-02 00:00:00', 2000],
      ['2026-07-03 00:00:00', 0],
    ]);
    expect(df.to_records().map((row) => row['volume'])).toEqual([100, 2000, 0]);
    expect(df.items().map(([name, column]) => [name, column.sum()])).toEqual([
      ['close', 20.25],
      ['volume', 2100],
    ]);
  });
});

describe('writing cells', () => {
  test('by label, by position, under a mask; a slice or column taken before does not change', () => {
    const mine = table();
    const before = mine.close;
    const part = mine.head(1);
    mine.loc.set('2026-07-03', 'close', 11);
    mine.iloc.set(0, 1, 5);
    mine.loc.set(mine.close.gt(10.5), 'volume', -1);
    mine.at.set('2026-07-02', 'close', 9);
    expect(mine.close.tolist()).toEqual([10, 9, 11]);
    expect(mine.volume.tolist()).toEqual([5, 2000, -1]);
    expect(before.tolist()).toEqual([10, 10.25, Number.NaN]);
    expect(part.volume.tolist()).toEqual([100]);
  });

  test('whatever was made from a table keeps its cells, and the table those of what it was made from', () => {
    const mine = table();
    mine.loc.set('2026-07-03', 'close', 12);
    const made: readonly DataFrame<'close' | 'volume'>[] = [
      mine.sort_values('close'),
      mine.copy(),
      mine.loc(mine.close.gt(0)),
      mine.iloc(slice(0, 3)),
      mine.reindex(mine.index),
      mine.drop_duplicates(),
      mine.tail(3),
      mine.assign({}),
      mine.rename_axis('day'),
    ];
    mine.loc.set('2026-07-01', 'close', -5);
    for (const one of made) expect(one.close.at(0)).toBe(10);
    for (const one of made) one.iloc.set(0, 0, 99);
    expect(mine.close.tolist()).toEqual([-5, 10.25, 12]);
  });

  test('a label or column that is not there is added', () => {
    const mine: DataFrame = new DataFrame(null, { columns: ['score'] });
    mine.loc.set('a', 'score', 1.5);
    mine.loc.set('b', 'name', 'x');
    expect(mine.index.tolist()).toEqual(['a', 'b']);
    expect(mine.to_dict('records')).toEqual([
      { score: 1.5, name: Number.NaN },
      { score: Number.NaN, name: 'x' },
    ]);
  });

  test('whole numbers become floats when they must', () => {
    const mine: DataFrame = new DataFrame({ n: [1, 2] });
    mine.loc.set(0, 'n', 1.5);
    expect(mine.col('n').dtype).toBe('float64');
    mine.loc.set(1, 'n', 'text');
    expect(mine.col('n').tolist()).toEqual([1.5, 'text']);
  });

  test('a Series', () => {
    const s = new Series([1, 2, 3], { index: ['a', 'b', 'c'] });
    s.loc.set('b', 20);
    s.iloc.set(-1, 30);
    s.loc.set('d', 4);
    Reflect.set(s, 'a', 10);
    expect(s.to_dict()).toEqual({ a: 10, b: 20, c: 30, d: 4 });
    expect([Reflect.get(s, '0'), Reflect.get(s, '-1'), s.item(-1)]).toEqual([10, 4, 4]);
  });

  test('inplace changes the table itself', () => {
    const mine = table();
    expect(mine.sort_values('volume', { inplace: true })).toBe(mine);
    mine.fillna(1, { inplace: true });
    mine.rename({ columns: { close: 'price' }, inplace: true });
    expect(mine.to_dict('list')).toEqual({ price: [1, 10, 10.25], volume: [0, 100, 2000] });
  });
});

describe('what pandas dropped still works and says once what to write', () => {
  test('append, sort, ix, order', () => {
    const host = bindFake();
    const mine = new DataFrame(table());
    expect(mine.append(mine, { ignore_index: true }).length).toBe(6);
    expect(mine.append(mine).length).toBe(6);
    expect(mine.sort('volume').col('volume').tolist()).toEqual([0, 100, 2000]);
    expect(mine.ix(0, 'volume')).toBe(100);
    expect(mine.col('volume').order().tolist()).toEqual([0, 100, 2000]);
    expect(host.lines.filter((line) => line.text.includes('DataFrame.append()'))).toHaveLength(1);
    expect(host.lines.map((line) => line.text).join()).toContain('sort_values');
  });

  test('pd.Panel', () => {
    bindFake();
    const panel = pd.Panel({ close: new DataFrame(df), open: new DataFrame(df) });
    expect((panel.iloc(slice(), 0) as DataFrame).shape).toEqual([2, 2]);
    expect(panel.minor_xs('close').columns.tolist()).toEqual(['close', 'open']);
    expect((panel.loc('close') as DataFrame).shape).toEqual([3, 2]);
    expect(panel.to_frame().shape).toEqual([5, 2]);
  });
});

describe('times as labels', () => {
  const minutes = new Series([1, 2, 3], {
    index: pd.DatetimeIndex(['2026-07-06 09:31', '2026-07-06 09:32', '2026-07-07 09:31']),
  });

  test('a day names all of its minutes, and the whole last day is part of a slice', () => {
    expect((minutes.loc('2026-07-06') as unknown as Series).tolist()).toEqual([1, 2]);
    expect(minutes.loc(slice('2026-07-06', '2026-07-06')).tolist()).toEqual([1, 2]);
    expect(minutes.loc('2026-07-06 09:32')).toBe(2);
    expect(minutes.loc(slice(null, '2026-07')).length).toBe(3);
    expect(minutes.index.at(0).valueOf()).toBe(chinaInstant('2026-07-06', '09:31'));
  });

  test('an index knows its parts', () => {
    expect(minutes.index.minute.tolist()).toEqual([31, 32, 31]);
    expect(minutes.index.strftime('%H:%M').at(-1)).toBe('09:31');
    expect(new Index(['a', 'b']).includes('a')).toBe(true);
    expect(minutes.between_time('9:32', '10:00').tolist()).toEqual([2]);
  });
});

test('a table handed to another library: its constructor gets columns and row labels', () => {
  const made: unknown[] = [];
  function Danfo(...args: unknown[]): void {
    made.push(args);
  }
  df.to_danfo({ DataFrame: Danfo });
  expect(made).toEqual([
    [{ close: [10, 10.25, Number.NaN], volume: [100, 2000, 0] }, { index: DAYS.map((day) => `${day} 00:00:00`) }],
  ]);
  expect(codeOf(() => df.to_danfo(null)).message).toContain('danfojs-node');
});
