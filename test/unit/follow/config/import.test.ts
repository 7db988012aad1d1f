import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parseFollowConfig } from '../../../../src/follow/config/index.ts';
import { importConfig } from '../../../../src/follow/config/import/import-config.ts';
import type { ImportedConfig } from '../../../../src/follow/config/import/import-config.ts';
import { readOlderSettings } from '../../../../src/follow/config/import/read-older.ts';

const FOLLOW = {
  服务器: 'http://192.0.2.1',
  密码: '',
  端口: '8889',
  跟单设置: '*******',
  策略跟单比例: [0.5],
  策略名称: ['小市值策略'],
  解码令牌: 'the-older-password',
  最大重新下单次数: '4',
  触发强制卖出次数: '3',
  每分钟最大请求数: '90',
};
const ANALYSIS = {
  交易系统选择: 'qmt',
  交易系统: 'qmt',
  交易品种: 'STOCK',
  qmt路径: 'D:/qmt',
  qmt账户: '123',
  qmt账户类型: 'STOCK',
  是否参加集合竞价: '否',
  发送摘要时间: '09:55:00',
  程序自检通知: '09:00:00',
  发送方式: 'wx',
  微信token: ['robot-key-1'],
};

function imported(settings: Readonly<Record<string, unknown>>): ImportedConfig {
  return importConfig(new Map(Object.entries(settings)));
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'bt-import-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

test('the two files become a configuration that can be read', () => {
  const { text } = imported({ ...FOLLOW, ...ANALYSIS });
  const config = parseFollowConfig(text, '/desk/follow.jsonc', { find: () => null });
  expect(config.http).toMatchObject({ host: '127.0.0.1', port: 8889, rateLimitPerKey: 90 });
  expect(config.strategies).toHaveLength(1);
  expect(config.strategies[0]?.sender).toEqual({
    strategy: '小市值策略',
    passphrase: 'the-older-password',
    legacy: true,
  });
  expect(config.strategies[0]?.rules).toMatchObject({
    mode: 'ratio',
    ratio: 0.5,
    requote: { afterSeconds: 30, times: 4 },
  });
});

test('each name is told once: taken, something else here, or left out and what does its work', () => {
  const { told, text } = imported({ ...FOLLOW, ...ANALYSIS, 未知: 1 });
  const names = [...Object.keys(FOLLOW), ...Object.keys(ANALYSIS), '未知'];
  expect(told.map(({ key }) => key).toSorted()).toEqual(names.toSorted());
  const kinds = Object.groupBy(told, ({ kind }) => kind);
  expect(kinds.taken?.map(({ key }) => key)).toEqual([
    '端口',
    '策略名称',
    '策略跟单比例',
    '解码令牌',
    '最大重新下单次数',
  ]);
  expect(kinds.other?.map(({ key }) => key)).toEqual(['每分钟最大请求数']);
  expect(told.find(({ key }) => key === '未知')?.text).toBe('nothing is known of this name');
  const said = told.map((line) => line.text).join('\n');
  expect(said).not.toContain('the-older-password');
  expect(`${said}${text}`).not.toContain('robot-key-1');
});

test('of several strategies each gets a key of its own, and is said to', () => {
  const { text, told } = imported({ ...FOLLOW, 策略名称: ['a', 'b:c'], 策略跟单比例: [1, 2] });
  expect(text).toContain('{ "env": "FOLLOW_PASSPHRASE_2" }');
  expect(told.find(({ key }) => key === '策略名称')).toMatchObject({ kind: 'other' });
  const filled = text.replaceAll('"cash": null', '"cash": 100000');
  const config = parseFollowConfig(filled, '/x', { find: () => ({ value: 'another password' }) });
  expect(config.strategies.map(({ rules }) => [rules.name, rules.ratio])).toEqual([
    ['a', 1],
    ['b-c', 2],
  ]);
});

test('a password that was empty is looked for in a variable', () => {
  expect(imported({ ...FOLLOW, 解码令牌: '' }).text).toContain('{ "env": "FOLLOW_PASSPHRASE" }');
});

test.each([
  ['端口', 'x'],
  ['端口', '70000'],
  ['最大重新下单次数', '-1'],
  ['策略跟单比例', ['0']],
  ['策略名称', [1]],
  ['策略名称', []],
])('%s cannot be %j', (key, value) => {
  expect(() => imported({ ...FOLLOW, [key]: value })).toThrow(new RegExp(`${key} cannot be`, 'u'));
});

test('a folder is looked through, in whatever encoding its files are', () => {
  const path = folder();
  // "端口": "1" in GBK, as an editor of Windows writes it.
  const gbk = Buffer.concat([Buffer.from('{"'), Buffer.from([0xb6, 0xcb, 0xbf, 0xda]), Buffer.from('": "1"}')]);
  writeFileSync(join(path, '聚宽跟单设置.json'), gbk);
  writeFileSync(join(path, '分析配置.json'), `\uFEFF${JSON.stringify(ANALYSIS)}`);
  const settings = readOlderSettings([path]);
  expect(settings.get('端口')).toBe('1');
  expect(settings.get('交易品种')).toBe('STOCK');
});

test('a folder without them, and a file that is none, are told', () => {
  const path = folder();
  expect(() => readOlderSettings([path])).toThrow(/has neither 聚宽跟单设置\.json nor 分析配置\.json/u);
  expect(() => readOlderSettings([join(path, 'no.json')])).toThrow(/no\.json is not there\. Name the folder/u);
  writeFileSync(join(path, 'list.json'), '[]');
  expect(() => readOlderSettings([join(path, 'list.json')])).toThrow(/holds no object/u);
});
