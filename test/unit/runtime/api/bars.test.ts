import { describe, expect, test } from 'vitest';
import { attribute_history, date, get_bars, get_price, history, set_universe } from 'jqdata';
import { chinaInstant } from '../../../../src/domain/time.ts';
import { bindFake, block, DAY } from '../fake-host.ts';
import { codeOf, untyped } from '../helpers.ts';

const A = '000001.XSHE';
const B = '600000.XSHG';

/** A has two days, B only the second. */
function bound() {
  const host = bindFake();
  host.bars = (security) =>
    security === A
      ? block(A, ['2026-07-02', '2026-07-03'], { open: [9, 10], close: [10, 11], volume: [100, 200], avg: [9.5, 10.5] })
      : block(B, ['2026-07-03'], { open: [7], close: [8], volume: [50], avg: [7.5] });
  return host;
}

describe('get_price', () => {
  test('one security: time × field; default fields, daily, pre-adjusted, up to now', () => {
    const host = bound();
    const df = get_price('000001.SZ', { count: 2 });
    expect(host.asked).toEqual([
      {
        securities: [A],
        unit: '1d',
        count: 2,
        start: null,
        end: null,
        fields: ['open', 'close', 'high', 'low', 'volume', 'money'],
        skipPaused: false,
        fillPaused: true,
        adjust: 'pre',
        includeToday: true,
        aligned: false,
        running: true,
      },
    ]);
    expect(df.columns.tolist()).toEqual(['open', 'close', 'high', 'low', 'volume', 'money']);
    expect(df.close.tolist()).toEqual([10, 11]);
    expect(df.money.tolist()).toEqual([Number.NaN, Number.NaN]);
    expect(df.index.strftime('%F').tolist()).toEqual(['2026-07-02', '2026-07-03']);
  });

  test('every argument by name, times in any form, the end never beyond now', () => {
    const host = bound();
    get_price(A, {
      start_date: '2026-06-01',
      end_date: date(2026, 7, 3),
      frequency: 'minute',
      fields: ['close', 'paused'],
      skip_paused: true,
      fq: null,
      fill_paused: false,
    });
    get_price(A, { end_date: '2030-01-01', count: 1, frequency: '5m', fq: 'post', fields: 'close' });
    const [first, second] = host.asked;
    expect(first).toMatchObject({
      unit: '1m',
      start: chinaInstant('2026-06-01', '00:00'),
      end: chinaInstant('2026-07-03', '00:00'),
      fields: ['close', 'paused'],
      skipPaused: true,
      fillPaused: false,
      adjust: 'none',
    });
    expect(second).toMatchObject({ unit: '5m', end: host.context.logicalTime, adjust: 'post', fields: ['close'] });
  });

  test("by position, in JoinQuant's order", () => {
    const host = bound();
    get_price(A, '2026-06-01', '2026-07-03', 'daily', ['close'], true, 'pre');
    expect(host.asked[0]).toMatchObject({ unit: '1d', fields: ['close'], skipPaused: true });
  });

  test('a list: a Panel whose fields are tables time × code, NaN where there is no bar', () => {
    bound();
    const panel = get_price([A, B], { count: 2, fields: ['close', 'volume'] });
    expect(panel.items.tolist()).toEqual(['close', 'volume']);
    expect(panel.shape).toEqual([2, 2, 2]);
    expect(panel.minor_axis.tolist()).toEqual([A, B]);
    expect(panel.close.columns.tolist()).toEqual([A, B]);
    expect(panel.close[A]?.tolist()).toEqual([10, 11]);
    expect(panel['close'][B]?.tolist()).toEqual([Number.NaN, 8]);
    expect([...panel]).toEqual(['close', 'volume']);
    expect(String(panel)).toContain('2 codes');
    expect(codeOf(() => Reflect.get(panel, 'open') as unknown).code).toBe('UNKNOWN_KEY');
  });

  test('a list with panel false: one long table', () => {
    bound();
    const df = get_price([A, B], { count: 2, fields: ['close'], panel: false });
    expect(df.columns.tolist()).toEqual(['time', 'code', 'close']);
    expect(df.code.tolist()).toEqual([A, A, B]);
    expect(df.close.tolist()).toEqual([10, 11, 8]);
    expect(df.time.tolist().map(String)).toEqual(['2026-07-02 00:00:00', '2026-07-03 00:00:00', '2026-07-03 00:00:00']);
    expect(df.iloc(-1).code).toBe(B);
  });

  test('an empty list asks nothing', () => {
    const host = bound();
    expect(get_price([], { count: 2 }).empty).toBe(true);
    expect(get_price([], { count: 2, panel: false }).length).toBe(0);
    expect(host.asked).toEqual([]);
  });

  test('unbounded: from 2015 for daily bars, refused for minutes', () => {
    const host = bound();
    get_price(A);
    expect(host.asked[0]?.start).toBe(chinaInstant('2015-01-01', '00:00'));
    expect(codeOf(() => get_price(A, { frequency: '1m' })).message).toContain('count');
  });

  test.each<[string, unknown, string]>([
    ['start and count', { start_date: '2026-01-01', count: 3 }, 'BAD_ARGUMENT'],
    ['count 0', { count: 0 }, 'BAD_ARGUMENT'],
    ['a field that does not exist', { count: 1, fields: ['clsoe'] }, 'BAD_ARGUMENT'],
    ['no field', { count: 1, fields: [] }, 'BAD_ARGUMENT'],
    ['a frequency that does not exist', { count: 1, frequency: 'hourly' }, 'BAD_ARGUMENT'],
    ['bars of two weeks', { count: 1, frequency: '2w' }, 'BAD_ARGUMENT'],
    ['a time that is none', { count: 1, end_date: 'today' }, 'BAD_ARGUMENT'],
    ['an adjustment that does not exist', { count: 1, fq: 'qfq' }, 'BAD_ARGUMENT'],
  ])('%s is refused', (_what, options, code) => {
    const host = bound();
    expect(codeOf(() => untyped(get_price)(A, options)).code).toBe(code);
    expect(host.asked).toEqual([]);
  });

  test('a failure stays a failure: no empty table', () => {
    const host = bound();
    host.bars = () => {
      throw new Error('no link');
    };
    expect(() => get_price(A, { count: 1 })).toThrow('no link');
  });
});

