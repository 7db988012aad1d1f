import { expect, test } from 'vitest';
import { readQmtHttpConfig } from '../../../../src/venues/qmt-http/config.ts';

test('an address is enough', () => {
  expect(readQmtHttpConfig({ QMT_HTTP_URL: ' http://192.168.1.10:7800/ ', QMT_HTTP_TOKEN: '' })).toEqual({
    origin: 'http://192.168.1.10:7800',
    address: '192.168.1.10:7800',
    token: null,
    accountId: null,
    accountType: null,
    qmtDir: null,
    tlsCaFile: null,
    timeoutMs: 60_000,
  });
  expect(readQmtHttpConfig({ QMT_HTTP_URL: 'https://[::1]' })).toMatchObject({ address: '[::1]:443' });
});

test.each([
  [{}, 'QMT_HTTP_URL is not set: write the wrapper’s address'],
  [{ QMT_HTTP_URL: '192.168.1.10:7800' }, 'QMT_HTTP_URL cannot be "192.168.1.10:7800"'],
  [{ QMT_HTTP_URL: 'http://a:7800/xtquant/trade' }, 'without a path'],
  [{ QMT_HTTP_URL: 'http://user:secret@a:7800' }, 'QMT_HTTP_URL cannot be'],
  [{ QMT_HTTP_URL: 'ftp://a' }, 'QMT_HTTP_URL cannot be'],
  [
    { QMT_HTTP_URL: 'http://a', QMT_HTTP_ACCOUNT_TYPE: 'stock' },
    'QMT_HTTP_ACCOUNT_TYPE cannot be "stock": write STOCK or CREDIT',
  ],
  [{ QMT_HTTP_URL: 'http://a', QMT_HTTP_TIMEOUT: '1' }, 'QMT_HTTP_TIMEOUT cannot be "1"'],
])('%j is told what to write', (env, text) => {
  expect(() => readQmtHttpConfig(env)).toThrow(text);
});
