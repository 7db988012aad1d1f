import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorCode } from '../../../../src/domain/errors.ts';
import { exchangeCalendar, TradingCalendar } from '../../../../src/domain/market/calendar.ts';
import { addDays } from '../../../../src/domain/time.ts';
import { checkOrdinal, isTaskDay, type DayRule } from '../../../../src/domain/schedule/task-days.ts';

describe('isTaskDay', () => {
  const calendar = exchangeCalendar();

  it('weekday=-1 is the last trading day of the week, known in advance', () => {
    const rule = { frequency: 'weekly', ordinal: -1, force: true } as const;
    const fired = calendar
      .between('2026-09-21', '2026-09-30')
      .filter((day) => isTaskDay(rule, day, calendar, '2026-01-05'));
    // 25 September is closed: Thursday ends that week, Wednesday the next one.
    expect(fired).toEqual(['2026-09-24', '2026-09-30']);
  });

  it('a closed day is never one', () => {
    expect(isTaskDay({ frequency: 'daily', ordinal: null, force: true }, '2026-10-01', calendar, '2026-01-05')).toBe(
      false,
    );
  });
});

describe('a period that the calendar does not know to its end', () => {
  /** What is known on 4 September of a week and month that go on. */
  const known = new TradingCalendar([], '2026-08-01', '2026-09-04');
  const rule = (frequency: 'weekly' | 'monthly', ordinal: number, force: boolean): DayRule => ({
    frequency,
    ordinal,
    force,
  });
  const ask = (asked: DayRule, day: string, calendar: TradingCalendar): boolean | string | null => {
    try {
      return isTaskDay(asked, day, calendar, '2026-08-03');
    } catch (error) {
      return errorCode(error);
    }
  };

  it.each<[string, number, boolean, boolean | string]>([
    ['2026-09-01', 1, true, true],
    ['2026-09-04', 4, false, true],
    ['2026-09-04', 3, true, false],
    ['2026-09-04', 9, false, false],
    ['2026-09-04', 9, true, 'CALENDAR_EXPIRED'], // the last day of the month, if no other follows
    ['2026-09-04', -1, false, 'CALENDAR_EXPIRED'],
    ['2026-09-03', -1, false, false], // the 4th follows
    ['2026-09-03', -2, false, 'CALENDAR_EXPIRED'],
  ])('%s as day %i of the month, force %s: %s', (day, ordinal, force, expected) => {
    expect(ask(rule('monthly', ordinal, force), day, known)).toBe(expected);
  });

  it('is never answered otherwise than when the rest is known', () => {
    const offset = fc.integer({ min: 0, max: 120 });
    const ordinal = fc.integer({ min: -24, max: 24 }).filter((n) => n !== 0);
    fc.assert(
      fc.property(offset, offset, ordinal, fc.boolean(), fc.boolean(), (start, more, n, force, weekly) => {
        const day = addDays('2026-08-04', start);
        const asked = rule(weekly ? 'weekly' : 'monthly', n, force);
        const short = new TradingCalendar(['2026-09-25'], '2026-08-01', addDays(day, more % 40));
        const long = new TradingCalendar(['2026-09-25'], '2026-08-01', '2027-03-31');
        const answer = ask(asked, day, short);
        if (answer !== 'CALENDAR_EXPIRED') expect(answer).toBe(ask(asked, day, long));
      }),
    );
  });
});

describe('checkOrdinal', () => {
  it('accepts whole ordinals other than 0', () => {
    for (const ordinal of [1, 5, -1, 31]) checkOrdinal({ frequency: 'monthly', ordinal, force: false });
    checkOrdinal({ frequency: 'daily', ordinal: null, force: false });
    let code: string | null = null;
    try {
      checkOrdinal({ frequency: 'weekly', ordinal: 0, force: true });
    } catch (error) {
      code = errorCode(error);
    }
    expect(code).toBe('BAD_ORDINAL');
  });
});
