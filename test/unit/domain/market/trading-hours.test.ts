import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exchangeCalendar } from '../../../../src/domain/market/calendar.ts';
import { canSendOrder, isContinuous } from '../../../../src/domain/market/session.ts';
import {
  continuousTimeAfter,
  isTradingSession,
  nextSendTime,
  sendWindowAt,
} from '../../../../src/domain/market/trading-hours.ts';
import { chinaDay, chinaInstant, chinaText, DAY, SECOND } from '../../../../src/domain/time.ts';

const calendar = exchangeCalendar();

/** Epoch ms of `2026-07-06 09:35` or `09:35` (on that Monday). */
function at(text: string): number {
  const [day = '', time] = text.split(' ');
  return time === undefined ? chinaInstant('2026-07-06', day) : chinaInstant(day, time);
}

const textOf = (ms: number | null): string | null => (ms === null ? null : chinaText(ms));

/** Any instant of 2026, to the millisecond; half of them within a day's hours, where the edges are. */
const instant = fc.oneof(
  fc.integer({ min: at('2026-01-01 00:00'), max: at('2026-12-31 23:59:59') }),
  fc
    .tuple(fc.integer({ min: 0, max: 363 }), fc.integer({ min: 9 * 3600, max: 15.1 * 3600 }))
    .map(([day, second]) => at('2026-01-01 00:00') + day * DAY + second * SECOND),
);

/** Whether each of its seconds counts, asked of the time of day and the calendar one by one. */
function isContinuousSecond(ms: number): boolean {
  return isContinuous(ms) && calendar.isTradingDay(chinaDay(ms));
}

describe('the window for orders', () => {
  it.each([
    ['2026-07-06 09:14:59', null],
    ['2026-07-06 09:15', '09:15:00 09:25:00'],
    ['2026-07-06 09:24:59', '09:15:00 09:25:00'],
    ['2026-07-06 09:25', null],
    ['2026-07-06 09:30', '09:30:00 11:30:00'],
    ['2026-07-06 11:30', null],
    ['2026-07-06 13:00', '13:00:00 15:00:00'],
    ['2026-07-06 14:58', '13:00:00 15:00:00'],
    ['2026-07-06 15:00', null],
    ['2026-07-04 10:00', null], // a Saturday
    ['2026-10-07 10:00', null], // a holiday
    ['2027-01-04 10:00', null], // beyond the calendar
  ])('at %s is %s', (now, window) => {
    const span = sendWindowAt(at(now), calendar);
    expect(span === null ? null : [span.from, span.until].map((ms) => chinaText(ms).slice(11)).join(' ')).toBe(window);
    expect(isTradingSession(at(now), calendar)).toBe(window !== null);
  });

  it('is open when the time of day says so on a trading day, and holds its instant', () => {
    fc.assert(
      fc.property(instant, (now) => {
        const span = sendWindowAt(now, calendar);
        expect(span !== null).toBe(canSendOrder(now) && calendar.isTradingDay(chinaDay(now)));
        if (span === null) return;
        expect(span.from <= now && now < span.until).toBe(true);
        expect([canSendOrder(span.from - 1), canSendOrder(span.until)]).toEqual([false, false]);
      }),
    );
  });
});

