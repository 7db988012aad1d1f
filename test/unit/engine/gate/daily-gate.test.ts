import { expect, it } from 'vitest';
import { exchangeCalendar } from '../../../../src/domain/market/calendar.ts';
import { chinaInstant, chinaText } from '../../../../src/domain/time.ts';
import { armDailyGate } from '../../../../src/engine/gate/daily-gate.ts';
import { SteppedClock } from '../../../../src/platform/stepped-clock.ts';

it('reconciles at 08:45 of each trading day to come, over weekends and holidays, until cancelled', () => {
  const clock = new SteppedClock(chinaInstant('2026-09-24', '09:00'));
  const seen: string[] = [];
  const cancel = armDailyGate(clock, exchangeCalendar(), () => Promise.resolve(seen.push(chinaText(clock.now()))));
  clock.set(chinaInstant('2026-09-29', '08:46'));
  expect(seen).toEqual(['2026-09-28 08:45:00', '2026-09-29 08:45:00']);
  cancel();
  clock.set(chinaInstant('2026-10-20', '09:00'));
  expect(seen).toHaveLength(2);
});

it('also takes today when 08:45 is still to come', () => {
  const clock = new SteppedClock(chinaInstant('2026-07-06', '08:00'));
  const seen: string[] = [];
  armDailyGate(clock, exchangeCalendar(), () => Promise.resolve(seen.push(chinaText(clock.now()))));
  clock.set(chinaInstant('2026-07-06', '23:00'));
  expect(seen).toEqual(['2026-07-06 08:45:00']);
});

it('goes on beyond the calendar, on each day that may trade', () => {
  const clock = new SteppedClock(chinaInstant('2026-12-31', '08:00'));
  const seen: string[] = [];
  armDailyGate(clock, exchangeCalendar(), () => Promise.resolve(seen.push(chinaText(clock.now()))));
  clock.set(chinaInstant('2027-01-05', '09:00'));
  expect(seen).toEqual(['2026-12-31 08:45:00', '2027-01-04 08:45:00', '2027-01-05 08:45:00']);
});
