import { afterEach, describe, expect, test, vi } from 'vitest';
import { until } from '../../../../src/platform/clock.ts';
import { exchangeCalendar } from '../../../../src/domain/market/calendar.ts';
import { chinaText } from '../../../../src/domain/time.ts';
import { SimulatedClock } from '../../../../src/platform/simulated-clock.ts';
import { nextTurn } from '../../../../src/platform/turn.ts';
import { Events } from '../../../../src/engine/events.ts';
import { Scheduler } from '../../../../src/engine/time/scheduler.ts';
import { MemoryTriggers } from '../../../../src/engine/time/triggers.ts';
import { FakeTimers } from '../../platform/fake-timers.ts';
import { MemoryLog } from '../strategy/fake-engine.ts';
import { at, JULY, Scheduling, task } from './scheduling.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Every spelling of a time and what it means. */
const TIMES: readonly (readonly [string, string])[] = [
  ['01:00', '01:00:00'],
  ['morning', '08:00:00'],
  ['before_open', '09:00:00'],
  ['open-10m', '09:20:00'],
  ['9:30', '09:30:00'],
  ['09:30', '09:30:00'],
  ['open', '09:30:00'],
  ['09:30:15', '09:30:15'],
  ['open+5m', '09:35:00'],
  ['12:00', '12:00:00'],
  ['close-90s', '14:58:30'],
  ['close', '15:00:00'],
  ['after_close', '15:30:00'],
  ['close+1h', '16:00:00'],
  ['night', '20:00:00'],
];

