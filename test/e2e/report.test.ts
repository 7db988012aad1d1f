import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { bt } from './cli-process.ts';

const STRATEGY = `
import { order, run_daily } from 'jqdata';
export function initialize() { run_daily(buy, '09:35'); run_daily(late, '09:36'); }
function buy() { order('510300.XSHG', 100); }
function late() { order('510300.XSHG', -100); }
`;

test(
  'a day is reported after its run: to the screen, as JSON, as a page, and at 15:30 into a folder',
  { timeout: 120_000 },
  async () => {
    const home = temporaryFolder('report');
    writeFileSync(join(home, 'buys.ts'), STRATEGY);
    const options = { cwd: home, env: { TMPDIR: home } };
    const market = ['--broker', 'qmt-remote', '--with-stub', '--at', '2026-07-06 09:34:00', '--speed', 'max'];
    const days = ['--until', '2026-07-06 15:31', '--day-report', 'pages', '--state', 'kept'];
    const run = await bt(['live', 'buys.ts', ...market, ...days], options);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(join(home, 'pages'))).toEqual(['kept-2026-07-06.html']);
    expect(readFileSync(join(home, 'pages', 'kept-2026-07-06.html'), 'utf8')).toContain('510300.XSHG');

    const said = await bt(['report', '--state', 'kept'], options);
    expect(said.stdout).toMatch(/^Day 2026-07-06 {2}buys on qmt-remote/u);
    expect(said.stdout).toMatch(/buy \(daily 09:35\)/u);
    const chinese = await bt(['report', '--state', 'kept'], { ...options, env: { ...options.env, BT_LANG: 'zh' } });
    expect(chinese.stdout).toMatch(/^2026-07-06 日报 {2}buys，qmt-remote/u);

    const json = await bt(['report', '--state', 'kept', '--json', '--html', 'day.html'], options);
    const report = JSON.parse(json.stdout) as {
      day: string;
      orders: { side: string; called: number; slippage: { money: number } | null }[];
      totals: { filled: number };
    };
    expect(report.day).toBe('2026-07-06');
    expect(report.totals.filled).toBeGreaterThan(0);
    const [bought] = report.orders;
    expect(bought?.called).toBeGreaterThan(0);
    expect(bought?.slippage).not.toBeNull();
    expect(readFileSync(join(home, 'day.html'), 'utf8')).toContain('<!doctype html>');

    const wrong = await bt(['report', '--state', 'kept', '--day', 'today'], options);
    expect(wrong).toMatchObject({ code: 1, stdout: '' });
    expect(wrong.stderr).toMatch(/--day is "today": write a day like/u);
  },
);
