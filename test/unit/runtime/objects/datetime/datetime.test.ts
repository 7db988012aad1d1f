import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { date, timedelta } from 'jqdata';
import { chinaDateTime } from '../../../../../runtime/objects/datetime/china-time.ts';
import { readDay, readTime } from '../../../../../runtime/objects/datetime/read-time.ts';
import { chinaInstant } from '../../../../../src/domain/time.ts';
import { codeOf, untyped } from '../../helpers.ts';

const AT = chinaDateTime(chinaInstant('2026-07-06', '14:05:09'));

describe('date', () => {
  test('compares, calculates and prints as in Python', () => {
    const day = date(2026, 7, 6);
    expect(String(day)).toBe('2026-07-06');
    expect(day < date(2026, 7, 7)).toBe(true);
    expect(day.eq(new date(2026, 7, 6))).toBe(true);
    expect(day.eq('2026-07-06')).toBe(true);
    expect(day.eq(AT)).toBe(true);
    expect(day.eq(5)).toBe(false);
    expect(day.isoweekday()).toBe(1);
    expect(String(day.sub(timedelta({ days: 6 })))).toBe('2026-06-30');
    expect(String(day.add(timedelta({ days: 30 })))).toBe('2026-08-05');
    expect(day.sub(date(2026, 1, 1)).days).toBe(186);
    expect(day.sub(date(2026, 1, 1)) < timedelta({ days: 375 })).toBe(true);
    expect(day.strftime('%Y%m%d %a %j')).toBe('20260706 Mon 187');
    expect(JSON.stringify({ day })).toBe('{"day":"2026-07-06"}');
  });

  test('a day that does not exist, and a plus sign, are refused', () => {
    expect(codeOf(() => date(2026, 2, 29)).code).toBe('BAD_ARGUMENT');
    expect(codeOf(() => date.fromisoformat('yesterday')).code).toBe('BAD_ARGUMENT');
    const plus = (a: unknown, b: unknown): unknown => (a as number) + (b as number);
    expect(codeOf(() => plus(date(2026, 7, 6), 1)).code).toBe('BAD_OPERATOR');
  });
});

describe('timedelta', () => {
  test.each<[Parameters<typeof timedelta>[0], string, number, number]>([
    [{ days: 1, hours: 2, minutes: 3, seconds: 4 }, '1 day, 2:03:04', 1, 7384],
    [{ hours: -1 }, '-1 day, 23:00:00', -1, 82_800],
    [{ weeks: 2 }, '14 days, 0:00:00', 14, 0],
    [{ milliseconds: 1500 }, '0:00:01.500000', 0, 1],
    [3, '3 days, 0:00:00', 3, 0],
  ])('%j', (span, text, days, seconds) => {
    const delta = timedelta(span);
    expect([String(delta), delta.days, delta.seconds]).toEqual([text, days, seconds]);
  });

  test('adds, subtracts, compares', () => {
    const hour = timedelta({ hours: 1 });
    expect(hour.add(hour).total_seconds()).toBe(7200);
    expect(hour.sub(timedelta({ minutes: 90 })).total_seconds()).toBe(-1800);
    expect(hour.eq(timedelta({ minutes: 60 }))).toBe(true);
    expect(hour > timedelta({ minutes: 59 })).toBe(true);
    expect(codeOf(() => untyped(timedelta)({ day: 1 })).code).toBe('BAD_ARGUMENT');
  });
});

describe("Python's names on DateTime", () => {
  test('read the instant in China, whatever its zone', () => {
    for (const dt of [AT, AT.toUTC(), AT.plus(0)]) {
      expect(String(dt)).toBe('2026-07-06 14:05:09');
      expect(String(dt.date())).toBe('2026-07-06');
      expect(String(dt.time())).toBe('14:05:09');
      expect(dt.strftime('%Y-%m-%d %H:%M:%S %p %I')).toBe('2026-07-06 14:05:09 PM 02');
      expect(dt.isoweekday()).toBe(1);
      expect(dt.timestamp()).toBe(AT.toMillis() / 1000);
      expect(dt.eq(AT)).toBe(true);
    }
  });

  test('calculate with timedelta', () => {
    expect(String(AT.sub(timedelta({ days: 1, hours: 14 })))).toBe('2026-07-05 00:05:09');
    expect(String(AT.add(timedelta({ minutes: 1 })))).toBe('2026-07-06 14:06:09');
    expect(AT.sub(AT.minus({ days: 2 })).days).toBe(2);
    expect(AT.sub(date(2026, 7, 1)).days).toBe(5);
    expect(String(AT.replace({ hour: 9, minute: 30, second: 0, microsecond: 0 }))).toBe('2026-07-06 09:30:00');
  });

  test('time() compares by value and by text', () => {
    const time = AT.time();
    expect([time.hour, time.minute, time.second]).toEqual([14, 5, 9]);
    expect(time.eq('14:05:09')).toBe(true);
    expect(time.eq(AT.plus({ days: 1 }).time())).toBe(true);
    expect(time > AT.minus({ hours: 1 }).time()).toBe(true);
    expect(time.strftime('%H:%M')).toBe('14:05');
  });

  test('do not show up when its keys are listed', () => {
    expect(Object.keys(DateTime.prototype)).toEqual([]);
  });
});

describe('times in arguments', () => {
  test.each(['2026-07-06 14:05:09', '2026-07-06T14:05:09', '20260706 14:05:09', AT, AT.toUTC(), AT.toJSDate()])(
    '%s',
    (value) => {
      expect(readTime(value, 'x')).toBe(AT.toMillis());
      expect(readDay(value, 'x')).toBe('2026-07-06');
    },
  );

  test('a date is its midnight', () => {
    expect(readTime(date(2026, 7, 6), 'x')).toBe(chinaInstant('2026-07-06', '00:00'));
  });

  test.each(['today', 20_260_706, null, {}, DateTime.invalid('test')])('%s is refused', (value) => {
    expect(codeOf(() => readTime(value, 'get_price() end_date')).message).toContain('get_price() end_date');
  });
});
