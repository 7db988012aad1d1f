import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorCode, errorMessage } from '../../../../src/domain/errors.ts';
import { exchangeCalendar, TradingCalendar } from '../../../../src/domain/market/calendar.ts';
import type { ScheduleRule } from '../../../../src/domain/schedule/instants.ts';
import { checkRule, compareSameMinute, dueInstants } from '../../../../src/domain/schedule/instants.ts';
import { addDays, chinaDay, chinaText, weekday } from '../../../../src/domain/time.ts';

const calendar = exchangeCalendar();
const LONG_AGO = '2005-01-04';

const daily = (time: string): ScheduleRule => ({ frequency: 'daily', time, ordinal: null, force: true });
const weekly = (ordinal: number, force = true, time = '9:30'): ScheduleRule => ({
  frequency: 'weekly',
  time,
  ordinal,
  force,
});
const monthly = (ordinal: number, force = true, time = '9:30'): ScheduleRule => ({
  frequency: 'monthly',
  time,
  ordinal,
  force,
});

function days(rule: ScheduleRule, start: string, end: string, startDay = LONG_AGO, over = calendar): string[] {
  return over.between(start, end).filter((day) => dueInstants(rule, day, over, startDay, 'minute').length > 0);
}

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return null;
}

describe('daily tasks', () => {
  it('run once at their time on every trading day', () => {
    expect(dueInstants(daily('9:35'), '2026-07-06', calendar, LONG_AGO, 'minute').map(chinaText)).toEqual([
      '2026-07-06 09:35:00',
    ]);
    expect(dueInstants(daily('night'), '2026-07-06', calendar, LONG_AGO, 'minute').map(chinaText)).toEqual([
      '2026-07-06 20:00:00',
    ]);
    expect(days(daily('9:35'), '2026-09-28', '2026-10-09')).toEqual([
      '2026-09-28',
      '2026-09-29',
      '2026-09-30',
      '2026-10-08',
      '2026-10-09',
    ]);
  });

  it('D+easyquant#38: do not run on closed days, make-up weekends included, nor before the start', () => {
    for (const day of ['2026-10-01', '2026-07-04', '2026-10-10'])
      expect(dueInstants(daily('1:00'), day, calendar, LONG_AGO, 'minute')).toEqual([]);
    expect(dueInstants(daily('9:35'), '2026-07-03', calendar, '2026-07-06', 'minute')).toEqual([]);
  });

  it('every_bar with one bar a day: the open', () => {
    const texts = dueInstants(daily('every_bar'), '2026-07-06', calendar, LONG_AGO, 'day').map(chinaText);
    expect(texts).toEqual(['2026-07-06 09:30:00']);
  });

  it.each(['every_bar', 'every_minute'])('%s: the 240 trading minutes, ascending, none at lunch', (time) => {
    const texts = dueInstants(daily(time), '2026-07-06', calendar, LONG_AGO, 'minute').map(chinaText);
    expect(texts).toHaveLength(240);
    expect([texts[0], texts[119], texts[120], texts[239]]).toEqual([
      '2026-07-06 09:30:00',
      '2026-07-06 11:29:00',
      '2026-07-06 13:00:00',
      '2026-07-06 14:59:00',
    ]);
    expect([...texts].sort()).toEqual(texts);
  });
});

// The table of the reference system's defect (it knew no trading day after today), on a plain week and a plain month.
describe('ordinals use the days still to come', () => {
  const plain = new TradingCalendar([], '2026-05-01', '2026-08-31');
  const week = (rule: ScheduleRule): number[] =>
    days(rule, '2026-07-06', '2026-07-12', '2026-05-01', plain).map(weekday);
  const month = (rule: ScheduleRule): string[] => days(rule, '2026-07-01', '2026-07-31', '2026-05-01', plain);

  it.each([
    [1, 1],
    [2, 2],
    [3, 3],
    [5, 5],
    [-1, 5],
    [-2, 4],
    [-5, 1],
  ])('weekday=%d fires on day %d only, forced or not', (ordinal, expected) => {
    expect(week(weekly(ordinal, true))).toEqual([expected]);
    expect(week(weekly(ordinal, false))).toEqual([expected]);
  });

  it.each([
    [1, '2026-07-01'],
    [10, '2026-07-14'],
    [-1, '2026-07-31'],
    [-2, '2026-07-30'],
    [23, '2026-07-31'],
  ])('monthday=%d fires on %s only, forced or not', (ordinal, expected) => {
    expect(month(monthly(ordinal, true))).toEqual([expected]);
    expect(month(monthly(ordinal, false))).toEqual([expected]);
  });
});

