import { describe, expect, onTestFinished, test } from 'vitest';
import { nullLog } from '../../../../../src/platform/log.ts';
import type { JsonObject } from '../../../../../src/protocol/json.ts';
import { qmtBackend } from '../../../../../src/server/adapters/qmt/index.ts';
import { startGatewayServer } from '../../../../../src/server/index.ts';
import { fakeSettings, MAIN, needsPython, openTerminal, PYTHON } from '../../../../fake-xtquant/qmt-world.ts';
import type { TerminalWorld } from '../../../../fake-xtquant/qmt-world.ts';
import { WireClient } from '../../../../wire/wire-client.ts';
import { startWorld } from '../../world.ts';

interface World extends TerminalWorld {
  readonly client: WireClient;
}

async function start(): Promise<World> {
  const world = await openTerminal();
  const server = await startGatewayServer(
    { host: '127.0.0.1', port: 0, token: 'stub', clock: world.clock, accounts: [MAIN], accessLog: false },
    qmtBackend(fakeSettings(world.terminal), { clock: world.clock, log: nullLog, random: () => 0, firstRetryMs: 20 }),
    nullLog,
  );
  const client = await WireClient.open(server.port, { features: ['download_stream'] });
  onTestFinished(async () => {
    await client.close();
    await server.stop();
    await world.terminal.close();
    world.clock.stop();
  });
  return { ...world, client };
}

const downloadsOf = (client: WireClient): unknown[] =>
  client.messages.filter(({ event }) => event === 'download').map(({ payload }) => payload);

