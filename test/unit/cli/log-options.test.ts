import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { readLogLevels } from '../../../src/cli/log-options.ts';
import { Settings } from '../../../src/cli/settings.ts';
import { loadEnv } from '../../../src/platform/env.ts';

test.each([
  [{}, {}, { level: 'info', fileLevel: 'info' }],
  [{ logLevel: 'warn' }, { LOG_LEVEL: 'debug' }, { level: 'warning', fileLevel: 'warning' }],
  [{}, { LOG_LEVEL: 'WARNING', LOG_FILE_LEVEL: 'DEBUG' }, { level: 'warning', fileLevel: 'debug' }],
])('%j %j', (flags, environment, levels) => {
  const env = loadEnv({ cwd: tmpdir(), environment });
  expect(readLogLevels(new Settings(env, flags))).toEqual(levels);
});
