import { describe, expect, it } from 'vitest';
import { continuation, disagreements } from '../../../../src/domain/market/calendar-agreement.ts';
import { exchangeCalendar } from '../../../../src/domain/market/calendar.ts';
import { addDays, DAY, instantOf } from '../../../../src/domain/time.ts';

const calendar = exchangeCalendar();

describe('a list of trading days and the calendar', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['the same', ['2026-09-30', '2026-10-08'], []],
    ['nothing listed says nothing', [], []],
    ['today is not stored yet', ['2026-09-29', '2026-09-30'], []],
    ['the list begins today', ['2026-10-08', '2026-10-09'], []],
    ['a holiday is listed', ['2026-09-30', '2026-10-07', '2026-10-08'], ['2026-10-07']],
    ['today is passed over', ['2026-09-30', '2026-10-09'], ['2026-10-08']],
    ['a weekend is listed', ['2026-09-30', '2026-10-03', '2026-10-08'], ['2026-10-03']],
    ['other days are not asked about', ['2026-09-25', '2026-09-30', '2026-10-08', '2026-10-10'], []],
  ])('%s', (_what, listed, differ) => {
    expect(disagreements(calendar, listed, '2026-09-30', '2026-10-08')).toEqual(differ);
  });
});

describe('a list beyond the calendar', () => {
  it.each<[string, readonly string[], { days: readonly string[]; until: string } | null]>([
    [
      'continues it through the weekend',
      ['2026-12-31', '2027-01-04', '2027-01-08'],
      { days: ['2027-01-04', '2027-01-08'], until: '2027-01-10' },
    ],
    ['without the days before it might lack some', ['2027-01-04', '2027-01-05'], null],
    ['that knows the days before otherwise is not relied on', ['2026-12-30', '2027-01-04'], null],
    ['that adds nothing', ['2026-12-30', '2026-12-31'], null],
    ['that is empty', [], null],
    ['up to a hole', ['2026-12-31', '2027-01-04', '2027-02-01'], { days: ['2027-01-04'], until: '2027-01-04' }],
    ['up to a weekend', ['2026-12-31', '2027-01-04', '2027-01-09'], { days: ['2027-01-04'], until: '2027-01-04' }],
  ])('%s', (_what, listed, more) => {
    expect(continuation(calendar, listed)).toEqual(more);
  });

  it('takes no closure since 2005 for a hole', () => {
    const days = calendar.between('2005-01-01', calendar.expires);
    const gaps = days.slice(1).map((day, index) => (instantOf(day, 0) - instantOf(days[index] ?? day, 0)) / DAY);
    expect(Math.max(...gaps)).toBe(12);
  });
});

describe('a calendar that is continued', () => {
  it('reaches further, where it was copied from does not', () => {
    const own = calendar.copy();
    own.continueTo('2027-01-10', ['2027-01-04', '2027-01-05']);
    expect(own.expires).toBe('2027-01-10');
    expect([own.isTradingDay('2027-01-05'), own.isTradingDay('2027-01-06')]).toEqual([true, false]);
    expect(own.previous('2027-01-04')).toBe('2026-12-31');
    expect(own.copy().next('2026-12-31')).toBe('2027-01-04');
    expect(() => own.isTradingDay('2027-01-11')).toThrow('2027-01-10');
    expect(() => calendar.isTradingDay('2027-01-04')).toThrow('2026-12-31');
  });

  it('never goes back, nor changes what it knew', () => {
    const own = calendar.copy();
    own.continueTo('2026-10-01', ['2026-10-01']);
    expect([own.expires, own.isTradingDay('2026-10-01')]).toEqual(['2026-12-31', false]);
    own.continueTo(addDays(own.expires, 8), ['2026-12-31', '2027-01-04']);
    expect(own.between('2026-12-30', '2027-01-08')).toEqual(['2026-12-30', '2026-12-31', '2027-01-04']);
  });
});
