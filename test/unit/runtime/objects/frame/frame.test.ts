import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chinaInstant } from '../../../../../src/domain/time.ts';
import { numbers, objects, times } from '../../../../../runtime/objects/frame/columns.ts';
import type { ColumnData } from '../../../../../runtime/objects/frame/columns.ts';
import { createFrame } from '../../../../../runtime/objects/frame/data-frame.ts';
import { Index } from '../../../../../runtime/objects/frame/labels.ts';
import { Series } from '../../../../../runtime/objects/frame/series.ts';
import { codeOf, untyped } from '../../helpers.ts';

const DAYS = ['2026-07-01', '2026-07-02', '2026-07-03'];
const index = new Index(times(Float64Array.from(DAYS, (day) => chinaInstant(day, '00:00'))));
const columns = new Map<string, ColumnData>([
  ['close', numbers([10, 10.25, Number.NaN])],
  ['volume', numbers([100, 2000, 0])],
]);
const df = createFrame<'close' | 'volume'>(columns, index);

describe('DataFrame', () => {
  test('columns by name and by attribute', () => {
    expect(df.columns).toEqual(['close', 'volume']);
    expect(df.shape).toEqual([3, 2]);
    expect(df.empty).toBe(false);
    expect(df['close'].tolist()).toEqual([10, 10.25, Number.NaN]);
    expect(df.volume.values).toEqual(Float64Array.of(100, 2000, 0));
    expect(df.col('close').name).toBe('close');
    expect('close' in df).toBe(true);
    expect('open' in df).toBe(false);
    expect([...df]).toEqual(['close', 'volume']);
    expect(Object.keys(df)).toEqual(['close', 'volume']);
  });

  test('a column that does not exist throws instead of undefined', () => {
    const error = codeOf(() => Reflect.get(df, 'clsoe') as unknown);
    expect(error.code).toBe('UNKNOWN_KEY');
    expect(error.message).toContain('close, volume');
    expect(codeOf(() => Reflect.apply(df.col.bind(df), undefined, ['x' as 'close'])).code).toBe('UNKNOWN_KEY');
  });

  test('rows by position and by label', () => {
    expect(df.iloc(0)).toEqual({ close: 10, volume: 100 });
    expect(df.iloc(-2)).toEqual({ close: 10.25, volume: 2000 });
    expect(df.loc('2026-07-02')).toEqual({ close: 10.25, volume: 2000 });
    expect(df.loc(index.at(0), 'volume')).toBe(100);
    expect(codeOf(() => df.iloc(3)).code).toBe('INDEX_OUT_OF_RANGE');
    expect(codeOf(() => df.loc('2026-07-04')).code).toBe('UNKNOWN_LABEL');
  });

  test('head, tail, slice', () => {
    expect(df.head(2).volume.tolist()).toEqual([100, 2000]);
    expect(df.tail(1).index.texts()).toEqual(['2026-07-03']);
    expect(df.tail(9).length).toBe(3);
    expect(df.slice(1, -1).volume.tolist()).toEqual([2000]);
  });

  test('records and rows', () => {
    expect(df.to_records().map((row) => [String(row.index), row.volume])).toEqual([
      ['2026-07-01 00:00:00', 100],
      ['2026-07-02 00:00:00', 2000],
      ['2026-07-03 00:00:00', 0],
    ]);
    expect(df.iterrows().map(([, row]) => row.volume)).toEqual([100, 2000, 0]);
  });

  test('is read-only, and columns must fit the index', () => {
    expect(codeOf(() => Reflect.set(df, 'close', 1)).code).toBe('READ_ONLY');
    expect(codeOf(() => createFrame(new Map([['x', numbers([1])]]), index)).code).toBe('BAD_TABLE');
  });

  test('operators are refused', () => {
    const plus = (a: unknown, b: unknown): unknown => (a as number) + (b as number);
    expect(codeOf(() => plus(df, 1)).code).toBe('BAD_OPERATOR');
    expect(codeOf(() => plus(df.close, df.volume)).message).toContain('.values');
    expect(codeOf(() => (df.close as unknown as number) > 1).code).toBe('BAD_OPERATOR');
    expect(String(df.volume)).toContain('2000.0');
  });
});

