import { expect, test } from 'vitest';
import { exchangeCalendar } from '../../../../src/domain/market/calendar.ts';
import { chinaDay, chinaInstant, chinaText } from '../../../../src/domain/time.ts';
import { MemoryTriggers } from '../../../../src/engine/time/triggers.ts';
import { Rng } from '../../../../src/platform/random.ts';
import type { TaskRegistration } from '../../../../runtime/host.ts';
import { Scheduling, task } from './scheduling.ts';

const ORDINALS = [-5, -4, -3, -2, -1, 1, 2, 3, 4, 5];
const FIRST = '2015-01-07'; // a Wednesday, the fourth trading day of its month
const LAST = '2026-12-31';

/** Every rule there is for these ordinals, under a name that says it. */
const RULES: readonly TaskRegistration[] = (['weekly', 'monthly'] as const).flatMap((frequency) =>
  ORDINALS.flatMap((ordinal) =>
    [true, false].map((force) =>
      task(frequency, '10:00', { ordinal, force, name: `${frequency} ${ordinal} ${force ? 'forced' : 'exact'}` }),
    ),
  ),
);

/** The same by hand: cut the list of trading days into weeks and months, and count in each. */
function table(days: readonly string[]): string[] {
  const weekOf = (day: string): string => {
    const date = new Date(`${day}T00:00:00Z`);
    date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7)); // its Monday
    return date.toISOString().slice(0, 10);
  };
  const periods = {
    weekly: [...Map.groupBy(days, weekOf).values()],
    monthly: [...Map.groupBy(days, (day) => day.slice(0, 7)).values()],
  };
  return RULES.flatMap(({ frequency, ordinal, force, name }) =>
    (frequency === 'daily' ? [] : periods[frequency]).flatMap((period) => {
      const fromStart = ordinal ?? 0;
      const order = fromStart > 0 ? period : period.toReversed();
      const nth = Math.abs(fromStart);
      const day = order[nth - 1] ?? (force ? order.at(-1) : undefined);
      return day === undefined ? [] : [`${day} ${name}`];
    }),
  ).sort();
}

test('run_weekly and run_monthly, every ordinal from -5 to 5, from 2015 to 2026, with restarts on random days', async () => {
  const calendar = exchangeCalendar();
  const days = calendar.between(FIRST, LAST);
  const memory = new MemoryTriggers();
  const random = new Rng(20150107);
  const options = { calendar, startDay: FIRST, memory };
  let at = chinaInstant(FIRST, '08:00');
  let registered: ReturnType<Scheduling['scheduler']['registrations']> | null = null;
  let ran = 0;
  let runs = 0;
  while (at < chinaInstant(LAST, '23:00')) {
    const run: Scheduling = new Scheduling(chinaText(at).slice(0, 16), {
      ...options,
      tasks: registered === null ? RULES : [],
    });
    if (registered !== null) run.scheduler.restore(registered);
    const dues = [...memory.records.values()].map(({ due }) => due);
    run.start(registered === null ? null : Math.max(chinaInstant(FIRST, '08:00'), ...dues.slice(-60)));
    // Up to two months up, at any hour; then down for up to four days.
    at = Math.min(run.clock.now() + Math.floor(random.next() * 60 * 86_400_000), chinaInstant(LAST, '23:59'));
    await run.clock.walk(at);
    await run.scheduler.stop();
    registered = run.scheduler.registrations();
    ran += run.ran.length;
    runs += 1;
    at += Math.floor(random.next() * 4 * 86_400_000);
  }
  const accounted = [...memory.records.values()].map(
    ({ due, task: label }) => `${chinaDay(due)} ${label.replace(/ \(.*/u, '')}`,
  );
  expect(accounted.toSorted()).toEqual(table(days));
  const outcomes = Map.groupBy(memory.records.values(), ({ outcome }) => outcome);
  expect([...outcomes.keys()].toSorted()).toEqual(['ran', 'skipped']);
  expect([outcomes.get('ran')?.length, runs > 100]).toEqual([ran, true]);
}, 60_000);
