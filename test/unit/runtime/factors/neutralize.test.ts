import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DataFrame, neutralize, Series } from 'jqdata';
import { numbers, tableOf, texts } from '../../../../src/domain/data/table.ts';
import { coefficients, rankOf, residuals } from '../../../../runtime/factors/least-squares.ts';
import { bindFake } from '../fake-host.ts';
import type { FakeHost } from '../fake-host.ts';
import { codeOf, untyped } from '../helpers.ts';

const CODES = ['000001.XSHE', '000002.XSHE', '600000.XSHG', '600519.XSHG'];
const CAPS = [100, 200, 300, 400];

/** Two industries of two securities each, and market values. */
function market(): FakeHost {
  const host = bindFake();
  host.table = (request) => {
    if (request.dataset === 'industries_of') {
      return tableOf({
        code: texts(CODES),
        classification: texts(CODES.map(() => 'sw_l1')),
        industry_code: texts(['801780', '801780', '801010', '801010']),
        industry_name: texts(CODES),
      });
    }
    const day = request.dataset === 'query' ? Date.parse(`${request.params.days?.[0] ?? ''}T00:00:00+08:00`) : NaN;
    return tableOf({
      day: numbers(
        'day',
        CODES.map(() => day),
      ),
      code: texts(CODES),
      value: numbers('float', CAPS),
    });
  };
  return host;
}

describe('neutralize', () => {
  test('takes away the mean of each industry', () => {
    const host = market();
    const left = neutralize(Series([1, 3, 10, 20], { index: CODES }), 'sw_l1', '2026-06-30');
    expect(left.round(9).tolist()).toEqual([-1, 1, -5, 5]);
    expect(left.index.tolist()).toEqual(CODES);
    expect(host.tablesAsked[0]).toMatchObject({ params: { securities: CODES, day: '2026-06-30' } });
  });

  test('and what goes with the market value, on the day before by default', () => {
    const host = market();
    const left = neutralize(Series([1, 2, 3, 5], { index: CODES }), { how: ['market_cap'] });
    const slope = (100 + 400 + 900 + 2000) / (1e4 + 4e4 + 9e4 + 16e4);
    left.tolist().forEach((value, i) => expect(value).toBeCloseTo(([1, 2, 3, 5][i] ?? 0) - slope * (CAPS[i] ?? 0), 9));
    expect(host.tablesAsked[0]).toMatchObject({ params: { days: [host.context.previousDate] } });
  });

  test('a table row by row; gaps stay, or become the mean of the industry; numbers of your own count too', () => {
    market();
    const table = DataFrame([[1, 3, 10, NaN]], { columns: CODES });
    expect(neutralize(table, ['sw_l1'], '2026-06-30').round(9).values).toEqual([[-1, 1, 0, NaN]]);
    expect(neutralize(table, ['sw_l1'], '2026-06-30', { fillna: 'sw_l1' }).round(9).values).toEqual([[-1, 1, 0, 0]]);
    const own = Series([1, 1, 2, 2], { index: CODES });
    const left = neutralize(Series([2, 2, 4, 5], { index: CODES }), own, '2026-06-30').tolist();
    expect(left.reduce((sum, value, i) => sum + value * ([1, 1, 2, 2][i] ?? 0), 0)).toBeCloseTo(0, 9);
  });

  test('what it cannot take is said', () => {
    market();
    expect(codeOf(() => untyped(neutralize)([1, 2])).message).toContain('Series by code');
    expect(codeOf(() => untyped(neutralize)(Series([1]), [3])).code).toBe('BAD_ARGUMENT');
    const series = Series([1, 2, 3, 4], { index: CODES });
    expect(codeOf(() => neutralize(series, 'net_profit_1')).code).toBe('UNSUPPORTED');
  });
});

describe('least squares, for any columns', () => {
  const sets = fc.integer({ min: 3, max: 12 }).chain((rows) =>
    fc.tuple(
      fc.array(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: rows, maxLength: rows }), {
        minLength: 1,
        maxLength: 4,
      }),
      fc.array(fc.integer({ min: -50, max: 50 }), { minLength: rows, maxLength: rows }),
    ),
  );

  test('what remains has nothing in common with any column, and adds up with the explained part', () => {
    fc.assert(
      fc.property(sets, ([raw, target]) => {
        const columns = raw.map((column) => Float64Array.from(column));
        const y = Float64Array.from(target);
        const left = residuals(columns, y);
        const factors = coefficients(columns, y);
        for (const column of columns) {
          expect(column.reduce((sum, value, i) => sum + value * (left[i] ?? 0), 0)).toBeCloseTo(0, 5);
        }
        y.forEach((value, i) => {
          const explained = columns.reduce((sum, column, c) => sum + (column[i] ?? 0) * (factors[c] ?? 0), 0);
          expect(explained + (left[i] ?? 0)).toBeCloseTo(value, 6);
        });
        expect(rankOf([...columns, columns[0] ?? y])).toBe(rankOf(columns));
      }),
    );
  });
});
