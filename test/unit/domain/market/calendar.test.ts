import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BtError } from '../../../../src/domain/errors.ts';
import { exchangeCalendar, TradingCalendar } from '../../../../src/domain/market/calendar.ts';
import { CLOSURES, CLOSURES_EXPIRE, CLOSURES_FROM } from '../../../../src/domain/market/data/closures.ts';
import { addDays, isDay, weekday } from '../../../../src/domain/time.ts';

const calendar = exchangeCalendar();

function thrownBy(run: () => unknown): BtError | null {
  try {
    run();
  } catch (error) {
    return error instanceof BtError ? error : null;
  }
  return null;
}

describe('the exchange calendar', () => {
  it('is built once and says how far it reaches', () => {
    expect(exchangeCalendar()).toBe(calendar);
    expect([calendar.from, calendar.expires]).toEqual(['1990-12-19', '2026-12-31']);
  });

  it('holds closed weekdays only, ascending, each once, within its range', () => {
    expect(CLOSURES).toHaveLength(605);
    expect([...CLOSURES].sort()).toEqual([...CLOSURES]);
    expect(new Set(CLOSURES).size).toBe(CLOSURES.length);
    for (const day of CLOSURES) {
      expect(isDay(day) && weekday(day) <= 5 && day >= CLOSURES_FROM && day <= CLOSURES_EXPIRE, day).toBe(true);
    }
  });

  it.each([
    ['1990-12-19', true],
    ['1991-02-15', false],
    ['2001-02-02', false],
    ['2001-02-05', true],
    ['2004-12-31', true],
    ['2005-01-03', false],
    ['2005-01-04', true],
    ['2005-02-07', false],
    ['2006-01-26', false],
    ['2008-09-29', false],
    ['2015-09-03', false],
    ['2020-01-31', false],
    ['2024-02-08', true],
    ['2024-02-09', false],
    ['2026-01-01', false],
    ['2026-01-05', true],
    ['2026-02-13', true],
    ['2026-02-16', false],
    ['2026-02-23', false],
    ['2026-02-24', true],
    ['2026-04-06', false],
    ['2026-05-05', false],
    ['2026-06-19', false],
    ['2026-07-06', true],
    ['2026-09-25', false],
    ['2026-10-07', false],
    ['2026-10-08', true],
    ['2026-12-31', true],
  ])('%s: %s', (day, open) => {
    expect(calendar.isTradingDay(day)).toBe(open);
  });

  // lessons "+ akshare#3336 …": make-up working weekends were treated as open
  it.each([
    '2026-01-04',
    '2026-02-14',
    '2026-02-28',
    '2026-05-09',
    '2026-09-20',
    '2026-10-10',
    '2024-02-04',
    '2020-01-19',
  ])('make-up working day %s stays closed', (day) => {
    expect(calendar.isTradingDay(day)).toBe(false);
  });

  it('has the known number of trading days in a year', () => {
    const count = (year: number): number => calendar.between(`${year}-01-01`, `${year}-12-31`).length;
    expect([2005, 2019, 2020, 2023, 2024, 2025, 2026].map(count)).toEqual([242, 244, 243, 242, 242, 243, 242]);
  });

  it('can begin later, with the same days from there on', () => {
    const later = calendar.since('2005-01-01');
    expect([later.from, later.expires]).toEqual(['2005-01-01', '2026-12-31']);
    expect(later.between('2005-01-01', '2026-12-31')).toEqual(calendar.between('2005-01-01', '2026-12-31'));
    expect(thrownBy(() => later.isTradingDay('2004-12-31'))?.code).toBe('CALENDAR_EXPIRED');
  });

  it('steps over holidays', () => {
    expect(calendar.next('2026-09-30')).toBe('2026-10-08');
    expect(calendar.next('2026-10-03')).toBe('2026-10-08');
    expect(calendar.previous('2026-10-08')).toBe('2026-09-30');
    expect(calendar.previous('2026-10-04')).toBe('2026-09-30');
    expect(calendar.lastDays('2026-10-09', 3)).toEqual(['2026-09-30', '2026-10-08', '2026-10-09']);
    expect(calendar.lastDays('2026-10-05', 1)).toEqual(['2026-09-30']);
    expect(calendar.lastDays('2026-10-05', 0)).toEqual([]);
    expect(calendar.between('2026-09-30', '2026-10-09')).toEqual(['2026-09-30', '2026-10-08', '2026-10-09']);
    expect(calendar.between('2026-10-01', '2026-10-07')).toEqual([]);
    expect(calendar.between('2026-10-09', '2026-10-08')).toEqual([]);
  });

  it('knows whole weeks and months, also the days still to come', () => {
    expect(calendar.daysOfWeek('2026-10-05')).toEqual(['2026-10-08', '2026-10-09']);
    expect(calendar.daysOfWeek('2026-10-11')).toEqual(['2026-10-08', '2026-10-09']);
    expect(calendar.daysOfMonth('2026-02-01')).toHaveLength(14);
    expect(calendar.daysOfMonth('2026-02-24').slice(0, 1)).toEqual(['2026-02-02']);
    expect(calendar.daysOfMonth('2026-12-05').at(-1)).toBe('2026-12-31');
  });

  it('knows its last week, whose days beyond the table are New Year and a weekend', () => {
    expect(calendar.daysOfWeek('2026-12-31')).toEqual(['2026-12-28', '2026-12-29', '2026-12-30', '2026-12-31']);
  });
});

