import { describe, expect, test } from 'vitest';
import { exchangeCalendar } from '../../../../src/domain/market/calendar.ts';
import { chinaDay, chinaInstant, chinaText } from '../../../../src/domain/time.ts';
import { Events } from '../../../../src/engine/events.ts';
import { TradingDays } from '../../../../src/engine/time/trading-days.ts';
import { SteppedClock } from '../../../../src/platform/stepped-clock.ts';
import { MemoryLog } from '../strategy/fake-engine.ts';
import { at, Scheduling, task } from './scheduling.ts';

/** Weekdays that trade in a January the table does not know. */
const JANUARY = ['2026-12-30', '2026-12-31', '2027-01-04', '2027-01-05', '2027-01-06', '2027-01-07', '2027-01-08'];

/** The days of a run, a venue that answers as told, and what was said. */
class World {
  readonly clock: SteppedClock;
  readonly log = new MemoryLog();
  readonly told: string[] = [];
  readonly asked: string[] = [];
  readonly days: TradingDays;
  grown = 0;
  /** Null = the question fails. */
  listed: readonly string[] | null = exchangeCalendar().between('2026-01-01', '2026-12-31');
  quoteDay: string | null = null;

  constructor(start: string) {
    this.clock = new SteppedClock(at(start));
    const events = new Events();
    events.on((event) => {
      if (event.kind === 'alarm') this.told.push(`${event.alarm.code} ${event.alarm.text}`);
      if (event.kind === 'all_clear') this.told.push(`clear ${event.code}`);
    });
    this.days = new TradingDays({
      clock: this.clock,
      table: exchangeCalendar(),
      source: {
        tradeDays: (from, to) => {
          this.asked.push(`${chinaText(this.clock.now()).slice(5, 16)} ${from} ${to}`);
          if (this.listed === null) return Promise.reject(new Error('no answer'));
          return Promise.resolve(this.listed.filter((day) => day >= from && day <= to));
        },
        quotes: ([code = '']) => {
          const time = this.quoteDay === null ? null : chinaInstant(this.quoteDay, '09:15:03');
          return Promise.resolve(new Map([[code, { time }]]));
        },
      },
      onGrowth: () => (this.grown += 1),
      events,
      log: this.log,
    });
  }

  get reason(): string | null {
    return this.days.reason(this.clock.now());
  }

  get warnings(): readonly string[] {
    return this.log.texts('warning');
  }

  walk(text: string): Promise<void> {
    return this.clock.walk(at(text));
  }
}

describe('within the table', () => {
  test('the venue is asked at start and once a day, about the last trading day and what is to come', async () => {
    const world = new World('2026-07-03 14:00');
    await world.days.start();
    await world.walk('2026-07-07 12:00');
    world.days.stop();
    await world.walk('2026-07-20 12:00');
    expect(world.asked).toEqual([
      '07-03 14:00 2026-07-02 2026-08-03',
      '07-04 08:35 2026-07-03 2026-08-04',
      '07-05 08:35 2026-07-03 2026-08-05',
      '07-06 08:35 2026-07-03 2026-08-06',
      '07-07 08:35 2026-07-06 2026-08-07',
    ]);
    expect([world.reason, world.warnings, world.told, world.grown]).toEqual([null, [], [], 0]);
  });

  test('an answer is not waited for: orders go on', async () => {
    const world = new World('2026-07-06 09:00');
    const started = world.days.start();
    expect(world.reason).toBeNull();
    await started;
  });

  test('a disagreement about today refuses orders, with an alarm and one warning a day, until it is over', async () => {
    const world = new World('2026-07-06 08:00');
    world.listed = ['2026-07-03', '2026-07-07', '2026-07-08'];
    await world.days.start();
    const reason = 'the trading calendars of bt and of the gateway disagree about 2026-07-06; find out which is right';
    expect(world.reason).toBe(reason);
    await world.walk('2026-07-06 14:30');
    expect(world.warnings).toEqual([`No order is sent today: ${reason}`]);
    expect(world.told).toEqual([`CALENDAR_DOUBT ${reason}`]);
    // It is asked again, in case that was a passing fault.
    world.listed = ['2026-07-03', '2026-07-06', '2026-07-07'];
    await world.walk('2026-07-06 14:40');
    expect([world.reason, world.told.at(-1)]).toEqual([null, 'clear CALENDAR_DOUBT']);
  });

  test('one warning for each day of doubt, and tracking goes on: nothing throws', async () => {
    const world = new World('2026-10-08 08:00');
    world.listed = ['2026-09-30', '2026-10-07', '2026-10-08', '2026-10-09'];
    await world.days.start();
    await world.walk('2026-10-08 15:00');
    expect(world.reason).toContain('2026-10-07');
    expect(world.warnings).toHaveLength(1);
    world.listed = ['2026-10-08', '2026-10-10', '2026-10-12'];
    await world.walk('2026-10-09 15:00');
    expect(world.warnings).toEqual([expect.stringContaining('2026-10-07'), expect.stringContaining('2026-10-09')]);
    expect(world.told).toHaveLength(1);
  });

  test.each([
    ['fails', null],
    ['answers with nothing', []],
    ['has not stored today yet', ['2026-07-02', '2026-07-03']],
  ])('a venue that %s is no disagreement', async (_what, listed) => {
    const world = new World('2026-07-06 08:00');
    world.listed = listed;
    await world.days.start();
    await world.walk('2026-07-07 08:00');
    expect([world.reason, world.warnings, world.told]).toEqual([null, [], []]);
    expect(world.asked.length).toBeLessThanOrEqual(4);
    expect(world.log.texts('info')).toHaveLength(listed === null ? 1 : 0);
  });

  test('one that is told to stop while the venue is asked says and arms nothing', async () => {
    const world = new World('2026-07-06 08:00');
    world.listed = null;
    const asked = world.days.start();
    world.days.stop();
    await asked;
    await world.walk('2026-07-08 12:00');
    expect([world.asked.length, world.log.texts('info')]).toEqual([1, []]);
  });

  test('D+akshare#3336: its end is warned of daily, from 30 days before', async () => {
    const world = new World('2026-11-30 09:00');
    await world.days.start();
    await world.walk('2026-12-01 08:00');
    expect(world.warnings).toEqual([]);
    await world.walk('2026-12-03 12:00');
    const text = 'The trading calendar ends on 2026-12-31. Update bt before that day.';
    expect(world.warnings).toEqual([text, text, text]);
    expect(world.reason).toBeNull();
  });
});

