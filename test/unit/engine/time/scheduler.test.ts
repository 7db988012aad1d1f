import { describe, expect, test } from 'vitest';
import { errorCode } from '../../../../src/domain/errors.ts';
import { nextTurn } from '../../../../src/platform/turn.ts';
import type { DispatchResult } from '../../../../src/engine/strategy/types.ts';
import { MemoryTriggers, type TriggerRecord } from '../../../../src/engine/time/triggers.ts';
import { at, pause, Scheduling, task } from './scheduling.ts';

const ERROR: DispatchResult = {
  kind: 'error',
  error: { code: 'STRATEGY_ERROR', message: 'boom', fault: null, stack: '', location: 'main.ts:3:1' },
};

describe('the last turn of a run that ends at an instant', () => {
  const tasks = ['9:30', '9:30', '9:31'].map((time, index) => task('daily', time, { name: `task${index}` }));

  test('is of all that is due by then, and of nothing later', async () => {
    const run = new Scheduling('09:29', { tasks });
    const last: { turn: Promise<void> | null } = { turn: null };
    // The end of a run is armed before its tasks are.
    run.clock.at(at('09:30'), () => {
      last.turn = run.scheduler.runLast(at('09:30'));
    });
    run.start();
    const first = pause();
    run.run = first.run;
    run.clock.jump(at('09:30'));
    expect(last.turn).not.toBeNull();
    await run.walk('09:31');
    run.run = () => Promise.resolve({ kind: 'ok' });
    first.end();
    await last.turn;
    await run.scheduler.stop();
    expect(run.outcomes).toEqual([
      '07-06 09:30 task0: ran',
      '07-06 09:30 task1: ran_late, 60 s late',
      '07-06 09:31 task2: skipped, the run ended before its turn came',
    ]);
  });

  test.each(['the gate is closed', 'a task runs'])(
    'is none while %s: what was due is skipped and accounted for',
    async (why) => {
      const run = new Scheduling('09:29', { tasks });
      run.start();
      const first = pause();
      if (why === 'a task runs') run.run = first.run;
      else run.gate = why;
      await run.walk('09:30');
      expect(run.scheduler.runLast(at('09:30'))).toBeNull();
      const stopped = run.scheduler.stop();
      first.end();
      await stopped;
      expect(run.outcomes.at(-1)).toMatch(/^07-06 09:30 task1: skipped, /u);
      expect(run.outcomes).toHaveLength(2);
    },
  );
});

