import { expect, test } from 'vitest';
import { readServerPlan } from '../../../src/cli/server-options.ts';
import { tellVariables } from '../../../src/cli/server-variables.ts';
import { Settings } from '../../../src/cli/settings.ts';
import { loadEnv } from '../../../src/platform/env.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

function settings(environment: Record<string, string>, flags: Record<string, unknown> = {}): Settings {
  return new Settings(loadEnv({ cwd: temporaryFolder('variables'), environment }), flags);
}

test.each([
  ['QMT_DATA_PATH', 'C:\\国金QMT交易端\\userdata_mini'],
  ['QMT_SESSION_ID', '7'],
  ['QMT_AUTO_SUBSCRIBE', 'false'],
  ['MINIQMT_AUTO_DOWNLOAD', 'true'],
  ['MINIQMT_INDEX_WEIGHT_AUTO_DOWNLOAD', 'true'],
  ['MINIQMT_MARKET', 'SH'],
  ['QMT_DATA_PORT', '58610'],
  ['QMT_MARKET_ORDERS', 'best_five'],
  ['QMT_SERVER_RECORD', 'record.db'],
])('%s is told to say nothing to a stub', (name, value) => {
  expect(readServerPlan(settings({ [name]: value })).warnings).toEqual([
    `${name} (environment) is for a terminal and says nothing to --server-type stub`,
  ]);
});

test.each([
  ['QMT_GUARD_INITIAL_DELAY_SECONDS', '5', '10'],
  ['QMT_GUARD_MAX_DELAY_SECONDS', '300.0', '60'],
  ['QMT_GUARD_BACKOFF_MULTIPLIER', '2', '3'],
  ['QMT_GUARD_READY_POLL_SECONDS', '5', '1'],
  ['QMT_GUARD_TCP_PRESSURE_THRESHOLD', '12000', '100'],
  ['QMT_SERVER_ALLOW_FULL_MARKET', 'false', 'true'],
])('%s may say what is so, not something else', (name, same, other) => {
  expect(tellVariables(settings({ [name]: same }))).toEqual([]);
  expect(() => tellVariables(settings({ [name]: other }))).toThrow(`${name} is "${other}" (environment) and cannot be`);
});

test('what a trader is told is not changed in silence either', () => {
  const qmt = { serverType: 'qmt' };
  expect(tellVariables(settings({ QMT_AUTO_SUBSCRIBE: 'true', QMT_DATA_PATH: 'C:\\x' }, qmt))).toEqual([]);
  expect(() => tellVariables(settings({ QMT_AUTO_SUBSCRIBE: 'no' }, qmt))).toThrow('every account is subscribed');
  expect(() => tellVariables(settings({ MINIQMT_MARKET: 'HK' }, qmt))).toThrow('both exchanges');
  expect(() => tellVariables(settings({ MINIQMT_INDEX_WEIGHT_AUTO_DOWNLOAD: 'false' }, qmt))).toThrow('are downloaded');
  expect(tellVariables(settings({ MINIQMT_INDEX_WEIGHT_AUTO_DOWNLOAD: 'true' }, qmt))).toEqual([]);
});

test('a type that only the variable names is refused, because the reference never reads it', () => {
  expect(() => tellVariables(settings({ QMT_SERVER_TYPE: 'big_qmt' }))).toThrow(
    'QMT_SERVER_TYPE is "big_qmt" (environment): write it as --server-type big_qmt',
  );
  expect(tellVariables(settings({ QMT_SERVER_TYPE: 'stub' }))).toEqual([]);
  expect(tellVariables(settings({ QMT_SERVER_TYPE: 'qmt' }, { serverType: 'qmt' }))).toEqual([]);
  expect(tellVariables(settings({ QMT_SERVER_TYPE: 'qmt' }, { serverType: 'QMT' }))).toEqual([]);
});

test('--simulate says of what is for a terminal that it has none', () => {
  const flags = { serverType: 'qmt', simulate: true, dataPath: 'C:\\x', marketOrders: 'best_five' };
  expect(tellVariables(settings({ QMT_AUTO_SUBSCRIBE: 'no' }, flags))).toEqual([
    '--data-path is for a terminal and says nothing to --simulate',
    '--market-orders is for a terminal and says nothing to --simulate',
    'QMT_AUTO_SUBSCRIBE (environment) is for a terminal and says nothing to --simulate',
  ]);
});