describe('beyond the table', () => {
  test('nothing known: no orders, one clear warning and an alarm a day, none on a weekend', async () => {
    const world = new World('2026-12-31 16:00');
    await world.days.start();
    await world.walk('2027-01-03 23:00');
    expect(world.reason).toBeNull();
    await world.walk('2027-01-05 12:00');
    const reason = (day: string): string =>
      `the trading calendar ends on 2026-12-31 and the gateway does not say whether ${day} trades. Update bt.`;
    expect(world.reason).toBe(reason('2027-01-05'));
    expect(world.warnings.slice(1)).toEqual([
      `No order is sent today: ${reason('2027-01-04')}`,
      `No order is sent today: ${reason('2027-01-05')}`,
    ]);
    expect(world.told).toEqual([`CALENDAR_DOUBT ${reason('2027-01-04')}`]);
  });

  test('the gateway’s calendar and a quote of the day decide', async () => {
    const world = new World('2027-01-04 08:00');
    world.listed = JANUARY;
    await world.days.start();
    expect(world.days.calendar.isTradingDay('2027-01-04')).toBe(true);
    expect(world.grown).toBeGreaterThan(0);
    world.quoteDay = '2026-12-31';
    await world.walk('2027-01-04 09:20');
    expect(world.reason).toContain('there is no quote of 2027-01-04 yet');
    // Before the market opens that is as it must be.
    expect(world.told).toEqual([]);
    world.quoteDay = '2027-01-04';
    await world.walk('2027-01-04 09:21');
    expect(world.reason).toBeNull();
    expect(world.warnings).toEqual([
      'The trading calendar ended on 2026-12-31; the gateway’s is used. Update bt.'.replace('’', "'"),
    ]);
    await world.walk('2027-01-05 08:50');
    expect(world.reason).toContain('no quote of 2027-01-05');
    expect(world.warnings).toHaveLength(2);
  });

  test('a day that trades by the list and has no quote is a doubt once the market is open', async () => {
    const world = new World('2027-01-04 08:00');
    world.listed = JANUARY;
    await world.days.start();
    await world.walk('2027-01-04 09:40');
    expect(world.told).toEqual([expect.stringContaining('CALENDAR_DOUBT')]);
    expect(world.warnings).toEqual([
      "The trading calendar ended on 2026-12-31; the gateway's is used. Update bt.",
      expect.stringContaining('No order is sent today'),
    ]);
  });

  test('a day the list passes over is closed, and no doubt', async () => {
    const world = new World('2027-01-06 08:00');
    world.listed = JANUARY.filter((day) => day !== '2027-01-06');
    await world.days.start();
    await world.walk('2027-01-06 12:00');
    expect(world.days.calendar.isTradingDay('2027-01-06')).toBe(false);
    expect([world.reason, world.told]).toEqual([null, []]);
  });

  test('a list without the last days of the table is not relied on', async () => {
    const world = new World('2027-01-04 09:40');
    world.listed = ['2027-01-04', '2027-01-05'];
    world.quoteDay = '2027-01-04';
    await world.days.start();
    expect(world.reason).toContain('does not say whether 2027-01-04 trades');
  });

  test('the start waits for the answer: contexts need the calendar', async () => {
    const world = new World('2027-01-05 08:00');
    world.listed = JANUARY;
    await world.days.start();
    expect(world.days.calendar.previous('2027-01-05')).toBe('2027-01-04');
  });

  test('a run over New Year plans the days the gateway adds, and stops where it knows no more', async () => {
    const world = new World('2026-12-31 08:00');
    const run = new Scheduling('2026-12-31 08:00', {
      calendar: world.days.calendar,
      clock: world.clock,
      tasks: [task('daily', '10:00'), task('monthly', '10:00', { ordinal: 1 })],
      startDay: '2026-12-01',
    });
    await world.days.start();
    run.start(world.clock.now());
    await world.walk('2027-01-04 07:00');
    world.listed = JANUARY;
    await world.walk('2027-01-04 09:00');
    run.scheduler.calendarGrew();
    await world.walk('2027-01-30 00:00');
    expect(run.lines.map((line) => line.slice(0, 5))).toEqual([
      '12-31',
      '01-04', // monthly: the first of January
      '01-04',
      '01-05',
      '01-06',
      '01-07',
      '01-08',
    ]);
    expect(chinaDay(world.clock.now())).toBe(chinaDay(chinaInstant('2027-01-30', '00:00')));
  });
});
