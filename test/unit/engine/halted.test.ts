import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { callControl } from '../../../src/platform/control-socket.ts';
import { LiveRuns } from './live-runs.ts';
import { Workspace } from './strategy/workspace.ts';

const STRATEGY = `
let calls = 0;
export function initialize() { for (const time of ['10:00', '10:01', '10:02', '10:03', '10:05']) run_daily(task, time); }
function task() { calls += 1; log.info('- call ' + calls); if (calls <= 3) throw new Error('on purpose'); }
`;
/** The engine hears of the third error after the line that the task has logged before it: what is waited for is the engine's own line. */
const isHalted = (): Promise<void> =>
  vi.waitFor(() => expect(runs.log.texts('error').join('\n')).toMatch(/the strategy is halted/u), { timeout: 10_000 });
const HALTING = [
  ['2026-07-06 10:00', 'call 1'],
  ['2026-07-06 10:01', 'call 2'],
  ['2026-07-06 10:02', isHalted],
] as const;

let space: Workspace;
let runs: LiveRuns;
beforeEach(async () => {
  space = await Workspace.make({ 'main.ts': STRATEGY });
  runs = new LiveRuns(space);
});
afterEach(() => space.remove());

const resume = (): Promise<unknown> => callControl(runs.stateFolder, { command: 'resume', values: {} });

test('a task that came up while the strategy was halted runs when it is resumed within the time-out of 60 s', async () => {
  const report = await runs.run('2026-07-06 09:50', '2026-07-06 10:03:40', [
    ...HALTING,
    ['2026-07-06 10:03:30', resume],
    ['2026-07-06 10:03:35', 'call 4'],
  ]);
  expect(report.triggers.at(-1)).toMatchObject({ outcome: 'ran_late' });
  expect([report.exitCode, report.errors.length]).toEqual([2, 3]);
});

test('one that came up more than that before is skipped, with the reason, and the next one runs', async () => {
  const report = await runs.run('2026-07-06 09:50', '2026-07-06 10:05:10', [
    ...HALTING,
    ['2026-07-06 10:04:01', resume],
    ['2026-07-06 10:05', 'call 4'],
  ]);
  const [skipped, ran] = report.triggers.slice(-2);
  expect(skipped).toMatchObject({ outcome: 'skipped', reason: expect.stringMatching(/halted/u) as string });
  expect(ran).toMatchObject({ outcome: 'ran' });
});

test('process_initialize that throws at a restart ends the run with exit code 2, and what was kept is kept', async () => {
  const strategy = (first: string): string =>
    `export function initialize() { g.n = 7; }\nexport function process_initialize() { ${first} log.info('- ' + g.n); }\nexport function after_trading_end() {}`;
  await space.write({ 'main.ts': strategy('') });
  await runs.run('2026-07-06 09:50', '2026-07-06 09:51');
  await space.write({ 'main.ts': strategy("throw new Error('no data');") });
  const report = await runs.run('2026-07-06 09:52', '2026-07-06 09:53');
  expect([report.exitCode, report.errors.map(({ message }) => message)]).toEqual([
    2,
    [expect.stringMatching(/no data/u)],
  ]);
  await space.write({ 'main.ts': strategy('') });
  await runs.run('2026-07-06 09:54', '2026-07-06 09:55');
  expect(runs.lines).toEqual(['7']);
});
