import { markImported } from '../../../src/ledger/instance-file.ts';
import { rename } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chinaText } from '../../../src/domain/time.ts';
import { LiveRuns } from './live-runs.ts';
import { Workspace } from './strategy/workspace.ts';

const SAY = `
const say = (text) => log.info('- ' + text);
const state = (context) => JSON.stringify([g.n, g.seen, context.mine, context.universe]);
`;

const STRATEGY = `${SAY}
log.info('- module');
g.n = -1;
export function initialize(context) {
  say('initialize');
  g.n = 0;
  g.seen = new Set(['a']);
  context.mine = [1];
  set_universe(['000001.XSHE']);
  set_option('use_real_price', true);
  run_daily(task, '10:00');
  run_daily(gone, '10:05');
  subscribe('600000.XSHG', 'tick');
}
export function process_initialize(context) {
  say('process ' + state(context) + ' from ' + String(context.run_params.start_date));
  g.__socket = () => 1;
}
function task(context) { g.n += 1; g.seen.add(String(g.n)); context.mine.push(g.n); say('task ' + g.n); }
function gone() { unschedule_all(); run_daily(task, '10:07'); run_daily(task, '14:00'); say('gone'); }
export function handle_tick() {}
`;

let space: Workspace;
let runs: LiveRuns;
beforeEach(async () => {
  space = await Workspace.make({ 'main.ts': STRATEGY });
  runs = new LiveRuns(space);
});
afterEach(() => space.remove());

describe('a restart', () => {
  test('goes on with g, context, registrations, settings and subscriptions; initialize runs once in a life', async () => {
    const first = await runs.run('2026-07-06 09:50', '2026-07-06 10:01', [['2026-07-06 10:00', 'task 1']]);
    expect(first.errors).toEqual([]);
    expect(runs.lines).toEqual([
      'module',
      'initialize',
      'process [0,{},[1],["000001.XSHE"]] from 2026-07-06',
      'task 1',
    ]);
    expect([runs.continues, runs.subscribed]).toEqual([undefined, ['600000.XSHG']]);

    const second = await runs.run('2026-07-07 09:50', '2026-07-07 10:08', [
      ['2026-07-07 10:00', 'task 2'],
      ['2026-07-07 10:05', 'gone'],
      ['2026-07-07 10:07', 'task 3'], // registered a moment ago
    ]);
    expect(second.errors).toEqual([]);
    const process = 'process [1,{},[1,1],["000001.XSHE"]] from 2026-07-06';
    expect(runs.lines).toEqual(['module', process, 'task 2', 'gone', 'task 3']);
    expect(runs.continues).toBe(
      'Continues from 2026-07-06 10:00:00, begun on 2026-07-06: g has n, seen; 2 tasks; ticks of 1 securities',
    );
    expect(runs.subscribed).toEqual(['600000.XSHG']);

    // What was registered anew outlives the process, what was unscheduled does not.
    await runs.run('2026-07-08 09:50', '2026-07-08 14:01', [
      ['2026-07-08 10:07', 'task 4'],
      ['2026-07-08 14:00', 'task 5'],
    ]);
    expect(runs.lines.slice(2)).toEqual(['task 4', 'task 5']);
  });

  test('accounts for what came up while nobody was there', async () => {
    await runs.run('2026-07-06 09:50', '2026-07-06 10:01', [['2026-07-06 10:00', 'task 1']]);
    const report = await runs.run('2026-07-08 09:50', '2026-07-08 09:51');
    expect(report.triggers.map(({ task, due, outcome }) => `${chinaText(due)} ${task} ${outcome}`)).toEqual([
      '2026-07-06 10:05:00 gone (daily 10:05) skipped',
      '2026-07-07 10:00:00 task (daily 10:00) skipped',
      '2026-07-07 10:05:00 gone (daily 10:05) skipped',
    ]);
    const skipped = runs.log.texts('warning').filter((text) => text.includes('was skipped'));
    expect(skipped).toEqual([
      'gone (daily 10:05) was skipped, 2 times, due 2026-07-06 10:05:00 to 2026-07-07 10:05:00: bt was not running',
      'task (daily 10:00) was skipped, due 2026-07-07 10:00:00: bt was not running',
    ]);
  });
});

