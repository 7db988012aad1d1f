import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { listen } from '../../net/listener.ts';
import type { Listener } from '../../net/listener.ts';
import type { Log } from '../../platform/log.ts';
import { systemTimers } from '../../platform/timers.ts';
import type { TimerSource } from '../../platform/timers.ts';
import { ConnectionCounts } from '../connection-counts.ts';
import { CLOSE_GRACE_MS, STOP_LIMIT_MS } from '../limits.ts';
import type { TlsFiles } from '../options.ts';
import { tokenCheck } from '../token.ts';
import { createApp } from './app.ts';
import type { Behind } from './asking.ts';
import { MAX_HTTP_SOCKETS } from './limits.ts';
import { nodeServer } from './node-server.ts';
import type { HttpOptions } from './options.ts';

export type { HttpOptions } from './options.ts';

export interface DoorParts {
  readonly http: HttpOptions;
  readonly behind: Behind;
  readonly tls: TlsFiles | null;
  readonly admit: (address: string) => boolean;
  readonly log: Log;
  /** A rehearsal, which every answer says. */
  readonly dryRun: boolean;
  /** Wall ms a request may take: a connection on which nothing moves lives longer. */
  readonly longestMs: number;
  readonly timers?: TimerSource;
}

export interface HttpDoor {
  readonly port: number;
  /** Takes no more, ends the streams, lets running requests answer; resolves when every connection is closed. */
  stop(): Promise<void>;
  /** Drops every connection in this very turn; resolves when the port is free. */
  kill(): Promise<void>;
}

/** Opens the HTTP door of a server. Throws BtError LISTEN_FAILED or TLS_FILES_UNREADABLE. */
export async function openHttpDoor(parts: DoorParts): Promise<HttpDoor> {
  const timers = parts.timers ?? systemTimers;
  const stop = { asked: false };
  const { app, feeds } = appOf(parts, timers, () => stop.asked);
  const server = nodeServer(app.fetch, parts.longestMs);
  const sockets = new Set<Socket>();
  const listener = await listenFor(parts, (socket) => {
    if (stop.asked) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    server.emit('connection', socket);
  });
  const end = (): Promise<void> => {
    stop.asked = true;
    feeds.stop();
    return listener.close();
  };
  return {
    port: listener.port,
    stop: () => stopped(server, sockets, end, timers),
    kill: () => killed(server, sockets, end),
  };
}

function appOf({ http, behind, log, dryRun }: DoorParts, timers: TimerSource, stopping: () => boolean) {
  return createApp({
    behind,
    timers,
    log,
    stopping,
    dryRun,
    checkToken: http.token === null ? null : tokenCheck(http.token),
    origins: new Set(http.origins),
    counts: new ConnectionCounts(0, timers),
  });
}

function listenFor({ http, tls, admit, log }: DoorParts, onSocket: (socket: Socket) => void): Promise<Listener> {
  return listen({
    host: http.host,
    port: http.port,
    flags: { host: '--http', port: '--http' },
    tls,
    maxSockets: MAX_HTTP_SOCKETS,
    admit,
    onSocket,
    onTrouble: (text) => log.warning(text),
  });
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
  const limit = timers.after(STOP_LIMIT_MS + CLOSE_GRACE_MS, () => {
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
