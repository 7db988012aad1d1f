import { describe, expect, test } from 'vitest';
import type { TaskRegistration } from '../../../../runtime/host.ts';
import { MemoryTriggers } from '../../../../src/engine/time/triggers.ts';
import { at, pause, Scheduling, task } from './scheduling.ts';

const LATE: Partial<TaskRegistration> = { late: 'run' };

/** A run that is killed at an instant, while the task of that instant runs when `within`. */
async function killed(
  start: string,
  end: string,
  tasks: readonly TaskRegistration[],
  options: { readonly within?: boolean; readonly hooks?: ReadonlySet<string> } = {},
): Promise<{ memory: MemoryTriggers; registered: ReturnType<Scheduling['scheduler']['registrations']> }> {
  const memory = new MemoryTriggers();
  const run = new Scheduling(start, { memory, tasks, hooks: options.hooks ?? new Set() });
  if (options.within === true) run.run = pause().run;
  run.start();
  await run.walk(end);
  const registered = run.scheduler.registrations();
  return { memory, registered };
}

/** The next process, which finds what the one before has left. */
async function restarted(
  start: string,
  end: string,
  { memory, registered }: Awaited<ReturnType<typeof killed>>,
  from: string,
  hooks: ReadonlySet<string> = new Set(),
): Promise<Scheduling> {
  const run = new Scheduling(start, { memory, hooks });
  run.scheduler.restore(registered);
  run.start(at(from));
  await run.walk(end);
  return run;
}

describe('what came up while bt was down', () => {
  test('is skipped with that reason, each once, hooks and every minute included, one warning a task', async () => {
    const before = await killed(
      '09:25',
      '09:35',
      [task('daily', '9:30'), task('daily', '10:00'), task('daily', 'every_bar')],
      {
        hooks: new Set(['after_trading_end']),
      },
    );
    const run = await restarted(
      '2026-07-07 09:32',
      '2026-07-07 09:33',
      before,
      '09:35',
      new Set(['after_trading_end']),
    );
    const missed = [...before.memory.records.values()].filter(({ reason }) => reason === 'bt was not running');
    expect(missed).toHaveLength(1 + 234 + 1 + 1 + 2); // of the 6th: 10:00, minutes from 9:36 on, 15:30; of the 7th: 9:30, two minutes
    expect(run.log.texts('warning')).toEqual([
      'daily every_bar (daily every_bar) was skipped, 236 times, due 2026-07-06 09:36:00 to 2026-07-07 09:31:00: bt was not running',
      'daily 10:00 (daily 10:00) was skipped, due 2026-07-06 10:00:00: bt was not running',
      'after_trading_end (hook) was skipped, due 2026-07-06 15:30:00: bt was not running',
      'daily 9:30 (daily 9:30) was skipped, due 2026-07-07 09:30:00: bt was not running',
    ]);
    expect(run.lines).toEqual(['07-07 09:32:00 daily every_bar', '07-07 09:33:00 daily every_bar']);
    // A third run has nothing left to say.
    const third = await restarted('2026-07-07 09:33', '2026-07-07 09:33', before, '2026-07-07 09:33');
    expect(third.log.texts('warning')).toEqual([]);
  });

  test('what was killed between two tasks of one minute is skipped as well', async () => {
    const before = await killed(
      '09:25',
      '10:00',
      [task('daily', '10:00', { name: 'a' }), task('daily', '10:00', { name: 'b' })],
      {
        within: true,
      },
    );
    const run = await restarted('10:03', '10:04', before, '10:00');
    expect(run.outcomes).toEqual([
      '07-06 10:00 a: interrupted, bt stopped while it ran; it had ordered nothing',
      '07-06 10:00 b: skipped, bt was not running',
    ]);
  });

  test('what was not yet registered was not missed', async () => {
    const before = await killed('10:30', '10:31', []);
    const registered = [{ task: task('daily', '10:00'), since: at('10:30') }];
    const run = await restarted('11:00', '11:01', { ...before, registered }, '09:00');
    expect(run.outcomes).toEqual([]);
  });

  test("with late: 'run' it runs if it is no later than EVENT_TIME_OUT", async () => {
    const tasks = [
      task('daily', '10:00', LATE),
      task('daily', '10:01', LATE),
      task('daily', '10:01', { name: 'skip' }),
    ];
    const run = await restarted('10:01:30', '10:02', await killed('09:25', '09:26', tasks), '09:25');
    expect(run.outcomes).toEqual([
      '07-06 10:00 daily 10:00: skipped, bt was not running',
      '07-06 10:01 skip: skipped, bt was not running',
      '07-06 10:01 daily 10:01: ran_late, 30 s late: bt was not running',
    ]);
  });
});

