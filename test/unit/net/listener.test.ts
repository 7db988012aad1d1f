import { once } from 'node:events';
import * as net from 'node:net';
import { fileURLToPath } from 'node:url';
import * as tls from 'node:tls';
import { X509Certificate } from 'node:crypto';
import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { listen } from '../../../src/net/listener.ts';
import type { Listener, ListenOptions } from '../../../src/net/listener.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

function pem(name: string): string {
  return fileURLToPath(new URL(`../../fixtures/tls/${name}`, import.meta.url));
}

function printOf(name: string): string {
  return new X509Certificate(readFileSync(pem(name))).fingerprint256;
}

async function open(options: Partial<ListenOptions> = {}): Promise<{ listener: Listener; trouble: string[] }> {
  const trouble: string[] = [];
  const listener = await listen({
    host: '127.0.0.1',
    port: 0,
    tls: null,
    maxSockets: 10,
    admit: () => true,
    onSocket: (socket) => {
      socket.on('error', () => {});
      socket.end('hello');
      socket.resume();
    },
    onTrouble: (text) => {
      trouble.push(text);
    },
    ...options,
  });
  onTestFinished(() => listener.close());
  return { listener, trouble };
}

function closesBack(socket: net.Socket): void {
  socket.on('end', () => {
    socket.end();
  });
  socket.resume();
}

/** What a peer is told until the end. */
async function told(socket: net.Socket): Promise<string> {
  let text = '';
  socket.on('error', () => {});
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  await new Promise((resolve) => {
    socket.once('close', resolve);
  });
  return text;
}

function failure(code: string, message: RegExp): unknown {
  return expect.objectContaining({ code, fault: 'config', message: expect.stringMatching(message) });
}

describe('plain TCP', () => {
  test('takes a free port and hands sockets on', async () => {
    const { listener } = await open();
    expect(listener.port).toBeGreaterThan(0);
    expect(await told(net.connect(listener.port, '127.0.0.1'))).toBe('hello');
  });

  test('a port in use says what to do', async () => {
    const { listener } = await open();
    await expect(open({ port: listener.port })).rejects.toEqual(failure('LISTEN_FAILED', /another program.*--port/));
  });

  test('an address that is not ours says what to do', async () => {
    await expect(open({ host: '192.0.2.1' })).rejects.toEqual(failure('LISTEN_FAILED', /no such address.*--listen/));
  });

  test('a peer that is not admitted hears nothing', async () => {
    const { listener, trouble } = await open({ admit: (address) => address !== '127.0.0.1' });
    expect(await told(net.connect(listener.port, '127.0.0.1'))).toBe('');
    expect(trouble).toEqual(['127.0.0.1 is not on the allow-list: closed.']);
  });

  test('more sockets than allowed are closed at once', async () => {
    const { listener, trouble } = await open({ maxSockets: 1, onSocket: closesBack });
    const first = net.connect(listener.port, '127.0.0.1');
    await once(first, 'connect');
    expect(await told(net.connect(listener.port, '127.0.0.1'))).toBe('');
    expect(trouble).toHaveLength(1);
    first.end();
    await once(first.resume(), 'close');
  });
});

describe('TLS', () => {
  const files = { cert: pem('server.pem'), key: pem('server-key.pem') };

  test('speaks it with the given files', async () => {
    const { listener } = await open({ tls: files });
    const socket = tls.connect({ host: '127.0.0.1', port: listener.port, ca: readFileSync(pem('ca.pem')) });
    expect(await told(socket)).toBe('hello');
    expect(socket.authorized).toBe(true);
  });

  test('a plain client is closed without an answer', async () => {
    const { listener, trouble } = await open({ tls: files });
    const socket = net.connect(listener.port, '127.0.0.1');
    socket.write('not a ClientHello at all');
    const heard = await told(socket);
    expect(heard).not.toContain('hello');
    expect(trouble.some((text) => text.startsWith('A TLS handshake failed: the client does not speak TLS'))).toBe(true);
  });

  test('a peer that is not admitted does not even see the certificate', async () => {
    const { listener } = await open({ tls: files, admit: () => false });
    const socket = tls.connect({ host: '127.0.0.1', port: listener.port, rejectUnauthorized: false });
    expect(await told(socket)).toBe('');
    expect(socket.authorized).toBe(false);
    expect(Object.keys(socket.getPeerCertificate() ?? {})).toEqual([]);
  });

  test('uses a certificate that has changed from the next connection on, and the old one while the new pair does not fit', async () => {
    const folder = temporaryFolder('tls');
    const changing = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
    const replace = (kind: keyof typeof changing, name: string): void => copyFileSync(pem(name), changing[kind]);
    replace('cert', 'server.pem');
    replace('key', 'server-key.pem');
    const { listener, trouble } = await open({ tls: changing });
    const shown = async (): Promise<string> => {
      const socket = tls.connect({ host: '127.0.0.1', port: listener.port, rejectUnauthorized: false });
      let print = '';
      socket.once('secureConnect', () => {
        print = socket.getPeerCertificate().fingerprint256;
      });
      expect(await told(socket)).toBe('hello');
      return print;
    };
    const [before, after] = [printOf('server.pem'), printOf('wrong-name.pem')];
    expect(await shown()).toBe(before);
    replace('key', 'wrong-name-key.pem');
    expect(await shown()).toBe(before);
    expect(trouble).toEqual([expect.stringMatching(/do not work together.*as it was/)]);
    replace('cert', 'wrong-name.pem');
    expect(await shown()).toBe(after);
    rmSync(changing.key);
    expect(await shown()).toBe(after);
    expect(trouble.slice(1)).toEqual([
      expect.stringContaining('has changed'),
      expect.stringMatching(/cannot be read.*as it was/),
    ]);
  });

  test.each([
    [{ cert: '/nonexistent/cert.pem', key: files.key }, /certificate .*--tls-cert/],
    [{ cert: files.cert, key: '/nonexistent/key.pem' }, /key .*--tls-key/],
    [{ cert: files.cert, key: pem('wrong-name-key.pem') }, /do not work together/],
    [{ cert: pem('README.md'), key: files.key }, /do not work together/],
  ])('files that cannot serve stop the start: %j', async (bad, message) => {
    await expect(open({ tls: bad })).rejects.toEqual(failure('TLS_FILES_UNREADABLE', message));
  });
});
