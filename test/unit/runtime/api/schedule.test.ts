import { describe, expect, test } from 'vitest';
import { run_daily, run_monthly, run_weekly, unschedule_all } from 'jqdata';
import type { Context } from 'jqdata';
import { bindFake } from '../fake-host.ts';
import { codeOf, untyped } from '../helpers.ts';

function trade(_context: Context): void {}
function bare(): void {}
function handle_data(_context: Context, _data: unknown): void {}
function nested(_context: Context): void {}

const bind = () => bindFake([trade, bare, handle_data]);
const BASE = { module: 'strategy.ts', name: 'trade', referenceSecurity: null, force: true, late: 'skip' };

describe('registrations', () => {
  test('run_daily by position, by name, and with its defaults', () => {
    const host = bind();
    run_daily(trade);
    run_daily(trade, '14:50');
    run_daily(trade, { time: 'every_bar' });
    run_daily(trade, { time: 'open+5m', reference_security: '000300.SH' });
    run_daily(trade, '9:35', '000300.XSHG');
    run_daily(trade, 'before_open', { reference_security: '000300.XSHG' });
    run_daily(bare, { time: 'after_close' });
    expect(
      host.tasks.map(({ name, frequency, time, ordinal, referenceSecurity }) => [
        name,
        frequency,
        time,
        ordinal,
        referenceSecurity,
      ]),
    ).toEqual([
      ['trade', 'daily', '9:30', null, null],
      ['trade', 'daily', '14:50', null, null],
      ['trade', 'daily', 'every_bar', null, null],
      ['trade', 'daily', 'open+5m', null, '000300.XSHG'],
      ['trade', 'daily', '9:35', null, '000300.XSHG'],
      ['trade', 'daily', 'before_open', null, '000300.XSHG'],
      ['bare', 'daily', 'after_close', null, null],
    ]);
  });

  test('run_weekly and run_monthly by position and by name', () => {
    const host = bind();
    run_weekly(trade, 1, '10:00');
    run_weekly(trade, { weekday: -1, time: 'close-5m', force: false });
    run_monthly(trade, -1, { time: '9:35', reference_security: '000300.XSHG' });
    run_monthly(trade, 20, 'open', '000300.XSHG', false);
    expect(host.tasks).toEqual([
      { ...BASE, frequency: 'weekly', time: '10:00', ordinal: 1 },
      { ...BASE, frequency: 'weekly', time: 'close-5m', ordinal: -1, force: false },
      { ...BASE, frequency: 'monthly', time: '9:35', ordinal: -1, referenceSecurity: '000300.XSHG' },
      { ...BASE, frequency: 'monthly', time: 'open', ordinal: 20, referenceSecurity: '000300.XSHG', force: false },
    ]);
  });

  test('each call adds a task; unschedule_all removes them; both work while the module loads', () => {
    const host = bind();
    host.context = { ...host.context, phase: 'load' };
    run_daily(trade, '10:00');
    run_daily(trade, '10:00');
    expect(host.tasks).toHaveLength(2);
    unschedule_all();
    expect(host.unscheduled).toBe(1);
  });
});

describe('refusals at the call', () => {
  test.each<[string, unknown, string]>([
    ['an arrow function', (_context: Context) => {}, 'top level'],
    ['a nested function', nested, "'nested'"],
    ['a function of two arguments', handle_data, 'takes 2 arguments'],
    ['a name', 'trade', 'is not a function'],
  ])('%s', (_what, fn, words) => {
    const host = bind();
    for (const run of [
      untyped(run_daily),
      (f: unknown) => untyped(run_weekly)(f, 1),
      (f: unknown) => untyped(run_monthly)(f, 1),
    ]) {
      const error = codeOf(() => run(fn));
      expect(error.code).toBe('BAD_TASK_FUNCTION');
      expect(error.message).toContain(words);
    }
    expect(host.tasks).toEqual([]);
  });

  test.each(['25:00', '9.30', 'noon', 'open+5'])('the time %s', (time) => {
    const host = bind();
    expect(codeOf(() => run_daily(trade, time)).code).toBe('BAD_TIME_EXPRESSION');
    expect(codeOf(() => run_weekly(trade, 1, { time })).code).toBe('BAD_TIME_EXPRESSION');
    expect(host.tasks).toEqual([]);
  });

  test('every_bar belongs to run_daily alone', () => {
    bind();
    expect(codeOf(() => run_weekly(trade, 1, 'every_bar')).message).toContain('run_daily()');
    expect(codeOf(() => run_monthly(trade, 1, 'every_bar')).code).toBe('BAD_ARGUMENT');
  });

  test.each([0, 1.5, 8, Number.NaN])('weekday %s', (weekday) => {
    bind();
    expect(codeOf(() => run_weekly(trade, weekday)).code).toBe('BAD_ARGUMENT');
  });

  test('monthday 0 and 32, and none at all', () => {
    bind();
    expect(codeOf(() => run_monthly(trade, 0)).code).toBe('BAD_ARGUMENT');
    expect(codeOf(() => run_monthly(trade, 32)).code).toBe('BAD_ARGUMENT');
    expect(codeOf(() => untyped(run_monthly)(trade)).message).toContain("'monthday'");
  });
});
