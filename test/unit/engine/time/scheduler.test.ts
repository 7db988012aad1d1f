import { describe, expect, test } from 'vitest';
import { errorCode } from '../../../../src/domain/errors.ts';
import { nextTurn } from '../../../../src/platform/turn.ts';
import type { DispatchResult } from '../../../../src/engine/strategy/types.ts';
import { MemoryTriggers } from '../../../../src/engine/time/triggers.ts';
import { at, pause, Scheduling, task } from './scheduling.ts';

const ERROR: DispatchResult = {
  kind: 'error',
  error: { code: 'STRATEGY_ERROR', message: 'boom', fault: null, stack: '', location: 'main.ts:3:1' },
};

describe('one after another', () => {
  test('the next task begins when the one before it has ended, late but within the time-out', async () => {
    const run = new Scheduling('09:29', {
      tasks: [task('daily', '9:30', { name: 'slow' }), task('daily', '9:31', { name: 'next' })],
    });
    const slow = pause();
    run.run = slow.run;
    run.scheduler.start();
    await run.walk('09:31:40');
    expect(run.lines).toEqual(['07-06 09:30:00 slow']);
    run.run = () => Promise.resolve({ kind: 'ok' });
    slow.end();
    await run.walk('09:31:41');
    expect(run.lines).toEqual(['07-06 09:30:00 slow', '07-06 09:31:00 next']);
    expect(run.outcomes).toEqual(['07-06 09:30 slow: ran', '07-06 09:31 next: ran_late']);
    const next = [...run.triggers.records.values()].at(-1);
    expect(next).toMatchObject({ due: at('09:31'), startedAt: at('09:31:40'), endedAt: at('09:31:40') });
  });

  test('A4-8: what comes up more than EVENT_TIME_OUT late is skipped, each recorded, one warning a task', async () => {
    const run = new Scheduling('09:59:30', {
      tasks: [task('daily', '10:00', { name: 'slow' }), task('daily', '10:01', { name: 'sell' })],
      hooks: new Set(['handle_data']),
    });
    run.scheduler.start();
    const slow = pause();
    run.run = slow.run;
    await run.walk('10:05:30');
    run.run = () => Promise.resolve({ kind: 'ok' });
    slow.end();
    await run.walk('10:06');
    expect(run.outcomes).toEqual([
      '07-06 10:00 slow: ran',
      ...[
        '10:00 handle_data',
        '10:01 sell',
        '10:01 handle_data',
        '10:02 handle_data',
        '10:03 handle_data',
        '10:04 handle_data',
      ].map(
        (what) =>
          `07-06 ${what}: skipped, it came up ${330 - Number(what.slice(3, 5)) * 60} s late, more than 60 s (EVENT_TIME_OUT)`,
      ),
      '07-06 10:05 handle_data: ran_late',
      '07-06 10:06 handle_data: ran',
    ]);
    expect(run.log.texts('warning')).toEqual([
      'handle_data (hook) was skipped, 5 times, due 2026-07-06 10:00:00 to 2026-07-06 10:04:00: it came up 90 s late, more than 60 s (EVENT_TIME_OUT)',
      'sell (daily 10:01) was skipped, due 2026-07-06 10:01:00: it came up 270 s late, more than 60 s (EVENT_TIME_OUT)',
    ]);
  });

  test('exactly at the time-out it still runs', async () => {
    const run = new Scheduling('09:59', { tasks: [task('daily', '10:00')] });
    run.scheduler.start();
    run.clock.jump(at('10:01'));
    await run.walk('10:01');
    expect(run.outcomes).toEqual(['07-06 10:00 daily 10:00: ran_late']);
  });

  test('a machine that slept over days skips what it missed and goes on with the present day', async () => {
    const run = new Scheduling('2026-07-06 16:00', { tasks: [task('daily', '10:00')] });
    run.scheduler.start();
    run.clock.jump(at('2026-07-10 09:00'));
    await run.walk('2026-07-10 11:00');
    expect(run.outcomes.map((line) => line.split(',')[0])).toEqual([
      '07-07 10:00 daily 10:00: skipped',
      '07-09 10:00 daily 10:00: skipped',
      '07-10 10:00 daily 10:00: ran',
    ]);
    expect(run.log.texts('warning')).toHaveLength(1);
  });
});

