import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ofDay,
  addDays,
  chinaDay,
  chinaInstant,
  chinaMidnight,
  chinaText,
  chinaTimeOfDay,
  clockText,
  DAY,
  HOUR,
  instantOf,
  isDay,
  MINUTE,
  parseChinaTime,
  weekday,
} from '../../../src/domain/time.ts';
import { errorCode } from '../../../src/domain/errors.ts';

function codeOf(run: () => unknown): string | null {
  try {
    run();
  } catch (error) {
    return errorCode(error);
  }
  return 'nothing thrown';
}

const INSTANT = 1_783_301_670_000;

describe('China time', () => {
  it('reads the parts of an instant, whatever the host zone is', () => {
    expect(chinaText(INSTANT)).toBe('2026-07-06 09:34:30');
    expect(chinaDay(INSTANT)).toBe('2026-07-06');
    expect(chinaTimeOfDay(INSTANT)).toBe(9 * 3600 + 34 * 60 + 30);
    expect(chinaText(INSTANT + 999)).toBe('2026-07-06 09:34:30');
  });

  it('has its midnight for each instant', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 4e12 }), (ms) => {
        expect(chinaMidnight(ms)).toBe(chinaInstant(chinaDay(ms), '00:00'));
        expect(chinaMidnight(chinaMidnight(ms))).toBe(chinaMidnight(ms));
      }),
    );
    expect(codeOf(() => chinaMidnight(Number.NaN))).toBe('BAD_TIME');
  });

  it('changes the day at China midnight, not at UTC midnight', () => {
    const midnight = chinaInstant('2026-07-06', '00:00');
    expect(midnight).toBe(Date.UTC(2026, 6, 5, 16));
    expect(chinaDay(midnight - 1)).toBe('2026-07-05');
    expect(chinaTimeOfDay(midnight - 1)).toBe(86_399);
    expect(chinaDay(midnight)).toBe('2026-07-06');
  });

  it('builds instants from a day and a time', () => {
    expect(chinaInstant('2026-07-06', '09:34:30')).toBe(INSTANT);
    expect(chinaInstant('2026-07-06', '9:34')).toBe(INSTANT - 30_000);
    expect(instantOf('2026-07-06', 34_470)).toBe(INSTANT);
    expect([MINUTE, HOUR, DAY]).toEqual([60_000, 3_600_000, 86_400_000]);
  });

  it('refuses what is no day, no time or no number', () => {
    for (const bad of ['2026-02-30', '2026-13-01', '2026-00-10', '2026-1-1', '20260101', '', '2026-01-01 '])
      expect(
        codeOf(() => chinaInstant(bad, '09:30')),
        bad,
      ).toBe('BAD_TIME');
    for (const bad of ['24:00', '9:60', '09:30:60', '0930', 'open', ''])
      expect(
        codeOf(() => chinaInstant('2026-07-06', bad)),
        bad,
      ).toBe('BAD_TIME');
    expect(codeOf(() => chinaDay(Number.NaN))).toBe('BAD_TIME');
    expect(codeOf(() => addDays('2026-02-29', 1))).toBe('BAD_TIME');
    expect(codeOf(() => weekday('today'))).toBe('BAD_TIME');
  });

  it('knows the days of the week, leap days and the year change', () => {
    expect(['2026-07-06', '2026-07-12', '1970-01-01', '1969-12-28'].map(weekday)).toEqual([1, 7, 4, 7]);
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect([isDay('2024-02-29'), isDay('2100-02-29'), isDay('2000-02-29')]).toEqual([true, false, true]);
  });

  it('writes seconds of the day as a clock', () => {
    expect([0, 34_470, 86_399].map(clockText)).toEqual(['00:00:00', '09:34:30', '23:59:59']);
  });

  it('agrees with the host library on every day of eight centuries and at any instant', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1700, 0, 1), max: Date.UTC(2500, 0, 1) }), (ms) => {
        const iso = new Date(ms + 8 * HOUR).toISOString();
        expect(chinaText(ms)).toBe(iso.slice(0, 19).replace('T', ' '));
        expect(weekday(chinaDay(ms)) % 7).toBe(new Date(ms + 8 * HOUR).getUTCDay());
        expect(parseChinaTime(iso.slice(0, 23))).toBe(ms);
      }),
    );
  });

  it('adds days so that they can be taken back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -50_000, max: 50_000 }), fc.integer({ min: -5000, max: 5000 }), (start, n) => {
        const day = chinaDay(start * DAY);
        expect(addDays(addDays(day, n), -n)).toBe(day);
        expect(instantOf(addDays(day, n), 0) - instantOf(day, 0)).toBe(n * DAY);
      }),
    );
  });
});

describe('ofDay', () => {
  it('says of each instant what its day says', () => {
    const instant = fc.integer({ min: Date.UTC(2005, 0, 1), max: Date.UTC(2030, 0, 1) });
    fc.assert(
      fc.property(instant, fc.integer({ min: -2 * DAY, max: 2 * DAY }), (ms, shift) => {
        expect(ofDay(chinaDay(ms))(ms + shift)).toBe(chinaDay(ms) === chinaDay(ms + shift));
      }),
    );
  });
});

describe('parseChinaTime', () => {
  it.each([
    ['2026-07-06 09:34:30', INSTANT],
    ['2026-07-06T09:34:30', INSTANT],
    [' 2026-07-06 09:34:30 ', INSTANT],
    ['2026-07-06 09:34', INSTANT - 30_000],
    ['2026-07-06 9:34', INSTANT - 30_000],
    ['2026-07-06 09:34:30.5', INSTANT + 500],
    ['2026-07-06 09:34:30.123456', INSTANT + 123],
    ['20260706 09:34:30', INSTANT],
    ['20260706093430', INSTANT],
    ['20260706', chinaInstant('2026-07-06', '00:00')],
    ['2026-07-06', chinaInstant('2026-07-06', '00:00')],
  ])('%s', (text, ms) => {
    expect(parseChinaTime(text)).toBe(ms);
  });

  it.each([
    '',
    'None',
    '0',
    '1783301670000',
    '2026-07-06 24:00',
    '2026-02-30',
    '20261301',
    '2026-07-06 09:34:30Z',
    '2026-07-06T09:34:30+08:00',
    '09:34:30',
    '2026070609:34',
    '2026-07-06 093430',
  ])('%s is no time', (text) => {
    expect(parseChinaTime(text)).toBeNull();
  });

  it('reads a time of the day that it has just read as one of any other day', () => {
    const part = (...odd: string[]): fc.Arbitrary<string> =>
      fc.constantFrom('00', '09', '23', '24', '59', '60', '75', ...odd);
    const clock = fc.tuple(
      fc.constantFrom(' ', 'T', '  '),
      part('9', '0x'),
      fc.constantFrom(':', '.'),
      part('', ' 1'),
      part('-1', '0:', '1/'),
    );
    fc.assert(
      fc.property(clock, ([blank, hour, colon, minute, second]) => {
        const text = `2026-07-06${blank}${hour}${colon}${minute}:${second}`;
        parseChinaTime('2024-02-29 09:30:00');
        const other = parseChinaTime(text);
        parseChinaTime('2026-07-06 09:30:00');
        expect(parseChinaTime(text)).toBe(other);
      }),
      { numRuns: 3000 },
    );
  });
});
