import { expect, test } from 'vitest';
import { exchangeCalendar } from '../../../../src/domain/market/calendar.ts';
import { Scheduling, task } from './scheduling.ts';

function textAt(now: string, time: string | null): string {
  const calendar = exchangeCalendar();
  const run = new Scheduling(now, { calendar, tasks: time === null ? [] : [task('daily', time, { name: 'sell' })] });
  run.start();
  return run.scheduler.outlook();
}

test.each([
  [
    '2026-07-04 10:00', // a Saturday
    '9:36',
    'The market is closed; orders can be sent from Monday 2026-07-06 09:15:00. Next: sell (daily 9:36), Monday 2026-07-06 09:36:00.',
  ],
  [
    '2026-10-01 10:00', // a holiday
    '9:36',
    'The market is closed; orders can be sent from Thursday 2026-10-08 09:15:00. Next: sell (daily 9:36), Thursday 2026-10-08 09:36:00.',
  ],
  [
    '2026-07-06 08:50',
    '9:36',
    'The market is closed; orders can be sent from 09:15:00. Next: sell (daily 9:36), 09:36:00.',
  ],
  ['2026-07-06 10:00', '14:50', 'Next: sell (daily 14:50), 14:50:00.'],
  ['2026-07-06 10:00', '9:36', 'Next: sell (daily 9:36), Tuesday 2026-07-07 09:36:00.'],
  ['2026-07-06 10:00', null, 'No task is due on the days the calendar knows.'],
  [
    '2026-12-31 16:00',
    '9:36',
    'The market is closed; when it opens is not known: the trading calendar ends on 2026-12-31. Update bt. No task is due on the days the calendar knows.',
  ],
])('at %s with a task at %s', (now, time, text) => {
  expect(textAt(now, time)).toBe(text);
});

test('a task of the end of the month is found, and nothing after all is unscheduled', () => {
  const monthly = task('monthly', '9:31', { ordinal: -1, name: 'sell' });
  const run = new Scheduling('2026-07-10 16:00', { tasks: [monthly] });
  run.start();
  expect(run.scheduler.outlook()).toContain('Next: sell (monthly -1 9:31), Friday 2026-07-31 09:31:00.');
  run.scheduler.unscheduleAll();
  expect(run.scheduler.outlook()).toContain('No task is due');
});
