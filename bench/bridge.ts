import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../src/protocol/json.ts';
import { findInterpreter } from '../test/python/interpreters.ts';
import { startGateway } from './bt.ts';
import { loadOf, openClient } from './bridge-clients.ts';
import type { Client, Load } from './bridge-clients.ts';
import { memoryRows } from './bridge-memory.ts';
import { SDK, startQmt, STATUS } from './bridge-start.ts';
import { tickRows } from './bridge-ticks.ts';
import type { Figure, Row, Skipped } from './figure.ts';
import { launch, ROOT, temporaryFolder } from './processes.ts';
import { quietRatio, spreadOf } from './stats.ts';

const CONNECTIONS = [1, 16, 50] as const;
const ROUNDS = 8;
const ROUND_MS = 250;
const WARM_UP_MS = 500;
const SHARE = 0.7;

/** One call of the data side, as `STATUS` is one of the trading side. */
const SECTORS = { action: 'data.sectors', payload: {} } as const;
/** The stub has no terminal's sectors. */
const STUB = { action: 'broker.order_status', payload: { order_id: 'stub-1' } } as const;
type Question = { readonly action: string; readonly payload: JsonObject };
/** An order as the SDK shows it. */
const ORDER = {
  stock_code: '518880.SH',
  order_id: 1_073_741_825,
  order_sysid: '7',
  order_time: 1_783_303_200,
  order_type: 23,
  order_volume: 100,
  price_type: 50,
  price: 6.123,
  traded_volume: 0,
  traded_price: 0,
  order_status: 50,
  status_msg: '',
  strategy_name: 'bench',
  order_remark: 'bt:abcdefgh:bench',
};
/** What the SDK's stand-in answers by itself, without a terminal. */
const SCRIPT = {
  connect: 0,
  subscribe: 0,
  query_account_status: [],
  query_stock_order: ORDER,
  get_trading_dates: [0],
  get_sector_list: ['沪深A股', '沪深ETF', '沪深指数'],
};

/**
 * The gateway in front of QMT over the stand-in of the SDK: requests a second and how long each takes, at 1, 16 and 50 connections, of data
 * beside an echo in Python over TCP and the same pipe, of orders (whose answers the SDK hands over in a thread of its own) beside the SDK asked
 * in a bare loop, and the stub's; ticks of a thousand securities each second through to a
 * client; and what sessions cost in memory.
 */
export const figure: Figure = {
  async run() {
    const python = findInterpreter()?.path ?? null;
    if (python === null) return [{ what: 'the bridge to QMT', skipped: 'there is no python3' }];
    const script = { FAKE_XTQUANT_SCRIPT: scriptFile() };
    const ours = await startQmt(python, script);
    const stub = await startGateway(['--market', 'reference', '--max-connections', '300']);
    const echo = await startPipe(python, JSON.stringify(SCRIPT.get_sector_list), []);
    const loop = await startPipe(python, JSON.stringify(ORDER), [SDK], script);
    const rows: (Row | Skipped)[] = [];
    for (const count of CONNECTIONS) {
      const [bridge, stubs] = [await open(ours.port, count), await open(stub.port, count)];
      const [bare, sdk] = [await open(echo, count, null), await open(loop, count, null)];
      const [data, orders, ofStub, floor, sdkFloor] = await rounds([
        { clients: bridge, question: SECTORS },
        { clients: bridge, question: STATUS },
        { clients: stubs, question: STUB },
        { clients: bare, question: SECTORS },
        { clients: sdk, question: STATUS },
      ]);
      rows.push(...sideRows('data', count, data, { what: 'bare echo over TCP and pipe', loads: floor }));
      rows.push(...sideRows('orders', count, orders, { what: 'the SDK in a bare loop', loads: sdkFloor }));
      rows.push(stubRow(count, ofStub));
      for (const client of [...bridge, ...stubs, ...bare, ...sdk]) client.close();
    }
    await Promise.all([ours.running.stop(), stub.running.stop()]);
    rows.push(...(await memoryRows(python, script)));
    rows.push(...(await tickRows(python)));
    return rows;
  },
};

function scriptFile(): string {
  const path = join(temporaryFolder(), 'answers.json');
  writeFileSync(path, JSON.stringify(SCRIPT));
  return path;
}

/** A bare loop behind TCP; `given`: what the loop is started with beside its value. */
async function startPipe(
  python: string,
  value: string,
  given: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  const args = JSON.stringify({ order_id: '1073741825', account: '123456' });
  const peer = join(ROOT, 'bench', 'peers', 'pipe-server.ts');
  const running = launch([peer, python, args, value, ...given], { cwd: ROOT, env });
  const { match } = await running.printed(/^READY (\d+)$/mu);
  return Number(match[1]);
}

/** One after another: so many strangers at a time from one address are not let in. */
async function open(port: number, count: number, token: string | null = 'stub'): Promise<Client[]> {
  const clients: Client[] = [];
  while (clients.length < count) clients.push(await openClient(port, token));
  return clients;
}

interface Side {
  readonly clients: readonly Client[];
  readonly question: Question;
}

type Sides<T> = readonly [T, T, T, T, T];

/** Of each side all rounds, in turns, so that what slows the machine down slows all. */
async function rounds(sides: Sides<Side>): Promise<Sides<Load[]>> {
  const all: Sides<Load[]> = [[], [], [], [], []];
  const load = ({ clients, question }: Side, ms: number): Promise<Load> =>
    loadOf(clients, question.action, question.payload, ms);
  for (const side of sides) await load(side, WARM_UP_MS);
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [at, side] of sides.entries()) all[at]?.push(await load(side, ROUND_MS));
  return all;
}

const ratesOf = (loads: readonly Load[]): number[] => loads.map(({ rate }) => rate);
const timesOf = (loads: readonly Load[]): number[] => loads.flatMap(({ times }) => times);

interface Bare {
  readonly what: string;
  readonly loads: readonly Load[];
}

/** How many a second, and how long each takes. */
function sideRows(side: string, count: number, ours: readonly Load[], bare: Bare): Row[] {
  const share = quietRatio(ratesOf(ours), ratesOf(bare.loads), 'highest');
  const rates: Row = {
    what: `${side} over the bridge, ${count} connections`,
    unit: '/s',
    shape: 'runs',
    spread: spreadOf(ratesOf(ours)),
    floor: { what: bare.what, spread: spreadOf(ratesOf(bare.loads)) },
    target: {
      text: `≥ ${SHARE * 100} % of it\nin the quiet quarter`,
      measured: share,
      is: 'at least',
      limit: SHARE,
      shown: `${Math.round(share * 100)} %`,
    },
  };
  const times: Row = {
    what: `how long each takes, ${side}, ${count} connections`,
    unit: 'ms',
    shape: 'samples',
    spread: spreadOf(timesOf(ours)),
    floor: { what: bare.what, spread: spreadOf(timesOf(bare.loads)) },
    target: null,
  };
  return [rates, times];
}

function stubRow(count: number, loads: readonly Load[]): Row {
  return {
    what: `requests of the stub, ${count} connections`,
    unit: '/s',
    shape: 'runs',
    spread: spreadOf(ratesOf(loads)),
    floor: null,
    target: null,
  };
}
