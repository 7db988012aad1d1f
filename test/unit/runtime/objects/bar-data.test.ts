import { describe, expect, test } from 'vitest';
import { set_universe } from 'jqdata';
import { createBarData } from '../../../../runtime/objects/bar-data.ts';
import { bindFake, block, quote } from '../fake-host.ts';
import { codeOf } from '../helpers.ts';

const A = '000001.XSHE';

function bound() {
  const host = bindFake();
  host.bars = (security, request) =>
    request.unit === '1m'
      ? block(security, ['2026-07-06 09:35'], {
          open: [10],
          close: [10.2],
          high: [10.3],
          low: [9.9],
          volume: [1000],
          money: [10_100],
          factor: [1.5],
        })
      : block(security, ['2026-07-01', '2026-07-02', '2026-07-03'], {
          close: [9, 10, 11],
          money: [900, 2000, 1100],
          volume: [100, 200, 100],
        });
  host.quoteViews.set(A, quote(A));
  return host;
}

describe("handle_data's data", () => {
  test('is the bar of the minute before, asked for at its first use', () => {
    const host = bound();
    const data = createBarData();
    expect(host.asked).toEqual([]);
    const bar = data.get('000001.SZ');
    expect(host.asked[0]).toMatchObject({ securities: [A], unit: '1m', count: 1, end: null });
    expect([bar.open, bar.close, bar.high, bar.low, bar.volume, bar.money]).toEqual([
      10, 10.2, 10.3, 9.9, 1000, 10_100,
    ]);
    expect([bar.avg, bar.price, bar.pre_close]).toEqual([10.1, 10.1, 10]);
    expect(bar.returns).toBeCloseTo(0.02, 12);
    expect([bar.high_limit, bar.low_limit, bar.paused, bar.isnan(), bar.factor]).toEqual([11, 9, false, false, 1.5]);
    expect(data[A]).toBe(bar);
  });

  test('a loop over the universe is two calls, and each bar its own', () => {
    const host = bound();
    const codes = Array.from({ length: 300 }, (_, i) => `${600_000 + i}.XSHG`);
    host.bars = (security) => block(security, ['2026-07-06 09:35'], { close: [Number(security.slice(0, 6))] });
    set_universe(codes);
    const data = createBarData();
    expect(codes.map((code) => data.get(code).close)).toEqual(codes.map((code) => Number(code.slice(0, 6))));
    expect(host.asked.map(({ securities }) => securities.length)).toEqual([1, 299]);
    data.get(A);
    expect(host.asked.at(-1)).toMatchObject({ securities: [A] });
  });

  test('one of the universe that fails costs none of the others', () => {
    const host = bound();
    const codes = ['600000.XSHG', '600001.XSHG', '600002.XSHG', '600003.XSHG'];
    host.bars = (security) => {
      if (security === '600003.XSHG') throw new Error('no such bars');
      return block(security, ['2026-07-06 09:35'], { close: [7] });
    };
    set_universe(codes);
    const data = createBarData();
    expect(codes.slice(0, 3).map((code) => data.get(code).close)).toEqual([7, 7, 7]);
    expect(() => data.get('600003.XSHG')).toThrow('no such bars');
  });

  test('averages over whole days before today, without paused ones', () => {
    const host = bound();
    const bar = createBarData().get(A);
    expect(bar.mavg(3)).toBe(10);
    expect(bar.mavg(3, 'volume')).toBeCloseTo(400 / 3, 12);
    expect(bar.vwap(3)).toBe(10);
    expect(bar.stddev(3)).toBe(1);
    for (const request of host.asked.filter(({ unit }) => unit === '1d')) {
      expect(request).toMatchObject({ count: 3, skipPaused: true, includeToday: false });
    }
  });

  test('fewer days than asked are NaN, not a shorter average', () => {
    bound();
    const bar = createBarData().get(A);
    expect([bar.mavg(5), bar.vwap(5), bar.stddev(5)].every(Number.isNaN)).toBe(true);
  });

  test('no bar is NaN, an unknown pause counts as paused with one warning', () => {
    const host = bindFake();
    const bar = createBarData().get(A);
    expect(bar.isnan()).toBe(true);
    expect([bar.close, bar.avg, bar.high_limit, bar.factor].every(Number.isNaN)).toBe(true);
    expect(bar.paused).toBe(true);
    expect(bar.paused).toBe(true);
    expect(host.texts('warning')).toHaveLength(1);
  });

  test('iterates over the universe and what was read', () => {
    bound();
    set_universe(['600000.XSHG']);
    const data = createBarData();
    data.get(A);
    expect([...data]).toEqual(['600000.XSHG', A]);
    expect(A in data).toBe(true);
    expect(codeOf(() => data['000001']).code).toBe('UNKNOWN_KEY');
    expect(codeOf(() => data.get('x')).code).toBe('BAD_SECURITY');
  });
});
