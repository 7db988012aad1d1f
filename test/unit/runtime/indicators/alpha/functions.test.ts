import { beforeEach, describe, expect, test } from 'vitest';
import {
  alpha,
  alpha_001,
  alpha_007,
  alpha_012,
  alpha_041,
  alpha_056,
  alpha_058,
  alpha_101,
} from '../../../../../runtime/libraries/alpha101.ts';
import { numbers, tableOf, texts } from '../../../../../src/domain/data/table.ts';
import { bindFake, block } from '../../fake-host.ts';
import type { FakeHost } from '../../fake-host.ts';
import { codeOf, untyped } from '../../helpers.ts';

const A = '000001.XSHE';
const B = '600000.XSHG';
const DAYS = Array.from({ length: 300 }, (_, i) =>
  new Date(Date.UTC(2026, 6, 3) - (299 - i) * 86_400_000).toISOString().slice(0, 10),
);

let host: FakeHost;
beforeEach(() => {
  host = bindFake();
  host.tradeDays = (_start, end, count) => DAYS.filter((day) => end === null || day <= end).slice(-(count ?? 0));
  host.bars = (security, { fields, start, end }) => {
    const days = DAYS.filter((day) => {
      const at = Date.parse(`${day}T00:00:00+08:00`);
      return at >= (start ?? 0) && at <= (end ?? 0);
    });
    const size = security === A ? 1 : 2;
    const values = (field: string): number[] =>
      days.map((day) => {
        const i = DAYS.indexOf(day);
        const price = size * (10 + Math.sin(i * size) + i / 50);
        const of: Record<string, number> = {
          open: price - 0.1,
          close: price,
          high: price + 0.2,
          low: price - 0.3,
          avg: price + 0.05,
          volume: 1000 * size * (2 + Math.cos(i)),
        };
        return of[field] ?? NaN;
      });
    return block(security, days, Object.fromEntries(fields.map((field) => [field, values(field)])));
  };
});

describe('a formula of alpha101', () => {
  test('is a Series by code for a list, an index, all stocks', () => {
    host.table = (request) => {
      if (request.dataset === 'index_members') return tableOf({ code: texts([B]) });
      return tableOf({ code: texts([A, B]) });
    };
    const listed = alpha_101('2026-07-03', [A, B]);
    expect(listed.index.tolist()).toEqual([A, B]);
    expect(listed.values[0]).toBeCloseTo(0.1 / 0.501, 9);
    expect(alpha_101('2026-07-03', { index: '000300.XSHG' }).index.tolist()).toEqual([B]);
    expect(alpha_101({ enddate: '2026-07-03' }).index.tolist()).toEqual([A, B]);
    expect(host.tablesAsked.map(({ dataset }) => dataset)).toEqual(['index_members', 'securities']);
  });

  test('asks for no more days and fields than it reads, adjusted as of now', () => {
    alpha_041('2026-07-03', [A, B]);
    const [asked] = host.asked;
    expect([...(asked?.fields ?? [])].sort()).toEqual(['avg', 'close', 'high', 'low']);
    expect([asked?.adjust, asked?.skipPaused, asked?.unit]).toEqual(['pre', false, '1d']);
    expect(host.asked).toHaveLength(1);
  });

  test('the first of JoinQuant’s documentation: two stocks share the places 0.5 and 1', () => {
    const values = [...(alpha_001('2026-07-03', [A, B]).values as unknown as Float64Array)].sort((a, b) => a - b);
    expect([
      [0, 0.5],
      [0.25, 0.25],
    ]).toContainEqual(values);
  });

  test('adv is a mean of volumes: one of money would be above every volume, and alpha_007 never more than -1', () => {
    const values = DAYS.slice(-30).map((day) => alpha_007(day, [A, B]).values as unknown as Float64Array);
    expect(values.some((line) => line.some((value) => value > -1))).toBe(true);
  });

  test('reads market values and industries where it needs them', () => {
    host.table = (request) => {
      if (request.dataset === 'industries_of')
        return tableOf({
          code: texts([A, B]),
          classification: texts(['sw_l1', 'sw_l1']),
          industry_code: texts(['801780', '801780']),
          industry_name: texts(['', '']),
        });
      const days = request.dataset === 'query' ? (request.params.days ?? []) : [];
      const rows = days.flatMap((day) => [A, B].map((code) => [day, code] as const));
      return tableOf({
        day: numbers(
          'day',
          Float64Array.from(rows, ([day]) => Date.parse(`${day}T00:00:00+08:00`)),
        ),
        code: texts(rows.map(([, code]) => code)),
        value: numbers(
          'float',
          Float64Array.from(rows, () => 100),
        ),
      });
    };
    for (const one of [alpha_056, alpha_058]) {
      const values = one('2026-07-03', [A, B]).values as unknown as Float64Array;
      expect([...values].every(Number.isFinite)).toBe(true);
    }
    expect(host.tablesAsked.map(({ dataset }) => dataset)).toEqual(['query', 'industries_of']);
  });

  test('a security without enough days is missing, not zero', () => {
    const whole = host.bars;
    host.bars = (security, request) =>
      security === A ? whole(security, request) : whole(security, { ...request, start: request.end });
    const values = alpha_012('2026-07-03', [A, B]).values as unknown as Float64Array;
    expect(Number.isFinite(values[0])).toBe(true);
    expect(values[1]).toBeNaN();
  });

  test('a day that has not come is refused', () => {
    const error = codeOf(() => alpha_101('2026-07-07', [A]));
    expect([error.code, error.message]).toEqual([
      'BAD_ARGUMENT',
      'alpha_101() enddate: is 2026-07-07, a day that has not come: pass context.previous_date.',
    ]);
  });
});

describe('several at once', () => {
  test('by number and by name; all when none are named', () => {
    const table = alpha('2026-07-03', [A, B], 'pre', [101, 'alpha_012', 'alpha_041']);
    expect(table.columns.tolist()).toEqual(['alpha_101', 'alpha_012', 'alpha_041']);
    expect(table.index.tolist()).toEqual([A, B]);
    expect(host.asked).toHaveLength(1);
    expect(alpha('2026-07-03', { index: [A, B] }).columns.length).toBe(101);
  });

  test('prices unadjusted or from the first day; other numbers are refused', () => {
    alpha({ enddate: '2026-07-03', index: [A], fq: null, alpha: [101] });
    alpha({ enddate: '2026-07-03', index: [A], fq: 'post', alpha: [101] });
    expect(host.asked.map(({ adjust }) => adjust)).toEqual(['none', 'post']);
    for (const bad of [0, 102, 'alpha_102', 'beta', 1.5])
      expect(codeOf(() => untyped(alpha)('2026-07-03', [A], 'pre', [bad])).code).toBe('BAD_ARGUMENT');
  });
});