describe('beyond the calendar', () => {
  it.each([
    ['isTradingDay', () => calendar.isTradingDay('2027-01-04')],
    ['isTradingDay before', () => calendar.isTradingDay('1990-12-18')],
    ['next', () => calendar.next('2026-12-31')],
    ['previous', () => calendar.previous('1990-12-19')],
    ['between', () => calendar.between('2026-12-01', '2027-01-05')],
    ['lastDays', () => calendar.lastDays('1990-12-20', 3)],
    ['lastDays beyond', () => calendar.lastDays('2027-01-05', 3)],
    ['daysOfWeek', () => calendar.daysOfWeek('2027-01-01')],
    ['daysOfMonth', () => calendar.daysOfMonth('2027-01-01')],
    ['a week that begins before it', () => calendar.daysOfWeek('1990-12-19')],
  ])('%s throws and says what to do', (_name, run) => {
    const error = thrownBy(run);
    expect([error?.code, error?.fault]).toEqual(['CALENDAR_EXPIRED', 'config']);
    expect(error?.message).toContain('Install a newer bt-live');
  });

  it('a week is refused when the days beyond might trade', () => {
    const short = new TradingCalendar([], '2026-07-01', '2026-07-08');
    expect(thrownBy(() => short.daysOfWeek('2026-07-07'))?.code).toBe('CALENDAR_EXPIRED');
    expect(thrownBy(() => short.daysOfMonth('2026-07-07'))?.code).toBe('CALENDAR_EXPIRED');
  });

  it('a malformed day is an error, never merely closed', () => {
    for (const bad of ['', '2026-7-6', '20260706', '2026-02-30', '2026-07-06 09:30'])
      expect(thrownBy(() => calendar.isTradingDay(bad))?.code, bad).toBe('BAD_TIME');
  });
});

describe('the calendar, for all days', () => {
  const day = fc.integer({ min: 20, max: 13_000 }).map((n) => addDays('1990-12-19', n));

  it('previous(next(d)) is d for trading days; next and previous step over closed days only', () => {
    fc.assert(
      fc.property(day, (d) => {
        const [before, after] = [calendar.previous(d), calendar.next(d)];
        expect(before < d && d < after).toBe(true);
        for (let x = addDays(before, 1); x < after; x = addDays(x, 1)) {
          if (x !== d) expect(calendar.isTradingDay(x), x).toBe(false);
        }
        if (calendar.isTradingDay(d)) {
          expect(calendar.previous(after)).toBe(d);
          expect(calendar.next(before)).toBe(d);
        } else {
          expect(calendar.next(before)).toBe(after);
        }
      }),
    );
  });

  it('no weekend and no closure trades, every other day does', () => {
    const closed = new Set(CLOSURES);
    for (let d = calendar.from; d <= calendar.expires; d = addDays(d, 1)) {
      if (calendar.isTradingDay(d) !== (weekday(d) <= 5 && !closed.has(d))) expect.fail(d);
    }
  });

  it('between is sorted, complete and agrees with the other questions', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 60 }), (start, length) => {
        const end = addDays(start, length);
        const days = calendar.between(start, end);
        const expected = Array.from({ length: length + 1 }, (_, i) => addDays(start, i)).filter((d) =>
          calendar.isTradingDay(d),
        );
        expect(days).toEqual(expected);
        expect(calendar.lastDays(end, days.length)).toEqual(days);
      }),
    );
  });

  it('each trading day is in its own week and month, which hold nothing else', () => {
    fc.assert(
      fc.property(day, (d) => {
        const [week, month] = [calendar.daysOfWeek(d), calendar.daysOfMonth(d)];
        expect(week.includes(d)).toBe(calendar.isTradingDay(d));
        expect(month.includes(d)).toBe(calendar.isTradingDay(d));
        const monday = addDays(d, 1 - weekday(d));
        expect(week.every((x) => x >= monday && x <= addDays(monday, 6))).toBe(true);
        expect(month.every((x) => x.startsWith(d.slice(0, 7)))).toBe(true);
      }),
    );
  });
});
