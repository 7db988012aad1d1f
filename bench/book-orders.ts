import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Connection } from '../src/net/connection.ts';
import { RpcClient } from '../src/net/rpc-client.ts';
import { startGateway } from './bt.ts';
import { atMost } from './figure.ts';
import type { Figure } from './figure.ts';
import { ROOT, temporaryFolder } from './processes.ts';
import { percentile, spreadOf } from './stats.ts';

const ORDERS = 1_000;
const GROUP = 100;
const MAX_RATIO = 1.2;

/** A thousand orders, one after another, on a server that keeps its book: each is on the disk before its answer leaves. */
export const figure: Figure = {
  async run() {
    // Where books live: a system's temporary folder may be memory.
    const book = join(temporaryFolder(join(ROOT, '.bt')), 'book.json');
    const { port } = await startGateway(['--at', '2026-07-06 10:00:00', '--speed', '1', '--state', book]);
    const connection = new Connection({ endpoint: { host: '127.0.0.1', port, tlsCaFile: null }, token: 'stub' });
    const rpc = new RpcClient(connection);
    connection.start();
    const place = (): Promise<unknown> =>
      rpc.request('broker.place_order', PAYLOAD, { timeoutMs: 60_000, retry: true });
    for (let i = 0; i < GROUP; i += 1)
      await timed(() => rpc.request('admin.health', {}, { timeoutMs: 60_000, retry: true }));
    const times: number[] = [];
    for (let i = 0; i < ORDERS; i += 1) times.push(await timed(place));
    connection.stop();
    if (!existsSync(book)) throw new Error('the server keeps no book');
    const first = spreadOf(times.slice(0, GROUP));
    const last = spreadOf(times.slice(-GROUP));
    return [
      {
        what: 'order on a server with --state, the last hundred of a thousand',
        unit: 'ms',
        shape: 'samples',
        spread: last,
        floor: { what: 'the first hundred', spread: first },
        target: atMost(MAX_RATIO, '×', 'median of both', percentile(times.slice(-GROUP), 0.5) / first.p50),
      },
    ];
  },
};

/** Far below the market: it rests. */
const PAYLOAD = {
  security: '518880.XSHG',
  side: 'BUY',
  amount: 100,
  style: { type: 'limit', price: 5.6 },
  wait_timeout: 0,
};

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
