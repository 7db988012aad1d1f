import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { chinaInstant } from '../../../src/domain/time.ts';
import { newSignalRow } from '../../../src/domain/follow/new-row.ts';
import { runFollowCommand } from '../../../src/cli/follow-run.ts';
import { readLivePlan } from '../../../src/cli/live-options.ts';
import { runFollowImport } from '../../../src/cli/follow-import.ts';
import { followCommand } from '../../../src/cli/follow.ts';
import { runNotifyTest } from '../../../src/cli/notify-run.ts';
import { Settings } from '../../../src/cli/settings.ts';
import { textWidth } from '../../../src/cli/wrap-text.ts';
import { loadEnv } from '../../../src/platform/env.ts';
import { statusText } from '../../../src/cli/follow-status.ts';
import { aSignal } from '../domain/follow/rules.ts';

let folder: string;
let config: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bt-follow-cli-'));
  config = join(folder, 'follow.jsonc');
  const strategy = { name: 'alpha', passphrase: 'a long pass phrase of mine', ratio: 1 };
  writeFileSync(config, JSON.stringify({ http: { port: 0 }, files: null, strategies: [strategy] }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a follower without a configuration, or whose clock jumps over all waiting, is refused', async () => {
  await expect(runFollowCommand(null, {})).rejects.toMatchObject({ code: 'BAD_CONFIG' });
  const flags = { at: '2026-07-06 09:30:00', speed: 'max', withStub: true, broker: 'qmt-remote' };
  await expect(runFollowCommand(config, flags)).rejects.toThrow('--speed max');
});

test('an account of the configuration stands beside nothing that names another one', async () => {
  const named = join(folder, 'named.jsonc');
  const strategy = { name: 'alpha', passphrase: 'a long pass phrase of mine' };
  writeFileSync(named, JSON.stringify({ account: 'second', http: { port: 0 }, files: null, strategies: [strategy] }));
  const started = (flags: object, text: string): Promise<void> => {
    const envFile = join(folder, 'named.env');
    writeFileSync(envFile, text);
    return runFollowCommand(named, { envFile, ...flags });
  };
  await expect(started({ withStub: true }, '')).rejects.toThrow('has one of its own');
  await expect(started({ broker: 'qmt-http', data: 'qmt-remote' }, '')).rejects.toThrow('is for --broker qmt-remote');
  const sub = 'QMT_SERVER_SUB_ACCOUNT=demo';
  await expect(started({ broker: 'qmt-remote' }, sub)).rejects.toThrow('whose sub-account it is cannot be told');
});

test('the status shows each code with what is wanted and held, and each signal with its end', () => {
  const at = chinaInstant('2026-07-06', '15:06:00');
  const refusal = { code: 'EXPIRED', reason: 'it is 90 s old' };
  const row = newSignalRow(aSignal(), { origin: 'source', refusal, orderableAt: at, now: at });
  const pictureAt = at - 86_400_000;
  const rows = [{ security: '000001.XSHE', wanted: 500, held: 200, why: 'REFUSED', correction: 300, pictureAt }];
  const text = statusText(
    '2026-07-06',
    [{ strategy: 'alpha', at, rows }],
    [row],
    [{ strategy: 'alpha', at: at - 60_000 }],
  );
  // A comparison of now may be with a picture of days ago, and a newer one may have come since.
  const head = "alpha, as of 2026-07-06 15:06:00, wanted by its source's picture of 2026-07-05 15:06:00";
  for (const part of [head, '500', '200', '300', 'REFUSED (EXPIRED): it is 90 s old']) expect(text).toContain(part);
  expect(statusText('2026-07-06', [], [], [])).toContain('No signals on 2026-07-06');
});

test('the status fits a screen: how a signal ended stands below it', () => {
  const at = chinaInstant('2026-07-06', '09:40:00');
  const refusal = {
    code: 'EXPIRED',
    reason: 'it is 90 s old by its sender’s clock; at most 60 s are followed. '.repeat(3),
  };
  const row = newSignalRow(aSignal(), { origin: 'source', refusal, orderableAt: at, now: at });
  const rows = [
    { security: '000001.XSHE', wanted: 500, held: 200, why: refusal.reason, correction: 300, pictureAt: at },
  ];
  const text = statusText('2026-07-06', [{ strategy: 'alpha', at, rows }], [row], [{ strategy: 'alpha', at }]);
  expect(Math.max(...text.split('\n').map(textWidth))).toBeLessThanOrEqual(100);
  expect(text.split('\n').find((line) => line.includes(row.key))).not.toContain('EXPIRED');
});

test('a paper market needs no --broker', () => {
  const settings = new Settings(loadEnv({ envFile: null }), { withStub: true, at: '2026-07-06 09:34:30' });
  expect(readLivePlan(settings)).toMatchObject({ broker: 'qmt-remote', withStub: true });
});

test('status and correct take the name of a follower', () => {
  for (const command of followCommand().commands) expect(command.usage()).toContain('[instance]');
});

test('--import of what is not there says what to name; what it wrote can be started as it prints', () => {
  expect(() => runFollowImport([join(folder, 'nowhere')], join(folder, 'out.jsonc'))).toThrow(
    /nowhere is not there\. Name the folder .*聚宽跟单设置\.json and 分析配置\.json/u,
  );
  const older = join(folder, '聚宽跟单设置.json');
  writeFileSync(
    older,
    JSON.stringify({ 端口: '8889', 策略名称: ['a'], 策略跟单比例: [1], 解码令牌: 'the-older-password' }),
  );
  let written = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text, ...rest: unknown[]) => {
    written += String(text);
    for (const done of rest) if (typeof done === 'function') (done as () => void)();
    return true;
  });
  const target = join(folder, 'made.jsonc');
  runFollowImport([older], target);
  write.mockRestore();
  expect(written).toContain(`  bt follow ${target} --with-stub `);
  expect(written).toContain(`  bt follow ${target} --broker qmt-remote `);
});

test('a test of messages without a channel leads to the page about them', async () => {
  const envFile = join(folder, 'empty');
  writeFileSync(envFile, '');
  await expect(runNotifyTest([], { envFile })).rejects.toThrow('docs/notify.md');
});
