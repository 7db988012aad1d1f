import { describe, expect, test } from 'vitest';
import { exchangeCalendar, TradingCalendar } from '../../src/domain/market/calendar.ts';
import { addDays, chinaInstant } from '../../src/domain/time.ts';
import { MemoryTriggers } from '../../src/engine/time/triggers.ts';
import { at, JULY, pause, Scheduling, task } from '../unit/engine/time/scheduling.ts';

describe('days', () => {
  test('A4-16: the first task of a run knows the trading day before it, over a weekend and a holiday too', async () => {
    for (const [start, before] of [
      ['2026-07-06 09:00', '2026-07-03'],
      ['2026-07-09 09:00', '2026-07-07'],
    ] as const) {
      const run = new Scheduling(start, { tasks: [task('daily', '10:00')] });
      run.start();
      await run.walk(start.replace('09:00', '10:00'));
      expect(run.ran.map(({ dispatch }) => dispatch.context.previousDate)).toEqual([before]);
    }
  });

  test('A4-15: a calendar that cannot say is an error, for weekdays too', () => {
    const calendar = new TradingCalendar([], '2026-06-01', '2026-07-31');
    for (const day of ['2026-08-03', '2026-05-29', '2030-01-02']) {
      expect(() => calendar.isTradingDay(day)).toThrow(expect.objectContaining({ code: 'CALENDAR_EXPIRED' }));
    }
    expect(() => calendar.isTradingDay('2026-7-6')).toThrow();
  });

  test('D+easyquant#38: no weekend is a trading day, whatever is worked to make up for a holiday', () => {
    const calendar = exchangeCalendar();
    // Worked weekends around the spring festival and the national day of 2024 and 2025.
    for (const day of [
      '2024-02-04',
      '2024-02-18',
      '2024-09-29',
      '2024-10-12',
      '2025-01-26',
      '2025-02-08',
      '2025-10-11',
    ])
      expect(calendar.isTradingDay(day)).toBe(false);
    for (const day of ['2024-02-12', '2024-10-01', '2025-01-29', '2025-10-08'])
      expect(calendar.isTradingDay(day)).toBe(false);
  });

  test('D+akshare#3336: the calendar reaches to the end of its year, and says where it ends', () => {
    const calendar = exchangeCalendar();
    expect(calendar.expires.endsWith('-12-31')).toBe(true);
    expect(() => calendar.isTradingDay(addDays(calendar.expires, 1))).toThrow(calendar.expires);
  });
});

describe('tasks', () => {
  test('A4-8: of every minute of a stall it is known what became of it', async () => {
    const run = new Scheduling('09:59:30', { hooks: new Set(['handle_data']) });
    const slow = pause();
    run.run = (due) => (due.due === at('10:00') ? slow.run() : Promise.resolve({ kind: 'ok' }));
    run.start();
    await run.walk('10:05:30');
    slow.end();
    await run.walk('10:07');
    expect(run.outcomes.map((line) => line.slice(6, 11))).toEqual(
      ['00', '01', '02', '03', '04', '05', '06', '07'].map((minute) => `10:${minute}`),
    );
    expect(run.outcomes.filter((line) => line.includes('EVENT_TIME_OUT'))).toHaveLength(4);
  });

  test('D16: forced weekly and monthly tasks run once in their week and month, however often the engine restarts', async () => {
    const memory = new MemoryTriggers();
    const tasks = [
      task('weekly', '10:00', { ordinal: 5, force: true, name: 'weekly' }),
      task('monthly', '10:00', { ordinal: 4, force: true, name: 'monthly' }),
    ];
    const ran: string[] = [];
    // The week of the 8th, a closed Wednesday, has four days: its fifth is the 10th.
    for (const [from, to] of [
      ['2026-07-05 12:00', '2026-07-06 10:00:30'],
      ['2026-07-06 10:00', '2026-07-10 09:59'],
      ['2026-07-10 09:59', '2026-07-10 10:00'],
      ['2026-07-10 10:00', '2026-07-12 00:00'],
    ] as const) {
      const run = new Scheduling(from, { memory, tasks, calendar: JULY });
      run.start();
      await run.walk(to);
      await run.scheduler.stop();
      ran.push(...run.lines);
    }
    expect(ran).toEqual(['07-06 10:00:00 monthly', '07-10 10:00:00 weekly']);
  });

  test('D18: a signal that was being executed when the process died is not executed again', async () => {
    const memory = new MemoryTriggers();
    const options = { memory, tasks: [task('daily', '10:00', { name: 'rebalance' })] };
    const first = new Scheduling('09:59', options);
    first.run = pause().run;
    first.start();
    await first.walk('10:00');
    expect(first.lines).toHaveLength(1);
    for (let i = 0; i < 2; i += 1) {
      const next = new Scheduling('10:00', options);
      next.start();
      await next.walk('10:30');
      expect(next.lines).toEqual([]);
      // Told by the first that finds it, and on record from then on.
      expect(next.log.texts('warning').join().includes('was interrupted')).toBe(i === 0);
      expect([...memory.records.values()].map(({ outcome }) => outcome)).toEqual(['interrupted']);
    }
  });

  test('D+PanWatch#96: half past nine is half past nine in Shanghai', () => {
    expect(new Date(chinaInstant('2026-07-06', '09:30')).toISOString()).toBe('2026-07-06T01:30:00.000Z');
  });
});
