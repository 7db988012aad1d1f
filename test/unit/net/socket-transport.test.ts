import { writeFileSync } from 'node:fs';
import * as net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { BtError } from '../../../src/domain/errors.ts';
import type { ConnectionStatus, ConnectionTimes } from '../../../src/net/connection-types.ts';
import { Connection } from '../../../src/net/connection.ts';
import { RpcClient } from '../../../src/net/rpc-client.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { RudeServer, tlsFile } from './rude-server.ts';
import type { RudeOptions } from './rude-server.ts';

/** Long enough for the busiest machine; a condition met ends the wait. */
const PATIENCE = { timeout: 30_000, interval: 5 };

const cleanups: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function serve(options: RudeOptions = {}): Promise<RudeServer> {
  const server = await RudeServer.start(options);
  cleanups.push(() => server.close());
  return server;
}

interface Target {
  readonly host?: string;
  readonly port: number;
  readonly tlsCaFile?: string;
  readonly times?: Partial<ConnectionTimes>;
}

function connect(target: Target) {
  const connection = new Connection({
    endpoint: { host: target.host ?? '127.0.0.1', port: target.port, tlsCaFile: target.tlsCaFile ?? null },
    token: 'secret',
    random: () => 0,
    times: { firstRetryMs: 5, maxRetryMs: 20, ...target.times },
  });
  const statuses: ConnectionStatus[] = [];
  connection.onStatus((status) => statuses.push(status));
  cleanups.push(() => {
    connection.stop();
  });
  const rpc = new RpcClient(connection);
  connection.start();
  return { connection, rpc, statuses };
}

/** The first status of this kind. */
async function first<K extends ConnectionStatus['kind']>(statuses: readonly ConnectionStatus[], kind: K) {
  await vi.waitFor(() => {
    expect(statuses.map((status) => status.kind)).toContain(kind);
  }, PATIENCE);
  return statuses.find((status): status is Extract<ConnectionStatus, { kind: K }> => status.kind === kind);
}

async function failure(promise: Promise<unknown>): Promise<BtError> {
  return promise.then(
    () => {
      throw new Error('resolved');
    },
    (error: unknown) => error as BtError,
  );
}

/** A port nobody listens on. */
async function closedPort(): Promise<number> {
  const server = await RudeServer.start();
  const { port } = server;
  await server.close();
  return port;
}

describe('over TCP', () => {
  it('shakes hands and answers requests', async () => {
    const server = await serve({ onRequest: (peer, request) => peer.reply(request, { echo: request['payload'] }) });
    const { rpc } = connect({ port: server.port });
    const answers = await Promise.all(
      [1, 2, 3].map((n) => rpc.request('data.snapshot', { n }, { timeoutMs: 30_000, retry: true })),
    );
    expect(answers).toEqual([1, 2, 3].map((n) => ({ echo: { n } })));
    expect(server.peers).toHaveLength(1);
  });

  it('says what to do when nothing listens', async () => {
    const { statuses } = connect({ port: await closedPort() });
    const lost = await first(statuses, 'lost');
    expect(lost).toMatchObject({ code: 'LINK_FAILED', wasReady: false });
    expect(lost?.reason).toMatch(/127\.0\.0\.1:\d+: nothing listens there.*QMT_SERVER_PORT/);
  });

  it('survives a port number no socket can have', async () => {
    const { statuses } = connect({ port: 70_000 });
    expect(await first(statuses, 'lost')).toMatchObject({ code: 'LINK_FAILED' });
  });

  it('is refused for good with a wrong token', async () => {
    const server = await serve({ refuse: 'AUTH_FAILED' });
    const { rpc, statuses } = connect({ port: server.port });
    const answer = failure(rpc.request('broker.account', {}, { timeoutMs: 30_000, retry: true }));
    expect((await answer).code).toBe('AUTH_FAILED');
    expect(await first(statuses, 'failed')).toMatchObject({ code: 'AUTH_FAILED' });
    expect(server.peers).toHaveLength(1);
  });

  it('comes back after the peer dropped it, and repeats the read', async () => {
    const server = await serve({
      onRequest: (peer, request) => {
        if (server.requests.length === 1) peer.drop();
        else peer.reply(request, 'second time');
      },
    });
    const { rpc } = connect({ port: server.port });
    await expect(rpc.request('broker.orders', {}, { timeoutMs: 30_000, retry: true })).resolves.toBe('second time');
    expect(server.requests).toHaveLength(2);
  });

  it.each([
    ['half an answer', (server: RudeServer) => server.peers[0]?.sayHalf({ type: 'response', id: '?', payload: {} })],
    ['an oversized frame', (server: RudeServer) => server.peers[0]?.bytes(Buffer.from('ffffffff', 'hex'))],
    ['the end of the connection', (server: RudeServer) => server.peers[0]?.drop()],
  ])('tells a place request that it was sent after %s', async (_name, act) => {
    const server = await serve();
    const { rpc, statuses } = connect({ port: server.port });
    await first(statuses, 'ready');
    const answer = failure(rpc.request('broker.place_order', {}, { timeoutMs: 30_000, retry: false }));
    await vi.waitFor(() => {
      expect(server.requests).toHaveLength(1);
    }, PATIENCE);
    act(server);
    expect(await answer).toMatchObject({ code: 'LINK_LOST', details: { sent: true } });
    await vi.waitFor(() => {
      expect(statuses.filter((status) => status.kind === 'ready')).toHaveLength(2);
    }, PATIENCE);
    expect(server.requests).toHaveLength(1);
  });

  it('drops a peer whose pongs never come', async () => {
    const server = await serve({ pongs: false });
    const { statuses } = connect({ port: server.port, times: { pingMs: 5, pongMs: 20 } });
    expect(await first(statuses, 'lost')).toMatchObject({ code: 'NO_PONG', wasReady: true });
  });
});