describe('a task that was cut off', () => {
  test('is told at the restart with what it had ordered, and is not run again', async () => {
    const before = await killed('09:59', '10:00', [task('daily', '10:00')], { within: true });
    const [key] = before.memory.records.keys();
    before.memory.ordersOf = (asked) => (asked === key ? ['buy 100 X (7)'] : []);
    const run = await restarted('10:00:20', '10:05', before, '10:00');
    expect([run.lines, run.outcomes]).toEqual([
      [],
      ['07-06 10:00 daily 10:00: interrupted, bt stopped while it ran; it had ordered buy 100 X (7)'],
    ]);
    expect(run.log.texts('warning')).toEqual([
      'daily 10:00 (daily 10:00), due 2026-07-06 10:00:00, was interrupted: bt stopped while it ran; it had ordered buy 100 X (7). ' +
        'g, and what is registered, are as before that call: a guard of the strategy may not know of these orders.',
    ]);
  });

  test.each([
    [20, [], 'ran_late, 20 s late: bt stopped while it ran'],
    [61, [], 'interrupted, bt stopped while it ran; it had ordered nothing'],
    [20, ['buy'], 'interrupted, bt stopped while it ran; it had ordered buy'], // it would order again
  ])("with late: 'run', %i s later, orders %j: %s", async (seconds, orders, outcome) => {
    const before = await killed('09:59', '10:00', [task('daily', '10:00', LATE)], { within: true });
    before.memory.ordersOf = () => orders;
    const start = seconds === 20 ? '10:00:20' : '10:01:01';
    const run = await restarted(start, '10:05', before, '10:00');
    expect(run.outcomes).toEqual([`07-06 10:00 daily 10:00: ${outcome}`]);
  });
});

describe('what is to be run late', () => {
  /** A start that is killed while the gate is still closed. */
  const waits = async (before: Awaited<ReturnType<typeof killed>>, start: string, from: string): Promise<void> => {
    const run = new Scheduling(start, { memory: before.memory });
    run.gate = 'closed';
    run.scheduler.restore(before.registered);
    run.start(at(from));
    await run.walk(start.replace(/.$/u, '6'));
    expect(run.lines).toEqual([]);
  };

  test('is found again when bt is killed again before its turn, also when a later task has a record', async () => {
    const tasks = [task('daily', '10:00', { ...LATE, name: 'lend' }), task('daily', '10:00:03', { name: 'other' })];
    for (const [start, outcome] of [
      ['10:00:20', 'ran_late, 20 s late: bt was not running'],
      ['10:02:00', 'skipped, bt was not running'],
    ] as const) {
      const before = await killed('09:25', '09:26', tasks);
      await waits(before, '10:00:05', '09:25');
      const run = await restarted(start, '10:05', before, '10:00:03');
      expect(run.outcomes).toContain(`07-06 10:00 lend: ${outcome}`);
      expect(run.triggers.open()).toEqual([]);
    }
  });

  test('so is one that was cut off, and it runs once', async () => {
    const before = await killed('09:59', '10:00', [task('daily', '10:00', LATE)], { within: true });
    await waits(before, '10:00:10', '10:00');
    await waits(before, '10:00:20', '10:00');
    const run = await restarted('10:00:30', '10:00:40', before, '10:00');
    expect([run.lines, run.outcomes]).toEqual([
      ['07-06 10:00:00 daily 10:00'],
      ['07-06 10:00 daily 10:00: ran_late, 30 s late: bt stopped while it ran'],
    ]);
  });

  test('one that nobody has registered any more is skipped, not looked for for ever', async () => {
    const before = await killed('09:25', '09:26', [task('daily', '10:00', LATE)]);
    await waits(before, '10:00:10', '09:25');
    const run = await restarted('10:00:20', '10:00:40', { ...before, registered: [] }, '10:00');
    expect([run.outcomes, run.triggers.open()]).toEqual([['07-06 10:00 daily 10:00: skipped, bt was not running'], []]);
  });

  test('whether it has ordered is asked by its key: a clock that was set back hides nothing', async () => {
    const before = await killed('09:59', '10:00:30', [task('daily', '10:00', LATE)], { within: true });
    const [key] = before.memory.records.keys();
    before.memory.ordersOf = (asked) => (asked === key ? ['buy 100 X at 10:00:25'] : []);
    const run = await restarted('10:00:12', '10:00:40', before, '10:00');
    expect(run.lines).toEqual([]);
  });

  test('registered anew at the start it is the same task, from its own beginning on', async () => {
    const before = await killed('09:25', '09:26', [task('daily', '10:00', LATE), task('daily', '9:50')]);
    const run = new Scheduling('10:00:20', { memory: before.memory });
    run.scheduler.restore(before.registered);
    for (const { task: each } of before.registered) run.scheduler.register({ ...each }); // process_initialize
    run.start(at('09:35'));
    await run.walk('10:03');
    expect(run.outcomes).toEqual([
      '07-06 09:50 daily 9:50: skipped, bt was not running',
      '07-06 10:00 daily 10:00: ran_late, 20 s late: bt was not running',
    ]);
  });
});
