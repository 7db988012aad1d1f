import { DateTime, Settings } from 'luxon';
import { describe, expect, test } from 'vitest';
import { BtError } from '../../../../src/domain/errors.ts';
import { chinaText, instantOf } from '../../../../src/domain/time.ts';
import { Order } from '../../../../runtime/objects/order.ts';
import { emptyPosition } from '../../../../runtime/objects/position.ts';
import { Trade } from '../../../../runtime/objects/trade.ts';
import { context } from '../../../../runtime/objects/context.ts';
import { DataFrame, date, LimitOrderStyle, OrderStatus, pd, Series, timedelta } from 'jqdata';
import np from '../../../../runtime/libraries/numpy.ts';
import { List } from '../../../../runtime/objects/frame/guarded.ts';
import { bindFake } from '../fake-host.ts';

/** What a line of Python means, where JavaScript would give something else in silence: right, or an error that says how. */
const df = new DataFrame<'a' | 'b'>({ a: [1, 2, 3], b: [4, 5, 6] }, { index: ['x', 'y', 'z'] });
const s = df.a;
const loose = (value: unknown): number => value as number; // what a script without types may calculate with
/** `value[key][key]…` */
const read = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce((owner, key) => Reflect.get(owner as object, key), value);

type Methods = Readonly<Record<string, (...values: readonly unknown[]) => unknown>>;
const untypedOf = (value: unknown): Methods => value as Methods;