describe('a week with a holiday', () => {
  test('every time expression fires on each trading day, and on no other', async () => {
    const run = new Scheduling('2026-07-05 00:00', {
      tasks: TIMES.map(([time]) => task('daily', time, { name: time })),
    });
    run.start();
    await run.walk('2026-07-13 00:00');
    const expected = ['07-06', '07-07', '07-09', '07-10'].flatMap((day) =>
      TIMES.map(([name, time]) => `${day} ${time} ${name}`),
    );
    expect(run.lines).toEqual(expected);
  });

  test.each<[string, number, boolean, string[]]>([
    // jq-api §3: the reference fires these on wrong days; the week has four trading days.
    ['weekly', 1, false, ['07-06', '07-13']],
    ['weekly', 3, false, ['07-09', '07-15']],
    ['weekly', -1, false, ['07-10', '07-17']],
    ['weekly', -2, false, ['07-09', '07-16']],
    ['weekly', 5, false, ['07-17']],
    ['weekly', 5, true, ['07-10', '07-17']],
    ['weekly', -5, true, ['07-06', '07-13']],
    ['monthly', 4, false, ['07-06']],
    ['monthly', 10, false, ['07-15']],
    ['monthly', -1, false, ['07-31']],
    ['monthly', 99, false, []],
    ['monthly', 99, true, ['07-31']],
  ])('%s %i, force %s', async (frequency, ordinal, force, days) => {
    const end = frequency === 'weekly' ? '2026-07-18 00:00' : '2026-07-31 23:59';
    const run = new Scheduling('2026-07-05 12:00', {
      tasks: [task(frequency as 'weekly', '10:00', { ordinal, force })],
    });
    run.start();
    await run.walk(end);
    expect(run.lines.map((line) => line.slice(0, 5))).toEqual(days);
  });

  test('in the first week and month, counting begins at the start day', async () => {
    const tasks = [
      task('weekly', '10:00', { ordinal: 1, name: 'weekly' }),
      task('monthly', '10:00', { ordinal: 1, name: 'monthly' }),
    ];
    const run = new Scheduling('2026-07-07 09:00', { tasks, startDay: '2026-07-07' });
    run.start();
    await run.walk('2026-07-17 23:00');
    expect(run.lines).toEqual(['07-07 10:00:00 monthly', '07-07 10:00:00 weekly', '07-13 10:00:00 weekly']);
  });

  test('the hooks: once at 09:00 and 15:30, and each of the 240 minutes but not 11:30 and 15:00', async () => {
    const run = new Scheduling('2026-07-08 00:00', {
      hooks: new Set(['before_trading_start', 'handle_data', 'after_trading_end']),
    });
    run.start();
    await run.walk('2026-07-09 23:59');
    const times = run.lines.map((line) => line.split(' ').slice(1).join(' '));
    expect(times).toHaveLength(242);
    expect(times.slice(0, 2)).toEqual(['09:00:00 before_trading_start', '09:30:00 handle_data']);
    expect(times.slice(-2)).toEqual(['14:59:00 handle_data', '15:30:00 after_trading_end']);
    expect(times.slice(120, 122)).toEqual(['11:29:00 handle_data', '13:00:00 handle_data']);
    expect(run.ran.every(({ day }) => day === '2026-07-09')).toBe(true);
  });

  test('at one minute: monthly, weekly, daily in order of registration, then the hooks', async () => {
    const tasks = [
      task('daily', '15:30', { name: 'first daily' }),
      task('daily', 'every_bar', { name: 'bar' }),
      task('weekly', '15:30', { ordinal: 1 }),
      task('daily', 'after_close', { name: 'second daily' }),
      task('monthly', '15:30', { ordinal: 4 }),
      task('daily', '9:30', { name: 'open' }),
    ];
    const run = new Scheduling('09:29', { tasks, hooks: new Set(['handle_data', 'after_trading_end']) });
    run.start();
    await run.walk('09:30');
    expect(run.lines).toEqual(['07-06 09:30:00 bar', '07-06 09:30:00 open', '07-06 09:30:00 handle_data']);
    run.ran.length = 0;
    await run.walk('15:29');
    run.ran.length = 0;
    await run.walk('15:30');
    expect(run.ran.map(({ dispatch }) => dispatch.name)).toEqual([
      'monthly 4 15:30',
      'weekly 1 15:30',
      'first daily',
      'second daily',
      'after_trading_end',
    ]);
  });

  test('a task is given its logical time, its day, and the trading day before it', async () => {
    const run = new Scheduling('2026-07-07 00:00', {
      tasks: [task('daily', '10:00')],
      hooks: new Set(['after_trading_end']),
    });
    run.start();
    await run.walk('2026-07-09 23:00');
    expect(run.ran.map(({ dispatch }) => dispatch)).toMatchObject([
      {
        kind: 'task',
        module: 'main.ts',
        context: {
          logicalTime: at('2026-07-07 10:00'),
          tradingDay: '2026-07-07',
          previousDate: '2026-07-06',
          phase: 'task',
        },
      },
      { kind: 'hook', name: 'after_trading_end', context: { phase: 'hook' } },
      { context: { logicalTime: at('2026-07-09 10:00'), tradingDay: '2026-07-09', previousDate: '2026-07-07' } },
      { context: { logicalTime: at('2026-07-09 15:30') } },
    ]);
  });

  test('A4-15: beyond the calendar nothing runs', async () => {
    const run = new Scheduling('2026-07-31 09:00', { tasks: [task('daily', '10:00')] });
    run.start();
    await run.walk('2026-08-05 00:00');
    expect(run.lines).toEqual(['07-31 10:00:00 daily 10:00']);

    const later = new Scheduling('2026-08-05 00:00', { tasks: [task('daily', '10:00')] });
    later.start();
    await later.walk('2026-08-06 00:00');
    expect(later.lines).toEqual([]);
  });

  test('a calendar that grows is gone on with: today at once, what it cost told', async () => {
    const calendar = JULY.copy();
    const tasks = [task('daily', '8:00'), task('daily', '10:00'), task('monthly', '10:00', { ordinal: -1 })];
    const run = new Scheduling('2026-08-03 07:00', { tasks, calendar });
    run.start();
    await run.walk('2026-08-03 09:00');
    expect(run.outcomes).toEqual([]);
    calendar.continueTo('2026-08-04', ['2026-08-03', '2026-08-04']);
    run.scheduler.calendarGrew();
    await run.walk('2026-08-10 00:00');
    expect(run.outcomes).toEqual([
      '08-03 08:00 daily 8:00: skipped, it came up 3600 s late, more than 60 s (EVENT_TIME_OUT)',
      '08-03 10:00 daily 10:00: ran',
      '08-04 08:00 daily 8:00: ran',
      '08-04 10:00 daily 10:00: ran',
    ]);
    expect(run.ran.map(({ dispatch }) => dispatch.context.previousDate)).toEqual([
      '2026-07-31',
      '2026-08-03',
      '2026-08-03',
    ]);
    // Which day of August is its last nobody knows; the other tasks run all the same.
    expect(run.log.texts('warning')).toContain(
      'monthly -1 10:00 (monthly -1 10:00) is not run on 2026-08-04: whether it is that day depends on trading days that are not known yet',
    );
  });
});