describe('when orders can be sent next', () => {
  it.each([
    ['2026-07-06 08:00', '2026-07-06 09:15:00'],
    ['2026-07-06 09:27', '2026-07-06 09:30:00'],
    ['2026-07-06 10:00', '2026-07-06 10:00:00'],
    ['2026-07-06 12:00', '2026-07-06 13:00:00'],
    ['2026-07-06 15:00', '2026-07-07 09:15:00'],
    ['2026-07-03 20:00', '2026-07-06 09:15:00'], // over a weekend
    ['2026-07-04 10:00', '2026-07-06 09:15:00'],
    ['2026-09-30 15:00', '2026-10-08 09:15:00'], // over the national holiday
    ['2026-10-03 10:00', '2026-10-08 09:15:00'],
    ['2026-12-31 14:59:59', '2026-12-31 14:59:59'],
    ['2026-12-31 15:00', null],
    ['2027-01-04 10:00', null],
  ])('at %s: %s', (now, next) => {
    expect(textOf(nextSendTime(at(now), calendar))).toBe(next);
  });

  it('is the first such instant, never before the question, and never goes back', () => {
    const inYear = fc.integer({ min: at('2026-01-01 00:00'), max: at('2026-12-31 14:59:59') });
    fc.assert(
      fc.property(inYear, fc.nat(3 * DAY), (now, more) => {
        const next = nextSendTime(now, calendar);
        if (next === null) expect.fail(chinaText(now));
        expect(next).toBeGreaterThanOrEqual(now);
        expect(isTradingSession(next, calendar)).toBe(true);
        if (next > now) expect(isTradingSession(next - 1, calendar)).toBe(false);
        // Nothing was left out on the way: minutes are finer than any window.
        for (let ms = now; ms < next; ms += 300 * SECOND) expect(isTradingSession(ms, calendar)).toBe(false);
        const later = nextSendTime(now + more, calendar);
        if (later !== null) expect(later).toBeGreaterThanOrEqual(next);
      }),
      { numRuns: 50 },
    );
  });
});

describe('continuous trading that has passed', () => {
  it.each([
    ['09:15', 16, '09:30:16'],
    ['09:30', 16, '09:30:16'],
    ['10:00:30', 16, '10:00:46'],
    ['11:29:50', 16, '13:00:06'],
    ['11:29:44', 16, '13:00:00'], // an order can be cancelled then, not at 11:30
    ['12:00', 16, '13:00:16'],
    ['14:56:43', 16, '14:56:59'],
    ['14:56:44', 16, null],
    ['14:56:50', 16, null],
    ['15:10', 16, null],
    ['09:00', 0, '09:30:00'],
    ['10:00', 0, '10:00:00'],
    ['09:15', 4 * 3600, null],
    ['2026-07-04 10:00', 16, null], // a Saturday
    ['2027-01-04 10:00', 16, null],
  ])('from %s, %d s: %s', (from, seconds, end) => {
    const found = continuousTimeAfter(at(from), seconds * SECOND, calendar);
    expect(textOf(found)).toBe(end === null ? null : `2026-07-06 ${end}`);
  });

  it('agrees with a count of the seconds one by one', () => {
    const second = fc.integer({ min: 9 * 3600, max: 15.2 * 3600 });
    fc.assert(
      fc.property(fc.constantFrom('2026-07-04', '2026-07-06'), second, fc.nat(15_000), (day, from, seconds) => {
        const start = chinaInstant(day, '00:00') + from * SECOND;
        let passed = 0;
        let expected: number | null = null;
        for (let ms = start; ms < start + 8 * 3_600_000 && expected === null; ms += SECOND) {
          if (!isContinuousSecond(ms)) continue;
          if (passed === seconds) expected = ms;
          passed += 1;
        }
        expect(continuousTimeAfter(start, seconds * SECOND, calendar)).toBe(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('is in continuous trading of the same day, and later for a later start or a longer wait', () => {
    const wait = fc.integer({ min: 0, max: 5 * 3_600_000 });
    fc.assert(
      fc.property(instant, wait, fc.nat(3_600_000), fc.nat(3_600_000), (from, ms, later, longer) => {
        const found = continuousTimeAfter(from, ms, calendar);
        if (found === null) {
          expect(continuousTimeAfter(from, ms + longer, calendar)).toBeNull();
          return;
        }
        expect(isContinuous(found)).toBe(true);
        expect(chinaDay(found)).toBe(chinaDay(from));
        expect(found).toBeGreaterThanOrEqual(from + ms);
        for (const other of [
          continuousTimeAfter(from, ms + longer, calendar),
          chinaDay(from + later) === chinaDay(from) ? continuousTimeAfter(from + later, ms, calendar) : null,
        ])
          if (other !== null) expect(other).toBeGreaterThanOrEqual(found);
      }),
    );
  });
});