describe('start and restart', () => {
  test('nothing due before the start is made up for or recorded', async () => {
    const run = new Scheduling('10:00:01', {
      tasks: [task('daily', '10:00'), task('daily', '10:01')],
      hooks: new Set(['before_trading_start']),
    });
    run.scheduler.start();
    await run.walk('11:00');
    expect(run.outcomes).toEqual(['07-06 10:01 daily 10:01: ran']);
  });

  test('what is due at the very start runs; so does what is due since the instant given', async () => {
    const exact = new Scheduling('10:00', { tasks: [task('daily', '10:00')] });
    exact.scheduler.start();
    await exact.walk('10:00');
    expect(exact.outcomes).toEqual(['07-06 10:00 daily 10:00: ran']);
    const since = new Scheduling('10:00:20', { tasks: [task('daily', '9:59'), task('daily', '10:00')] });
    since.scheduler.start(at('10:00'));
    await since.walk('10:01');
    expect(since.outcomes).toEqual(['07-06 10:00 daily 10:00: ran_late']);
  });

  test('D16/D18: a second run over the same day runs nothing twice, hooks and skipped tasks included', async () => {
    const memory = new MemoryTriggers();
    const options = {
      memory,
      tasks: [task('daily', '10:00'), task('daily', '10:02')],
      hooks: new Set(['before_trading_start', 'handle_data']),
    };
    const first = new Scheduling('08:00', options);
    first.scheduler.start();
    await first.walk('10:01');
    await first.scheduler.stop();
    const second = new Scheduling('08:00', options);
    second.scheduler.start();
    await second.walk('10:02');
    expect(second.lines).toEqual(['07-06 10:02:00 daily 10:02', '07-06 10:02:00 handle_data']);
  });

  test('a task that was running when the process died is not run again, and that is said', async () => {
    const memory = new MemoryTriggers();
    const first = new Scheduling('09:59', { memory, tasks: [task('daily', '10:00')] });
    first.run = pause().run;
    first.scheduler.start();
    await first.walk('10:00');
    expect(first.outcomes).toEqual(['07-06 10:00 daily 10:00: started']);
    const second = new Scheduling('09:59', { memory, tasks: [task('daily', '10:00')] });
    second.scheduler.start();
    await second.walk('10:05');
    expect(second.lines).toEqual([]);
    expect(second.log.texts('warning')).toEqual([
      'daily 10:00 (daily 10:00) was interrupted the last time and is not run again',
    ]);
  });

  test('stop lets the running task end and starts nothing more', async () => {
    const run = new Scheduling('09:59', {
      tasks: [task('daily', '10:00', { name: 'slow' }), task('daily', '10:00', { name: 'next' })],
    });
    const slow = pause();
    run.run = slow.run;
    run.scheduler.start();
    await run.walk('10:00');
    let stopped = false;
    const stopping = run.scheduler.stop().then(() => (stopped = true));
    await nextTurn();
    expect(stopped).toBe(false);
    slow.end();
    await stopping;
    await run.walk('2026-07-07 12:00');
    expect(run.outcomes).toEqual(['07-06 10:00 slow: ran']);
    expect(run.scheduler.nextDue()).toBeNull();
  });
});

