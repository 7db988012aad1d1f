import { expect, test } from 'vitest';
import { get_all_trade_days, get_security_info, get_trade_days, normalize_code } from 'jqdata';
import { bindFake } from '../fake-host.ts';
import { codeOf, untyped } from '../helpers.ts';

const INFO = {
  security: '000001.XSHE',
  displayName: '平安银行',
  name: 'PAYH',
  type: 'stock',
  startDate: '1991-04-03',
  endDate: null,
};

test('get_security_info: dates are dates, unknown ones null, an unknown security null', () => {
  const host = bindFake();
  host.infos.set('000001.XSHE', INFO);
  const info = get_security_info('000001.SZ');
  expect([info?.code, info?.display_name, info?.name, info?.type, info?.parent]).toEqual([
    '000001.XSHE',
    '平安银行',
    'PAYH',
    'stock',
    null,
  ]);
  expect(info?.start_date?.year).toBe(1991);
  expect(info?.end_date).toBeNull();
  expect(String(info)).toContain("'start_date': '1991-04-03'");
  expect(codeOf(() => Reflect.set(info ?? {}, 'name', 'x')).code).toBe('READ_ONLY');
  expect(get_security_info('600000.XSHG')).toBeNull();
});

test('get_trade_days: dates, both ends, by count or by start', () => {
  const host = bindFake();
  host.days = ['2026-07-02', '2026-07-03'];
  expect(get_trade_days('2026-07-01', '2026-07-05').map(String)).toEqual(host.days);
  get_trade_days({ count: 5 });
  get_trade_days({ end_date: '2026-07-03 10:00:00', count: 1 });
  get_trade_days();
  expect(host.dayQuestions).toEqual([
    ['2026-07-01', '2026-07-05', null],
    [null, null, 5],
    [null, '2026-07-03', 1],
    ['1990-12-19', null, null],
  ]);
  expect(codeOf(() => get_trade_days('2026-07-01', null, 5)).code).toBe('BAD_ARGUMENT');
});

test('get_all_trade_days reaches to the end of this year', () => {
  const host = bindFake();
  host.days = ['2026-07-06'];
  expect(get_all_trade_days().map(String)).toEqual(['2026-07-06']);
  expect(host.dayQuestions).toEqual([['1990-12-19', '2026-12-31', null]]);
});

test('normalize_code takes one code or a list', () => {
  bindFake();
  expect(normalize_code('SZ000001')).toBe('000001.XSHE');
  expect(normalize_code(['600000', '000001.sz', 1])).toEqual(['600000.XSHG', '000001.XSHE', '000001.XSHE']);
  expect(codeOf(() => normalize_code('pingan')).code).toBe('BAD_SECURITY');
  expect(codeOf(() => untyped(normalize_code)(null)).code).toBe('BAD_ARGUMENT');
});
