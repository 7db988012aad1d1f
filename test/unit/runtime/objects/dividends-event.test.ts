import { expect, test } from 'vitest';
import { eventsOfToday } from '../../../../runtime/objects/dividends-event.ts';
import { numbers, tableOf, texts } from '../../../../src/domain/data/table.ts';
import { account, bindFake, DAY, position } from '../fake-host.ts';

test('what was held over night and pays today is an event each', () => {
  const host = bindFake();
  host.accountView = account([
    position({ security: '000001.XSHE', amount: 1000, todayAmount: 200 }),
    position({ security: '600000.XSHG', amount: 500, todayAmount: 500 }),
  ]);
  host.table = () =>
    tableOf({
      code: texts(['000001.XSHE']),
      day: numbers('day', [0]),
      cash: numbers('float', [0.5]),
      bonus: numbers('float', [0.2]),
    });
  const [event, ...more] = eventsOfToday();
  expect(more).toEqual([]);
  expect(host.tablesAsked).toEqual([
    { dataset: 'dividends', params: { securities: ['000001.XSHE'], start: DAY, end: DAY } },
  ]);
  expect([event?.name, event?.security, event?.side, event?.pindex]).toEqual(['Dividends', '000001.XSHE', 'long', 0]);
  const [dividend] = event?.dividends ?? [];
  expect(String(dividend?.date)).toBe(DAY);
  expect([dividend?.scale_factor, dividend?.bonus_pre_tax, dividend?.bonus_post_tax]).toEqual([1.2, 0.5, 0.4]);
});

test('with nothing held over night nobody is asked', () => {
  const host = bindFake();
  host.accountView = account([position({ amount: 500, todayAmount: 500 })]);
  expect(eventsOfToday()).toEqual([]);
  expect(host.tablesAsked).toEqual([]);
});