describe.skipIf(PYTHON === null)(needsPython('what only a terminal has, over the wire'), () => {
  test('is named in the handshake; parameters that are not known or no good are refused by name', async () => {
    const { client } = await start();
    const features = client.messages[0]?.['features'];
    for (const name of ['financials', 'dividend_factors', 'sectors', 'sector_members', 'index_weights', 'instruments'])
      expect(features).toContain(`data.${name}`);
    for (const name of ['data.download', 'data.download_state', 'download_stream']) expect(features).toContain(name);
    const refused = async (action: string, payload: JsonObject): Promise<unknown> =>
      (await client.request(action, payload))['message'];
    expect(await refused('data.sectors', { nmae: 1 })).toMatch(/^data\.sectors 的参数 nmae 无效/u);
    expect(await refused('data.sector_members', {})).toMatch(/参数 name 无效/u);
    expect(await refused('data.financials', { securities: ['000001.XSHE'], tables: ['Profit'] })).toMatch(
      /参数 tables\.0 无效: 不是财务表（可用: Balance, Income/u,
    );
    expect(await refused('data.financials', { securities: ['000001.XSHE'], start: 'soon' })).toMatch(
      /参数 start 无效/u,
    );
    expect(await refused('data.download', { kind: 'bars' })).toMatch(/参数 securities 无效/u);
    expect(await refused('data.download', { kind: 'sectors', securities: ['000001.XSHE'] })).toMatch(
      /参数 securities/u,
    );
  });

  test('sectors, their members, the weights of an index, details of many securities', async () => {
    const { client, terminal } = await start();
    const listOf = async (action: string, payload: JsonObject): Promise<unknown> =>
      ((await client.request(action, payload))['payload'] as JsonObject)['values'];
    terminal.rule({ call: 'get_sector_list', nth: 1, value: [] });
    expect(await listOf('data.sectors', {})).toContain('沪深ETF');
    expect(terminal.calls.some(({ name }) => name === 'download_sector_data')).toBe(true);
    expect(await listOf('data.sector_members', { name: '沪深ETF' })).toContain('518880.XSHG');
    expect(await client.request('data.sector_members', { name: '没有的板块' })).toMatchObject({
      message: expect.stringContaining('QMT 没有板块 没有的板块'),
    });
    const weights = await client.request('data.index_weights', { index: '000300.SH' });
    expect(weights).toMatchObject({ payload: { columns: ['security', 'weight'] } });
    const rows = (weights['payload'] as { records: [string, number][] }).records;
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.reduce((sum, [, weight]) => sum + weight, 0)).toBeCloseTo(100, 0);
    terminal.rule({ call: 'get_instrument_detail', nth: 2, value: null });
    const details = await client.request('data.instruments', { securities: ['518880.SH', '000001.XSHE'] });
    expect(details).toMatchObject({
      payload: {
        instruments: {
          '518880.XSHG': { type: 'etf', price_tick: 0.001, suspended_days: 0, high_limit: expect.any(Number) },
          '000001.XSHE': null,
        },
      },
    });
  });

  test('financial tables as the terminal has them, and nothing that is announced later than now', async () => {
    const { client, terminal } = await start();
    const income = {
      $frame: [
        ['0', '1', '2'],
        {
          m_timetag: ['20251231', '20260331', '20260630'],
          m_anntime: ['20260320', '20260428', '20260821'],
          revenue: [1.5, { $nan: true }, 3],
        },
      ],
    };
    const value = { '000001.SZ': { Income: income, HolderNum: { $frame: [['0'], { shareholder: [9] }] } } };
    terminal.rule({ call: 'get_financial_data', nth: 1, value });
    const asked = { securities: ['000001.XSHE'], tables: ['income', 'HolderNum'], start: '2026-01-01' };
    const answer = await client.request('data.financials', asked);
    expect(answer['payload']).toEqual({
      securities: {
        '000001.XSHE': {
          Income: {
            dtype: 'dataframe',
            columns: ['index', 'm_timetag', 'm_anntime', 'revenue'],
            records: [
              ['0', '20251231', '20260320', 1.5],
              ['1', '20260331', '20260428', null],
            ],
          },
          HolderNum: { dtype: 'dataframe', columns: ['index', 'shareholder'], records: [['0', 9]] },
        },
      },
    });
    const call = terminal.calls.find(({ name }) => name === 'get_financial_data');
    expect(call?.args).toMatchObject({
      tables: ['Income', 'HolderNum'],
      report_type: 'announce_time',
      start: '20260101',
    });
    const factors = await client.request('data.dividend_factors', { security: '000001.XSHE' });
    expect(factors).toMatchObject({ payload: { columns: ['index', 'interest', 'stockGift'] } });
  });

  test('a download is told as it goes, and can be asked for; the same question is one download', async () => {
    const { client, terminal } = await start();
    const question = { kind: 'bars', securities: ['000001.XSHE', '518880.XSHG'], frequency: '1d' };
    terminal.rule({ call: 'download_history_data2', nth: 1, delayMs: 200 });
    const begun = await client.request('data.download', question);
    expect(begun).toMatchObject({ payload: { id: 'd1', state: 'running', total: 2 } });
    expect(await client.request('data.download', question)).toMatchObject({ payload: { id: 'd1' } });
    const ended = await client.request('data.download_state', { id: 'd1', wait: 20 });
    expect(ended).toMatchObject({ payload: { state: 'done', finished: 2, error: null } });
    expect(downloadsOf(client)).toMatchObject([
      { id: 'd1', state: 'running', finished: 1 },
      { id: 'd1', state: 'running', finished: 2 },
      { id: 'd1', state: 'running', finished: 2 },
      { id: 'd1', state: 'done', finished: 2 },
    ]);
    terminal.rule({ call: 'download_financial_data2', nth: 1, raise: '下载数据失败' });
    const failed = await client.request('data.download', {
      kind: 'financials',
      securities: ['000001.XSHE'],
      tables: ['Income'],
      wait: 20,
    });
    expect(failed).toMatchObject({
      payload: { id: 'd2', state: 'failed', error: expect.stringContaining('下载数据失败') },
    });
    expect(await client.request('data.download', { kind: 'sectors', wait: 20 })).toMatchObject({
      payload: { state: 'done', finished: 1, total: 1 },
    });
    expect(await client.request('data.download_state', { id: 'd9' })).toMatchObject({ payload: { state: 'unknown' } });
  });
});

test('a market without a terminal names none of it, and refuses each', async () => {
  const client = await (await startWorld()).open();
  expect(JSON.stringify(client.messages[0])).not.toContain('data.sectors');
  expect(await client.request('data.sectors')).toMatchObject({ message: '数据接口 sectors 未实现' });
});