function errorOf(run: () => unknown): BtError {
  try {
    run();
  } catch (error) {
    if (error instanceof BtError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('arithmetic of the language', () => {
  test.each<[string, unknown]>([
    ['a Series', s],
    ['its values', s.values],
    ['its numpy form', s.to_numpy()],
    ['its texts', new Series(['p', 'q']).values],
    ['unique()', s.unique()],
    ['a table', df],
    ['rows of a table', df.values],
    ['a row of a table', df.values[0]],
    ['an index', df.index],
    ['labels as an array', pd.Index([1, 2]).values],
    ['a mask', df.index.eq('x')],
    ['a condition', s.gt(1)],
  ])('with %s throws and names a method', (_, value) => {
    for (const run of [
      () => loose(value) * 2,
      () => loose(value) - 1,
      () => 'x' + loose(value),
      () => loose(value) > 1,
      () => -loose(value),
    ]) {
      expect(errorOf(run)).toMatchObject({ code: 'BAD_OPERATOR' });
      expect(errorOf(run).message).toMatch(/\.(?:add|mul|gt|sum)\(/);
    }
  });

  test('what map() makes of an array of ours is an ordinary array', () => {
    expect(Object.getPrototypeOf(df.values.map((row) => row[0]))).toBe(Array.prototype);
    expect([...s.values].map((value) => value * 2)).toEqual([2, 4, 6]);
  });
});

describe('brackets', () => {
  test('read a row by position and by label', () => {
    expect(read(df, 'iloc', -1, 'b')).toBe(6);
    expect(read(df, 'loc', 'y', 'a')).toBe(2);
    expect(read(s, 'iloc', -1)).toBe(3);
    expect(read(new DataFrame({ a: [7, 8] }, { index: [10, 0] }), 'loc', 0, 'a')).toBe(8);
    expect(errorOf(() => read(df, 'loc', 0)).code).toBe('UNKNOWN_LABEL');
    expect(errorOf(() => read(df, 'iloc', 3)).code).toBe('INDEX_OUT_OF_RANGE');
  });

  test('write a row', () => {
    const copy = df.copy();
    Reflect.set(copy.iloc, -1, 0);
    Reflect.set(copy.loc, 'x', [9, 9]);
    expect(copy.values.tolist()).toEqual([
      [9, 9],
      [2, 5],
      [0, 0],
    ]);
  });

  test('of an index, of the columns and of lists are positions', () => {
    expect([read(df.index, 0), read(df.index, -1)]).toEqual(['x', 'z']);
    expect([read(df.columns, 0), read(df.columns, -1)]).toEqual(['a', 'b']);
    expect(df.values[-1]).toEqual([3, 6]);
    expect(read(new Series(['p', 'q']).values, -1)).toBe('q');
    expect(read(s, -1)).toBe(3);
    expect(errorOf(() => read(new Series([1, 2]), -1)).code).toBe('UNKNOWN_LABEL');
    expect(errorOf(() => read(df, -1)).message).toContain('df.iloc(-1)');
  });
});

test('an argument of an array that it does not have is refused', () => {
  const [array, matrix] = [untypedOf(np.array([1, 2])), untypedOf(np.array([[1, 2]]))];
  for (const run of [
    () => array.cumsum?.(1),
    () => array.any?.(1),
    () => array.mean?.({ ddof: 1 }),
    () => array.sum?.({ keepdims: true }),
    () => array.clip?.({ a_min: 0 }),
    () => array.round?.({ decimals: 1 }),
    () => matrix.max?.({ axes: 1 }),
  ])
    expect(errorOf(run).code).toBe('BAD_ARGUMENT');
  expect([array.std?.({ ddof: 1 }), array.mean?.(0), matrix.std?.({ axis: 1, ddof: 1 })]).toHaveLength(3);
});

describe('a misspelt attribute', () => {
  test.each<[string, () => object, string, string]>([
    ['a table', () => df, 'sort_valeus', 'sort_values'],
    ['a column', () => new DataFrame({ close: [1] }), 'clsoe', 'close'],
    ['a Series', () => s, 'rollling', 'rolling'],
    ['an index', () => df.index, 'inclueds', 'includes'],
    ['groups', () => df.groupby('a'), 'maen', 'mean'],
    ['a window', () => s.rolling(2), 'meen', 'mean'],
    ['weights', () => s.ewm({ com: 1 }), 'stdd', 'std'],
    ['texts', () => new Series<string>(['a']).str, 'contians', 'contains'],
    ['times', () => pd.Series([new Date(0)]).dt, 'yaer', 'year'],
    ['a date', () => date(2026, 7, 1), 'mounth', 'month'],
    ['a span', () => timedelta(1), 'dyas', 'days'],
    ['a time of day', () => DateTime.fromMillis(0).time(), 'huor', 'hour'],
    ['an array', () => s.values, 'shpae', 'shape'],
    ['an array of np', () => np.array([1]), 'maen', 'mean'],
    ['a matrix', () => np.array([[1]]), 'shpae', 'shape'],
    ['a condition of np', () => np.array([1]).gt(0), 'summ', 'sum'],
    ['texts of a Series', () => new Series<string>(['a']).values, 'tolsit', 'tolist'],
    ['the rows of a table', () => df.values, 'lenght', 'length'],
    ['a row of a table', () => df.values[0] ?? [], 'tolsit', 'tolist'],
    ['the context', () => context, 'portfollio', 'portfolio'],
    ['the run', () => context.run_params, 'start_data', 'start_date'],
    // Other platforms' names, as scripts carry them over.
    ['a position', () => emptyPosition('000001.XSHE'), 'last_sale_price', 'price'],
    ['a position', () => emptyPosition('000001.XSHE'), 'enable_amount', 'closeable_amount'],
    ['the portfolio', () => context.portfolio, 'avaliable_cash', 'available_cash'],
    ['a position', () => emptyPosition('000001.XSHE'), 'total_amuont', 'total_amount'],
    ['an order', () => new Order({} as never), 'order_di', 'order_id'],
    ['a trade', () => new Trade({} as never), 'trade_di', 'trade_id'],
    ['a style', () => LimitOrderStyle(10), 'limit_prise', 'limit_price'],
    ['a status', () => OrderStatus.held, 'nmae', 'name'],
  ])('of %s throws and suggests the near name', (_, make, wrong, right) => {
    bindFake();
    const error = errorOf(() => Reflect.get(make(), wrong) as unknown);
    expect(['ATTRIBUTE_ERROR', 'UNKNOWN_KEY']).toContain(error.code);
    expect(error.message).toContain(`Did you mean '${right}'?`);
  });

  test('of an array leaves what JavaScript and Python read of one', () => {
    const [array, matrix] = [np.array([1, 2]), np.array([[1], [2]])];
    expect([array[7], matrix[7], matrix[-1], array.length, matrix.length]).toEqual([
      undefined,
      undefined,
      matrix[1],
      2,
      2,
    ]);
    expect([array instanceof Float64Array, Array.isArray(matrix), matrix instanceof List]).toEqual([true, true, true]);
    expect([[...array], matrix.map((row) => row[0]), array.toReversed()[0]]).toEqual([[1, 2], [1, 2], 2]);
  });

  test('is asked for with `in` without an error', () => {
    expect('total_amuont' in emptyPosition('000001.XSHE')).toBe(false);
    expect('total_amount' in emptyPosition('000001.XSHE')).toBe(true);
  });
});

describe('dates and times', () => {
  test('one day is one object: == , indexOf, Set and Map tell days apart', () => {
    const day = date(2026, 7, 1);
    expect(day).toBe(date.fromisoformat('2026-07-01'));
    expect([date(2026, 7, 2), day].indexOf(date(2026, 7, 1))).toBe(1);
    expect(new Set([day, date(2026, 7, 1), DateTime.fromISO('2026-07-01').date()]).size).toBe(1);
    expect(date(2026, 7, 2)).not.toBe(day);
  });

  test('days of a - b are those of a.sub(b)', () => {
    const [a, b] = [date(2026, 7, 3), date(2026, 7, 1)];
    expect(a.sub(b).days).toBe(2);
    for (const name of ['days', 'seconds', 'total_seconds']) {
      expect(errorOf(() => Reflect.get(Object(loose(a) - loose(b)) as object, name) as unknown).message).toContain(
        'a.sub(b)',
      );
    }
  });

  test('a DateTime is of Shanghai, however it is made', () => {
    expect(Settings.defaultZone.name).toBe('Asia/Shanghai');
    for (const made of [
      DateTime.local(2026, 7, 1, 9, 30),
      DateTime.fromISO('2026-07-01T09:30:00'),
      DateTime.fromFormat('2026-07-01 09:30', 'yyyy-MM-dd HH:mm'),
    ]) {
      expect(made.toMillis()).toBe(instantOf('2026-07-01', 9.5 * 3600));
      expect(String(made)).toBe('2026-07-01 09:30:00');
    }
  });

  test('the clock of 1986 to 1991 has no summer time, as in pandas', () => {
    for (const day of ['1986-05-04', '1988-07-01', '1991-09-14', '1970-01-01', '1901-01-01']) {
      const noon = pd.to_datetime(`${day} 12:00:00`) as DateTime;
      expect([noon.hour, String(noon), chinaText(noon.toMillis())]).toEqual([12, `${day} 12:00:00`, `${day} 12:00:00`]);
      expect(String(noon.plus({ months: 3 }).minus({ months: 3 }))).toBe(`${day} 12:00:00`);
      expect(noon.plus({ days: 1 }).toMillis() - noon.toMillis()).toBe(86_400_000);
    }
  });
});
