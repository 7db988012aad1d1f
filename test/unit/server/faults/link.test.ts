import { describe, expect, test } from 'vitest';
import { encodeFrame } from '../../../../src/protocol/frame.ts';
import { delay } from '../../../../src/platform/timers.ts';
import { WireClient } from '../../../wire/wire-client.ts';
import { faulty, order, ordersSeenBy, place } from './faulty-world.ts';

const PLACE = 'broker.place_order';

/** Raw bytes of what comes after the handshake, and whether the server ended its side. */
function listen(client: WireClient): { bytes(): number; ended(): boolean } {
  let bytes = 0;
  let ended = false;
  client.socket.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  client.socket.on('end', () => {
    ended = true;
  });
  return { bytes: () => bytes, ended: () => ended };
}

function send(client: WireClient, id: string, action = PLACE, payload = order()): void {
  client.send({ type: 'request', id, action, payload });
}

describe('drop', () => {
  test.each([
    ['before', 0],
    ['after', 1],
  ])('%s the execution: the connection ends without an answer and %i orders exist', async (when, count) => {
    const world = await faulty([{ kind: 'drop', action: PLACE, nth: 1, when }]);
    const client = await world.open();
    send(client, 'p');
    await client.ended();
    expect(client.messages).toHaveLength(1);
    expect(await ordersSeenBy(await world.open())).toHaveLength(count);
    expect(world.server.faults()).toMatchObject({ counts: { drop: 1 }, variants: { [`drop/${when}`]: 1 } });
  });
});

test('cut ends the connection after each byte of the answer in turn, and the order exists', async () => {
  const world = await faulty([{ kind: 'cut', action: 'admin.health' }]);
  for (let bytes = 0; bytes < 40; bytes += 1) {
    const client = await world.open();
    const heard = listen(client);
    client.send({ type: 'request', id: 'h', action: 'admin.health' });
    await client.ended();
    expect(heard.bytes()).toBe(bytes);
    await client.close();
  }
});

test('cut after a given number of bytes never lets the whole frame through', async () => {
  const world = await faulty([{ kind: 'cut', action: PLACE, bytes: 100_000, nth: 1 }]);
  const client = await world.open();
  send(client, 'p');
  await client.ended();
  expect(client.messages).toHaveLength(1);
  expect(await ordersSeenBy(await world.open())).toHaveLength(1);
});

test('half_frame: half an answer, then silence on an open connection', async () => {
  const world = await faulty([{ kind: 'half_frame', action: PLACE, nth: 1 }]);
  const client = await world.open();
  const heard = listen(client);
  send(client, 'p');
  await client.until(() => heard.bytes() > 0, 'the first bytes');
  client.send({ type: 'ping', id: 'x' });
  send(client, 'q', 'broker.orders', {});
  const other = await world.open();
  await other.request('admin.health');
  expect(client.messages).toHaveLength(1);
  expect(client.closed).toBe(false);
  expect(await ordersSeenBy(other)).toHaveLength(1);
});

describe('delay', () => {
  test.each([
    ['before', 0],
    ['after', 1],
  ])('%s the execution: nothing comes, %i orders exist, until the time is over', async (when, count) => {
    const world = await faulty([{ kind: 'delay', action: PLACE, nth: 1, ms: 5000, when }]);
    const client = await world.open();
    send(client, 'p');
    const other = await world.open();
    while (world.events.length === 0) await other.request('admin.health');
    await world.timers.advance(4999);
    expect(await ordersSeenBy(other)).toHaveLength(count);
    expect(client.messages).toHaveLength(1);
    await world.timers.advance(1);
    await client.received(2);
    expect(client.messages[1]).toMatchObject({ type: 'response', id: 'p' });
    expect(await ordersSeenBy(other)).toHaveLength(1);
  });
});

describe('late', () => {
  test('after later answers', async () => {
    const world = await faulty([{ kind: 'late', action: PLACE, nth: 1, after_answers: 2 }]);
    const client = await world.open();
    send(client, 'p');
    for (const id of ['a', 'b', 'c']) send(client, id, 'broker.account', {});
    await client.received(5);
    expect(client.messages.slice(1).map(({ id }) => id)).toEqual(['a', 'b', 'p', 'c']);
  });

  test('after a time, the session going on meanwhile', async () => {
    const world = await faulty([{ kind: 'late', action: PLACE, nth: 1, ms: 61_000 }]);
    const client = await world.open();
    send(client, 'p');
    expect(await client.request('broker.account')).toMatchObject({ type: 'response' });
    expect(client.messages).toHaveLength(2);
    await world.timers.advance(61_000);
    await client.received(3);
    expect(client.messages[2]).toMatchObject({ type: 'response', id: 'p', payload: { status: expect.any(String) } });
  });
});

