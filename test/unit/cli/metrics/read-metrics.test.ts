import { expect, test } from 'vitest';
import { readMetrics } from '../../../../src/cli/metrics/read-metrics.ts';
import { Settings } from '../../../../src/cli/settings.ts';
import { loadEnv } from '../../../../src/platform/env.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';

function read(environment: Record<string, string>, flags: Record<string, unknown> = {}) {
  return readMetrics(new Settings(loadEnv({ cwd: temporaryFolder('metrics'), environment }), flags));
}

test('nothing is served unless an address is named; the option comes before the setting', () => {
  expect(read({})).toBeNull();
  expect(read({ METRICS_LISTEN: '[::1]:1' })).toEqual({ host: '::1', port: 1, token: null, isLocal: true });
  expect(read({ METRICS_LISTEN: '127.0.0.1:1', METRICS_TOKEN: 'secret-word' }, { metrics: '0.0.0.0:9310' })).toEqual({
    host: '0.0.0.0',
    port: 9310,
    token: 'secret-word',
    isLocal: false,
  });
});

test('an address without a port, and a token that no header holds, are refused with what to write', () => {
  expect(() => read({}, { metrics: '9310' })).toThrow(/--metrics is "9310": write .*127\.0\.0\.1:9310/u);
  expect(() => read({ METRICS_TOKEN: 'two words' })).toThrow(/METRICS_TOKEN cannot be used.*without blanks/u);
});