describe('one after another', () => {
  test('the next task begins when the one before it has ended, late but within the time-out', async () => {
    const run = new Scheduling('09:29', {
      tasks: [task('daily', '9:30', { name: 'slow' }), task('daily', '9:31', { name: 'next' })],
    });
    const slow = pause();
    run.run = slow.run;
    run.start();
    await run.walk('09:31:40');
    expect(run.lines).toEqual(['07-06 09:30:00 slow']);
    run.run = () => Promise.resolve({ kind: 'ok' });
    slow.end();
    await run.walk('09:31:41');
    expect(run.lines).toEqual(['07-06 09:30:00 slow', '07-06 09:31:00 next']);
    expect(run.outcomes).toEqual(['07-06 09:30 slow: ran', '07-06 09:31 next: ran_late, 40 s late']);
    const next = [...run.triggers.records.values()].at(-1);
    expect(next).toMatchObject({ due: at('09:31'), startedAt: at('09:31:40'), endedAt: at('09:31:40') });
  });

  test('A4-8: what comes up more than EVENT_TIME_OUT late is skipped, each recorded, one warning a task', async () => {
    const run = new Scheduling('09:59:30', {
      tasks: [task('daily', '10:00', { name: 'slow' }), task('daily', '10:01', { name: 'sell' })],
      hooks: new Set(['handle_data']),
    });
    run.start();
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
      '07-06 10:05 handle_data: ran_late, 30 s late',
      '07-06 10:06 handle_data: ran',
    ]);
    expect(run.log.texts('warning')).toEqual([
      'handle_data (hook) was skipped, 5 times, due 2026-07-06 10:00:00 to 2026-07-06 10:04:00: it came up 90 s late, more than 60 s (EVENT_TIME_OUT)',
      'sell (daily 10:01) was skipped, due 2026-07-06 10:01:00: it came up 270 s late, more than 60 s (EVENT_TIME_OUT)',
      'handle_data (hook) runs 30 s late',
    ]);
  });

  test('exactly at the time-out it still runs', async () => {
    const run = new Scheduling('09:59', { tasks: [task('daily', '10:00')] });
    run.start();
    run.clock.jump(at('10:01'));
    await run.walk('10:01');
    expect(run.outcomes).toEqual(['07-06 10:00 daily 10:00: ran_late, 60 s late']);
  });

  test('a machine that slept over days skips what it missed and goes on with the present day', async () => {
    const run = new Scheduling('2026-07-06 16:00', { tasks: [task('daily', '10:00')] });
    run.start();
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
    run.start();
    await run.walk('11:00');
    expect(run.outcomes).toEqual(['07-06 10:01 daily 10:01: ran']);
  });

  test('what is due while bt starts runs late, or is skipped with that reason; hooks too, and all of it is told', async () => {
    const run = new Scheduling('08:59:50', {
      tasks: [task('daily', '8:59'), task('daily', '9:00:20'), task('daily', '9:02'), task('daily', '9:03')],
      hooks: new Set(['before_trading_start']),
    });
    await run.walk('09:02:01'); // connecting, reading, loading, initialize
    run.start();
    await run.walk('10:00');
    expect(run.outcomes).toEqual([
      '07-06 09:00 before_trading_start: skipped, bt was still starting, until 2026-07-06 09:02:01',
      '07-06 09:00 daily 9:00:20: skipped, bt was still starting, until 2026-07-06 09:02:01',
      '07-06 09:02 daily 9:02: ran',
      '07-06 09:03 daily 9:03: ran',
    ]);
    expect(run.log.texts('warning')).toEqual([
      'before_trading_start (hook) was skipped, due 2026-07-06 09:00:00: bt was still starting, until 2026-07-06 09:02:01',
      'daily 9:00:20 (daily 9:00:20) was skipped, due 2026-07-06 09:00:20: bt was still starting, until 2026-07-06 09:02:01',
    ]);
  });

  test('before_trading_start at 09:00 is not lost to a start at 08:59:50', async () => {
    const run = new Scheduling('08:59:50', { hooks: new Set(['before_trading_start']) });
    await run.walk('09:00:20');
    run.start();
    await run.walk('09:01');
    const late = '20 s late: bt was still starting, until 2026-07-06 09:00:20';
    expect(run.outcomes).toEqual([`07-06 09:00 before_trading_start: ran_late, ${late}`]);
    expect(run.log.texts('warning')).toEqual([`before_trading_start (hook) runs ${late}`]);
  });

  test('a start that goes over midnight keeps what was due on both days', async () => {
    const run = new Scheduling('2026-07-06 23:59:30', { tasks: [task('daily', '23:59:40'), task('daily', '0:00:05')] });
    await run.walk('2026-07-07 00:00:10');
    run.start();
    await run.walk('2026-07-07 00:01');
    expect(run.outcomes.map((line) => line.split(',')[0])).toEqual([
      '07-06 23:59 daily 23:59:40: ran_late',
      '07-07 00:00 daily 0:00:05: ran_late',
    ]);
  });

  test('restarts on other hours and days replay neither what was due before them nor what is recorded', async () => {
    const memory = new MemoryTriggers();
    const options = { memory, tasks: [task('daily', '10:00'), task('daily', '14:00')] };
    const seen: string[] = [];
    for (const [began, ready, end] of [
      ['2026-07-06 09:59:58', '2026-07-06 10:00:05', '2026-07-06 10:00:10'],
      ['2026-07-06 10:00:00', '2026-07-06 10:00:20', '2026-07-06 11:00'], // 10:00 is in the ledger
      ['2026-07-07 11:00', '2026-07-07 11:00:05', '2026-07-07 12:00'], // 10:00 was before it
      ['2026-07-09 13:59:59', '2026-07-09 14:00:30', '2026-07-09 15:00'],
    ] as const) {
      const run = new Scheduling(began, options);
      await run.walk(ready);
      run.start();
      await run.walk(end);
      await run.scheduler.stop();
      seen.push(...run.lines);
    }
    expect(seen).toEqual(['07-06 10:00:00 daily 10:00', '07-09 14:00:00 daily 14:00']);
  });

  test('what is due at the very start runs; so does what is due since the instant given', async () => {
    const exact = new Scheduling('10:00', { tasks: [task('daily', '10:00')] });
    exact.start();
    await exact.walk('10:00');
    expect(exact.outcomes).toEqual(['07-06 10:00 daily 10:00: ran']);
    const since = new Scheduling('10:00:20', {
      startedAt: at('10:00'),
      tasks: [task('daily', '9:59'), task('daily', '10:00')],
    });
    since.start();
    await since.walk('10:01');
    expect(since.outcomes).toEqual([
      '07-06 10:00 daily 10:00: ran_late, 20 s late: bt was still starting, until 2026-07-06 10:00:20',
    ]);
  });

  test('D16/D18: a second run over the same day runs nothing twice, hooks and skipped tasks included', async () => {
    const memory = new MemoryTriggers();
    const options = {
      memory,
      tasks: [task('daily', '10:00'), task('daily', '10:02')],
      hooks: new Set(['before_trading_start', 'handle_data']),
    };
    const first = new Scheduling('08:00', options);
    first.start();
    await first.walk('10:01');
    await first.scheduler.stop();
    const second = new Scheduling('08:00', options);
    second.start();
    await second.walk('10:02');
    expect(second.lines).toEqual(['07-06 10:02:00 daily 10:02', '07-06 10:02:00 handle_data']);
  });

  test('a task that was running when the process died is not run again, and that is said', async () => {
    const memory = new MemoryTriggers();
    const first = new Scheduling('09:59', { memory, tasks: [task('daily', '10:00')] });
    first.run = pause().run;
    first.start();
    await first.walk('10:00');
    expect(first.outcomes).toEqual(['07-06 10:00 daily 10:00: started']);
    const second = new Scheduling('09:59', { memory, tasks: [task('daily', '10:00')] });
    second.start();
    await second.walk('10:05');
    expect(second.lines).toEqual([]);
    expect(second.log.texts('warning')).toEqual([
      'daily 10:00 (daily 10:00), due 2026-07-06 10:00:00, was interrupted: bt stopped while it ran; it had ordered nothing.',
    ]);
  });

  test('stop lets the running task end and starts nothing more', async () => {
    const run = new Scheduling('09:59', {
      tasks: [task('daily', '10:00', { name: 'slow' }), task('daily', '10:00', { name: 'next' })],
    });
    const slow = pause();
    run.run = slow.run;
    run.start();
    await run.walk('10:00');
    let stopped = false;
    const stopping = run.scheduler.stop().then(() => (stopped = true));
    await nextTurn();
    expect(stopped).toBe(false);
    slow.end();
    await stopping;
    await run.walk('2026-07-07 12:00');
    expect(run.outcomes).toEqual([
      '07-06 10:00 slow: ran',
      '07-06 10:00 next: skipped, the run ended before its turn came',
    ]);
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
    run.start();
    await run.walk('10:30');
    expect(run.lines).toEqual(['07-06 10:00:00 plan', '07-06 10:01:00 daily 10:01']);
    await run.walk('2026-07-07 09:59');
    expect(run.lines.slice(2)).toEqual(['07-07 09:00:00 daily 9:00']);
  });

  test('one that is due before what is waited for is not missed', async () => {
    const run = new Scheduling('09:00', { tasks: [task('daily', '14:00')] });
    run.start();
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
    run.start();
    await run.walk('10:02');
    expect(run.ran.map(({ dispatch }) => dispatch.name)).toEqual([
      'reset',
      'handle_data',
      'handle_data',
      'new',
      'handle_data',
    ]);
    expect(run.scheduler.registrations().map(({ task: { name } }) => name)).toEqual(['new']);
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
    run.start();
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
    run.start();
    await run.walk('10:00:20');
    expect(run.lines).toEqual([]);
    run.gate = null;
    await run.walk('10:00:21');
    expect(run.outcomes).toEqual([
      '07-06 10:00 daily 10:00: ran_late, 20 s late: not reconciled',
      '07-06 10:00 daily 10:00:05: ran_late, 15 s late',
    ]);
    expect(run.log.texts('warning')).toEqual([
      'daily 10:00 (daily 10:00) waits: not reconciled',
      'daily 10:00 (daily 10:00) runs 20 s late: not reconciled',
      'daily 10:00:05 (daily 10:00:05) runs 15 s late',
    ]);
  });

  test('one that stays closed past the time-out skips the task with its own reason', async () => {
    const run = new Scheduling('09:59', {
      tasks: [task('daily', '10:00'), task('daily', '10:00:30'), task('daily', '10:05')],
    });
    run.gate = 'not reconciled';
    run.start();
    await run.walk('10:04');
    run.gate = null;
    await run.walk('10:05');
    expect(run.outcomes).toEqual([
      '07-06 10:00 daily 10:00: skipped, not reconciled',
      '07-06 10:00 daily 10:00:30: skipped, not reconciled',
      '07-06 10:05 daily 10:05: ran',
    ]);
  });

  test('the event that says it has opened lets the task run at once', async () => {
    const run = new Scheduling('09:59', { tasks: [task('daily', '10:00')] });
    run.gate = 'closed';
    run.start();
    await run.walk('10:00');
    run.gate = null;
    run.events.emit({ kind: 'gate', reason: null });
    await nextTurn();
    expect(run.outcomes).toEqual(['07-06 10:00 daily 10:00: ran']);
  });

  test('stop does not wait for it', async () => {
    const run = new Scheduling('09:59', { tasks: [task('daily', '10:00')] });
    run.gate = 'closed';
    run.start();
    await run.walk('10:00');
    await run.scheduler.stop();
    expect(run.outcomes).toEqual(['07-06 10:00 daily 10:00: skipped, closed']);
  });
});

