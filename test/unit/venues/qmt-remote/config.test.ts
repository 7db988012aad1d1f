import { describe, expect, it } from 'vitest';
import { BtError } from '../../../../src/domain/errors.ts';
import { readQmtRemoteConfig } from '../../../../src/venues/qmt-remote/config.ts';
import type { Settings } from '../../../../src/platform/env-schema.ts';

const GOOD = { QMT_SERVER_HOST: '192.168.1.10', QMT_SERVER_TOKEN: 'secret' };

function problems(env: Settings): readonly string[] {
  try {
    readQmtRemoteConfig(env);
  } catch (error) {
    if (!(error instanceof BtError)) throw error;
    expect(error.code).toBe('CONFIG_INVALID');
    expect(error.fault).toBe('config');
    return error.message.split('\n');
  }
  throw new Error('accepted');
}

it('reads every variable', () => {
  const env = {
    QMT_SERVER_HOST: ' gateway.example ',
    QMT_SERVER_PORT: '9001',
    QMT_SERVER_TOKEN: 'secret',
    QMT_SERVER_ACCOUNT_KEY: 'main',
    QMT_SERVER_SUB_ACCOUNT: 'demo@main',
    QMT_SERVER_TLS_CERT: '/etc/ssl/ca.pem',
    QMT_SERVER_RPC_TIMEOUT: '7.5',
    SOMETHING_ELSE: 'ignored',
  };
  expect(readQmtRemoteConfig(env)).toEqual({
    host: 'gateway.example',
    port: 9001,
    token: 'secret',
    accountKey: 'main',
    subAccountId: 'demo@main',
    tlsCaFile: '/etc/ssl/ca.pem',
    rpcTimeoutMs: 7_500,
  });
});

it('takes an empty value as unset, and has defaults for all but host and token', () => {
  const empty = {
    QMT_SERVER_PORT: '',
    QMT_SERVER_ACCOUNT_KEY: ' ',
    QMT_SERVER_SUB_ACCOUNT: '',
    QMT_SERVER_TLS_CERT: '',
    QMT_SERVER_RPC_TIMEOUT: '',
  };
  const config = readQmtRemoteConfig({ ...GOOD, ...empty });
  expect(config).toEqual(readQmtRemoteConfig(GOOD));
  expect(config).toMatchObject({
    port: 58_620,
    accountKey: null,
    subAccountId: null,
    tlsCaFile: null,
    rpcTimeoutMs: 60_000,
  });
});

it('reports every problem at once, one line each, with the name and what to write', () => {
  const lines = problems({ QMT_SERVER_PORT: 'abc', QMT_SERVER_TOKEN: '  ', QMT_SERVER_RPC_TIMEOUT: '1' });
  expect(lines).toHaveLength(4);
  expect(lines[0]).toMatch(/^QMT_SERVER_HOST is not set: write .*192\.168\.1\.10\.$/);
  expect(lines[1]).toMatch(/^QMT_SERVER_PORT cannot be "abc": write .*58620\.$/);
  expect(lines[2]).toMatch(/^QMT_SERVER_TOKEN is not set: write the token/);
  expect(lines[3]).toMatch(/^QMT_SERVER_RPC_TIMEOUT cannot be "1": write seconds, at least 5/);
});

it('never shows the token', () => {
  expect(problems({ QMT_SERVER_TOKEN: 'top-secret' }).join('\n')).not.toContain('top-secret');
});

describe('host', () => {
  it.each(['localhost', '10.0.0.1', 'my_box.lan', '::1', 'fe80::1%eth0', '2001:db8::ff00:42:8329', '::ffff:10.0.0.1'])(
    'takes %s',
    (host) => {
      expect(readQmtRemoteConfig({ ...GOOD, QMT_SERVER_HOST: host }).host).toBe(host);
    },
  );

  it.each(['tcp://10.0.0.1', '10.0.0.1:58620', 'a b', 'host/path', 'gate:way'])('refuses %s', (host) => {
    expect(problems({ ...GOOD, QMT_SERVER_HOST: host })).toEqual([
      expect.stringContaining('QMT_SERVER_HOST cannot be'),
    ]);
  });
});

it.each(['0', '65536', '-1', '1.5', '0x10', '58620 '.repeat(2)])('refuses the port %s', (port) => {
  expect(problems({ ...GOOD, QMT_SERVER_PORT: port })).toEqual([expect.stringContaining('QMT_SERVER_PORT cannot be')]);
});
