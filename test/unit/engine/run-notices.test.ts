import { beforeEach, describe, expect, test } from 'vitest';
import { Events, type EngineEvent } from '../../../src/engine/events.ts';
import { lineOf } from '../../../src/engine/events-log.ts';
import { RunErrors } from '../../../src/engine/run-errors.ts';
import { RunNotices } from '../../../src/engine/run-notices.ts';
import { watchClock } from '../../../src/engine/time/clock-watch.ts';
import { SteppedClock } from '../../../src/platform/stepped-clock.ts';
import { FakeTimers } from '../platform/fake-timers.ts';

let events: Events;
let clock: SteppedClock;
let notices: RunNotices;
beforeEach(() => {
  events = new Events();
  clock = new SteppedClock(1_000);
  notices = new RunNotices(clock, events);
});

describe('the report holds', () => {
  test('alarms, with the time at which each was over', () => {
    events.alarm('ORDER_UNKNOWN', 'a', 'where is it?');
    events.alarm('ORDER_UNKNOWN', 'b', 'and that?');
    clock.set(2_000);
    events.emit({ kind: 'all_clear', code: 'ORDER_UNKNOWN', subject: 'a', text: 'here' });
    expect(notices.kept().alarms.map(({ subject, time, over }) => [subject, time, over])).toEqual([
      ['a', 1_000, 2_000],
      ['b', 1_000, null],
    ]);
  });

  test('the last thousand of them', () => {
    for (let i = 0; i < 1_005; i += 1) events.alarm('GATE_CLOSED', null, String(i));
    expect([notices.kept().alarms.length, notices.kept().alarms[0]?.text]).toEqual([1_000, '5']);
  });
});

test('what did not happen is an error of the run: tasks that no ledger holds, and a ledger that failed', () => {
  const errors = new RunErrors(clock, events);
  events.emit({ kind: 'task_not_run', task: 'buy (daily 09:36)', due: 5, reason: 'its record could not be written' });
  events.alarm('LEDGER_FAILED', null, 'the disk is full');
  events.alarm('ORDER_UNKNOWN', 'a', 'that is the closing table’s');
  expect(errors.errors.map(({ code, task }) => `${code} ${task}`)).toEqual([
    'TASK_NOT_RUN buy (daily 09:36)',
    'LEDGER_FAILED the ledger',
  ]);
});

describe('a clock that is set', () => {
  let timers: FakeTimers;
  let seen: EngineEvent[];
  beforeEach(() => {
    timers = new FakeTimers(1_000_000);
    seen = [];
    events.on((event) => seen.push(event));
  });
  const lines = (): (string | undefined)[] => seen.map((event) => lineOf(event)?.text);

  test('back is one line, and in the report', () => {
    const end = watchClock({ clock: { kind: 'wall' }, timers, events });
    timers.pass(10_000);
    timers.setWall(timers.wallNow() - 120_000);
    timers.pass(10_000);
    expect(lines()).toEqual([
      'The clock of this machine was set back by 120 s. Nothing that ran runs again; what is due waits for its time.',
    ]);
    expect(notices.kept().clockSteps).toEqual([{ time: 1_000, stepMs: -120_000 }]);
    end();
    timers.setWall(0);
    timers.pass(10_000);
    expect(lines()).toHaveLength(1);
  });

  test('ahead, or a machine that slept, too; one that is kept in time is not', () => {
    watchClock({ clock: { kind: 'wall' }, timers, events });
    for (let i = 0; i < 20; i += 1) {
      timers.setWall(timers.wallNow() + 500);
      timers.pass(1_000);
    }
    expect(lines()).toEqual([]);
    timers.setWall(timers.wallNow() + 3_600_000);
    timers.pass(1_000);
    expect(lines()).toEqual([
      'The clock of this machine is ahead by 3600 s at once: it was set, or the machine slept.',
    ]);
  });

  test('is nothing to a clock that is not the machine’s', () => {
    watchClock({ clock: { kind: 'simulated' }, timers, events });
    timers.setWall(0);
    timers.pass(10_000);
    expect(lines()).toEqual([]);
  });
});
