import { describe, expect, test } from 'vitest';
import { get_current_data } from 'jqdata';
import { tableOf, texts } from '../../../../src/domain/data/table.ts';
import { chinaInstant } from '../../../../src/domain/time.ts';
import { bindFake, DAY, quote } from '../fake-host.ts';
import { codeOf, inText } from '../helpers.ts';

const A = '000001.XSHE';

function bound(fields: Parameters<typeof quote>[1] = {}) {
  const host = bindFake();
  host.quoteViews.set(A, quote(A, fields));
  return host;
}

test("a reading has JoinQuant's fields", () => {
  bound();
  const data = get_current_data().get(A);
  expect([data.last_price, data.high_limit, data.low_limit, data.day_open]).toEqual([10.5, 11, 9, 10.1]);
  expect([data.paused, data.is_st, data.name]).toEqual([false, false, '平安银行']);
});

test('each code is asked for once, at its first access, in any spelling', () => {
  const host = bound();
  const data = get_current_data();
  expect(host.quoted).toEqual([]);
  expect(data[A]?.last_price).toBe(10.5);
  expect(data['000001.sz']).toBe(data[A]);
  expect(A in data).toBe(true);
  expect('close' in data).toBe(false);
  expect(data.keys()).toEqual([A]);
  expect(host.quoted).toEqual([A]);
  get_current_data().get(A);
  expect(host.quoted).toEqual([A, A]);
});

test("in a text it has Python's look of what was read", () => {
  bound();
  const data = get_current_data();
  expect(inText(data)).toBe('{}');
  expect(data[A]?.last_price).toBe(10.5);
  expect(inText(data)).toMatch(/^\{'000001\.XSHE': SecurityCurrentData\(\{'security': '000001\.XSHE'/u);
});

test('an object kept over the end of a hook does not show old prices', () => {
  const host = bound();
  const data = get_current_data();
  expect(data[A]?.last_price).toBe(10.5);
  host.context = { ...host.context, logicalTime: host.context.logicalTime + 60_000 };
  host.quoteViews.set(A, quote(A, { lastPrice: 10.6 }));
  expect(data[A]?.last_price).toBe(10.6);
});

test('the next hook of the same minute is another moment', () => {
  const host = bound();
  const data = get_current_data();
  expect(data[A]?.last_price).toBe(10.5);
  host.context = { ...host.context };
  host.quoteViews.set(A, quote(A, { lastPrice: 10.6 }));
  expect(data[A]?.last_price).toBe(10.6);
});

describe('missing is not zero, and doubt means do not trade', () => {
  test('prices are NaN, flags are true, each with one warning a run', () => {
    const host = bindFake();
    const [one, other] = [get_current_data().get(A), get_current_data().get('600000.XSHG')];
    for (const data of [one, other]) {
      expect([data.last_price, data.high_limit, data.low_limit, data.day_open].every(Number.isNaN)).toBe(true);
      expect([data.paused, data.is_st, data.name]).toEqual([true, true, '']);
    }
    expect(host.texts('warning')).toHaveLength(2);
  });

  test.each([
    ['*ST 国华', true],
    ['平安银行', false],
  ])('the name %s tells the ST flag when the market data does not', (name, isSt) => {
    const host = bound({ isSt: null, name });
    expect(get_current_data().get(A).is_st).toBe(isSt);
    expect(host.lines).toEqual([]);
  });

  test('the name comes from the master data when the quote has none', () => {
    const host = bound({ isSt: null, name: null });
    const info = { security: A, displayName: 'ST 平安', name: 'STPA', type: 'stock', startDate: null, endDate: null };
    host.infos.set(A, info);
    expect(get_current_data().get(A).name).toBe('ST 平安');
    expect(get_current_data().get(A).is_st).toBe(true);
  });

  test("before 09:30 the last price is yesterday's close, afterwards it must be real", () => {
    const host = bound({ lastPrice: null });
    expect(get_current_data().get(A).last_price).toBeNaN();
    host.context = { ...host.context, logicalTime: chinaInstant(DAY, '09:20') };
    expect(get_current_data().get(A).last_price).toBe(10);
  });
});

test('a malformed code, a misspelt name and a write are errors', () => {
  bound();
  const data = get_current_data();
  expect(codeOf(() => data.get('平安银行')).code).toBe('BAD_SECURITY');
  expect(codeOf(() => data['000001.XX']).code).toBe('BAD_SECURITY');
  expect(codeOf(() => data['last_price']).code).toBe('UNKNOWN_KEY');
  expect(codeOf(() => Reflect.set(data, A, 1)).code).toBe('READ_ONLY');
  expect(codeOf(() => Reflect.set(data.get(A), 'last_price', 1)).code).toBe('READ_ONLY');
});

test("industry_code is that of the regulator's classification", () => {
  const host = bindFake();
  host.table = () =>
    tableOf({
      classification: texts(['sw_l1', 'zjw']),
      industry_code: texts(['801780', 'J66']),
    });
  const data = get_current_data();
  expect(data[A]?.industry_code).toBe('J66');
  expect(host.tablesAsked).toEqual([{ dataset: 'industries_of', params: { securities: [A], day: DAY } }]);
  host.table = () => tableOf({ classification: texts([]), industry_code: texts([]) });
  expect(get_current_data()[A]?.industry_code).toBe('');
});