describe('over TLS', () => {
  const ca = tlsFile('ca.pem');

  it.each(['localhost', '127.0.0.1'])('checks the certificate against the CA file and the host %s', async (host) => {
    const server = await serve({ certificate: 'server', onRequest: (peer, request) => peer.reply(request, 'hello') });
    const { rpc } = connect({ host, port: server.port, tlsCaFile: ca });
    await expect(rpc.request('admin.health', {}, { timeoutMs: 30_000, retry: true })).resolves.toBe('hello');
  });

  it('refuses a certificate for another name', async () => {
    const server = await serve({ certificate: 'wrong-name' });
    const { statuses } = connect({ host: 'localhost', port: server.port, tlsCaFile: ca });
    const failed = await first(statuses, 'failed');
    expect(failed?.code).toBe('TLS_REJECTED');
    expect(failed?.reason).toMatch(/for another name.*gateway\.example.*QMT_SERVER_HOST/);
  });

  it('refuses a certificate of another CA', async () => {
    const server = await serve({ certificate: 'server' });
    const { statuses } = connect({ host: 'localhost', port: server.port, tlsCaFile: tlsFile('other-ca.pem') });
    const failed = await first(statuses, 'failed');
    expect(failed?.code).toBe('TLS_REJECTED');
    expect(failed?.reason).toMatch(/not trusted.*QMT_SERVER_TLS_CERT/);
    expect(server.requests).toHaveLength(0);
  });

  it('names the variable when the CA file is missing', async () => {
    const { statuses } = connect({ port: 1, tlsCaFile: join(tmpdir(), 'no-such-ca.pem') });
    const failed = await first(statuses, 'failed');
    expect(failed?.code).toBe('TLS_CA_UNREADABLE');
    expect(failed?.reason).toMatch(/no-such-ca\.pem cannot be used.*QMT_SERVER_TLS_CERT/);
  });

  it.each([
    ['no certificate', 'not a certificate\n'],
    ['a broken certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'],
  ])('refuses a CA file that holds %s', async (_name, text) => {
    const folder = temporaryFolder('ca');
    writeFileSync(join(folder, 'ca.pem'), text);
    const server = await serve({ certificate: 'server' });
    const { statuses } = connect({ port: server.port, tlsCaFile: join(folder, 'ca.pem') });
    expect((await first(statuses, 'failed'))?.code).toMatch(/^TLS_(?:CA_UNREADABLE|REJECTED)$/);
  });

  it('says so when the gateway closes the TLS hello without a word, as stock ones do', async () => {
    const server = net.createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end());
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    cleanups.push(() => {
      server.close();
    });
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    const { statuses } = connect({ host: 'localhost', port: address.port, tlsCaFile: ca });
    const lost = await first(statuses, 'lost');
    expect(lost?.reason).toMatch(/during the TLS handshake.*QMT_SERVER_TLS_CERT empty/);
  });

  it('says so when the gateway answers the TLS hello in plain text', async () => {
    const server = net.createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'));
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    cleanups.push(() => {
      server.close();
    });
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    const { statuses } = connect({ host: 'localhost', port: address.port, tlsCaFile: ca });
    expect((await first(statuses, 'failed'))?.reason).toContain('does not speak TLS');
  });
});
