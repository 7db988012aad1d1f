import { beforeEach, describe, expect, test } from 'vitest';
import {
  alpha,
  alpha_014,
  alpha_015,
  alpha_024,
  alpha_070,
  alpha_114,
  alpha_120,
  alpha_149,
  alpha_182,
} from '../../../../../runtime/libraries/alpha191.ts';
import { bindFake, block } from '../../fake-host.ts';
import type { FakeHost } from '../../fake-host.ts';
import { codeOf, untyped } from '../../helpers.ts';

const A = '000001.XSHE';
const B = '600000.XSHG';
const INDEX = '000300.XSHG';
const DAYS = Array.from({ length: 400 }, (_, i) =>
  new Date(Date.UTC(2026, 6, 6) - (399 - i) * 86_400_000).toISOString().slice(0, 10),
);

/** A figure of a security on the day of a number. */
function figure(field: string, security: string, i: number): number {
  const size = security === A ? 1 : security === B ? 2 : 100;
  const price = size * (10 + Math.sin(i * size) + i / 50);
  const of: Record<string, number> = {
    open: price - 0.1,
    close: price,
    high: price + 0.2,
    low: price - 0.3,
    avg: price + 0.05,
    volume: 1000 * size,
    money: 1000 * size * price,
  };
  return of[field] ?? NaN;
}

const dayAt = (i: number): string => DAYS.at(i) ?? '';
const valuesOf = (series: { readonly values: unknown }): Float64Array => series.values as Float64Array;

let host: FakeHost;
beforeEach(() => {
  host = bindFake();
  host.tradeDays = (_start, end, count) => DAYS.filter((day) => end === null || day <= end).slice(-(count ?? 0));
  host.bars = (security, { fields, start, end }) => {
    const days = DAYS.filter((day) => {
      const at = Date.parse(`${day}T00:00:00+08:00`);
      return at >= (start ?? 0) && at <= (end ?? 0);
    });
    const values = (field: string): number[] => days.map((day) => figure(field, security, DAYS.indexOf(day)));
    return block(security, days, Object.fromEntries(fields.map((field) => [field, values(field)])));
  };
});

describe('a formula of alpha191', () => {
  test('is a Series by code, of a list or of one security', () => {
    const both = alpha_014([A, B], '2026-07-03');
    expect(both.index.tolist()).toEqual([A, B]);
    const i = DAYS.indexOf('2026-07-03');
    expect(valuesOf(both)[1]).toBeCloseTo(figure('close', B, i) - figure('close', B, i - 5), 9);
    expect(alpha_014(A, '2026-07-03').index.tolist()).toEqual([A]);
    expect(valuesOf(alpha_120(A, '2026-07-03'))[0]).toBe(1); // one security has the last place and the first
    expect(alpha_014({ code: B, end_date: '2026-07-03' }).index.tolist()).toEqual([B]);
  });

  test('without a day it is that of the last day whose trading is over', () => {
    const open = (day: string): number => figure('open', A, DAYS.indexOf(day));
    const close = (day: string): number => figure('close', A, DAYS.indexOf(day));
    host.context = { ...host.context, logicalTime: Date.parse('2026-07-06T14:59:59+08:00') };
    expect(valuesOf(alpha_015(A))[0]).toBeCloseTo(open(dayAt(-2)) / close(dayAt(-3)) - 1, 9);
    host.context = { ...host.context, logicalTime: Date.parse('2026-07-06T15:00:00+08:00') };
    expect(valuesOf(alpha_015(A))[0]).toBeCloseTo(open(dayAt(-1)) / close(dayAt(-2)) - 1, 9);
  });

  test('reads in one question what it needs, 350 days for a recursive mean, adjusted as asked', () => {
    alpha_070(A, '2026-07-03', null);
    alpha_024(A, '2026-07-03', 'post');
    expect(host.asked.map(({ adjust }) => adjust)).toEqual(['none', 'post']);
    expect(host.asked[0]?.fields).toContain('money');
    const first = new Date((host.asked[1]?.start ?? 0) + 8 * 3_600_000).toISOString().slice(0, 10);
    expect(DAYS.indexOf('2026-07-03') - DAYS.indexOf(first) + 1).toBe(350);
  });

  test('the benchmark is the CSI 300 or what is named', () => {
    const rising = valuesOf(alpha_182([A, B], INDEX, '2026-07-03'));
    expect([...rising].every((value) => value >= 0 && value <= 1)).toBe(true);
    alpha_149(A);
    alpha_149({ code: A, benchmark: '000905.XSHG', end_date: '2026-07-03' });
    expect(
      host.asked.flatMap(({ securities }) => securities).filter((one) => one.startsWith('000') && one !== A),
    ).toEqual([INDEX, INDEX, '000905.XSHG']);
  });

  test('an infinity is the number that JoinQuant has for it', () => {
    const whole = host.bars;
    host.bars = (security, request) => {
      const bars = whole(security, request);
      return security === A ? flat(security, request.fields, bars.time.length) : bars;
    };
    const flat = (security: string, fields: readonly string[], count: number): ReturnType<typeof whole> =>
      block(
        security,
        DAYS.filter((day) => day <= '2026-07-03').slice(-count),
        Object.fromEntries(
          fields.map((field) => [field, Array.from({ length: count }, () => (field === 'avg' ? 11 : 10))]),
        ),
      );
    expect(valuesOf(alpha_114([A, B], '2026-07-03'))[0]).toBe(999_999_999_999);
  });

  test('a day that has not come and a code that is none are refused', () => {
    expect(codeOf(() => alpha_014(A, '2026-07-07')).message).toMatch(
      /^alpha_014\(\) end_date: is 2026-07-07, a day that/,
    );
    expect(codeOf(() => untyped(alpha_014)(5)).code).toBe('BAD_ARGUMENT');
    expect(codeOf(() => untyped(alpha_014)(A, '2026-07-03', 'later')).code).toBe('BAD_ARGUMENT');
  });
});

describe('several at once', () => {
  test('by number and by name; all that are served when none are named', () => {
    const table = alpha([A, B], INDEX, '2026-07-03', 'pre', [14, 'alpha_182', 'alpha_024']);
    expect(table.columns.tolist()).toEqual(['alpha_014', 'alpha_182', 'alpha_024']);
    expect(table.index.tolist()).toEqual([A, B]);
    const all = alpha([A, B], { end_date: '2026-07-03' });
    expect(all.columns.length).toBe(187);
    expect(all.columns.tolist()).not.toContain('alpha_143');
  });

  test('one that is not served is refused when it is named', () => {
    const error = codeOf(() => alpha(A, { alpha: ['alpha_001', 'alpha_143'] }));
    expect([error.code, error.message]).toEqual([
      'UNSUPPORTED',
      "jqlib.alpha191.alpha_143 is not supported. Its value of a day is made from that of the day before, and nothing says with what it begins; JoinQuant does not calculate it either. Write the formula you mean as a Factor and calculate it with calc_factors(): import { Factor } from 'jqfactor'.",
    ]);
    for (const bad of [0, 192, 'alpha_192', 1.5])
      expect(codeOf(() => untyped(alpha)(A, { alpha: [bad] })).code).toBe('BAD_ARGUMENT');
  });
});
