import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { englishIn } from '../english.ts';
import { bt, ROOT, type Finished } from './cli-process.ts';

const DEMO = join(ROOT, 'strategies', 'demo.ts');
const DAY = ['--with-stub', '--at', '2026-07-06 09:34:30', '--until', '09:42', '--speed', 'max'];

/** What stands on the screen, without the lines that the strategy wrote itself. */
function ours({ stdout, stderr }: Finished): string {
  return `${stdout}${stderr}`
    .split('\n')
    .filter((line) => !/^\S+ \S+ \w+ +strategy /u.test(line))
    .join('\n');
}

test('a sentence in English is seen as one', () => {
  expect(englishIn('委托：bt live starts again\nthis is one sentence\nbt live demo.ts --with-stub')).toEqual([
    'this is one sentence',
  ]);
});

describe('with BT_LANG=zh', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bt-language-'));
  const env = { BT_LANG: 'zh', RUNTIME_DIR: folder };
  const chinese = (args: readonly string[]): Promise<Finished> => bt(args, { env, cwd: folder });
  let live: Finished;

  beforeAll(async () => {
    live = await chinese(['live', DEMO, '--name', 'demo', '--state', join(folder, 'demo'), ...DAY]);
  }, 60_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('a run is told in Chinese: its log, and the tables at its end', () => {
    expect(live.code).toBe(0);
    expect(englishIn(ours(live))).toEqual([]);
    expect(live.stdout).toMatch(/│ 时间 +│ 证券 +│ 方向 +│ 方式 +│ 数量 │ 成交 │ +价格 │ 状态 +│/u);
    expect(live.stdout).toMatch(/INFO {2}order {4}成交：买入 100 000002\.XSHE，价格 6\.\d+/u);
    expect(live.stdout).toContain('本实例在券商处没有未完成的委托。');
  });

  test('its log file stays English, for programs', async () => {
    const { stdout } = await chinese(['log', '--json', '--lines', '200']);
    const texts = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { source: string; text: string });
    const said = texts.filter(({ source }) => source !== 'strategy').map(({ text }) => text);
    expect(said.length).toBeGreaterThan(5);
    expect(said.join('\n')).not.toMatch(/[\u3400-\u9fff]/u);
  });

  test.each([
    ['status'],
    ['orders'],
    ['orders', '--history'],
    ['positions'],
    ['trades'],
    ['risk'],
    ['instances'],
    ['log'],
    ['report', '--day', '2026-07-06'],
    ['doctor'],
    ['calendar'],
    ['g'],
    ['--help'],
    ['live', '--help'],
    ['server', '--help'],
    ['resolve', '--help'],
  ])('bt %s %s holds no English sentence', async (...args) => {
    const said = await chinese(args.filter((arg) => arg !== undefined));
    expect(englishIn(ours(said))).toEqual([]);
    expect(said.stdout).toMatch(/[\u3400-\u9fff]{2}/u);
  });

  test('a table stands straight: a Chinese character takes two columns', async () => {
    const { stdout } = await chinese(['positions']);
    const rows = stdout.split('\n').filter((line) => /^[│┌├└]/u.test(line));
    const wide = (line: string): number =>
      Array.from(line, (c) => (/[\u2e80-\uffef]/u.test(c) ? 2 : 1)).reduce((a, b) => a + b, 0);
    expect(rows.length).toBeGreaterThan(3);
    expect(new Set(rows.map(wide)).size).toBe(1);
  });

  test('so is what stops it', async () => {
    const killed = await chinese(['kill']);
    expect(englishIn(ours(killed))).toEqual([]);
    expect(killed.stdout).toContain('bt resume --reason');
    const status = await chinese(['status']);
    expect(englishIn(ours(status))).toEqual([]);
    expect(status.stdout).toContain('KILL');
    const resumed = await chinese(['resume', '--reason', 'test']);
    expect(englishIn(ours(resumed))).toEqual([]);
  });

  test.each([
    [['liv'], "bt: 未知命令 'liv'，是否想写 live？（见 bt --help）"],
    [['live'], "bt: 缺少必需的参数 'file'（见 bt live --help）"],
    [['live', 'nope.ts', '--with-stub'], null],
    [['live', DEMO, '--with-stub', '--real'], null],
    [['live', DEMO], null],
    [['orders', '--day', 'x'], null],
    [['status', 'nosuch'], null],
    [['cancel', 'x'], null],
    [['server', '--port', 'x'], null],
  ] as const)('an error of %j is Chinese', async (args, text) => {
    const failed = await chinese(args);
    expect(failed.code).not.toBe(0);
    expect(englishIn(ours(failed))).toEqual([]);
    expect(failed.stderr).toMatch(/[\u3400-\u9fff]{2}/u);
    if (text !== null) expect(failed.stderr.trim()).toBe(text);
  });

  test('bt check of a bad file is Chinese', async () => {
    const file = join(folder, 'bad.ts');
    writeFileSync(
      file,
      "export function initialize(context) {\n  run_daily(tick, '9:35');\n  nowhere();\n  const last = g.list[-1];\n}\nfunction tick() {\n  if ([] == []) {\n  }\n}\n",
    );
    const checked = await chinese(['check', file]);
    expect(checked.code).toBe(1);
    expect(englishIn(ours(checked))).toEqual([]);
    expect(checked.stdout).toContain('nowhere 没有定义');
  });

  test('JSON stays English', async () => {
    const { stdout } = await chinese(['doctor', '--json']);
    const findings = JSON.parse(stdout) as readonly { what: string; kind: string; text: string }[];
    expect(findings.map(({ text }) => text).join('\n')).not.toMatch(/[\u3400-\u9fff]/u);
  });
});
