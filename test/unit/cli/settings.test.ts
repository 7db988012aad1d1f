import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { Settings } from '../../../src/cli/settings.ts';
import { loadEnv } from '../../../src/platform/env.ts';

function settings(environment: Record<string, string>, flags: Record<string, unknown> = {}): Settings {
  return new Settings(loadEnv({ cwd: tmpdir(), environment }), flags);
}

describe('an option wins over its variable, which wins over nothing', () => {
  const names = { flag: '--max-connections', variables: ['FIRST', 'SECOND'] };

  test.each([
    [{ maxConnections: '3' }, { FIRST: '4', SECOND: '5' }, 3],
    [{}, { FIRST: '4', SECOND: '5' }, 4],
    [{}, { FIRST: '', SECOND: '5' }, 5],
    [{}, {}, null],
  ])('%j %j', (flags, environment, value) => {
    expect(settings(environment as Record<string, string>, flags).integer(names, 1, 10)).toBe(value);
  });
});

describe('a value without sense names where it stands and what to write', () => {
  test.each([
    [(s: Settings) => s.integer({ flag: '--port' }, 0, 65_535), '--port is "x": write a whole number from 0 to 65535.'],
    [(s: Settings) => s.integer({ variables: ['PORT'] }, 0, 9), 'PORT is "12" (environment): write a whole number'],
    [(s: Settings) => s.amount({ flag: '--speed' }, { zero: false }), '--speed is "0": write a number above 0.'],
    [(s: Settings) => s.choice({ flag: '--market' }, ['a', 'b', 'c']), '--market is "z": write a, b or c.'],
    [(s: Settings) => s.toggle({ variables: ['SWITCH'] }), 'SWITCH is "maybe" (environment): write true or false.'],
    [(s: Settings) => s.instant({ flag: '--at' }), `--at is "2026-13-01 09:30": write a date and time of Shanghai`],
    [(s: Settings) => s.instant({ flag: '--day' }), '--day is "2026-07-06": write a date and time'],
    [(s: Settings) => s.text({ flag: '--token' }), '--token is empty: write a value.'],
    [(s: Settings) => s.integer({ flag: '--my-token' }, 0, 1), '--my-token cannot be used: write'],
  ])('%#', (read, text) => {
    const flags = {
      port: 'x',
      speed: '0',
      market: 'z',
      at: '2026-13-01 09:30',
      day: '2026-07-06',
      token: ' ',
      myToken: 'secret',
    };
    const all = settings({ PORT: '12', SWITCH: 'maybe' }, flags);
    expect(() => read(all)).toThrow(
      expect.objectContaining({
        code: 'BAD_CONFIG',
        fault: 'config',
        message: expect.stringContaining(text) as string,
      }),
    );
  });
});

test('times are Shanghai time', () => {
  const at = settings({}, { at: '2026-07-06 09:34:30' }).instant({ flag: '--at' });
  expect(at).toBe(Date.parse('2026-07-06T09:34:30+08:00'));
});

test.each([
  ['yes', true],
  ['1', true],
  ['ON', true],
  ['off', false],
  ['0', false],
  ['False', false],
])('a switch understands %s', (word, value) => {
  expect(settings({ SWITCH: word }).toggle({ flag: '--switch', variables: ['SWITCH'] })).toBe(value);
  expect(settings({ SWITCH: word }, { switch: !value }).toggle({ flag: '--switch', variables: ['SWITCH'] })).toBe(
    !value,
  );
});
