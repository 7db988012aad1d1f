import { expect, test } from 'vitest';
import { SteppedClock } from '../../../../src/platform/stepped-clock.ts';
import { nextTurn } from '../../../../src/platform/turn.ts';
import { generateFaultPlan } from '../../../../src/server/faults/index.ts';
import { createStubServer } from '../../../../src/server/index.ts';
import type { FaultEvent, GatewayServer } from '../../../../src/server/index.ts';
import { FakeTimers } from '../../platform/fake-timers.ts';
import { PairClient } from '../pair-client.ts';
import { listeningLog, MORNING } from '../world.ts';
import { order } from './faulty-world.ts';

const ACTIONS = ['broker.orders', 'broker.trades', 'broker.positions', 'broker.account', 'broker.cancel_order'];

interface Life {
  readonly events: readonly FaultEvent[];
  readonly heard: readonly unknown[];
  readonly lines: readonly string[];
  /** Remarks of all orders in the book, in their order. */
  readonly remarks: readonly string[];
}

/** Plays the same requests against the server of a seed, reconnecting as often as it must. */
async function live(seed: number): Promise<Life> {
  const clock = new SteppedClock(MORNING);
  const timers = new FakeTimers();
  const { log, lines } = listeningLog();
  const events: FaultEvent[] = [];
  const heard: unknown[] = [];
  let sessions = 0;
  const server = await createStubServer(
    {
      token: 'stub',
      market: 'simulated',
      seed: 1,
      clock,
      timers,
      newSessionId: () => `s${(sessions += 1)}`,
      accessLog: false,
      faults: { plan: generateFaultPlan(seed), onFault: (event) => events.push(event) },
    },
    log,
  );
  let client = new PairClient(server);
  for (let n = 0; n < 60; n += 1) {
    if (client.ended) client = await reconnected(server, client, heard);
    const action = n % 6 === 0 ? 'broker.place_order' : (ACTIONS[n % ACTIONS.length] ?? 'ping');
    const payload = n % 6 === 0 ? order({ order_remark: `r${n}`, idempotency_key: `k${n}` }) : { order_id: `${n}` };
    client.send({ type: 'ping', id: `ping${n}` });
    client.send({ type: 'request', id: `${n}`, action, payload });
    for (let turn = 0; turn < 6; turn += 1) await nextTurn();
    await timers.advance(500);
    await clock.walk(clock.now() + 500);
  }
  await timers.advance(100_000);
  const stopped = server.stop();
  for (let n = 0; n < 10; n += 1) {
    await nextTurn();
    await timers.advance(1000);
  }
  await stopped;
  heard.push(...client.messages);
  const remarks = server.exchange?.orders('default').map(({ remark }) => remark) ?? [];
  return { events, heard, lines, remarks };
}

async function reconnected(server: GatewayServer, before: PairClient, heard: unknown[]): Promise<PairClient> {
  heard.push(...before.messages);
  before.close();
  await nextTurn();
  return new PairClient(server);
}

test('no seed breaks the server: it lives to its stop, and an order that was sent once is there once', async () => {
  let happened = 0;
  for (let seed = 0; seed < 60; seed += 1) {
    const life = await live(seed);
    happened += life.events.length;
    expect(life.lines.filter((line) => /failed itself|The restart failed|fault of the server/u.test(line))).toEqual([]);
    expect(new Set(life.remarks).size, `seed ${seed}`).toBe(life.remarks.length);
  }
  expect(happened).toBeGreaterThan(500);
});

test('a seed replays exactly', async () => {
  for (const seed of [3, 17, 42]) {
    const [one, two] = [await live(seed), await live(seed)];
    expect(two).toEqual(one);
  }
});
