import { expect, test } from 'vitest';
import { dividendsIn, securityInfosIn } from '../../../../src/domain/data/readings.ts';
import { numbers, tableOf, texts } from '../../../../src/domain/data/table.ts';
import { chinaInstant } from '../../../../src/domain/time.ts';

const day = (text: string): number => chinaInstant(text, '00:00');

test('a day that a security does not have is null, and a row without a code is none', () => {
  const table = tableOf({
    code: texts(['600519.XSHG', null]),
    display_name: texts(['贵州茅台', null]),
    name: texts(['GZMT', null]),
    type: texts(['stock', null]),
    start_date: numbers('day', Float64Array.of(day('2001-08-27'), Number.NaN)),
    end_date: numbers('day', Float64Array.of(Number.NaN, Number.NaN)),
  });
  expect(securityInfosIn(table)).toEqual([
    {
      security: '600519.XSHG',
      displayName: '贵州茅台',
      name: 'GZMT',
      type: 'stock',
      startDate: '2001-08-27',
      endDate: null,
    },
  ]);
});

test('a payment is told for ten shares, without the dust of a multiplication', () => {
  const table = tableOf({
    code: texts(['600519.XSHG']),
    day: numbers('day', Float64Array.of(day('2026-06-26'))),
    cash: numbers('float', Float64Array.of(0.57)),
    bonus: numbers('float', Float64Array.of(0.5)),
  });
  expect(0.57 * 10).not.toBe(5.7);
  expect(dividendsIn(table)).toEqual([
    { security: '600519.XSHG', day: '2026-06-26', type: 'stock', scale: 1.5, cash: 5.7, per: 10 },
  ]);
});
