import { expect, test } from 'vitest';
import { get_extras } from 'jqdata';
import { numbers, tableOf, texts } from '../../../../../src/domain/data/table.ts';
import type { DataTable } from '../../../../../src/domain/data/table.ts';
import { chinaInstant } from '../../../../../src/domain/time.ts';
import { bindFake, DAY } from '../../fake-host.ts';

const FRIDAY = '2026-07-03';
const [FIRST, SECOND, THIRD] = ['000001.XSHE', '600000.XSHG', '600519.XSHG'] as const;

const answer = (...rows: readonly (readonly [day: string, code: string, value: number])[]): DataTable =>
  tableOf({
    day: numbers(
      'day',
      rows.map(([day]) => chinaInstant(day, '00:00')),
    ),
    code: texts(rows.map(([, code]) => code)),
    value: numbers(
      'float',
      rows.map(([, , value]) => value),
    ),
  });

test('a value stands at its day and code, whichever rows a source leaves out and in whatever order it gives them', () => {
  const host = bindFake();
  host.table = () => answer([DAY, THIRD, 3.1], [FRIDAY, SECOND, 2], [DAY, FIRST, 1.1]);
  const table = get_extras('unit_net_value', [FIRST, SECOND, THIRD], { count: 2 });
  expect(table.index.to_list().map((day) => String(day).slice(0, 10))).toEqual([FRIDAY, DAY]);
  expect(table.columns.to_list()).toEqual([FIRST, SECOND, THIRD]);
  expect(table.values).toEqual([
    [Number.NaN, 2, Number.NaN],
    [1.1, Number.NaN, 3.1],
  ]);
});

test('with df: false as well; whether there is a warning is null where nobody says', () => {
  const host = bindFake();
  host.table = () => answer([FRIDAY, SECOND, 1], [DAY, FIRST, 0], [DAY, SECOND, 0]);
  expect(get_extras('is_st', [FIRST, SECOND], { count: 2 }).values).toEqual([
    [null, true],
    [false, false],
  ]);
  const lists = get_extras('is_st', [FIRST, SECOND], { count: 2, df: false });
  expect(Object.entries(lists)).toEqual([
    [FIRST, [null, false]],
    [SECOND, [true, false]],
  ]);
  const values = get_extras('unit_net_value', [FIRST, SECOND], { count: 2, df: false });
  expect(values[FIRST]).toEqual(Float64Array.of(Number.NaN, 0));
  expect(values[SECOND]).toEqual(Float64Array.of(1, 0));
});

test('without a gap warnings are true or false; nothing asked is an empty table', () => {
  const host = bindFake();
  host.table = () => answer([DAY, FIRST, 1]);
  const one = get_extras('is_st', FIRST, { count: 1 });
  expect([one.dtypes.to_list(), one.values]).toEqual([['bool'], [[true]]]);
  host.table = () => answer();
  expect(get_extras('is_st', [], { count: 1 }).values).toEqual([]);
});
