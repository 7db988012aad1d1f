import { afterEach, describe, expect, test, vi } from 'vitest';
import { exchangeCalendar } from '../../../../src/domain/market/calendar.ts';
import { WallClock } from '../../../../src/platform/wall-clock.ts';
import { nextTurn } from '../../../../src/platform/turn.ts';
import { FakeTimers } from '../../platform/fake-timers.ts';
import { at, Scheduling, task } from './scheduling.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Tasks and hooks of a morning on the machine's clock, which a test may set, stop or hold up. */
class Machine {
  readonly timers: FakeTimers;
  readonly run: Scheduling;

  constructor(start: string, memory?: Scheduling['triggers']) {
    this.timers = new FakeTimers(at(start));
    this.run = new Scheduling(start, {
      clock: new WallClock(this.timers),
      calendar: exchangeCalendar(),
      tasks: ['9:40', '10:00', '10:30', '11:00', '12:00'].map((time) => task('daily', time, { name: time })),
      hooks: new Set(['before_trading_start', 'after_trading_end']),
      ...(memory === undefined ? {} : { memory }),
    });
    this.run.start();
  }

  /** Lets the clock go on until it shows that time. */
  async until(time: string): Promise<void> {
    while (this.timers.wallNow() < at(time)) {
      this.timers.pass(Math.min(60_000, at(time) - this.timers.wallNow()));
      for (let turn = 0; turn < 5; turn += 1) await nextTurn();
    }
  }

  set(time: string): void {
    this.timers.setWall(at(time));
  }

  /** `10:00 ran`, in the order they were recorded. */
  get outcomes(): string[] {
    return this.run.outcomes.map((line) => line.slice(12).split(',')[0] ?? '');
  }

  async end(): Promise<Scheduling['triggers']> {
    await this.run.scheduler.stop();
    return this.run.triggers;
  }
}

const MORNING = ['9:40: ran', '10:00: ran', '10:30: ran', '11:00: ran', '12:00: ran'];

describe('a clock that is wrong', () => {
  test('set on by an hour: what it jumped over is skipped and told, what follows runs', async () => {
    const machine = new Machine('09:35');
    await machine.until('09:50');
    machine.set('10:50');
    await machine.until('12:10');
    await machine.end();
    expect(machine.outcomes).toEqual(['9:40: ran', '10:00: skipped', '10:30: skipped', '11:00: ran', '12:00: ran']);
    expect(machine.run.log.texts('warning')).toHaveLength(2);
  });

  test('set back by an hour: nothing runs twice, nothing is lost', async () => {
    const machine = new Machine('09:35');
    await machine.until('10:05');
    machine.set('09:05');
    await machine.until('12:10');
    await machine.end();
    expect(machine.outcomes).toEqual(MORNING);
    expect(machine.run.ran).toHaveLength(5);
  });

  test('set back by an hour, and started again there: what has run does not run again, the hooks neither', async () => {
    const first = new Machine('08:55');
    await first.until('10:05');
    const second = new Machine('08:58', await first.end());
    await second.until('12:10');
    const records = await second.end();
    expect([...first.run.lines, ...second.run.lines].map((line) => line.slice(15))).toEqual([
      'before_trading_start',
      '9:40',
      '10:00',
      '10:30',
      '11:00',
      '12:00',
    ]);
    expect(records.records.size).toBe(6);
  });

  test('set on and back again: what was skipped stays told as skipped', async () => {
    const machine = new Machine('09:35');
    await machine.until('09:50');
    machine.set('10:50');
    await machine.until('10:51');
    machine.set('09:52');
    await machine.until('12:10');
    await machine.end();
    expect(machine.outcomes).toEqual(['9:40: ran', '10:00: skipped', '10:30: skipped', '11:00: ran', '12:00: ran']);
  });
});

describe('a machine that stands still', () => {
  test('asleep from 9:50 over the night: all it missed is told, the next day runs', async () => {
    const machine = new Machine('09:35');
    await machine.until('09:50');
    machine.set('2026-07-07 09:39');
    await machine.until('2026-07-07 09:41');
    await machine.end();
    expect(machine.outcomes).toEqual([
      '9:40: ran',
      '10:00: skipped',
      '10:30: skipped',
      '11:00: skipped',
      '12:00: skipped',
      'after_trading_end: skipped',
      'before_trading_start: skipped',
      '9:40: ran',
    ]);
  });

  test('a loop that was blocked for 5 s: the task runs 5 s late, and says by how much', async () => {
    const machine = new Machine('09:35');
    await machine.until('09:59:58');
    machine.set('10:00:05'); // nothing ran in between
    await machine.until('10:01');
    await machine.end();
    expect(machine.run.outcomes.at(-1)).toMatch(/10:00: ran_late, [56] s late$/u);
  });
});

describe('days and hours', () => {
  test.each(['Asia/Shanghai', 'America/New_York', 'Europe/London', 'Pacific/Kiritimati'])(
    'on a host in %s the morning is the same',
    async (zone) => {
      vi.stubEnv('TZ', zone);
      const machine = new Machine('09:35');
      await machine.until('12:10');
      await machine.end();
      expect(machine.outcomes).toEqual(MORNING);
    },
  );

  test('over New Year the week and the month begin anew, and the closed days are closed', async () => {
    const run = new Scheduling('2025-12-30 08:00', {
      calendar: exchangeCalendar(),
      startDay: '2025-12-01',
      tasks: [
        task('daily', '9:30', { name: 'day' }),
        task('weekly', '9:31', { name: 'last of week', ordinal: -1 }),
        task('monthly', '9:32', { name: 'last of month', ordinal: -1 }),
        task('monthly', '9:33', { name: 'first of month', ordinal: 1 }),
      ],
    });
    run.start();
    await run.walk('2026-01-05 12:00');
    expect(run.lines).toEqual([
      '12-30 09:30:00 day',
      '12-31 09:30:00 day',
      '12-31 09:31:00 last of week', // the 1st and 2nd of January are closed
      '12-31 09:32:00 last of month',
      '01-05 09:30:00 day',
      '01-05 09:33:00 first of month',
    ]);
  });

  test('at lunch a task of its own runs, every_bar and handle_data do not', async () => {
    const run = new Scheduling('11:28', {
      tasks: [task('daily', '12:00', { name: 'lunch' }), task('daily', 'every_bar', { name: 'bar' })],
      hooks: new Set(['handle_data']),
    });
    run.start();
    await run.walk('13:00');
    expect(run.lines.map((line) => line.slice(6))).toEqual([
      '11:28:00 bar',
      '11:28:00 handle_data',
      '11:29:00 bar',
      '11:29:00 handle_data',
      '12:00:00 lunch',
      '13:00:00 bar',
      '13:00:00 handle_data',
    ]);
  });
});
