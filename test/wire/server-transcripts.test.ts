import { afterAll, describe, expect, test } from 'vitest';
import { errorCode } from '../../src/domain/errors.ts';
import { WallClock } from '../../src/platform/wall-clock.ts';
import { nullLog } from '../../src/platform/log.ts';
import { parseAccounts, parseAllowlist, parseSubAccounts, startServer } from '../../src/server/index.ts';
import type { RunningServer, ServerOptions } from '../../src/server/index.ts';
import type { JsonObject } from '../../src/protocol/json.ts';
import { DEVIATIONS } from './deviations.ts';
import { playsOf } from './server-recordings.ts';
import type { Play } from './server-recordings.ts';
import { idle, replay } from './server-replay.ts';
import { loadRecordings } from './transcripts.ts';
import { WireClient } from './wire-client.ts';

const MULTI =
  'stub --accounts main=111:stock,hedge=222:future:/x --sub-accounts demo@main:limit=5000,free@hedge,solo --max-subscriptions 3 --max-connections 2';
const RISK =
  'stub env QMT_SERVER_ORDER_RISK_ENABLED=true MAX_ORDER_VALUE=200000 MIN_BUY_ORDER_VALUE=500 MAX_DAILY_TRADES=4 MAX_DAILY_TRADE_VALUE=260000 MAX_STOCK_COUNT=1 MAX_POSITION_RATIO=15 MAX_DAILY_CANCELS=3 MAX_CANCEL_PER_ORDER=1 MIN_CANCEL_INTERVAL_SECONDS=1';
const TLS = 'stub --tls-cert /nonexistent/cert.pem --tls-key /nonexistent/key.pem';

/** How each recorded stub was started, in our options. */
const SERVERS: Readonly<Record<string, Partial<ServerOptions>>> = {
  'stub-default': {},
  [MULTI]: {
    accounts: parseAccounts('main=111:stock,hedge=222:future:/x'),
    subAccounts: parseSubAccounts('demo@main:limit=5000,free@hedge,solo'),
    maxSubscriptions: 3,
    maxConnections: 2,
  },
  [RISK]: {
    risk: {
      maxOrderValue: 200_000,
      minBuyOrderValue: 500,
      maxDailyTrades: 4,
      maxDailyTradeValue: 260_000,
      maxStockCount: 1,
      maxPositionRatio: 15,
      maxDailyCancels: 3,
      maxCancelPerOrder: 1,
      minCancelIntervalSeconds: 1,
    },
  },
  'stub --allowlist 10.0.0.0/8,192.168.1.5': { allowlist: parseAllowlist('10.0.0.0/8,192.168.1.5') },
  [TLS]: { tls: { cert: '/nonexistent/cert.pem', key: '/nonexistent/key.pem' } },
  // The plain listener of the recording before it: the flags had no effect there.
  same: {},
};

/** Recordings of other back ends: nothing of theirs is sent to a stub; the client's decoders are tested on their answers. */
const OTHER_BACK_ENDS: ReadonlySet<string> = new Set([
  'qmt adapter, vendor SDK absent',
  'qmt adapter on a fake vendor SDK, TRADE_MAX_WAIT_TIME=2',
  'qmt adapter on a fake vendor SDK',
]);

/** The recorded order ids count all scenarios, also those that are not in the file: orders without a value stand in for them. */
class OrderNumbers {
  #next = 1;

  async catchUp(recording: Play, server: RunningServer): Promise<void> {
    const numbers = recording.received.map(({ message }) => placedNumber(message)).filter((number) => number !== null);
    const first = Math.min(...numbers.filter((number) => number >= this.#next));
    if (!Number.isFinite(first)) return;
    const client = await WireClient.open(server.port);
    for (; this.#next < first; this.#next += 1) {
      await client.request('broker.place_order', MISSING_ORDERS[this.#next] ?? { amount: 0 });
    }
    await client.close();
    await idle(server);
    this.#next = Math.max(...numbers) + 1;
  }
}

/** The order whose trade `broker.trades/filters` shows; the scenario that placed it is not in the file. */
const MISSING_ORDERS: Readonly<Record<number, JsonObject>> = {
  30: {
    security: '510050.XSHG',
    side: 'SELL',
    amount: 10_000,
    style: { type: 'limit', price: 3 },
    stub_scenario: { status: 'filled', traded_price: 3, commission_fee: 5, tax: 30 },
  },
};

/** Number of the order a place answer names; null for every other message. */
function placedNumber(message: JsonObject): number | null {
  const payload = message['payload'];
  if (typeof payload !== 'object' || payload === null || !('order_id' in payload)) return null;
  return Number(/^stub-(\d+)$/.exec(String(payload.order_id))?.[1] ?? Number.NaN);
}

const recordings = loadRecordings();
const ours = playsOf(new Set(Object.keys(SERVERS)));
const known = new Map(DEVIATIONS.map((deviation) => [deviation.name, deviation]));

test('every recording is replayed or belongs to another back end', () => {
  const neither = recordings.filter(({ server }) => !(server in SERVERS) && !OTHER_BACK_ENDS.has(server));
  expect(neither.map(({ name }) => name)).toEqual([]);
  expect(ours).toHaveLength(157);
  expect(recordings).toHaveLength(182);
});

test('there are at most 15 deviations, each of a recording that exists', () => {
  expect(DEVIATIONS.length).toBeLessThanOrEqual(15);
  expect(known.size).toBe(DEVIATIONS.length);
  const names = new Set(ours.map(({ name }) => name));
  expect([...known.keys()].filter((name) => !names.has(name))).toEqual([]);
});

for (const [server, options] of Object.entries(SERVERS)) {
  describe(server, () => {
    const book = new OrderNumbers();
    let running: Promise<RunningServer> | null = null;
    const start = (): Promise<RunningServer> => {
      running ??= startServer(
        { host: '127.0.0.1', port: 0, token: 'stub', market: 'reference', clock: new WallClock(), seed: 1, ...options },
        nullLog,
      );
      return running;
    };
    afterAll(async () => {
      const settled = await Promise.allSettled(running === null ? [] : [running]);
      for (const result of settled) if (result.status === 'fulfilled') await result.value.stop();
    });

    // One server for all of them, in their order: orders and keys of one scenario are there in the next.
    for (const recording of ours.filter((candidate) => candidate.server === server)) {
      test(recording.name, async () => {
        const lines = await difference(recording, start, book);
        expect(lines).toEqual(known.get(recording.name)?.differs ?? []);
      });
    }
  });
}

async function difference(recording: Play, start: () => Promise<RunningServer>, book: OrderNumbers): Promise<string[]> {
  let server: RunningServer;
  try {
    server = await start();
  } catch (error) {
    return [`the server does not start: ${errorCode(error) ?? String(error)}`];
  }
  await book.catchUp(recording, server);
  return replay(recording, server);
}
