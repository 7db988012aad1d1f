import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Log } from '../../platform/log.ts';
import { systemTimers } from '../../platform/timers.ts';
import type { TimerSource } from '../../platform/timers.ts';
import { listen } from '../listener.ts';
import type { ListenOptions } from '../listener.ts';
import { CLOSING_MS, MAX_HTTP_SOCKETS } from './limits.ts';
import { nodeServer } from './node-server.ts';
import type { FetchCallback } from './node-server.ts';

export interface DoorOptions extends Pick<ListenOptions, 'host' | 'port' | 'tls' | 'admit'> {
  /** The option or options that a user would change. */
  readonly flags: { readonly host: string; readonly port: string };
  /** Answers a request, as Hono does. */
  readonly answer: FetchCallback;
  /** Called when it is told to stop: from here on nothing new is done. */
  readonly onStop: () => void;
  readonly log: Pick<Log, 'warning'>;
  /** Wall ms a request may take: a connection on which nothing moves lives longer. */
  readonly longestMs: number;
  readonly timers?: TimerSource;
}

export interface HttpDoor {
  readonly port: number;
  /** Takes no more, lets running requests answer; resolves when every connection is closed. */
  stop(): Promise<void>;
  /** Drops every connection in this very turn; resolves when the port is free. */
  kill(): Promise<void>;
}

/** Serves HTTP at an address. Throws BtError LISTEN_FAILED or TLS_FILES_UNREADABLE. */
export async function openDoor(options: DoorOptions): Promise<HttpDoor> {
  const timers = options.timers ?? systemTimers;
  const server = nodeServer(options.answer, options.longestMs);
  const sockets = new Set<Socket>();
  let stopping = false;
  const { host, port, flags, tls, log } = options;
  const listener = await listen({
    host,
    port,
    flags,
    tls,
    maxSockets: MAX_HTTP_SOCKETS,
    admit: (address) => options.admit(address),
    onSocket: (socket) => {
      if (stopping) {
        socket.destroy();
        return;
      }
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      server.emit('connection', socket);
    },
    onTrouble: (text) => log.warning(text),
  });
  const end = (): Promise<void> => {
    stopping = true;
    options.onStop();
    return listener.close();
  };
  return {
    port: listener.port,
    stop: () => stopped(server, sockets, end, timers),
    kill: () => killed(server, sockets, end),
  };
}

async function stopped(
  server: Server,
  sockets: ReadonlySet<Socket>,
  end: () => Promise<void>,
  timers: TimerSource,
): Promise<void> {
  const closed = end();
  const gone = allGone(sockets);
  // Also ends the looking at limits; that it does not listen itself is no failure.
  server.close(() => {});
  const idle = timers.every(50, () => server.closeIdleConnections());
  const limit = timers.after(CLOSING_MS, () => {
    for (const socket of sockets) socket.destroy();
  });
  await Promise.all([closed, gone]);
  idle.cancel();
  limit.cancel();
}

async function killed(server: Server, sockets: ReadonlySet<Socket>, end: () => Promise<void>): Promise<void> {
  const closed = end();
  server.close(() => {});
  for (const socket of sockets) socket.destroy();
  await closed;
}

async function allGone(sockets: ReadonlySet<Socket>): Promise<void> {
  const closing = [...sockets].map(
    (socket) =>
      new Promise<void>((resolve) => {
        socket.once('close', () => resolve());
      }),
  );
  await Promise.all(closing);
}