describe('attribute_history', () => {
  test('skips paused bars by default and never includes today', () => {
    const host = bound();
    const df = attribute_history(A, 2, '1d', ['close']);
    expect(host.asked[0]).toMatchObject({
      unit: '1d',
      count: 2,
      fields: ['close'],
      skipPaused: true,
      includeToday: false,
      end: null,
    });
    expect(df.close.at(-1)).toBe(11);
  });

  test('df false gives number arrays by field', () => {
    bound();
    const dict = attribute_history(A, 2, { fields: ['close', 'volume'], df: false });
    expect(dict.keys()).toEqual(['close', 'volume']);
    expect(dict['close']).toEqual(Float64Array.of(10, 11));
  });
});

describe('history', () => {
  test('with skip_paused gives count values a security: rows are numbered, what a young one lacks is missing at the front', () => {
    bound();
    const df = history(2, { security_list: [A, B], field: 'close', skip_paused: true });
    expect([df.index.tolist(), df[A]?.tolist(), df[B]?.tolist()]).toEqual([
      [0, 1],
      [10, 11],
      [Number.NaN, 8],
    ]);
    const dict = history(2, { security_list: [A, B], field: 'close', skip_paused: true, df: false });
    expect(Array.from(dict[B] ?? [])).toEqual([Number.NaN, 8]);
  });

  test('default field avg, keeps paused bars, time × code', () => {
    const host = bound();
    const df = history(2, { security_list: [A, B] });
    expect(host.asked[0]).toMatchObject({
      fields: ['avg'],
      skipPaused: false,
      includeToday: false,
      securities: [A, B],
    });
    expect(df.columns.tolist()).toEqual([A, B]);
    expect(df[B]?.tolist()).toEqual([Number.NaN, 7.5]);
  });

  test('the universe is its default list; none is an error', () => {
    const host = bound();
    expect(codeOf(() => history(2)).message).toContain('set_universe');
    set_universe([A]);
    history(2, '1d', 'close');
    expect(host.asked[0]?.securities).toEqual([A]);
  });

  test('an empty list is an empty answer, and asks nothing', () => {
    const host = bound();
    expect(history(2, { security_list: [] }).empty).toBe(true);
    expect(host.asked).toEqual([]);
  });

  test('df false gives number arrays by code', () => {
    bound();
    const dict = history(2, { field: 'close', security_list: B, df: false });
    expect(dict.keys()).toEqual([B]);
    expect(dict[B]).toEqual(Float64Array.of(8));
  });
});

