import { describe, expect, it } from 'vitest';
import { BtError } from '../../../src/domain/errors.ts';
import type { ConnectionStatus } from '../../../src/net/connection-types.ts';
import { Connection } from '../../../src/net/connection.ts';
import type { ConnectionOptions } from '../../../src/net/connection.ts';
import { encodeFrame } from '../../../src/protocol/frame.ts';
import { FakeTimers, settle } from '../platform/fake-timers.ts';
import { ack, MemoryGateway } from './memory-gateway.ts';

const endpoint = { host: 'gateway.test', port: 58620, tlsCaFile: null };

function setUp(options: Partial<ConnectionOptions> & { welcoming?: boolean } = {}) {
  const gateway = new MemoryGateway({ welcoming: options.welcoming ?? true });
  const timers = new FakeTimers();
  const connection = new Connection({
    endpoint,
    token: 'secret',
    features: ['tick'],
    dial: gateway.dial,
    timers,
    random: () => 0,
    ...options,
  });
  const statuses: ConnectionStatus[] = [];
  connection.onStatus((status) => statuses.push(status));
  return { gateway, timers, connection, statuses };
}

async function ready(options: Partial<ConnectionOptions> = {}) {
  const parts = setUp(options);
  parts.connection.start();
  await settle();
  expect(parts.connection.isReady).toBe(true);
  return parts;
}

describe('handshake', () => {
  it('sends the token, the protocol version and the features, and becomes ready with the session id', async () => {
    const { gateway, statuses } = await ready();
    expect(gateway.link.received).toEqual([{ type: 'handshake', token: 'secret', protocol: 1, features: ['tick'] }]);
    expect(statuses).toEqual([
      { kind: 'connecting', attempt: 1 },
      { kind: 'ready', sessionId: 's1', epoch: 1, features: ['data', 'broker'] },
    ]);
  });

  it('is final after AUTH_FAILED, and names the variable to set', async () => {
    const { gateway, connection, timers } = setUp({ welcoming: false });
    connection.start();
    gateway.link.open();
    gateway.link.say({ type: 'error', code: 'AUTH_FAILED', message: 'token 不匹配' });
    expect(connection.status).toMatchObject({ kind: 'failed', code: 'AUTH_FAILED' });
    expect(connection.status).toHaveProperty('reason', expect.stringContaining('QMT_SERVER_TOKEN'));
    await timers.advance(600_000);
    expect(gateway.links).toHaveLength(1);
    expect(gateway.link.destroyed).toBe(true);
  });

  it('retries SERVER_BUSY, and any other refusal', async () => {
    const { gateway, connection, timers } = setUp({ welcoming: false });
    connection.start();
    gateway.link.open();
    gateway.link.say({ type: 'error', code: 'SERVER_BUSY', message: '连接数达到上限' });
    expect(connection.status).toMatchObject({ kind: 'lost', code: 'SERVER_BUSY', wasReady: false });
    await timers.advance(1_000);
    expect(gateway.links).toHaveLength(2);
    gateway.link.open();
    gateway.link.say({ type: 'error', code: 'SOMETHING_NEW', message: '' });
    expect(connection.status).toMatchObject({ kind: 'lost', code: 'SOMETHING_NEW' });
  });

  it('drops a peer that answers the handshake with something else', () => {
    const { gateway, connection } = setUp({ welcoming: false });
    connection.start();
    gateway.link.open();
    gateway.link.say({ type: 'pong', id: 'x' });
    expect(connection.status).toMatchObject({ kind: 'lost', code: 'BAD_HANDSHAKE' });
  });

  it('limits the time of the connect and of the handshake', async () => {
    const { gateway, connection, timers } = setUp({ welcoming: false });
    connection.start();
    await timers.advance(9_999);
    expect(connection.status.kind).toBe('connecting');
    await timers.advance(1);
    expect(connection.status).toMatchObject({ kind: 'lost', code: 'CONNECT_TIMEOUT' });
    expect(gateway.link.destroyed).toBe(true);
    await timers.advance(1_000);
    gateway.link.open();
    await timers.advance(9_999);
    expect(connection.status.kind).toBe('connecting');
    await timers.advance(1);
    expect(connection.status).toMatchObject({ kind: 'lost', code: 'HANDSHAKE_TIMEOUT' });
  });
});