describe('registrations', () => {
  test('made during a run count from then on, also for the rest of the day', async () => {
    const run = new Scheduling('09:59', { tasks: [task('daily', '10:00', { name: 'plan' })] });
    run.run = (due) => {
      if (due.dispatch.name === 'plan') {
        for (const time of ['9:00', '10:00', '10:01']) run.scheduler.register(task('daily', time));
      }
      return Promise.resolve({ kind: 'ok' });
    };
    run.scheduler.start();
    await run.walk('10:30');
    expect(run.lines).toEqual(['07-06 10:00:00 plan', '07-06 10:01:00 daily 10:01']);
    await run.walk('2026-07-07 09:59');
    expect(run.lines.slice(2)).toEqual(['07-07 09:00:00 daily 9:00']);
  });

  test('one that is due before what is waited for is not missed', async () => {
    const run = new Scheduling('09:00', { tasks: [task('daily', '14:00')] });
    run.scheduler.start();
    await run.walk('09:30');
    run.scheduler.register(task('daily', '10:00'));
    await run.walk('10:00');
    expect(run.lines).toEqual(['07-06 10:00:00 daily 10:00']);
  });

  test('unschedule_all during a run removes also what is due in the same minute; the hooks stay', async () => {
    const run = new Scheduling('09:59:30', {
      tasks: [
        task('daily', '10:00', { name: 'reset' }),
        task('daily', '10:00', { name: 'gone' }),
        task('daily', '11:00'),
      ],
      hooks: new Set(['handle_data']),
    });
    run.run = (due) => {
      if (due.dispatch.name === 'reset') {
        run.scheduler.unscheduleAll();
        run.scheduler.register(task('daily', '10:02', { name: 'new' }));
      }
      return Promise.resolve({ kind: 'ok' });
    };
    run.scheduler.start();
    await run.walk('10:02');
    expect(run.ran.map(({ dispatch }) => dispatch.name)).toEqual([
      'reset',
      'handle_data',
      'handle_data',
      'new',
      'handle_data',
    ]);
    expect(run.scheduler.registrations().map(({ name }) => name)).toEqual(['new']);
  });

  test('the same function may be registered at many times; the very same call counts once, with a warning', async () => {
    const run = new Scheduling('09:59', {
      tasks: [
        task('daily', '10:00', { name: 'f' }),
        task('daily', '10:01', { name: 'f' }),
        task('weekly', '10:01', { name: 'f', ordinal: 1 }),
        task('weekly', '10:01', { name: 'f', ordinal: 2 }),
        task('daily', '10:01', { name: 'f' }),
      ],
    });
    run.scheduler.start();
    run.scheduler.register(task('daily', '10:01', { name: 'f' }));
    await run.walk('10:05');
    expect(run.lines).toEqual(['07-06 10:00:00 f', '07-06 10:01:00 f', '07-06 10:01:00 f']);
    expect(run.log.texts('warning')).toEqual([
      'f (daily 10:01) is registered already; it will run once, not twice',
      'f (daily 10:01) is registered already; it will run once, not twice',
    ]);
  });

  test.each([
    [task('daily', '25:00'), 'BAD_TIME_EXPRESSION'],
    [task('weekly', 'every_bar', { ordinal: 1 }), 'BAD_TIME_EXPRESSION'],
    [task('weekly', '10:00', { ordinal: 0 }), 'BAD_ORDINAL'],
  ])('one that can never run is refused at once', (registration, code) => {
    const run = new Scheduling('09:00');
    let thrown: unknown = null;
    try {
      run.scheduler.register(registration);
    } catch (error) {
      thrown = error;
    }
    expect(errorCode(thrown)).toBe(code);
    expect(run.scheduler.registrations()).toEqual([]);
  });
});

describe('the gate', () => {
  test('a task waits behind a closed gate, and what is due after it waits too', async () => {
    const run = new Scheduling('09:59', { tasks: [task('daily', '10:00'), task('daily', '10:00:05')] });
    run.gate = 'not reconciled';
    run.scheduler.start();
    await run.walk('10:00:20');
    expect(run.lines).toEqual([]);
    run.gate = null;
    await run.walk('10:00:21');
    expect(run.outcomes).toEqual(['07-06 10:00 daily 10:00: ran_late', '07-06 10:00 daily 10:00:05: ran_late']);
    expect(run.log.texts('warning')).toEqual(['daily 10:00 (daily 10:00) waits: not reconciled']);
  });

  test('one that stays closed past the time-out skips the task with its own reason', async () => {
    const run = new Scheduling('09:59', {
      tasks: [task('daily', '10:00'), task('daily', '10:00:30'), task('daily', '10:05')],
    });
    run.gate = 'not reconciled';
    run.scheduler.start();
    await run.walk('10:04');
    run.gate = null;
    await run.walk('10:05');
    expect(run.outcomes).toEqual([
      '07-06 10:00 daily 10:00: skipped, not reconciled',
      '07-06 10:00 daily 10:00:30: skipped, not reconciled',
      '07-06 10:05 daily 10:05: ran',
    ]);
  });

  test('poke lets the task run at once', async () => {
    const run = new Scheduling('09:59', { tasks: [task('daily', '10:00')] });
    run.gate = 'closed';
    run.scheduler.start();
    await run.walk('10:00');
    run.gate = null;
    run.scheduler.poke();
    await nextTurn();
    expect(run.outcomes).toEqual(['07-06 10:00 daily 10:00: ran']);
  });

  test('stop does not wait for it', async () => {
    const run = new Scheduling('09:59', { tasks: [task('daily', '10:00')] });
    run.gate = 'closed';
    run.scheduler.start();
    await run.walk('10:00');
    await run.scheduler.stop();
    expect(run.outcomes).toEqual([]);
  });
});