describe('the clock and the host', () => {
  test('a simulated clock at max runs a month of minutes without waiting, and does not jump while a task takes its time', async () => {
    const clock = new SimulatedClock({ start: at('2026-07-01 00:00'), speed: 'max' });
    const end = until(clock, at('2026-07-31 23:00')); // something else that waits, to which the clock could jump
    const ran: number[] = [];
    const scheduler = new Scheduler({
      clock,
      calendar: JULY,
      startedAt: clock.now(),
      startDay: '2026-07-01',
      bars: 'minute',
      hooks: new Set(['handle_data']),
      dispatch: async ({ due }) => {
        ran.push(due);
        await nextTurn();
        await nextTurn();
        expect(clock.now() - due).toBeLessThan(60_000);
        return { kind: 'ok' };
      },
      triggers: new MemoryTriggers(),
      eventTimeoutMs: 60_000,
      gate: () => null,
      halted: () => null,
      events: new Events(),
      log: new MemoryLog(),
    });
    scheduler.start();
    await end;
    await scheduler.stop();
    clock.stop();
    expect(ran).toHaveLength(22 * 240);
    expect(ran).toEqual([...ran].sort((a, b) => a - b));
  });

  test('a simulated clock at max does not jump while the gate is closed', async () => {
    const clock = new SimulatedClock({ start: at('09:59'), speed: 'max' });
    let closed: string | null = 'connecting';
    const run = new Scheduling('09:59', { clock, gate: () => closed, tasks: [task('daily', '10:00')] });
    run.start();
    await until(clock, at('10:00'));
    for (let turn = 0; turn < 20; turn += 1) await nextTurn();
    closed = null;
    run.events.emit({ kind: 'gate', reason: null });
    await nextTurn();
    await run.scheduler.stop();
    clock.stop();
    expect(run.outcomes).toEqual(['07-06 10:00 daily 10:00: ran']);
  });

  test('a simulated clock at max jumps on behind a halted strategy, whose tasks are skipped after the time-out', async () => {
    // The timers stand still: what waited for any of them would never end.
    const clock = new SimulatedClock({ start: at('09:00'), speed: 'max', timers: new FakeTimers(at('09:00')) });
    const run = new Scheduling('09:00', { clock, hooks: new Set(['handle_data']) });
    run.halted = 'the strategy is halted';
    run.start();
    for (let turn = 0; run.triggers.records.size < 240 && turn < 100_000; turn += 1) await nextTurn();
    await run.scheduler.stop();
    clock.stop();
    expect(new Set([...run.triggers.records.values()].map(({ outcome, reason }) => `${outcome}: ${reason}`))).toEqual(
      new Set(['skipped: the strategy is halted']),
    );
    expect(run.triggers.records.size).toBeGreaterThanOrEqual(240);
  });

  test.each(['Asia/Shanghai', 'America/New_York', 'UTC'])(
    'D+PanWatch#96: the zone of the host is %s, the instants are the same',
    async (zone) => {
      vi.stubEnv('TZ', zone);
      // 8 March 2026 is the day New York's clocks change.
      expect(new Date(2026, 2, 9).getTimezoneOffset()).toBe(
        { 'Asia/Shanghai': -480, 'America/New_York': 240, UTC: 0 }[zone],
      );
      const run = new Scheduling('2026-03-05 12:00', {
        calendar: exchangeCalendar(),
        startDay: '2026-03-01',
        bars: 'minute',
        tasks: [task('daily', '9:30', { name: 'a' }), task('weekly', '23:59', { ordinal: 1, name: 'b' })],
      });
      run.start();
      await run.walk('2026-03-10 12:00');
      expect(run.ran.map(({ due, dispatch }) => [new Date(due).toISOString(), dispatch.name].join(' '))).toEqual([
        '2026-03-06T01:30:00.000Z a',
        '2026-03-09T01:30:00.000Z a',
        '2026-03-09T15:59:00.000Z b',
        '2026-03-10T01:30:00.000Z a',
      ]);
      expect(chinaText(run.clock.now())).toBe('2026-03-10 12:00:00');
    },
  );
});
