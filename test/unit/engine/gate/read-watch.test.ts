import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ReadWatch } from '../../../../src/engine/gate/read-watch.ts';
import { Events, type EngineEvent } from '../../../../src/engine/events.ts';
import { nextTurn } from '../../../../src/platform/turn.ts';
import type { Broker } from '../../../../src/venues/broker.ts';
import { FakeTimers } from '../../platform/fake-timers.ts';
import { FakeBroker } from '../orders/fake-broker.ts';
import { deferred, type Deferred } from '../orders/rows.ts';

let timers: FakeTimers;
let broker: FakeBroker;
let watched: Broker;
let watch: ReadWatch;
let heard: EngineEvent[];
let hangs: string[];
let waits: string | null;
/** Lists of orders that have been asked for and not answered. */
let asked: Deferred<readonly never[]>[];

beforeEach(() => {
  timers = new FakeTimers();
  broker = new FakeBroker();
  [heard, hangs, asked, waits] = [[], [], [], null];
  broker.orders = () => {
    const list = deferred<readonly never[]>();
    asked.push(list);
    return list.promise;
  };
  const events = new Events();
  events.on((event) => heard.push(event));
  watch = new ReadWatch({ timers, events, onHang: (reason) => void hangs.push(reason), waits: () => waits });
  watched = watch.watch(broker);
});
afterEach(() => {
  watch.stop();
});

async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 100) {
    timers.pass(100);
    await nextTurn();
  }
}

const kinds = (): string[] => heard.map((event) => (event.kind === 'alarm' ? `ALARM ${event.alarm.code}` : event.kind));

describe('a reading of the venue', () => {
  it('late by 5 s is told, by 15 s is an alarm and closes the gate, each once', async () => {
    void watched.orders();
    await pass(4_900);
    expect(kinds()).toEqual([]);
    await pass(200);
    expect(heard).toMatchObject([{ kind: 'reading', what: 'orders', error: null, waitedMs: 5_000 }]);
    await pass(9_800);
    expect(hangs).toEqual([]);
    await pass(200);
    expect([kinds(), hangs]).toEqual([
      ['reading', 'ALARM GATEWAY_HANGS'],
      ['the gateway has not told orders for 15 s'],
    ]);
    await pass(120_000);
    expect([kinds().length, hangs.length]).toEqual([2, 1]);
  });

  it('answered in time is nobody’s business, however many follow each other', async () => {
    for (let i = 0; i < 20; i += 1) {
      const read = watched.orders();
      await pass(4_000);
      asked[i]?.resolve([]);
      await read;
    }
    expect(kinds()).toEqual([]);
  });

  it('that comes at last is told, and the next one that hangs is a new alarm', async () => {
    const read = watched.orders();
    await pass(16_000);
    asked[0]?.resolve([]);
    await read;
    expect(kinds().slice(2)).toEqual(['all_clear']);
    void watched.orders();
    await pass(16_000);
    expect(kinds().slice(3)).toEqual(['reading', 'ALARM GATEWAY_HANGS']);
    expect(hangs).toHaveLength(2);
  });

  it('counts each kind by itself: that the account is answered says nothing of the orders', async () => {
    void watched.orders();
    for (let i = 0; i < 5; i += 1) {
      await watched.account();
      await pass(3_100);
    }
    expect(hangs).toHaveLength(1);
  });

  it('that is given up or answered with an error, again and again, is a hang: nothing is read', async () => {
    for (let i = 0; i < 4; i += 1) {
      const read = watched.orders();
      await pass(2_000);
      asked[i]?.reject(new Error('the link is down'));
      await expect(read).rejects.toThrow('the link is down');
      await pass(2_000);
    }
    expect([kinds(), hangs]).toEqual([
      ['reading', 'ALARM GATEWAY_HANGS'],
      ['the gateway has not told orders for 15 s'],
    ]);
  });

  it('that hangs while trading waits anyway is the gate’s to tell', async () => {
    waits = 'the connection is down';
    const read = watched.orders();
    await pass(60_000);
    asked[0]?.resolve([]);
    await read;
    expect([kinds(), hangs]).toEqual([['reading'], []]);
  });

  it.each(['account', 'positions', 'trades', 'health'] as const)('of %s is watched too', async (what) => {
    broker[what] = () => new Promise<never>(() => undefined);
    void watch.watch(broker)[what]();
    await pass(16_000);
    expect(hangs).toHaveLength(1);
  });

  it('an order and a cancel are not readings: their answers have rules of their own', async () => {
    broker.onPlace = () => new Promise(() => undefined);
    const request = { clientId: 'c', remark: 'r', security: '000001.XSHE', side: 'buy', amount: 1, price: 1 } as const;
    void watched.place({ ...request, style: 'limit' });
    await pass(60_000);
    expect([kinds(), broker.placed.length]).toEqual([[], 1]);
  });
});

it('a watched broker can all that a broker can: what is told by itself comes through', () => {
  const port: Record<keyof Broker, true> = {
    name: true,
    start: true,
    stop: true,
    canPlace: true,
    place: true,
    cancel: true,
    account: true,
    positions: true,
    orders: true,
    trades: true,
    health: true,
    onLatePlaceAnswer: true,
    onAccountNews: true,
    setUrgent: true,
    onStatus: true,
  };
  expect(Object.keys(watched).toSorted()).toEqual(Object.keys(port).toSorted());
  let news = 0;
  watched.onAccountNews?.(() => (news += 1));
  broker.tell();
  expect(news).toBe(1);
});
