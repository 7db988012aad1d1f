import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { bt } from './cli-process.ts';

const STRATEGY = `
import { log, order, run_daily } from 'jqdata';
export function initialize() { log.set_level('order', 'error'); run_daily(bar, 'every_bar'); }
function bar(context) { log.info('bar %s', context.current_dt.strftime('%d %H:%M')); }
export function handle_data(context, data) {
  const { close, pre_close, paused } = data['600000.XSHG'];
  log.info('data %s %s', context.current_dt.strftime('%d %H:%M'), close > 0 && pre_close > 0 && !paused && close !== pre_close);
  order('600000.XSHG', 100);
}
export function on_strategy_end(context) { log.info('end %s', context.current_dt.strftime('%d %H:%M')); }`;

const ARGS = [
  'live',
  'daily.ts',
  '--broker',
  'qmt-remote',
  '--with-stub',
  '--at',
  '2026-07-06 09:00',
  '--speed',
  'max',
];

function said(stdout: string): string[] {
  return Array.from(stdout.matchAll(/(?:bar|data|end) (\d\d \d\d:\d\d.*)$/gmu), ([text]) => text);
}

test('--frequency day: handle_data and every_bar once a day at 9:30; the order lines the strategy silenced are silent', async () => {
  const cwd = temporaryFolder('frequency');
  writeFileSync(join(cwd, 'daily.ts'), STRATEGY);
  const { code, stdout } = await bt([...ARGS, '--frequency', 'day', '--until', '2026-07-07 15:30'], { cwd });
  expect(code, stdout).toBe(0);
  expect(said(stdout)).toEqual([
    'bar 06 09:30',
    'data 06 09:30 True',
    'bar 07 09:30',
    'data 07 09:30 True',
    'end 07 15:30',
  ]);
  expect(stdout).not.toMatch(/INFO {2}order/u);
  expect(stdout).toMatch(/600000\.XSHG .* filled/u); // the closing table
});

test('without it they run each minute, and the log says how to choose', async () => {
  const cwd = temporaryFolder('frequency');
  writeFileSync(join(cwd, 'daily.ts'), STRATEGY.replace("order('600000.XSHG', 100);", ''));
  const { code, stdout } = await bt([...ARGS, '--until', '09:33'], { cwd });
  expect(code, stdout).toBe(0);
  expect(said(stdout).filter((text) => text.startsWith('data'))).toHaveLength(4); // 9:30 to 9:33
  expect(stdout).toContain('handle_data runs each minute; --frequency day runs it once a day at 9:30.');
});

test('a frequency that is none is refused', async () => {
  const cwd = temporaryFolder('frequency');
  writeFileSync(join(cwd, 'daily.ts'), STRATEGY);
  const { code, stderr } = await bt([...ARGS, '--frequency', 'tick'], { cwd });
  expect(code).toBe(1);
  expect(stderr).toContain('minute');
});
