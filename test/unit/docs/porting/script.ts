import { expect } from 'vitest';
import { date } from '../../../../runtime/objects/datetime/date.ts';
import { g } from '../../../../runtime/objects/g.ts';
import { Variables } from '../../../../runtime/state/variables.ts';
import { exchangeCalendar } from '../../../../src/domain/market/calendar.ts';
import { barMinutes } from '../../../../src/domain/market/session.ts';
import { dueInstants } from '../../../../src/domain/schedule/instants.ts';
import { isTaskDay } from '../../../../src/domain/schedule/task-days.ts';
import { parseTimeExpression } from '../../../../src/domain/schedule/time-expression.ts';
import { chinaText } from '../../../../src/domain/time.ts';
import { isHookName } from '../../../../src/engine/strategy/hooks.ts';
import { findingsOf } from '../../../../src/engine/strategy-check.ts';
import { hooksOfDay } from '../../../../src/engine/time/hooks-of-day.ts';
import { MemoryTriggers } from '../../../../src/engine/time/triggers.ts';
import { LiveRuns } from '../../engine/live-runs.ts';
import { at, Scheduling, task } from '../../engine/time/scheduling.ts';
import { Workspace } from '../../engine/strategy/workspace.ts';
import type { Case } from './case.ts';

const DAY = date(2026, 7, 6);

/** Days of that week or month on which a rule runs, in a strategy that began long before. */
function daysOf(frequency: 'weekly' | 'monthly', ordinal: number, from: string, to: string, force = true): string[] {
  const calendar = exchangeCalendar();
  return calendar
    .between(from, to)
    .filter((day) => isTaskDay({ frequency, ordinal, force }, day, calendar, '2020-01-02'));
}

const TWICE = `
export function initialize(context) { log.info('- initialize'); run_daily(f, '10:00'); }
export function process_initialize(context) { log.info('- process'); }
function f(context) {
  const { previous_date: before, current_dt: now } = context;
  log.info('- task ' + (before === date.fromisoformat(String(before)) && now.date() === date(2026, 7, now.day)));
}
`;

async function initializesOnce(): Promise<void> {
  const space = await Workspace.make({ 'main.ts': TWICE });
  const runs = new LiveRuns(space);
  try {
    await runs.run('2026-07-06 09:50', '2026-07-06 10:01', [['2026-07-06 10:00', 'task true']]);
    expect(runs.lines).toEqual(['initialize', 'process', 'task true']);
    await runs.run('2026-07-07 09:50', '2026-07-07 10:01', [['2026-07-07 10:00', 'task true']]);
    expect(runs.lines).toEqual(['process', 'task true']);
  } finally {
    await space.remove();
  }
}

function forgets(): void {
  const warnings: string[] = [];
  g['hook'] = () => 1;
  g['__socket'] = () => 1;
  g['when'] = { seen: new Set(['a']), at: new Date(0), day: DAY };
  const changes = new Variables((text) => warnings.push(text)).changes();
  expect(changes.map(({ name }) => name)).toEqual(['hook', 'when']);
  expect(warnings.join()).toContain('g.hook is not kept for the next start: g.hook is a function.');
  for (const name of Object.keys(g)) Reflect.deleteProperty(g, name);
  new Variables(() => undefined).restore(changes);
  expect(g['when']).toEqual({ seen: new Set(['a']), at: new Date(0), day: DAY });
  expect(() => g['hook']).toThrow('not kept');
  for (const name of Object.keys(g)) Reflect.deleteProperty(g, name);
}

/** A task of 10:00 that nobody was there for runs neither at the restart nor later. */
async function skipsMissed(): Promise<void> {
  const memory = new MemoryTriggers();
  const run = new Scheduling('09:25', { memory, tasks: [task('daily', '10:00')], hooks: new Set() });
  run.start();
  await run.walk('09:35');
  const registered = run.scheduler.registrations();
  const next = new Scheduling('10:30', { memory, hooks: new Set() });
  next.scheduler.restore(registered);
  next.start(at('09:35'));
  await next.walk('10:40');
  expect(next.log.texts('warning').join()).toMatch(/10:00.*was skipped.*bt was not running/u);
}

