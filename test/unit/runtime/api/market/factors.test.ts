import { expect, test } from 'vitest';
import { get_all_factors, get_factor_values } from 'jqdata';
import { numbers, tableOf, texts } from '../../../../../src/domain/data/table.ts';
import { chinaInstant } from '../../../../../src/domain/time.ts';
import { bindFake, DAY } from '../../fake-host.ts';
import { codeOf, untyped } from '../../helpers.ts';

const [FRIDAY, MONDAY] = ['2026-07-03', DAY].map((day) => chinaInstant(day, '00:00'));

test('get_factor_values gives a table day × security for each factor, whatever the order of the rows', () => {
  const host = bindFake();
  host.table = () =>
    tableOf({
      day: numbers('day', [MONDAY ?? 0, FRIDAY ?? 0, MONDAY ?? 0]),
      code: texts(['600000.XSHG', '000001.XSHE', '000001.XSHE']),
      size: numbers('float', [3, 1, 2]),
      beta: numbers('float', [0.3, 0.1, Number.NaN]),
    });
  const values = get_factor_values(['000001.XSHE', '600000.XSHG'], ['size', 'beta'], { count: 2 });
  expect([...values.keys()]).toEqual(['size', 'beta']);
  expect(values['size']?.columns.to_list()).toEqual(['000001.XSHE', '600000.XSHG']);
  expect(values['size']?.index.to_list().map((day) => String(day).slice(0, 10))).toEqual(['2026-07-03', DAY]);
  expect(values['size']?.values).toEqual([
    [1, Number.NaN],
    [2, 3],
  ]);
  expect(values['beta']?.loc(values['beta'].index.to_list()[1], '000001.XSHE')).toBeNaN();
  expect(host.tablesAsked).toEqual([
    {
      dataset: 'factor_values',
      params: {
        securities: ['000001.XSHE', '600000.XSHG'],
        factors: ['size', 'beta'],
        start: null,
        end: DAY,
        count: 2,
      },
    },
  ]);
});

test('get_factor_values takes one of start_date and count, and at least one factor', () => {
  bindFake();
  expect(codeOf(() => get_factor_values('000001.XSHE', 'size')).code).toBe('BAD_ARGUMENT');
  expect(codeOf(() => untyped(get_factor_values)('000001.XSHE', [], { count: 1 })).code).toBe('BAD_ARGUMENT');
});

test('get_all_factors is the table of the source', () => {
  const host = bindFake();
  host.table = () => tableOf({ factor: texts(['size']), category: texts(['style']) });
  expect(get_all_factors().loc(0, 'factor')).toBe('size');
  expect(host.tablesAsked).toEqual([{ dataset: 'factors', params: {} }]);
});
