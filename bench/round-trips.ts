import { connect } from 'node:net';
import { join } from 'node:path';
import { Connection } from '../src/net/connection.ts';
import { RpcClient } from '../src/net/rpc-client.ts';
import { requestMessage } from '../src/protocol/envelopes.ts';
import { uuid } from '../src/platform/ids.ts';
import { bareFrame, bareReader } from './bare-frames.ts';
import { startGateway } from './bt.ts';
import type { Figure, Row } from './figure.ts';
import { launch, ROOT } from './processes.ts';
import { quietRatio, spreadOf } from './stats.ts';

/** One request, resolved by its answer. */
type Ask = () => Promise<unknown>;

const ACTION = 'data.snapshot';
const PAYLOAD = { security: '000001.XSHE' };
const ROUNDS = 11;
const ROUND_MS = 400;
const WARM_UP_MS = 500;
const SHARE = 0.7;

/**
 * Requests a second between two processes over TCP on this machine: our client and `bt server`, beside a client and a server that
 * do nothing but frames of the same bytes, JSON.parse and JSON.stringify.
 */
export const figure: Figure = {
  async run() {
    const ours = await askGateway();
    const bare = await askEcho(await ours());
    await trips(ours, 16, WARM_UP_MS);
    await trips(bare, 16, WARM_UP_MS);
    return [await row(ours, bare, 1), await row(ours, bare, 16)];
  },
};

async function row(ours: Ask, bare: Ask, inFlight: number): Promise<Row> {
  const measured: number[] = [];
  const floor: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    floor.push(await trips(bare, inFlight, ROUND_MS));
    measured.push(await trips(ours, inFlight, ROUND_MS));
  }
  const share = quietRatio(measured, floor, 'highest');
  return {
    what: `round trips, ${inFlight} in flight`,
    unit: '/s',
    shape: 'runs',
    spread: spreadOf(measured),
    floor: { what: 'bare echo', spread: spreadOf(floor) },
    target: {
      text: `≥ ${SHARE * 100} % of the echo\nin the quiet quarter`,
      measured: share,
      is: 'at least',
      limit: SHARE,
      shown: `${Math.round(share * 100)} %`,
    },
  };
}

/** Round trips a second, with so many requests under way at any time. */
async function trips(ask: Ask, inFlight: number, ms: number): Promise<number> {
  const began = performance.now();
  let count = 0;
  const lane = async (): Promise<void> => {
    while (performance.now() - began < ms) {
      await ask();
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return (count / (performance.now() - began)) * 1000;
}

async function askGateway(): Promise<Ask> {
  const { port } = await startGateway(['--market', 'reference']);
  const connection = new Connection({ endpoint: { host: '127.0.0.1', port, tlsCaFile: null }, token: 'stub' });
  const rpc = new RpcClient(connection);
  connection.start();
  // A read waits for the session.
  const options = { timeoutMs: 60_000, retry: true };
  return () => rpc.request(ACTION, PAYLOAD, options);
}

/** The same bytes both ways as ours: an id of the same length, and the payload the gateway answers with. */
async function askEcho(answer: unknown): Promise<Ask> {
  const server = launch([join(ROOT, 'bench', 'peers', 'echo-server.ts'), JSON.stringify(answer)], { cwd: ROOT });
  const { match } = await server.printed(/^READY (\d+)$/mu);
  const socket = connect({ host: '127.0.0.1', port: Number(match[1]), noDelay: true });
  const id = uuid();
  const waiting: ((payload: unknown) => void)[] = [];
  const read = bareReader((message) => waiting.shift()?.((message as { readonly payload: unknown }).payload));
  socket.on('data', read);
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      socket.write(bareFrame(requestMessage(id, ACTION, PAYLOAD)));
    });
}
