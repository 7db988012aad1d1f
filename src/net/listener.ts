import * as net from 'node:net';
import * as tls from 'node:tls';

import { BtError, errorCode, errorMessage } from '../domain/errors.ts';
import { OpenHandshakes } from './open-handshakes.ts';
import { readTlsFiles, TlsWatch } from './tls-files.ts';
import type { TlsFiles } from './tls-files.ts';

const TCP_KEEP_ALIVE_MS = 15_000;
const TLS_HANDSHAKE_MS = 5_000;

export interface ListenOptions {
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  /** The options that a user would change; `--listen` and `--port` when absent. */
  readonly flags?: { readonly host: string; readonly port: string };
  /** Null = plain TCP. Looked at before each handshake: what has changed is used. */
  readonly tls: TlsFiles | null;
  /** Open sockets at a time, whatever they do; one more is closed at once. */
  readonly maxSockets: number;
  /** A peer that is not admitted is closed before any byte. */
  admit(address: string): boolean;
  /** A connected socket, half-open allowed. The owner handles `data`, `end`, `error` and `close`. */
  onSocket(socket: net.Socket): void;
  /** Something went wrong with one peer or with the listener itself; for a log. */
  onTrouble(text: string): void;
}

export interface Listener {
  readonly port: number;
  /** Stops accepting and resolves when the port is free; sockets that are open stay with their owner. */
  close(): Promise<void>;
}

/**
 * Opens the server's port. Throws BtError LISTEN_FAILED (with what to change) or TLS_FILES_UNREADABLE: certificate and key that
 * cannot be read must stop the start, never turn into plain text.
 */
export async function listen(options: ListenOptions): Promise<Listener> {
  const server = options.tls === null ? plainServer(options) : tlsServer(options, options.tls);
  server.maxConnections = options.maxSockets;
  server.on('drop', () => {
    options.onTrouble(`A connection was closed at once: ${options.maxSockets} are open already.`);
  });
  await opened(server, options);
  server.on('error', (error) => {
    options.onTrouble(`The listener reported: ${errorMessage(error)}`);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    close: () => closed(server),
  };
}

function plainServer(options: ListenOptions): net.Server {
  const server = net.createServer({ allowHalfOpen: true, noDelay: true });
  server.on('connection', (socket) => {
    if (admitted(socket, options)) options.onSocket(socket);
  });
  return server;
}

function tlsServer(options: ListenOptions, files: TlsFiles): tls.Server {
  const pair = readTlsFiles(files);
  const server = tls.createServer({
    ...pair,
    allowHalfOpen: true,
    noDelay: true,
    handshakeTimeout: TLS_HANDSHAKE_MS,
  });
  const handshakes = new OpenHandshakes();
  const watch = new TlsWatch(
    files,
    (changed) => server.setSecureContext(changed),
    (text) => options.onTrouble(text),
  );
  // Before the handshake: a peer that is not admitted must not see a certificate either.
  server.prependListener('connection', (socket: net.Socket) => {
    if (!admitted(socket, options)) return;
    if (handshakes.begin(socket)) {
      watch.look();
      return;
    }
    options.onTrouble(`${socket.remoteAddress ?? ''} has too many TLS handshakes open: closed.`);
    socket.destroy();
  });
  server.on('secureConnection', (socket) => {
    handshakes.end(socket.remoteAddress, socket.remotePort);
    options.onSocket(socket);
  });
  server.on('tlsClientError', (error, socket) => {
    options.onTrouble(`A TLS handshake failed: ${handshakeTrouble(error)}`);
    socket.destroy();
  });
  return server;
}

/** What most have is a client without TLS, which OpenSSL tells as a wrong version. */
function handshakeTrouble(error: Error): string {
  const code = errorCode(error) ?? '';
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'ERR_SSL_HTTP_REQUEST')
    return 'the client does not speak TLS; QMT_SERVER_TLS_CERT switches it on there.';
  return errorMessage(error).trim();
}

function admitted(socket: net.Socket, options: ListenOptions): boolean {
  const address = socket.remoteAddress ?? '';
  // The peer may be gone already: without an address there is nobody to talk to.
  if (address !== '' && options.admit(address)) {
    socket.setKeepAlive(true, TCP_KEEP_ALIVE_MS);
    return true;
  }
  socket.on('error', () => {});
  socket.destroy();
  if (address !== '') options.onTrouble(`${address} is not on the allow-list: closed.`);
  return false;
}

function opened(server: net.Server, options: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      reject(listenFailed(error, options));
    };
    server.once('error', fail);
    server.listen({ host: options.host, port: options.port }, () => {
      server.removeListener('error', fail);
      resolve();
    });
  });
}

function closed(server: net.Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}

function listenFailed(error: Error, options: ListenOptions): BtError {
  const { host, port } = options.flags ?? { host: '--listen', port: '--port' };
  const hints: Readonly<Record<string, string>> = {
    EADDRINUSE: `another program listens there. Stop it, or choose another port with ${port} (0 = any free one).`,
    EACCES: `this port may not be opened by this user. Choose one above 1023 with ${port}.`,
    EADDRNOTAVAIL: `this machine has no such address. Correct ${host} (127.0.0.1 = this machine only).`,
    ENOTFOUND: `this host name does not exist. Correct ${host} (127.0.0.1 = this machine only).`,
  };
  const named = host === port ? host : `${host} and ${port}`;
  const hint = hints[errorCode(error) ?? ''] ?? `${errorMessage(error)}. Check ${named}.`;
  return new BtError('LISTEN_FAILED', `Cannot listen on ${options.host}:${options.port}: ${hint}`, {
    fault: 'config',
    cause: error,
  });
}
