import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Ledger } from '../../../src/ledger/ledger.ts';
import { LiveRuns } from './live-runs.ts';
import { Workspace } from './strategy/workspace.ts';

const ORDER = `order('000001.XSHE', 100, new LimitOrderStyle(10));`;
const HEAD = `const say = (text) => log.info('- ' + text);\n`;

let space: Workspace;
let runs: LiveRuns;
beforeEach(async () => {
  space = await Workspace.make({ 'main.ts': '' });
  runs = new LiveRuns(space);
});
afterEach(() => space.remove());

const strategy = (code: string): Promise<void> =>
  space.write({ 'main.ts': `${HEAD}${code}\nexport function after_trading_end() {}` });
const state = (): string => join(space.folder, 'state');
/** What a killed process leaves that counts. */
const isKept = (path: string): boolean => path === state() || /(?:ledger\.db(?:-wal)?|instance\.json)$/u.test(path);
const warnings = (): string[] => runs.log.texts('warning').filter((text) => text.includes('did not come to its end'));

describe('an initialize that has ordered and did not come to its end', () => {
  const DIES = `export function initialize() { say('initialize'); ${ORDER} process.exit(1); }`;
  const THROWS = `export function initialize() { say('initialize'); ${ORDER} throw new Error('oh'); }`;

  test.each([
    ['ends its process', DIES],
    ['throws', THROWS],
  ])('(it %s) is not run again: the start is refused, names the orders and says what to do', async (_how, code) => {
    await strategy(code);
    await runs.run('2026-07-06 09:50', '2026-07-06 09:51');
    expect(runs.broker.placed).toHaveLength(1);
    // Also when the clock went back: it is known by its mark.
    const again = runs.run('2026-07-06 09:40', '2026-07-06 09:41');
    await expect(again).rejects.toMatchObject({ code: 'INITIALIZE_CUT_OFF' });
    await expect(again).rejects.toThrow(/buy 100 000001\.XSHE at 09:50.* start with --fresh/u);
    expect(runs.broker.placed).toHaveLength(1);

    await strategy(`export function initialize() { say('initialize'); run_daily(task, '10:00'); } function task() {}`);
    await runs.run('2026-07-06 09:52', '2026-07-06 09:53', [], { fresh: true });
    expect(runs.lines).toEqual(['initialize']);
    expect(warnings()).toHaveLength(1); // who begins anew is told as well
    await runs.run('2026-07-06 09:54', '2026-07-06 09:55');
    expect([runs.lines, warnings(), runs.broker.placed.length]).toEqual([[], [], 1]);
  });

  test('runs again when it had ordered nothing, which is said in one line', async () => {
    await strategy(`export function initialize() { say('initialize'); throw new Error('oh'); }`);
    await runs.run('2026-07-06 09:50', '2026-07-06 09:51');
    await runs.run('2026-07-06 09:52', '2026-07-06 09:53');
    expect(runs.lines).toEqual(['initialize']);
    const said = (): string[] => runs.log.texts('info').filter((text) => text.includes('runs again'));
    expect(said()).toEqual([
      'initialize did not come to its end at an earlier start; it had ordered nothing and runs again.',
    ]);
    await strategy(`export function initialize() { say('initialize'); run_daily(task, '10:00'); } function task() {}`);
    await runs.run('2026-07-06 09:54', '2026-07-06 09:55');
    await runs.run('2026-07-06 09:56', '2026-07-06 09:57');
    expect([runs.lines, said()]).toEqual([[], []]);
  });
});

describe('a call that was cut off after it had ordered is told at the restart, with its orders and that g is as before', () => {
  const told = (name: string): RegExp =>
    new RegExp(
      `^${name} of 2026-07-06 \\S+ did not come to its end after it had ordered buy 100 000001\\.XSHE at \\S+ \\(\\S+\\)\\. g, and what is registered, are as before`,
      'u',
    );

  test.each([
    [
      'process_initialize',
      `export function process_initialize() { if (g.n === 7) return; g.n = 8; ${ORDER} process.exit(1); }`,
    ],
    ['task \\(daily 09:55\\)', `function task() { g.n = 8; ${ORDER} process.exit(1); }`],
  ])('%s', async (name, code) => {
    const task = name.startsWith('task') ? '' : ' function task() {}';
    await strategy(`export function initialize() { g.n = 1; run_daily(task, '09:55'); } ${code}${task}`);
    await runs.run('2026-07-06 09:50', '2026-07-06 09:50');
    await runs.run('2026-07-06 09:54', '2026-07-06 09:55:30');
    await strategy(
      `export function initialize() {} function task() {} export function after_code_changed() { say('n ' + g.n); }`,
    );
    await runs.run('2026-07-06 09:56', '2026-07-06 09:57');
    expect(runs.lines).toEqual(['n 1']);
    expect(warnings()[0]).toMatch(told(name));
    await runs.run('2026-07-06 09:58', '2026-07-06 09:59');
    expect(warnings()).toEqual([]); // once
  });

  test('after_code_changed', async () => {
    await strategy(`export function initialize() { run_daily(task, '10:00'); } function task() {}`);
    await runs.run('2026-07-06 09:50', '2026-07-06 09:51');
    await strategy(
      `export function initialize() {} function task() {} export function after_code_changed() { ${ORDER} process.exit(1); }`,
    );
    await runs.run('2026-07-06 09:52', '2026-07-06 09:53');
    await strategy(`export function initialize() {} function task() {}`);
    await runs.run('2026-07-06 09:54', '2026-07-06 09:55');
    expect(warnings()).toEqual([expect.stringMatching(told('after_code_changed'))]);
  });

  test('nothing is told of calls that came to their end, also by an error', async () => {
    await strategy(
      `export function initialize() { run_daily(task, '09:55'); } function task() { say('task'); ${ORDER} throw new Error('oh'); }`,
    );
    await runs.run('2026-07-06 09:50', '2026-07-06 09:56', [['2026-07-06 09:55', 'task']]);
    expect(runs.broker.placed).toHaveLength(1);
    await runs.run('2026-07-06 09:57', '2026-07-06 09:58');
    expect(warnings()).toEqual([]);
  });

  test('a copy of the state that a kill leaves while a task runs is told once, by its record', async () => {
    await strategy(`export function initialize() { run_daily(task, '09:55'); }
function task() { ${ORDER} say('ordered'); }`);
    const { onPlace } = runs.broker;
    runs.broker.onPlace = (request, broker) => {
      cpSync(state(), join(space.folder, 'killed'), { recursive: true, filter: isKept });
      return onPlace(request, broker);
    };
    await runs.run('2026-07-06 09:50', '2026-07-06 09:56', [['2026-07-06 09:55', 'ordered']]);
    rmSync(state(), { recursive: true });
    cpSync(join(space.folder, 'killed'), state(), { recursive: true });
    await runs.run('2026-07-06 09:57', '2026-07-06 09:58');
    expect(warnings()).toEqual([]);
    const lines = runs.log.texts('warning').filter((text) => text.includes('was interrupted'));
    expect(lines).toEqual([
      expect.stringMatching(/it had ordered buy 100 .*g, and what is registered, are as before/u),
    ]);
    const ledger = Ledger.read(state());
    expect(ledger.state.openCalls()).toEqual([]);
    ledger.close();
  });
});
