import { listen } from '../net/listener.ts';
import type { Listener } from '../net/listener.ts';
import type { Log } from '../platform/log.ts';
import { admission } from './allowlist.ts';
import { createStubServer } from './create.ts';
import { MAX_UNAUTHENTICATED } from './limits.ts';
import { SERVER_DEFAULTS } from './options.ts';
import type { RunningServer, ServerOptions, StubServer } from './options.ts';

export { parseAccounts, parseSubAccounts } from './accounts.ts';
export { parseAllowlist } from './allowlist.ts';
export { MemoryBook } from './book-store.ts';
export type { BookStore } from './book-store.ts';
export { createStubServer } from './create.ts';
export type { FaultEvent, FaultOptions, FaultReport } from './faults/types.ts';
export { SERVER_DEFAULTS } from './options.ts';
export { DEFAULT_RISK_LIMITS } from './order-risk.ts';
export type { RiskLimits } from './order-risk.ts';
export type { AccountConfig, SubAccountConfig } from './account-types.ts';
export type { MarketKind, RunningServer, ServerOptions, StubOptions, StubServer, TlsFiles } from './options.ts';
export type { SessionSocket } from './session-socket.ts';
export { readStateAnchor } from './state-file.ts';
export type { ServerState, StateAnchor } from './state-file.ts';

/**
 * Starts `bt server --server-type stub` on its port. Throws BtError (LISTEN_FAILED, TLS_FILES_UNREADABLE, BAD_ALLOWLIST, and those
 * of `createStubServer`) when it cannot; then nothing is left open. The clock and the log stay with the caller.
 */
export async function startServer(options: ServerOptions, log: Log): Promise<RunningServer> {
  const admit = admission(options.allowlist ?? []);
  const server = await createStubServer(options, log);
  try {
    return running(server, await listenFor(server, options, admit, log));
  } catch (error) {
    await server.kill();
    throw error;
  }
}

function listenFor(
  server: StubServer,
  options: ServerOptions,
  admit: (address: string) => boolean,
  log: Log,
): Promise<Listener> {
  return listen({
    host: options.host,
    port: options.port,
    tls: options.tls ?? null,
    maxSockets: (options.maxConnections ?? SERVER_DEFAULTS.maxConnections) + MAX_UNAUTHENTICATED,
    admit,
    onSocket: (socket) => {
      server.attach(socket);
    },
    onTrouble: (text) => {
      log.warning(text);
    },
  });
}

function running(server: StubServer, listener: Listener): RunningServer {
  const both = async (end: () => Promise<void>): Promise<void> => {
    await Promise.all([listener.close(), end()]);
  };
  let stopped: Promise<void> | null = null;
  return {
    port: listener.port,
    get exchange() {
      return server.exchange;
    },
    attach: (socket) => {
      server.attach(socket);
    },
    sessions: () => server.sessions(),
    faults: () => server.faults(),
    stop: () => (stopped ??= both(() => server.stop())),
    kill: () => both(() => server.kill()),
  };
}