describe('what is told', () => {
  test('each record is an event, the start of a call as well as its outcome', async () => {
    const run = new Scheduling('09:59:30', { tasks: [task('daily', '10:00')], hooks: new Set(['handle_data']) });
    const events: TriggerRecord[] = [];
    run.events.on((event) => {
      if (event.kind === 'trigger') events.push(event.trigger);
    });
    run.start();
    await run.walk('10:00');
    run.gate = 'closed';
    await run.walk('10:02:01');
    expect(events.map(({ task: label, outcome, reason }) => [label, outcome, reason])).toEqual([
      ['daily 10:00 (daily 10:00)', 'started', null],
      ['daily 10:00 (daily 10:00)', 'ran', null],
      ['handle_data (hook)', 'started', null],
      ['handle_data (hook)', 'ran', null],
      ['handle_data (hook)', 'skipped', 'closed'],
    ]);
    expect(events.at(-1)).toEqual([...run.triggers.records.values()].at(-1));
  });

  test('a strategy that is always behind says so once, and again after it was on time', async () => {
    const run = new Scheduling('09:59', { hooks: new Set(['handle_data']) });
    run.run = ({ due }) => {
      if (due < at('10:02')) run.clock.jump(due + 65_000);
      return Promise.resolve({ kind: 'ok' });
    };
    run.start();
    await run.walk('10:04');
    const late = (): string[] => run.log.texts('warning').filter((line) => line.includes('late'));
    expect(late()).toEqual(['handle_data (hook) runs 5 s late']);
    run.clock.jump(at('10:05:30'));
    await run.walk('10:06');
    expect(late()).toEqual(['handle_data (hook) runs 5 s late', 'handle_data (hook) runs 30 s late']);
  });
});

