import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readServerPlan } from '../../../src/cli/server-options.ts';
import type { ServerPlan } from '../../../src/cli/server-options.ts';
import { Settings } from '../../../src/cli/settings.ts';
import { loadEnv } from '../../../src/platform/env.ts';
import { DEFAULT_RISK_LIMITS } from '../../../src/server/index.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bt-server-options-'));
  for (const name of ['cert.pem', 'key.pem']) writeFileSync(join(folder, name), 'x');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function plan(flags: Record<string, unknown> = {}, environment: Record<string, string> = {}): ServerPlan {
  return readServerPlan(new Settings(loadEnv({ cwd: folder, environment }), flags));
}

test('says nothing, gets a stub that only this machine reaches', () => {
  expect(plan()).toEqual({
    at: null,
    speed: null,
    faults: null,
    printFaults: false,
    outbox: null,
    audit: null,
    qmt: null,
    simulated: false,
    hasToken: false,
    logFile: null,
    historyFile: null,
    warnings: [],
    options: {
      host: '127.0.0.1',
      port: 58_620,
      token: 'stub',
      market: 'simulated',
      seed: 1,
      statePath: null,
      recordPath: null,
      dryRun: false,
      tls: null,
      http: null,
      risk: null,
      accessLog: 'orders',
      sides: { data: true, broker: true },
      marketRoom: { buy: 0.015, sell: -0.015 },
      logsAccounts: false,
      accounts: [],
      subAccounts: [],
      allowlist: [],
    },
  });
});