describe('changed code', () => {
  const CHANGED = `${STRATEGY}
import { words } from './words.ts';
export function after_code_changed(context) {
  say('changed ' + words + ' ' + state(context));
  g.n = 100;
  unschedule_all();
  run_daily(task, '9:55');
}`;

  test('is told to the strategy once, before process_initialize, also when only a file it imports has changed', async () => {
    await space.write({ 'main.ts': CHANGED, 'words.ts': "export const words = 'one';" });
    await runs.run('2026-07-06 09:40', '2026-07-06 09:41');
    // The first start calls it as well, as JoinQuant's backtests do.
    expect(runs.lines).toEqual([
      'module',
      'initialize',
      'changed one [0,{},[1],["000001.XSHE"]]',
      'process [100,{},[1],["000001.XSHE"]] from 2026-07-06',
    ]);
    await space.write({ 'words.ts': "export const words = 'two';" });
    await runs.run('2026-07-06 09:50', '2026-07-06 09:56', [['2026-07-06 09:55', 'task 101']]);
    expect(runs.lines).toEqual([
      'module',
      'changed two [100,{},[1],["000001.XSHE"]]',
      'process [100,{},[1],["000001.XSHE"]] from 2026-07-06',
      'task 101',
    ]);
    expect(runs.continues).toMatch(/; 1 task; .*; the code has changed$/u);
    await runs.run('2026-07-06 09:57', '2026-07-06 09:58');
    expect(runs.lines.filter((line) => line.startsWith('changed'))).toEqual([]);
  });

  test('is called at a first start until it comes to its end: initialize is not run again for it', async () => {
    await space.write({
      'main.ts': CHANGED.replace('g.n = 100;', "g.n = 100; throw new Error('oh');"),
      'words.ts': "export const words = 'one';",
    });
    const failed = await runs.run('2026-07-06 09:40', '2026-07-06 09:41');
    expect([failed.exitCode, runs.lines.slice(1)]).toEqual([
      2,
      ['initialize', 'changed one [0,{},[1],["000001.XSHE"]]'],
    ]);
    await space.write({ 'main.ts': CHANGED });
    await runs.run('2026-07-06 09:42', '2026-07-06 09:43');
    expect(runs.lines).toEqual([
      'module',
      'changed one [0,{},[1],["000001.XSHE"]]',
      'process [100,{},[1],["000001.XSHE"]] from 2026-07-06',
    ]);
    await runs.run('2026-07-06 09:44', '2026-07-06 09:45');
    expect(runs.lines.slice(1)).toEqual(['process [100,{},[1],["000001.XSHE"]] from 2026-07-06']);
  });

  test('that fails in after_code_changed changes nothing and is told again', async () => {
    await runs.run('2026-07-06 09:40', '2026-07-06 09:41');
    await space.write({
      'main.ts': `${STRATEGY}
export function after_code_changed() { say('changed ' + g.n); g.n = 7; unschedule_all(); if (g.n === 7) throw new Error('oh'); }`,
    });
    const failed = await runs.run('2026-07-06 09:50', '2026-07-06 09:51');
    expect([failed.exitCode, runs.lines]).toEqual([2, ['module', 'changed 0']]);
    const again = await runs.run('2026-07-06 09:52', '2026-07-06 09:53');
    expect([again.exitCode, runs.lines]).toEqual([2, ['module', 'changed 0']]);
    expect(runs.continues).toContain('2 tasks');
  });
});

