import { expect, it } from 'vitest';
import { exchangeCalendar } from '../../../../src/domain/market/calendar.ts';
import { chinaInstant, chinaText } from '../../../../src/domain/time.ts';
import { armDailyReadings } from '../../../../src/engine/gate/daily-readings.ts';
import { SteppedClock } from '../../../../src/platform/stepped-clock.ts';

/** Begins at that time; `seen` gets the time of each reading. */
function days(start: string): { readonly clock: SteppedClock; readonly seen: string[]; readonly cancel: () => void } {
  const clock = new SteppedClock(chinaInstant(start.slice(0, 10), start.slice(11)));
  const seen: string[] = [];
  const noted = (what: string) => (): Promise<number> =>
    Promise.resolve(seen.push(`${what} ${chinaText(clock.now())}`));
  const calendar = exchangeCalendar();
  const cancel = armDailyReadings({ clock, calendar }, { begins: noted('begins'), ends: noted('ends') });
  return { clock, seen, cancel };
}

it('reads at 08:45 and 15:05 of each trading day to come, over weekends and holidays, until cancelled', () => {
  const { clock, seen, cancel } = days('2026-09-24 09:00');
  clock.set(chinaInstant('2026-09-29', '08:46'));
  const expected = ['ends 2026-09-24 15:05:00', 'begins 2026-09-28 08:45:00', 'ends 2026-09-28 15:05:00'];
  expect(seen).toEqual([...expected, 'begins 2026-09-29 08:45:00']);
  cancel();
  clock.set(chinaInstant('2026-10-20', '09:00'));
  expect(seen).toHaveLength(4);
});

it('also takes today when 08:45 is still to come', () => {
  const { clock, seen } = days('2026-07-06 08:00');
  clock.set(chinaInstant('2026-07-06', '23:00'));
  expect(seen).toEqual(['begins 2026-07-06 08:45:00', 'ends 2026-07-06 15:05:00']);
});

it('goes on beyond the calendar, on each day that may trade', () => {
  const { clock, seen } = days('2026-12-31 15:00');
  clock.set(chinaInstant('2027-01-05', '09:00'));
  const expected = ['ends 2026-12-31 15:05:00', 'begins 2027-01-04 08:45:00', 'ends 2027-01-04 15:05:00'];
  expect(seen).toEqual([...expected, 'begins 2027-01-05 08:45:00']);
});