describe('get_bars', () => {
  test('rows from 0 with their date, without paused bars, without the unfinished one', () => {
    const host = bound();
    const bars = get_bars(A, 2);
    expect(bars.columns.tolist()).toEqual(['date', 'open', 'high', 'low', 'close']);
    expect(bars.index.tolist()).toEqual([0, 1]);
    expect(bars.date.at(-1).strftime('%F')).toBe('2026-07-03');
    expect(host.asked[0]).toMatchObject({
      skipPaused: true,
      includeToday: false,
      adjust: 'pre',
      fields: ['open', 'high', 'low', 'close'],
    });
  });

  test('a list gives one table a code; fields, unit and now by name', () => {
    const host = bound();
    const bars = get_bars([A, B], 1, {
      unit: '5m',
      fields: ['close'],
      include_now: true,
      end_dt: '2026-07-06 09:30:00',
    });
    expect(bars.keys()).toEqual([A, B]);
    expect(bars[B]?.close.at(0)).toBe(8);
    expect(host.asked[0]).toMatchObject({ unit: '5m', includeToday: true, end: chinaInstant(DAY, '09:30') });
  });

  test('a list with df true gives one table, its rows (code, number)', () => {
    bound();
    const bars = get_bars([A, B], 2, { fields: ['date', 'close'], df: true });
    expect(bars.shape).toEqual([3, 2]);
    expect(bars.close.tolist()).toEqual([10, 11, 8]);
    expect(bars.index.tolist()).toEqual([
      [A, 0],
      [A, 1],
      [B, 0],
    ]);
  });

  test('bars of minutes are counted from the open, and the running one is part of them only when asked for', () => {
    const host = bound();
    get_bars(A, 1, { unit: '30m' });
    get_bars(A, 1, { unit: '1w', include_now: true });
    expect(host.asked).toMatchObject([
      { aligned: true, running: false },
      { unit: '1w', running: true },
    ]);
  });

  test("today's daily bar is whole after the close", () => {
    const host = bound();
    host.context = { ...host.context, logicalTime: chinaInstant(DAY, '15:00') };
    get_bars(A, 1);
    expect(host.asked[0]).toMatchObject({ includeToday: true, running: false });
  });

  test('fq_ref_date: null is raw, today is today', () => {
    const host = bound();
    get_bars(A, 1, { fq_ref_date: null });
    get_bars(A, 1, { fq_ref_date: '2026-07-06' });
    // As scripts have it that were written with JoinQuant's package for research, whose default is 1.
    for (const given of [true, 1]) get_bars(A, 1, { fq_ref_date: given as unknown as null });
    expect(host.asked.map((request) => request.adjust)).toEqual(['none', 'pre', 'pre', 'pre']);
    expect(codeOf(() => get_bars(A, 1, { fq_ref_date: false as unknown as null })).code).toBe('BAD_ARGUMENT');
  });

  test('fq_ref_date: as of another day, prices and volume by the factor of that day; before the listing as of the first day', () => {
    const host = bound();
    host.bars = (security, { fields }) =>
      fields.includes('factor')
        ? block(security, security === A ? ['2026-06-01'] : [], security === A ? { factor: [2] } : {})
        : block(security, ['2026-07-03'], { close: [30], volume: [100], money: [1500] });
    const bars = get_bars([A, B], 1, { fields: ['close', 'volume', 'money'], fq_ref_date: '2026-06-01' });
    expect(host.asked).toMatchObject([
      { adjust: 'post' },
      { adjust: 'post', unit: '1d', count: 1, end: chinaInstant('2026-06-01', '00:00'), fields: ['factor'] },
    ]);
    expect([bars[A]?.close.at(0), bars[A]?.volume.at(0), bars[A]?.money.at(0)]).toEqual([15, 200, 1500]);
    expect([bars[B]?.close.at(0), bars[B]?.volume.at(0)]).toEqual([30, 100]);
  });

  test('fq_ref_date of another day is refused where nobody has factors', () => {
    bound();
    expect(codeOf(() => get_bars(A, 1, { fq_ref_date: '2020-01-01' })).code).toBe('UNSUPPORTED');
  });

  test('factor is always that of prices adjusted as of the first day', () => {
    const host = bound();
    host.bars = (security, { adjust }) =>
      block(security, ['2026-07-03'], { close: [10], factor: [adjust === 'post' ? 3 : 1] });
    expect(get_bars(A, 1, { fields: ['close', 'factor'] }).factor.tolist()).toEqual([3]);
    expect(host.asked.map((request) => request.adjust)).toEqual(['pre', 'post']);
  });
});