describe('tasks that fail', () => {
  test('are recorded with the author’s line, and the next ones run', async () => {
    const run = new Scheduling('09:59', { tasks: [task('daily', '10:00'), task('daily', '10:01')] });
    run.run = (due) => Promise.resolve(due.due === at('10:00') ? ERROR : { kind: 'ok' });
    run.scheduler.start();
    await run.walk('10:02');
    expect(run.outcomes).toEqual([
      '07-06 10:00 daily 10:00: failed, main.ts:3:1: boom',
      '07-06 10:01 daily 10:01: ran',
    ]);
  });

  test.each<[DispatchResult, string]>([
    [{ kind: 'exit', code: 3 }, 'the strategy ended itself with process.exit(3)'],
    [{ kind: 'lost', reason: 'too slow' }, 'the strategy was lost: too slow'],
  ])('a strategy that is gone ends the scheduling: %o', async (result, reason) => {
    const run = new Scheduling('09:59', { tasks: [task('daily', '10:00'), task('daily', '10:01')] });
    run.run = () => Promise.resolve(result);
    run.scheduler.start();
    await run.walk('2026-07-07 12:00');
    expect(run.outcomes).toEqual([`07-06 10:00 daily 10:00: failed, ${reason}`]);
    expect(run.scheduler.nextDue()).toBeNull();
  });

  test('a fault of the engine fails that task alone', async () => {
    const run = new Scheduling('09:59', { tasks: [task('daily', '10:00'), task('daily', '10:01')] });
    run.run = (due) => (due.due === at('10:00') ? Promise.reject(new Error('oops')) : Promise.resolve({ kind: 'ok' }));
    run.scheduler.start();
    await run.walk('10:02');
    expect(run.outcomes).toEqual(['07-06 10:00 daily 10:00: failed, oops', '07-06 10:01 daily 10:01: ran']);
  });

  test('a trigger store that cannot be read costs the task, not the ones after it', async () => {
    const run = new Scheduling('09:59', { tasks: [task('daily', '10:00'), task('daily', '10:01')] });
    const find = run.triggers.find.bind(run.triggers);
    run.triggers.find = (key) => {
      if (key.includes('10:00')) throw new Error('disk error');
      return find(key);
    };
    run.scheduler.start();
    await run.walk('10:02');
    expect(run.lines).toEqual(['07-06 10:01:00 daily 10:01']);
    expect(run.log.texts('error')).toEqual(['daily 10:00 (daily 10:00) is not run: disk error']);
  });

  test('a task whose record cannot be written is not run', async () => {
    const run = new Scheduling('09:59', { tasks: [task('daily', '10:00'), task('daily', '10:01')] });
    const write = run.triggers.record.bind(run.triggers);
    run.triggers.record = (record) => {
      if (record.due === at('10:00')) throw new Error('disk full');
      write(record);
    };
    run.scheduler.start();
    await run.walk('10:02');
    expect(run.lines).toEqual(['07-06 10:01:00 daily 10:01']);
    expect(run.log.texts('error')).toEqual([
      'daily 10:00 (daily 10:00) is not run: its record could not be written: disk full',
    ]);
  });
});