describe('short weeks and months', () => {
  // 2026-04-06 (Monday) is closed: four trading days, Tuesday to Friday.
  const week = (rule: ScheduleRule): string[] => days(rule, '2026-04-06', '2026-04-12');

  it('force runs on the nearest trading day of the period', () => {
    expect(week(weekly(5))).toEqual(['2026-04-10']);
    expect(week(weekly(-5))).toEqual(['2026-04-07']);
    expect(week(weekly(99))).toEqual(['2026-04-10']);
    expect(week(weekly(4))).toEqual(['2026-04-10']);
    expect(days(monthly(31), '2026-02-01', '2026-02-28')).toEqual(['2026-02-27']);
    expect(days(monthly(-31), '2026-02-01', '2026-02-28')).toEqual(['2026-02-02']);
  });

  it('without force such a period has no run', () => {
    expect(week(weekly(5, false))).toEqual([]);
    expect(week(weekly(-5, false))).toEqual([]);
    expect(week(weekly(4, false))).toEqual(['2026-04-10']);
    expect(week(weekly(-4, false))).toEqual(['2026-04-07']);
    expect(days(monthly(31, false), '2026-02-01', '2026-02-28')).toEqual([]);
  });

  it('weekday counts trading days, not Mondays', () => {
    expect(week(weekly(1))).toEqual(['2026-04-07']);
    expect(days(weekly(1), '2026-10-05', '2026-10-11')).toEqual(['2026-10-08']);
  });

  it('a week without a trading day has no run, forced or not', () => {
    expect(days(weekly(1), '2026-02-16', '2026-02-22')).toEqual([]);
  });

  it('runs in the last week the calendar knows', () => {
    expect(days(weekly(-1), '2026-12-28', '2026-12-31')).toEqual(['2026-12-31']);
    expect(days(monthly(-1), '2026-12-01', '2026-12-31')).toEqual(['2026-12-31']);
  });
});

describe('the period in which the strategy starts', () => {
  const START = '2026-07-08'; // a Wednesday
  const week = (rule: ScheduleRule): string[] => days(rule, '2026-07-06', '2026-07-12', START);

  it('is counted from the start day', () => {
    expect(week(weekly(1))).toEqual(['2026-07-08']);
    expect(week(weekly(2))).toEqual(['2026-07-09']);
    expect(week(weekly(-1))).toEqual(['2026-07-10']);
    expect(days(monthly(1), '2026-07-01', '2026-07-31', START)).toEqual(['2026-07-08']);
    expect(days(monthly(2), '2026-07-01', '2026-07-31', START)).toEqual(['2026-07-09']);
  });

  it('clamps with force and skips without it', () => {
    expect(week(weekly(5))).toEqual(['2026-07-10']);
    expect(week(weekly(-5))).toEqual(['2026-07-08']);
    expect(week(weekly(5, false))).toEqual([]);
    expect(week(weekly(-5, false))).toEqual([]);
  });

  it('does not change later periods', () => {
    expect(days(weekly(1), '2026-07-13', '2026-07-19', START)).toEqual(['2026-07-13']);
    expect(days(monthly(1), '2026-08-01', '2026-08-31', START)).toEqual(['2026-08-03']);
  });

  it('a start on a closed day counts from the next trading day', () => {
    expect(days(weekly(1), '2026-07-06', '2026-07-19', '2026-07-11')).toEqual(['2026-07-13']);
  });
});