test('duplicate: the same answer again, at once and later', async () => {
  const world = await faulty([
    { kind: 'duplicate', action: PLACE, nth: 1, copies: 2 },
    { kind: 'duplicate', action: PLACE, nth: 2, ms: 700 },
  ]);
  const client = await world.open();
  await place(client);
  await client.received(4);
  expect(client.messages[1]).toEqual(client.messages[2]);
  expect(client.messages[2]).toEqual(client.messages[3]);
  await place(client);
  await world.timers.advance(700);
  await client.received(6);
  expect(client.messages[4]).toEqual(client.messages[5]);
  expect(await ordersSeenBy(client)).toHaveLength(2);
});

test('wrong_id: another, the one before, or none', async () => {
  const world = await faulty(
    ['other', 'previous', 'missing'].map((mode, index) => ({ kind: 'wrong_id', action: PLACE, nth: index + 1, mode })),
  );
  const client = await world.open();
  for (const id of ['a', 'b', 'c']) send(client, id);
  await client.received(4);
  expect(client.messages.slice(1).map((message) => message['id'])).toEqual(['not-a', 'a', undefined]);
  expect(client.messages.slice(1).map((message) => message['type'])).toEqual(['response', 'response', 'response']);
});

test('slow_reader: nothing more is read from the connection for a while', async () => {
  const world = await faulty([{ kind: 'slow_reader', action: 'broker.account', nth: 1, ms: 3000 }]);
  const client = await world.open();
  await client.request('broker.account');
  send(client, 'p');
  const other = await world.open();
  // Several rounds of the other one: the bytes had arrived long since.
  for (let n = 0; n < 20; n += 1) await other.request('admin.health');
  expect(await ordersSeenBy(other)).toHaveLength(0);
  await world.timers.advance(3000);
  await client.received(3);
  expect(await ordersSeenBy(other)).toHaveLength(1);
});

test('slow_writer: the answer trickles, and what comes after it waits', async () => {
  const world = await faulty([{ kind: 'slow_writer', action: PLACE, nth: 1, bytes: 100, ms: 50 }]);
  const client = await world.open();
  const heard = listen(client);
  send(client, 'p');
  await client.until(() => heard.bytes() === 100, '100 bytes');
  client.send({ type: 'ping', id: 'x' });
  const other = await world.open();
  await other.request('admin.health');
  expect(heard.bytes()).toBe(100);
  while (client.messages.length < 3) {
    await world.timers.advance(50);
    await other.request('admin.health');
  }
  expect(client.messages.slice(1).map(({ id }) => id)).toEqual(['p', 'x']);
});

test('pong_missing: a ping without an answer', async () => {
  const world = await faulty([{ kind: 'pong_missing', nth: [1, 2] }]);
  const client = await world.open();
  for (const id of ['a', 'b', 'c']) client.send({ type: 'ping', id });
  await client.received(2);
  expect(client.messages[1]).toEqual({ type: 'pong', id: 'c' });
  expect(world.events.map(({ action, id }) => [action, id])).toEqual([
    ['ping', 'a'],
    ['ping', 'b'],
  ]);
});

test('with an empty plan, and for requests no fault takes, the bytes are those of a server without faults', async () => {
  const frames: string[][] = [];
  for (const faults of [null, [], [{ kind: 'drop', action: PLACE, match: { security: 'other' } }]]) {
    const world = await faulty(faults ?? [], faults === null ? { faults: null } : {});
    const client = await world.open();
    await place(client);
    await ordersSeenBy(client);
    frames.push(client.messages.slice(1).map((message) => encodeFrame(message).toString('hex')));
  }
  expect(frames[1]).toEqual(frames[0]);
  expect(frames[2]).toEqual(frames[0]);
});

test('hang: every connection is silent, new ones too, and then all that was sent is answered', async () => {
  const world = await faulty([{ kind: 'hang', action: PLACE, nth: 1, ms: 20_000 }]);
  const [client, other] = [await world.open(), await world.open()];
  await other.request('data.subscribe', { securities: ['518880.XSHG'] });
  send(client, 'p');
  while (world.events.length === 0) await delay(1);
  const late = await WireClient.connect(world.server.port);
  late.send({ type: 'handshake', token: 'stub' });
  late.send({ type: 'request', id: 'l', action: 'broker.orders' });
  other.send({ type: 'ping', id: 'ping' });
  other.send({ type: 'request', id: 'o', action: 'broker.orders' });
  const heard = [client, other, late].map(listen);
  await world.timers.advance(19_999);
  expect(heard.map((one) => one.bytes())).toEqual([0, 0, 0]);
  await world.timers.advance(1);
  await late.received(2);
  await client.until(() => client.messages.some(({ id }) => id === 'p'), 'the placed order');
  await other.until(() => other.messages.some(({ id }) => id === 'o'), 'its orders');
  expect(other.messages.some(({ id }) => id === 'ping')).toBe(true);
  expect(other.messages.some(({ event }) => event === 'tick')).toBe(true);
  expect(late.messages[1]).toMatchObject({ id: 'l', type: 'response' });
  expect(await ordersSeenBy(other)).toHaveLength(1);
  await late.close();
});