describe('a life', () => {
  test('has not begun when initialize fails: the next start is the first', async () => {
    await space.write({
      'main.ts': STRATEGY.replace(
        "say('initialize');",
        "say('initialize'); g.seen = 'old'; run_daily(gone, '9:58'); throw new Error('oh');",
      ),
    });
    const failed = await runs.run('2026-07-06 09:50', '2026-07-06 10:01');
    expect([failed.exitCode, failed.triggers, runs.lines]).toEqual([2, [], ['module', 'initialize']]);
    await space.write({ 'main.ts': STRATEGY });
    await runs.run('2026-07-07 09:50', '2026-07-07 10:01', [['2026-07-07 10:00', 'task 1']]);
    expect(runs.lines).toEqual([
      'module',
      'initialize',
      'process [0,{},[1],["000001.XSHE"]] from 2026-07-07',
      'task 1',
    ]);
    expect(runs.continues).toBeUndefined();
  });

  test('begins anew with --fresh, which says what is left behind', async () => {
    runs.broker.held = [
      {
        security: '000001.XSHE',
        name: null,
        amount: 300,
        closeableAmount: 300,
        avgCost: 10,
        lastPrice: 10,
        marketValue: 3000,
      },
    ];
    await runs.run('2026-07-06 09:50', '2026-07-06 10:01', [['2026-07-06 10:00', 'task 1']]);
    await runs.run('2026-07-07 09:50', '2026-07-07 10:01', [['2026-07-07 10:00', 'task 1']], { fresh: true });
    expect(runs.lines).toEqual([
      'module',
      'initialize',
      'process [0,{},[1],["000001.XSHE"]] from 2026-07-07',
      'task 1',
    ]);
    expect(runs.log.texts('warning')).toContain(
      'A new life begins (--fresh); the last one began on 2026-07-06; forgotten when initialize has run: g.n, g.seen, context.mine ' +
        'and 2 tasks; still there, and followed: open orders none; positions 300 000001.XSHE',
    );
    expect(runs.log.texts('warning').filter((text) => text.includes('was skipped'))).toEqual([]);
    await runs.run('2026-07-08 09:50', '2026-07-08 09:51');
    expect(runs.continues).toContain('begun on 2026-07-07');
  });

  test('belongs to one strategy: another is refused, the same one elsewhere is not', async () => {
    await runs.run('2026-07-06 09:50', '2026-07-06 09:51');
    await space.write({ 'other.ts': STRATEGY });
    const other = { strategyFile: space.path('other.ts') };
    await expect(runs.run('2026-07-06 09:52', '2026-07-06 09:53', [], other)).rejects.toMatchObject({
      code: 'OTHER_STRATEGY',
    });
    await space.write({ 'copy/main.ts': STRATEGY });
    const copy = { strategyFile: space.path('copy/main.ts') };
    await expect(runs.run('2026-07-06 09:52', '2026-07-06 09:53', [], copy)).rejects.toThrow(
      'Give this strategy its own --name',
    );
    // An instance that was moved finds its strategy where it lies now, once.
    markImported(runs.stateFolder, true);
    await runs.run('2026-07-06 09:52', '2026-07-06 09:53', [], copy);
    expect(runs.continues).toContain('g has n, seen');
    await expect(runs.run('2026-07-06 09:52', '2026-07-06 09:53')).rejects.toThrow('Give this strategy its own --name');
    await rename(space.path('copy/main.ts'), space.path('moved-away.ts'));
    await runs.run('2026-07-06 09:52', '2026-07-06 09:53', []);
    expect(runs.continues).toContain('g has n, seen');
    await runs.run('2026-07-06 09:54', '2026-07-06 09:55', [], { ...other, fresh: true });
    expect(runs.lines).toContain('initialize');
  });
});

describe('a call that does not end', () => {
  test('has changed nothing: neither g nor what is registered', async () => {
    await space.write({
      'main.ts': `${SAY}
export function initialize() { g.n = 0; run_daily(task, '10:00'); run_daily(leave, '10:01'); }
function task() { g.n += 1; say('task ' + g.n); }
function leave() { g.n = 50; unschedule_all(); say('leaves'); process.exit(0); }
`,
    });
    await runs.run('2026-07-06 09:50', '2026-07-06 10:02', [
      ['2026-07-06 10:00', 'task 1'],
      ['2026-07-06 10:01', 'leaves'],
    ]);
    await runs.run('2026-07-07 09:50', '2026-07-07 10:00', [['2026-07-07 10:00', 'task 2']]);
    expect(runs.continues).toContain('2 tasks');
  });
});