test('takes everything from options', () => {
  const flags = {
    serverType: 'stub',
    listen: '0.0.0.0',
    port: '0',
    token: 'long-enough-token',
    market: 'simulated',
    accounts: 'main=111:stock,hedge=222:future',
    subAccounts: 'demo@main:limit=5000',
    maxConnections: '3',
    maxSubscriptions: '7',
    allowlist: '10.0.0.0/8; ::1',
    at: '2026-07-06 09:34:30',
    speed: '30',
    seed: '42',
    state: 'book.json',
    accessLog: false,
    tlsCert: join(folder, 'cert.pem'),
    tlsKey: join(folder, 'key.pem'),
    logFile: 'server.log',
    faults: '7',
    http: '[::]:7800',
    httpCors: 'https://desk.example, http://localhost:3000',
  };
  expect(plan(flags)).toEqual({
    at: Date.parse('2026-07-06T09:34:30+08:00'),
    speed: 30,
    outbox: 'book.json.outbox',
    audit: null,
    faults: '7',
    printFaults: false,
    qmt: null,
    simulated: false,
    hasToken: true,
    logFile: 'server.log',
    historyFile: null,
    warnings: [],
    options: {
      host: '0.0.0.0',
      port: 0,
      token: 'long-enough-token',
      market: 'simulated',
      seed: 42,
      recordPath: null,
      dryRun: false,
      statePath: 'book.json',
      tls: { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') },
      http: {
        host: '::',
        port: 7800,
        token: 'long-enough-token',
        origins: ['https://desk.example', 'http://localhost:3000'],
      },
      risk: null,
      accessLog: false,
      sides: { data: true, broker: true },
      marketRoom: { buy: 0.015, sell: -0.015 },
      logsAccounts: false,
      accounts: [
        { key: 'main', id: '111', type: 'stock' },
        { key: 'hedge', id: '222', type: 'future' },
      ],
      subAccounts: [{ id: 'demo', parent: 'main', limit: 5000 }],
      allowlist: ['10.0.0.0/8', '::1'],
      maxConnections: 3,
      maxSubscriptions: 7,
    },
  });
});

test('takes the gateway variables of the reference', () => {
  const { options } = plan(
    {},
    {
      QMT_SERVER_LISTEN: '127.0.0.2',
      QMT_SERVER_PORT: '58630',
      QMT_SERVER_TOKEN: 't0ken',
      QMT_SERVER_ACCOUNTS: 'a=1',
      QMT_SERVER_ACCESS_LOG: 'no',
      QMT_SERVER_REQUEST_TIMEOUT: '1.5',
      QMT_SERVER_PLACE_ORDER_TIMEOUT_MARGIN_SECONDS: '2',
      QMT_SERVER_IDEMPOTENCY_TTL_SECONDS: '172800',
      QMT_SERVER_ORDER_RISK_ENABLED: 'true',
      MAX_ORDER_VALUE: '5',
      QMT_SERVER_TLS_CERT: 'the-ca-a-client-trusts.pem',
    },
  );
  expect(options).toMatchObject({
    host: '127.0.0.2',
    port: 58_630,
    token: 't0ken',
    accounts: [{ key: 'a', id: '1', type: 'stock' }],
    accessLog: false,
    requestTimeoutMs: 1500,
    placeMarginMs: 2000,
    idempotencyTtlMs: 172_800_000,
    tls: null,
    risk: { maxOrderValue: 5, maxDailyTrades: 100 },
  });
});

test('a limit is read as that of a run: a number, off, or its default', () => {
  const limits = (env: Record<string, string>): unknown =>
    plan({}, { QMT_SERVER_ORDER_RISK_ENABLED: 'yes', ...env }).options.risk;
  expect(limits({ MAX_STOCK_COUNT: 'off', MIN_BUY_ORDER_VALUE: '0', MAX_POSITION_RATIO: '7.5' })).toEqual({
    ...DEFAULT_RISK_LIMITS,
    maxStockCount: Infinity,
    minBuyOrderValue: 0,
    maxPositionRatio: 7.5,
  });
  expect(() => limits({ MAX_STOCK_COUNT: '0' })).toThrow(/MAX_STOCK_COUNT is "0".*a whole number above 0, or off/u);
  expect(() => limits({ MAX_STOCK_COUNT: '2.5' })).toThrow(/a whole number above 0, or off/u);
});

describe('refuses', () => {
  test.each([
    [{ serverType: 'big' }, '--server-type is "big": write stub or qmt.'],
    [{ listen: 'no such host' }, '--listen is "no such host": write an address'],
    [{ listen: '0.0.0.0' }, '--listen 0.0.0.0 needs --token'],
    [{ port: '70000' }, '--port is "70000"'],
    [{ speed: '30' }, '--speed needs --at'],
    [{ at: 'tomorrow' }, '--at is "tomorrow"'],
    [{ at: '2026-07-06 09:30', speed: 'max' }, '--speed is "max": write a number above 0.'],
    [{ market: 'reference', state: 'x' }, '--state needs --market simulated'],
    [{ tlsCert: 'x.pem' }, '--tls-cert needs --tls-key'],
    [{ tlsKey: 'x.pem' }, '--tls-key needs --tls-cert'],
    [{ tlsCert: 'x.pem', tlsKey: 'y.pem' }, '--tls-cert x.pem cannot be read'],
    [{ accounts: 'main' }, '"main" cannot be read'],
  ])('%j', (flags, message) => {
    expect(() => plan(flags)).toThrow(
      expect.objectContaining({ fault: 'config', message: expect.stringContaining(message) as string }),
    );
  });

  test('a memory of keys that is shorter than the day for which each is one order', () => {
    const read = (seconds: string): unknown => plan({}, { QMT_SERVER_IDEMPOTENCY_TTL_SECONDS: seconds }).options;
    expect(() => read('300')).toThrow(/is 300 seconds, and a key is one order for a day at least: take it out/u);
    expect(read('0')).not.toHaveProperty('idempotencyTtlMs');
  });

  test('a short token that others can try gets a warning', () => {
    expect(plan({ listen: '0.0.0.0', token: 'stub' }).warnings[0]).toContain('at least 12 characters');
  });
});

test('a door for HTTP without a token is for this machine only', () => {
  expect(plan({ http: '127.0.0.1:0' }).options.http).toEqual({ host: '127.0.0.1', port: 0, token: null, origins: [] });
  expect(plan({}, { QMT_SERVER_HTTP: 'localhost:7800' }).options.http).toMatchObject({ host: 'localhost', port: 7800 });
  expect(plan({ http: '127.0.0.1:0', token: 't' }).options.http).toMatchObject({ token: 't' });
  expect(() => plan({ http: 'localhost:7800', token: 'two words' })).toThrow(/--http needs a token .* without blanks/u);
  expect(() => plan({ http: '0.0.0.0:7800' })).toThrow('--http 0.0.0.0:7800 needs --token (or QMT_SERVER_TOKEN)');
  expect(plan({ http: '0.0.0.0:7800', token: 'short' }).warnings).toEqual([expect.stringContaining('token is short')]);
});

test.each([
  [{ http: '7800' }, '--http is "7800": write an address of this machine with a port'],
  [{ http: ':7800' }, '--http is ":7800"'],
  [{ http: '::1:7800' }, '--http is "::1:7800"'],
  [{ http: '[127.0.0.1]:7800' }, '--http is "[127.0.0.1]:7800"'],
  [{ http: 'a:99999' }, '--http is "a:99999"'],
  [{ http: 'http://a:1' }, '--http is "http://a:1"'],
  [{ httpCors: 'https://a.example' }, '--http-cors needs --http'],
  [{ http: '127.0.0.1:0', httpCors: '*' }, '--http-cors is "*": write origins as browsers write them'],
  [{ http: '127.0.0.1:0', httpCors: 'https://a.example/' }, '--http-cors is "https://a.example/"'],
])('%j is told what to write', (flags, text) => {
  expect(() => plan(flags)).toThrow(text);
});

test('QMT_ACCOUNT_ID is the default account, unless one is called so', () => {
  const accounts = (flags: Record<string, unknown>, environment: Record<string, string>): unknown =>
    plan(flags, environment).options.accounts;
  const variables = { QMT_ACCOUNT_ID: '555', QMT_ACCOUNT_TYPE: 'CREDIT' };
  expect(accounts({}, variables)).toEqual([{ key: 'default', id: '555', type: 'credit' }]);
  expect(accounts({ accounts: 'main=1' }, { QMT_ACCOUNT_ID: '555' })).toEqual([
    { key: 'main', id: '1', type: 'stock' },
    { key: 'default', id: '555', type: 'stock' },
  ]);
  expect(accounts({ accounts: 'default=1' }, variables)).toEqual([{ key: 'default', id: '1', type: 'stock' }]);
  expect(() => accounts({}, { QMT_ACCOUNT_ID: '5', QMT_ACCOUNT_TYPE: 'margin' })).toThrow(
    /the kinds are stock, credit/,
  );
});

test('qmt: where the terminal is, with the settings of the reference; nothing of a market of its own beside it', () => {
  const flags = {
    serverType: 'qmt',
    dataPath: 'C:\\QMT 国金\\userdata_mini',
    python: 'py311',
    token: 'long-enough-token',
  };
  expect(plan(flags).qmt).toEqual({
    python: 'py311',
    sdkFolders: [],
    dataPath: 'C:\\QMT 国金\\userdata_mini',
    sessionId: null,
    dataPort: null,
    marketStyle: 'limit',
    downloadsBars: true,
    marketRoom: { buy: 0.015, sell: -0.015 },
    trades: true,
  });
  const variables = {
    QMT_DATA_PATH: 'D:\\userdata_mini',
    QMT_SESSION_ID: '7',
    MINIQMT_AUTO_DOWNLOAD: 'false',
    QMT_MARKET_ORDERS: 'best_five',
    MARKET_BUY_PRICE_PERCENT: '0.03',
    QMT_SERVER_ENABLE_BROKER: 'no',
  };
  expect(plan({ serverType: 'qmt' }, variables)).toMatchObject({
    hasToken: false,
    qmt: { dataPath: 'D:\\userdata_mini', sessionId: 7, downloadsBars: false, marketStyle: 'best_five', trades: false },
  });
  expect(plan({ serverType: 'qmt' }, variables).qmt?.marketRoom).toEqual({ buy: 0.03, sell: -0.015 });
  expect(() => plan({ serverType: 'qmt' })).toThrow(/--data-path/u);
  expect(() => plan({ disableBroker: true, history: 'h.db' })).toThrow(/--history .*leave out --disable-broker/u);
  expect(() => plan({ ...flags, at: '2026-07-06 09:34:30' })).toThrow(/--at needs --server-type stub/u);
  expect(() => plan({ ...flags, xtquant: '/nowhere' })).toThrow(/has no folder xtquant/u);
  expect(() => plan({ dataPath: 'C:\\QMT' })).toThrow(/--data-path needs --server-type qmt/u);
  expect(() => plan({ simulate: true })).toThrow(/--simulate needs --server-type qmt/u);
});

test('a simulated one has no terminal and accounts whose names say so', () => {
  const { qmt, simulated, options } = plan({ serverType: 'qmt', simulate: true, accounts: 'main=123456:stock' });
  expect([qmt, simulated]).toEqual([null, true]);
  expect(options.accounts).toMatchObject([{ key: 'main', id: 'SIMULATED-123456', type: 'stock' }]);
  expect(plan({ serverType: 'qmt', simulate: true }).options.accounts).toMatchObject([{ id: 'SIMULATED-demo' }]);
});
