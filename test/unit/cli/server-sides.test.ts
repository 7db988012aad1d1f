import { describe, expect, test } from 'vitest';
import { behindCommand } from '../../../src/cli/main.ts';
import { readSides } from '../../../src/cli/server-sides.ts';
import { Settings } from '../../../src/cli/settings.ts';
import { loadEnv } from '../../../src/platform/env.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

function read(flags: Record<string, unknown> = {}, environment: Record<string, string> = {}) {
  return readSides(new Settings(loadEnv({ cwd: temporaryFolder('sides'), environment }), flags));
}

describe('the sides that are served', () => {
  test.each([
    [{}, {}, { data: true, broker: true }],
    [{ disableBroker: true }, {}, { data: true, broker: false }],
    [{}, { QMT_SERVER_ENABLE_DATA: 'false' }, { data: false, broker: true }],
    [{ enableData: true, enableBroker: true }, { QMT_SERVER_ENABLE_DATA: '0' }, { data: true, broker: true }],
    [{ disableData: true }, { QMT_SERVER_ENABLE_DATA: 'yes' }, { data: false, broker: true }],
  ])('%j with %j are %j', (flags, environment, sides) => {
    expect(read(flags, environment).sides).toEqual(sides);
  });

  test.each([
    [{ enableData: true, disableData: true }, '--enable-data and --disable-data are both there'],
    [{ disableData: true, disableBroker: true }, 'Data and broker are both switched off'],
  ])('%j are refused', (flags, message) => {
    expect(() => read(flags)).toThrow(message);
  });
});

test('the room of market orders and the log of accounts are those of the reference’s variables', () => {
  const set = { MARKET_BUY_PRICE_PERCENT: '0.03', MARKET_SELL_PRICE_PERCENT: '-0.02', QMT_SERVER_LOG_ACCOUNT: 'on' };
  expect(read({}, set)).toMatchObject({ marketRoom: { buy: 0.03, sell: -0.02 }, logsAccounts: true });
  expect(read({ logAccountOverview: false }, set).logsAccounts).toBe(false);
  expect(() => read({}, { MARKET_BUY_PRICE_PERCENT: '3' })).toThrow('from -0.2 to 0.2');
});

test.each([
  [
    ['--env-file', '.env', 'server', '--port', '1'],
    ['server', '--env-file', '.env', '--port', '1'],
  ],
  [
    ['--env-file=.env', 'server', '--port', '1'],
    ['server', '--env-file=.env', '--port', '1'],
  ],
  [
    ['server', '--env-file', '.env'],
    ['server', '--env-file', '.env'],
  ],
  [
    ['--env-file', '.env'],
    ['--env-file', '.env'],
  ],
  [[], []],
])('--env-file is the command’s also before it: %j', (given, read_) => {
  expect(behindCommand(given)).toEqual(read_);
});
