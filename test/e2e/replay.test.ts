import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { bt, ROOT } from './cli-process.ts';

const MORNING = [
  '--broker',
  'qmt-remote',
  '--with-stub',
  '--at',
  '2026-07-06 09:34:30',
  '--speed',
  'max',
  '--until',
  '09:45',
];

function home(): string {
  const folder = temporaryFolder('replay');
  return folder;
}

test('a recorded morning is played again to the last line, and leaves nothing behind', async () => {
  const cwd = home();
  const file = join(ROOT, 'strategies', 'demo.ts');
  const recorded = await bt(['live', file, ...MORNING, '--record', 'morning.rec'], { cwd, env: { TMPDIR: cwd } });
  expect(recorded.code, recorded.stdout + recorded.stderr).toBe(0);
  const { code, stdout, stderr } = await bt(['replay', 'morning.rec'], { cwd, env: { TMPDIR: cwd } });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(
    /^Identical: \d+ hooks and tasks with \d+ calls, 2026-07-06 09:34:3\d to 2026-07-06 09:\d\d:\d\d, in /mu,
  );
  // The folder it was built in is gone.
  expect(readdirSync(cwd).filter((entry) => entry.startsWith('bt-replay-'))).toEqual([]);
});

test('changed code is shown where it acts otherwise, by hook, call and line, and the command ends with 2', async () => {
  const cwd = home();
  const demo = readFileSync(join(ROOT, 'strategies', 'demo.ts'), 'utf8');
  writeFileSync(join(cwd, 'mine.ts'), demo);
  await bt(['live', 'mine.ts', ...MORNING, '--record', 'morning.rec'], { cwd, env: { TMPDIR: cwd } });
  writeFileSync(
    join(cwd, 'better.ts'),
    demo.replace('order(symbol, 100, LimitOrderStyle', 'order(symbol, 200, LimitOrderStyle'),
  );
  const { code, stdout } = await bt(['replay', 'morning.rec', '--strategy', 'better.ts', '--all'], { cwd });
  expect(code).toBe(2);
  expect(stdout).toMatch(/^2026-07-06 09:36:00 place_limit_buy_and_cancel \(\S*better\.ts:\d+:\d+\), call \d+$/mu);
  expect(stdout).toMatch(/^ {2}recorded: placeOrder\(.*"quantity":100.*\)$/mu);
  expect(stdout).toMatch(/^ {2}replayed: placeOrder\(.*"quantity":200.*\)$/mu);
  expect(stdout).toMatch(/^One difference in \d+ hooks and tasks/mu);
  const json = await bt(['replay', 'morning.rec', '--strategy', 'better.ts', '--json'], { cwd });
  expect(JSON.parse(json.stdout)).toMatchObject([
    { sameCode: false, differences: [{ name: 'place_limit_buy_and_cancel' }] },
  ]);
});

test.each<[string, string[], string]>([
  ['no file', ['nosuch.rec'], 'nosuch.rec'],
  ['no recording', ['notes.txt'], 'notes.txt is no recording that can be replayed'],
  ['no time', ['notes.txt', '--until', 'noon'], 'notes.txt is no recording'],
])('%s is refused with one line', async (_what, args, text) => {
  const cwd = home();
  writeFileSync(join(cwd, 'notes.txt'), 'notes');
  const { code, stderr } = await bt(['replay', ...args], { cwd });
  expect(code).toBe(1);
  expect(stderr.trim().split('\n').length).toBe(1);
  expect(stderr).toContain(text);
});

test('a recording that cannot be written is refused before anything is opened', async () => {
  const cwd = home();
  const { code, stderr } = await bt(['live', join(ROOT, 'strategies', 'demo.ts'), ...MORNING, '--record', cwd], {
    cwd,
  });
  expect(code).toBe(1);
  expect(stderr).toMatch(/--record .* cannot be written/u);
  expect(existsSync(join(cwd, '.bt'))).toBe(false);
});