describe('reconnect', () => {
  it('waits 1, 2, 4, 8, 16, 30, 30 s between failed attempts', async () => {
    const { gateway, connection, timers } = setUp({ welcoming: false });
    connection.start();
    const waits: number[] = [];
    for (let i = 0; i < 7; i += 1) {
      gateway.link.close();
      if (connection.status.kind !== 'lost') throw new Error('not lost');
      waits.push(connection.status.retryInMs);
      await timers.advance(connection.status.retryInMs);
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    expect(gateway.links).toHaveLength(8);
  });

  it('while it is urgent waits 1 s each time, from the moment it becomes so', async () => {
    const { gateway, connection, timers } = setUp({ welcoming: false });
    connection.start();
    for (const waited of [1_000, 2_000, 4_000]) {
      gateway.link.close();
      await timers.advance(waited);
    }
    gateway.link.close();
    await timers.advance(500);
    connection.setUrgent(true);
    connection.setUrgent(true);
    await timers.advance(999);
    expect(gateway.links).toHaveLength(4);
    for (let i = 0; i < 5; i += 1) {
      await timers.advance(i === 0 ? 1 : 1_000);
      expect(gateway.links).toHaveLength(5 + i);
      gateway.link.close();
    }
    connection.setUrgent(false);
    await timers.advance(1_000);
    gateway.link.close();
    expect(connection.status).toMatchObject({ kind: 'lost', retryInMs: 2_000 });
  });

  it('urgency changes nothing about a session that is up, or closed', async () => {
    const { gateway, connection, timers } = await ready();
    connection.setUrgent(true);
    await timers.advance(3_000);
    expect([connection.isReady, gateway.links.length]).toEqual([true, 1]);
    connection.stop();
    connection.setUrgent(false);
    connection.setUrgent(true);
    await timers.advance(60_000);
    expect(gateway.links).toHaveLength(1);
  });

  it('starts again at 1 s after a handshake succeeded', async () => {
    const { gateway, connection, timers } = setUp({ welcoming: false });
    connection.start();
    gateway.link.close();
    await timers.advance(1_000);
    gateway.link.close();
    gateway.welcoming = true;
    await timers.advance(2_000);
    expect(connection.status).toMatchObject({ kind: 'ready' });
    gateway.link.close();
    expect(connection.status).toMatchObject({ kind: 'lost', wasReady: true, retryInMs: 1_000 });
  });

  it('shortens each wait by at most a quarter', async () => {
    const { gateway, connection } = await ready({ random: () => 0.999 });
    gateway.link.close();
    expect(connection.status).toMatchObject({ retryInMs: 750 });
  });

  it('D8: ignores everything a dead epoch still calls (ioredis#2099)', async () => {
    const { gateway, connection, timers, statuses } = setUp({ welcoming: false });
    connection.start();
    const dead = gateway.link;
    dead.open();
    await timers.advance(10_000);
    expect(connection.status.kind).toBe('lost');
    const seen = statuses.length;
    dead.say(ack('late'));
    dead.close();
    dead.open();
    expect(statuses).toHaveLength(seen);
    await timers.advance(1_000);
    expect(gateway.links).toHaveLength(2);
    dead.say(ack('later still'));
    dead.close();
    expect(connection.status).toEqual({ kind: 'connecting', attempt: 2 });
  });

  it('does nothing after stop', async () => {
    const { gateway, connection, timers } = await ready();
    connection.stop();
    expect(connection.status).toEqual({ kind: 'closed' });
    expect(gateway.link.destroyed).toBe(true);
    gateway.link.close();
    await timers.advance(600_000);
    expect(gateway.links).toHaveLength(1);
    expect(timers.armed).toBe(0);
    expect(connection.send({ type: 'ping', id: 'x' })).toBe(false);
  });

  it('stops for good when a listener stops it while it connects', () => {
    const { gateway, connection } = setUp({ welcoming: false });
    connection.onStatus((status) => {
      if (status.kind === 'connecting') connection.stop();
    });
    connection.start();
    expect(connection.status).toEqual({ kind: 'closed' });
    expect(gateway.links).toHaveLength(0);
  });
});

describe('certificates', () => {
  const rejected = new BtError('TLS_REJECTED', 'not trusted', { fault: 'config' });

  it('gives up when the certificate was never good', () => {
    const { gateway, connection } = setUp({ welcoming: false });
    connection.start();
    gateway.link.fail(rejected);
    expect(connection.status).toMatchObject({ kind: 'failed', code: 'TLS_REJECTED' });
  });

  it('keeps trying when it was good before: somebody is at work there', async () => {
    const { gateway, connection, timers } = await ready();
    gateway.welcoming = false;
    gateway.link.close();
    await timers.advance(1_000);
    gateway.link.fail(rejected);
    expect(connection.status).toMatchObject({ kind: 'lost', code: 'TLS_REJECTED' });
  });

  it('gives up at once when the CA file cannot be used', () => {
    const { gateway, connection } = setUp({ welcoming: false });
    connection.start();
    gateway.link.fail(new BtError('TLS_CA_UNREADABLE', 'no such file', { fault: 'config' }));
    expect(connection.status).toMatchObject({ kind: 'failed', code: 'TLS_CA_UNREADABLE' });
  });
});

describe('idle watch', () => {
  it('A4-18: pings an idle session each 5 s and is content with pongs', async () => {
    const { gateway, connection, timers } = await ready();
    gateway.onMessage = (link, message) => {
      link.say({ type: 'pong', id: message['id'] });
    };
    await timers.advance(4_999);
    expect(gateway.link.pings).toHaveLength(0);
    await timers.advance(1);
    expect(gateway.link.pings).toHaveLength(1);
    await timers.advance(60_000);
    expect(gateway.link.pings).toHaveLength(13);
    expect(connection.isReady).toBe(true);
    expect(gateway.links).toHaveLength(1);
  });

  it('A4-5: drops the session when no pong comes within 10 s', async () => {
    const { gateway, connection, timers } = await ready();
    await timers.advance(14_999);
    expect(connection.isReady).toBe(true);
    await timers.advance(1);
    expect(connection.status).toMatchObject({ kind: 'lost', code: 'NO_PONG', wasReady: true });
    expect(gateway.link.destroyed).toBe(true);
  });

  it('expects no pong while a request is in flight, and starts over when it is answered', async () => {
    const { gateway, connection, timers } = await ready();
    await timers.advance(5_000);
    expect(gateway.link.pings).toHaveLength(1);
    connection.setBusy(true);
    await timers.advance(64_999);
    expect(connection.isReady).toBe(true);
    expect(gateway.link.pings).toHaveLength(1);
    connection.setBusy(false);
    await timers.advance(5_000);
    expect(gateway.link.pings).toHaveLength(2);
    // The first ping's pong, answered behind the request, does not count for the second.
    gateway.link.say({ type: 'pong', id: gateway.link.pings[0]?.['id'] });
    await timers.advance(10_000);
    expect(connection.status).toMatchObject({ kind: 'lost', code: 'NO_PONG' });
  });
});

describe('a busy session', () => {
  it('is dead when nothing at all is heard for 65 s, whoever asks what in the meantime', async () => {
    const { connection, timers } = await ready();
    connection.setBusy(true);
    // A poll that gives up and asks again at once must not hide the silence behind it.
    for (let i = 0; i < 12; i += 1) {
      await timers.advance(5_000);
      connection.setBusy(false);
      connection.setBusy(true);
    }
    await timers.advance(4_999);
    expect(connection.isReady).toBe(true);
    await timers.advance(1);
    expect(connection.status).toMatchObject({ kind: 'lost', code: 'NO_ANSWER' });
  });

  it('lives as long as anything is heard', async () => {
    const { gateway, connection, timers } = await ready();
    connection.setBusy(true);
    for (let i = 0; i < 10; i += 1) {
      await timers.advance(60_000);
      gateway.link.say({ type: 'event', event: 'tick', payload: {} });
    }
    expect(connection.isReady).toBe(true);
    await timers.advance(65_000);
    expect(connection.isReady).toBe(false);
  });

  it('arms no timer for each request', async () => {
    const { gateway, connection, timers } = await ready();
    const before = timers.created;
    for (let i = 0; i < 100; i += 1) {
      connection.setBusy(true);
      connection.setBusy(false);
    }
    expect(timers.created - before).toBeLessThan(3);
    await timers.advance(5_000);
    expect(gateway.link.pings).toHaveLength(1);
  });
});

describe('bad frames', () => {
  it.each([
    ['an oversized header', Buffer.from('0200000141', 'hex')],
    ['a zero-length frame', Buffer.from('00000000', 'hex')],
    ['invalid JSON', Buffer.from('000000027b5d', 'hex')],
    ['JSON that is no object', Buffer.from('000000035b315d', 'hex')],
    ['a web server', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ])('end the session: %s', async (_name, bytes) => {
    const { gateway, connection } = await ready();
    gateway.link.bytes(bytes);
    expect(connection.status).toMatchObject({ kind: 'lost', code: 'BAD_FRAME', wasReady: true });
    expect(gateway.link.destroyed).toBe(true);
  });

  it('still deliver the whole messages before them', async () => {
    const { gateway, connection } = await ready();
    const kinds: string[] = [];
    connection.onMessage((message) => kinds.push(message.kind));
    const good = encodeFrame({ type: 'response', id: 'a', payload: {} });
    gateway.link.bytes(Buffer.concat([good, Buffer.from('00000000', 'hex')]));
    expect(kinds).toEqual(['response']);
    expect(connection.status).toMatchObject({ kind: 'lost', code: 'BAD_FRAME' });
  });
});

it('delivers statuses in order when a listener causes the next one', async () => {
  const { gateway, connection, statuses } = setUp();
  const seen: string[] = [];
  connection.onStatus((status) => {
    if (status.kind === 'ready') connection.stop();
  });
  connection.onStatus((status) => seen.push(status.kind));
  connection.start();
  await settle();
  expect(gateway.link.destroyed).toBe(true);
  expect(seen).toEqual(['connecting', 'ready', 'closed']);
  expect(statuses.map((status) => status.kind)).toEqual(seen);
});

it('refuses to send before the session is ready', () => {
  const { gateway, connection } = setUp({ welcoming: false });
  connection.start();
  gateway.link.open();
  expect(connection.send({ type: 'request', id: '1', action: 'broker.account' })).toBe(false);
  expect(gateway.link.requests).toHaveLength(0);
});
