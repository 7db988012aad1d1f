import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nullLog } from '../../src/platform/log.ts';
import { SimulatedClock } from '../../src/platform/simulated-clock.ts';
import type { JsonObject } from '../../src/protocol/json.ts';
import { isJsonObject } from '../../src/protocol/json.ts';
import { qmtBackend } from '../../src/server/adapters/qmt/index.ts';
import { parseSubAccounts, startGatewayServer } from '../../src/server/index.ts';
import type { RunningServer } from '../../src/server/index.ts';
import { fakeSettings, MAIN, needsPython, PYTHON } from '../fake-xtquant/qmt-world.ts';
import { RecordedCounter } from '../fake-xtquant/recorded-counter.ts';
import { FakeTerminal } from '../fake-xtquant/terminal.ts';
import { QMT_DEVIATIONS, QMT_EVERYWHERE } from './qmt-deviations.ts';
import { playsOf } from './server-recordings.ts';
import type { Play } from './server-recordings.ts';
import { WireClient } from './wire-client.ts';

/** The recordings of the deployed server's QMT back end over a stand-in of the SDK. */
const SERVERS = new Set([
  'qmt adapter on a fake vendor SDK, TRADE_MAX_WAIT_TIME=2',
  'qmt adapter on a fake vendor SDK',
]);
/** Ten minutes after the recorded market stood still, and market seconds a second: waits of the recordings are real ones. */
const START = 1_795_138_860_000;
const SPEED = 8;
/** Clocks, and what is made of them: they must be there, and numbers or texts as they are. */
const OF_THE_MOMENT: ReadonlySet<string> = new Set(['elapsed', 'order_time', 'time', 'uptime_seconds', 'session_id']);

const recordings = playsOf(SERVERS);
const known = new Map(QMT_DEVIATIONS.map((deviation) => [deviation.name, deviation]));

/** Lines that each kind of deviation explained. */
const explained = new Map<RegExp, number>();

function isEverywhere(line: string): boolean {
  const kind = QMT_EVERYWHERE.find(({ differs }) => differs.test(line));
  if (kind !== undefined) explained.set(kind.differs, (explained.get(kind.differs) ?? 0) + 1);
  return kind !== undefined;
}

test('every deviation is of a recording that exists', () => {
  expect(recordings).toHaveLength(24);
  const names = new Set(recordings.map(({ name }) => name));
  expect([...known.keys()].filter((name) => !names.has(name))).toEqual([]);
});

describe.skipIf(PYTHON === null)(needsPython('the recorded exchanges with QMT'), () => {
  let server: RunningServer | null = null;
  let terminal: FakeTerminal | null = null;
  const clock = new SimulatedClock({ start: START, speed: SPEED });
  const counter = new RecordedCounter(() => clock.now());

  beforeAll(async () => {
    terminal = await FakeTerminal.start(counter);
    const open = qmtBackend(fakeSettings(terminal), { clock, log: nullLog, random: () => 0 });
    const options = { host: '127.0.0.1', port: 0, token: 'stub', clock, accounts: [MAIN], accessLog: false } as const;
    server = await startGatewayServer({ ...options, subAccounts: parseSubAccounts('demo@main') }, open, nullLog);
  });
  afterAll(async () => {
    await server?.stop();
    await terminal?.close();
    clock.stop();
  });

  afterAll(() => {
    // A kind that explains nothing is no deviation any more.
    expect(QMT_EVERYWHERE.filter(({ differs }) => !explained.has(differs))).toEqual([]);
  });

  // One counter for all of them, in their order: the orders of one are there in the next.
  for (const recording of recordings) {
    test(recording.name, async () => {
      counter.skipTo(firstOrder(recording));
      const lines = await played(recording, server?.port ?? 0);
      expect(lines.filter((line) => !isEverywhere(line))).toEqual(known.get(recording.name)?.differs ?? []);
    });
  }
});

/** Sends what was sent, and says in what the answers differ; what ours say beside the recorded is no difference. */
async function played(recording: Play, port: number): Promise<string[]> {
  const clients = new Map<number, WireClient>();
  const lines: string[] = [];
  try {
    for (const { conn, bytes, message } of recording.sent) {
      const client = clients.get(conn) ?? (await WireClient.connect(port));
      clients.set(conn, client);
      const before = client.messages.length;
      client.write(bytes);
      if (message?.['type'] === 'handshake') await client.until(() => client.messages.length > before, 'the handshake');
    }
    for (const { conn, kind, message } of recording.received) {
      const client = clients.get(conn);
      if (kind !== 'message' || client === undefined || message['type'] === 'handshake_ack') continue;
      const ours = await answerTo(client, message);
      const id = String(message['id']);
      lines.push(...missing(message, ours, id));
    }
  } finally {
    for (const client of clients.values()) await client.close();
  }
  return lines;
}

async function answerTo(client: WireClient, recorded: JsonObject): Promise<JsonObject> {
  const isIt = (message: JsonObject): boolean => message['id'] === recorded['id'];
  await client.until(() => client.messages.some(isIt), `the answer to ${String(recorded['id'])}`);
  return client.messages.find(isIt) ?? {};
}

function missing(recorded: unknown, ours: unknown, path: string): string[] {
  if (isJsonObject(recorded) && isJsonObject(ours))
    return Object.entries(recorded).flatMap(([key, value]) => {
      if (!(key in ours)) return [`${path}.${key}: recorded ${show(value)}, ours has no such field`];
      if (OF_THE_MOMENT.has(key)) return [];
      return missing(value, ours[key], `${path}.${key}`);
    });
  if (Array.isArray(recorded) && Array.isArray(ours)) {
    if (recorded.length !== ours.length) return [`${path}: ${recorded.length} items recorded, ours has ${ours.length}`];
    return recorded.flatMap((item, index) => missing(item, ours[index], `${path}[${index}]`));
  }
  return Object.is(recorded, ours) ? [] : [`${path}: recorded ${show(recorded)}, ours ${show(ours)}`];
}

function show(value: unknown): string {
  return typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? 'undefined').slice(0, 160);
}

/** The first id that the recording's own orders have; 0 where it places none. */
function firstOrder({ received }: Play): number {
  for (const { message } of received) {
    const { payload } = message;
    if (isJsonObject(payload) && typeof payload['order_id'] === 'string') return Number(payload['order_id']);
  }
  return 0;
}