describe('printing', () => {
  test('like pandas: right-aligned, the same decimals down a column, days without a time', () => {
    expect(String(df)).toBe(
      [
        '            close  volume',
        '2026-07-01  10.00   100.0',
        '2026-07-02  10.25  2000.0',
        '2026-07-03    NaN     0.0',
      ].join('\n'),
    );
    expect(String(df.close)).toBe(
      ['2026-07-01    10.00', '2026-07-02    10.25', '2026-07-03      NaN', 'Name: close'].join('\n'),
    );
  });

  test('wide characters keep the columns straight', () => {
    const table = createFrame(
      new Map<string, ColumnData>([
        ['名称', objects(['平安银行', 'ETF'])],
        ['price', numbers([10.5, 4])],
      ]),
      Index.range(2),
    );
    expect(String(table)).toBe(['       名称  price', '0  平安银行   10.5', '1       ETF    4.0'].join('\n'));
  });

  test('long tables show both ends', () => {
    const n = 100;
    const long = createFrame(new Map([['n', numbers(Array.from({ length: n }, (_, i) => i))]]), Index.range(n));
    const lines = String(long).split('\n');
    expect(lines).toHaveLength(1 + 11 + 2);
    expect(lines.at(-1)).toBe('[100 rows x 1 columns]');
    expect(lines[6]).toMatch(/^\.\.\. +\.\.\.$/);
    expect(lines[11]).toBe('99   99.0');
    expect(String(long.col('n')).split('\n').at(-1)).toBe('Name: n, Length: 100');
  });

  test('an empty table says so', () => {
    const none = createFrame(new Map([['close', numbers([])]]), Index.range(0));
    expect(String(none)).toBe('Empty DataFrame\nColumns: [close]\nIndex: []');
    expect(none.empty).toBe(true);
  });

  test('times of a minute table keep their clock', () => {
    const minutes = new Index(times(Float64Array.of(chinaInstant('2026-07-06', '09:31'))));
    expect(minutes.texts()).toEqual(['2026-07-06 09:31:00']);
    expect(String(minutes)).toBe('Index([2026-07-06 09:31:00])');
  });
});

describe('Series', () => {
  const series = new Series(numbers([3, 1, Number.NaN, 2]), Index.range(4), 'x');

  test('by position, negative from the end, and never undefined', () => {
    expect(series.at(0)).toBe(3);
    expect(series.at(-1)).toBe(2);
    expect(series.iloc(1)).toBe(1);
    expect(codeOf(() => series.at(4)).code).toBe('INDEX_OUT_OF_RANGE');
    expect(codeOf(() => series.at(0.5)).code).toBe('INDEX_OUT_OF_RANGE');
    expect(codeOf(() => series.slice(0, 0).at(-1)).code).toBe('INDEX_OUT_OF_RANGE');
  });

  test('by label', () => {
    expect(series.loc(3)).toBe(2);
    expect(df.close.loc('2026-07-02')).toBe(10.25);
    expect(codeOf(() => series.loc('3')).code).toBe('UNKNOWN_LABEL');
  });

  test('statistics leave NaN out', () => {
    expect([series.sum(), series.mean(), series.min(), series.max(), series.median(), series.count()]).toEqual([
      6, 2, 1, 3, 2, 3,
    ]);
    expect(series.std()).toBe(1);
    expect(series.std(0)).toBeCloseTo(Math.sqrt(2 / 3), 12);
    const none = new Series(numbers([Number.NaN]), Index.range(1), null);
    expect([none.mean(), none.min(), none.max(), none.std(), none.median()].every(Number.isNaN)).toBe(true);
    expect(none.sum()).toBe(0);
  });

  test('values are a copy', () => {
    series.values[0] = 99;
    expect(series.at(0)).toBe(3);
  });

  test('texts have no mean', () => {
    const texts = new Series<string>(objects(['a', 'b']), Index.range(2), 'code');
    expect(texts.values).toEqual(['a', 'b']);
    expect(codeOf(() => untyped(texts.mean.bind(texts))()).message).toContain('code');
  });

  test('statistics agree with plain arithmetic', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2 }), (values) => {
        const s = new Series(numbers(values), Index.range(values.length), null);
        expect(s.min() === Math.min(...values)).toBe(true);
        expect(s.max() === Math.max(...values)).toBe(true);
        expect(s.mean()).toBeCloseTo(values.reduce((a, b) => a + b, 0) / values.length, 3);
        expect(s.std()).toBeGreaterThanOrEqual(0);
        expect(s.tail(1).at(-1)).toBe(values.at(-1));
      }),
    );
  });
});