describe('the end of a run', () => {
  test('records what came up while the last task ran, and nothing that is still to come', async () => {
    const times = ['10:00', '10:01', '10:05'].map((time) => task('daily', time));
    // One that is to run late all the same is left to the next start.
    const late = task('daily', '10:01', { name: 'late', late: 'run' });
    const run = new Scheduling('09:59', { tasks: [...times, late] });
    const held = pause();
    run.run = held.run;
    run.start();
    await run.walk('10:00');
    run.clock.jump(at('10:02'));
    const stopped = run.scheduler.stop();
    held.end();
    await stopped;
    expect(run.outcomes).toEqual([
      '07-06 10:00 daily 10:00: ran',
      '07-06 10:01 daily 10:01: skipped, the run ended before its turn came',
    ]);
    expect(run.ran).toHaveLength(1);
  });
});

describe('tasks that fail', () => {
  test('are recorded with the author’s line, and the next ones run', async () => {
    const run = new Scheduling('09:59', { tasks: [task('daily', '10:00'), task('daily', '10:01')] });
    run.run = (due) => Promise.resolve(due.due === at('10:00') ? ERROR : { kind: 'ok' });
    run.start();
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
    run.start();
    await run.walk('2026-07-07 12:00');
    expect(run.outcomes).toEqual([`07-06 10:00 daily 10:00: failed, ${reason}`]);
  });

  test('a fault of the engine fails that task alone', async () => {
    const run = new Scheduling('09:59', { tasks: [task('daily', '10:00'), task('daily', '10:01')] });
    run.run = (due) => (due.due === at('10:00') ? Promise.reject(new Error('oops')) : Promise.resolve({ kind: 'ok' }));
    run.start();
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
    run.start();
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
    const told: unknown[] = [];
    run.events.on((event) => event.kind === 'task_not_run' && told.push(event));
    run.start();
    await run.walk('10:02');
    expect(run.lines).toEqual(['07-06 10:01:00 daily 10:01']);
    expect(told).toEqual([
      {
        kind: 'task_not_run',
        task: 'daily 10:00 (daily 10:00)',
        due: at('10:00'),
        reason: 'its record could not be written: disk full',
      },
    ]);
  });
});