/** The script as a whole: hooks, tasks, g, restarts. */
export const SCRIPT: Readonly<Record<string, Case>> = {
  'task-function': {
    here: { "run_daily(task, '9:35'); return host.tasks[0].name": 'task' },
    throws: ['BAD_TASK_FUNCTION', "run_daily((context) => 1, '9:35')"],
  },
  'reference-security': {
    here: {
      "run_daily(task, 'before_open', '000300.XSHG'); return host.tasks[0].referenceSecurity": '000300.XSHG',
      "run_daily(task, { time: '9:35', reference_security: '000300.SH' }); return host.tasks[0].referenceSecurity":
        '000300.XSHG',
    },
  },
  'nothing-scheduled': {
    also: () => {
      const found = findingsOf({ entry: 'main.ts', findings: [], uses: [], functions: ['initialize', 'trade'] });
      expect(found.map(({ level, code }) => [level, code])).toEqual([['error', 'NOTHING_SCHEDULED']]);
    },
  },
  'initialize-once': { also: initializesOnce },
  'code-changed': {
    here: { 'run_daily(task); unschedule_all(); return host.unscheduled': 1 },
    also: () => expect(isHookName('after_code_changed')).toBe(true),
  },
  'g-kept': { also: forgets },
  'g-missing': {
    here: { "'seen' in g": false, 'g.seen = 1; const x = g.seen; delete g.seen; return x': 1 },
    throws: ['ATTRIBUTE_ERROR', 'g.never_set'],
  },
  'week-and-month-days': {
    also: () => {
      expect(daysOf('weekly', 1, '2026-07-06', '2026-07-10')).toEqual(['2026-07-06']);
      expect(daysOf('weekly', -1, '2026-07-06', '2026-07-10')).toEqual(['2026-07-10']);
      expect(daysOf('weekly', 1, '2026-10-05', '2026-10-09')).toEqual(['2026-10-08']); // a holiday until Wednesday
      expect(daysOf('weekly', 5, '2026-10-05', '2026-10-09')).toEqual(['2026-10-09']);
      expect(daysOf('weekly', 5, '2026-10-05', '2026-10-09', false)).toEqual([]);
      expect(daysOf('monthly', -1, '2026-07-01', '2026-07-31')).toEqual(['2026-07-31']);
    },
    here: { 'run_weekly(task, 1); return host.tasks[0].force': true },
  },
  'every-bar': {
    also: () => {
      const minutes = barMinutes('minute');
      expect([minutes.length, minutes[0], minutes.at(-1)]).toEqual([240, 9 * 60 + 30, 14 * 60 + 59]);
      expect(minutes.filter((minute) => minute >= 11 * 60 + 30 && minute < 13 * 60)).toEqual([]);
      const noon = { frequency: 'daily', ordinal: null, force: true, time: '12:00' } as const;
      const due = dueInstants(noon, '2026-07-06', exchangeCalendar(), '2026-07-01', 'minute');
      expect(due.map((each) => chinaText(each))).toEqual(['2026-07-06 12:00:00']);
    },
  },
  'after-the-close': {
    also: () => {
      const due = hooksOfDay('2026-07-06', new Set(['after_trading_end']), 'minute').map((hook) => chinaText(hook.due));
      expect(due).toEqual(['2026-07-06 15:30:00']);
      expect(parseTimeExpression('after_close')).toEqual(parseTimeExpression('15:30'));
    },
  },
  'missed-task': {
    here: { "run_daily(task, '10:00', { late: 'run' }); return host.tasks[0].late": 'run' },
    also: skipsMissed,
  },
  'read-file': {
    here: { "read_file('pool.csv').decode().split(',')": ['a', 'b'] },
    found: ['BYTES_AS_TEXT', "log.info(read_file('pool.csv').split(','));"],
  },
  'foreign-names': {
    here: { 'order_target_value(A, context.portfolio.total_value * 0.1); return host.placed[0].quantity': 11_000 },
    found: ['UNSUPPORTED', "order_target_percent('000001.XSHE', 0.1);"],
  },
};