describe('rules that are refused', () => {
  it.each([
    ['weekly 0', weekly(0), 'BAD_ORDINAL', 'weekday'],
    ['monthly 0', monthly(0), 'BAD_ORDINAL', 'monthday'],
    ['weekly 1.5', weekly(1.5), 'BAD_ORDINAL', 'weekday'],
    ['weekly NaN', weekly(Number.NaN), 'BAD_ORDINAL', 'weekday'],
    ['weekly without', { ...weekly(1), ordinal: null }, 'BAD_ORDINAL', 'weekday'],
    ['daily with', { ...daily('9:30'), ordinal: 1 }, 'BAD_ORDINAL', 'run_daily'],
    ['weekly every_bar', weekly(1, true, 'every_bar'), 'BAD_TIME_EXPRESSION', 'run_daily only'],
    ['monthly every_minute', monthly(1, true, 'every_minute'), 'BAD_TIME_EXPRESSION', 'run_daily only'],
    ['bad time', daily('noon'), 'BAD_TIME_EXPRESSION', '"noon"'],
  ] as const)('%s', (_name, rule, code, part) => {
    for (const run of [() => checkRule(rule), () => dueInstants(rule, '2026-07-06', calendar, LONG_AGO, 'minute')]) {
      const error = thrownBy(run);
      expect(errorCode(error)).toBe(code);
      expect(errorMessage(error)).toContain(part);
    }
  });

  it('asks for nothing beyond the calendar', () => {
    expect(errorCode(thrownBy(() => dueInstants(daily('9:30'), '2027-01-04', calendar, LONG_AGO, 'minute')))).toBe(
      'CALENDAR_EXPIRED',
    );
  });
});

describe('compareSameMinute', () => {
  it('orders monthly, weekly, daily and keeps the order within each', () => {
    const tasks = [
      { name: 'd1', frequency: 'daily' },
      { name: 'w1', frequency: 'weekly' },
      { name: 'm1', frequency: 'monthly' },
      { name: 'd2', frequency: 'daily' },
      { name: 'w2', frequency: 'weekly' },
    ] as const;
    expect([...tasks].sort(compareSameMinute).map((task) => task.name)).toEqual(['m1', 'w1', 'w2', 'd1', 'd2']);
  });
});

describe('schedules, for all weeks and months', () => {
  const day = fc.integer({ min: 20, max: 7900 }).map((n) => addDays('2005-01-01', n));
  const ordinal = fc.integer({ min: -30, max: 30 }).filter((n) => n !== 0);

  it('with force, a task fires exactly once in each period that has a trading day', () => {
    fc.assert(
      fc.property(day, ordinal, (d, n) => {
        for (const [rule, period] of [
          [weekly(n), calendar.daysOfWeek(d)],
          [monthly(n), calendar.daysOfMonth(d)],
        ] as const) {
          const fired = period.filter((each) => dueInstants(rule, each, calendar, LONG_AGO, 'minute').length > 0);
          expect(fired).toHaveLength(Math.min(1, period.length));
        }
      }),
    );
  });

  it('without force, it fires on the N-th day if there is one, else never', () => {
    fc.assert(
      fc.property(day, ordinal, (d, n) => {
        const period = calendar.daysOfMonth(d);
        const fired = period.filter(
          (each) => dueInstants(monthly(n, false), each, calendar, LONG_AGO, 'minute').length > 0,
        );
        const expected = period.at(n > 0 ? n - 1 : n);
        expect(fired).toEqual(expected === undefined ? [] : [expected]);
      }),
    );
  });

  it('with force, the starting week fires exactly once if it has a day left, on or after the start', () => {
    fc.assert(
      fc.property(day, ordinal, (start, n) => {
        const left = calendar.daysOfWeek(start).filter((each) => each >= start);
        const fired = calendar
          .daysOfWeek(start)
          .filter((each) => dueInstants(weekly(n), each, calendar, start, 'minute').length > 0);
        expect(fired).toHaveLength(Math.min(1, left.length));
        for (const each of fired) expect(each >= start).toBe(true);
      }),
    );
  });

  it('instants are of the day asked about', () => {
    fc.assert(
      fc.property(day, fc.constantFrom('0:00', '9:30', '23:59:59', 'every_bar', 'night'), (d, time) => {
        for (const instant of dueInstants(daily(time), d, calendar, LONG_AGO, 'minute'))
          expect(chinaDay(instant)).toBe(d);
      }),
    );
  });
});
