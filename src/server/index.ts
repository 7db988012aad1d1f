import { listen } from '../net/listener.ts';
import type { Listener } from '../net/listener.ts';
import type { Log } from '../platform/log.ts';
import { admission } from './allowlist.ts';
import { createGatewayServer, createStubServer } from './create.ts';
import type { OpenBackend } from './create.ts';
import type { HttpDoor } from './http/index.ts';
import { httpDoorOf } from './http-door.ts';
import { MAX_UNAUTHENTICATED } from '../net/guess-limits.ts';
import { SERVER_DEFAULTS } from './options.ts';
import type { GatewayOptions, GatewayServer, ListenOptions, RunningServer, ServerOptions } from './options.ts';

export { parseAccounts, parseSubAccounts } from './accounts.ts';
export { parseAllowlist } from './allowlist.ts';
export { MemoryBook } from './book-store.ts';
export type { BookStore } from './book-store.ts';
export { historyAnswer } from './actions/history.ts';
export type { History } from './monitor/history.ts';
export { openHistory, readHistoryFile } from './monitor/history-file.ts';
export type { HistoryAnswer, HistoryQuery } from './monitor/types.ts';
export { createGatewayServer, createStubServer } from './create.ts';
export type { OpenBackend } from './create.ts';
export type { FaultEvent, FaultOptions, FaultReport } from './faults/types.ts';
export { SERVER_DEFAULTS } from './options.ts';
export { DEFAULT_RISK_LIMITS } from './order-risk.ts';
export type { RiskLimits } from './order-risk.ts';
export type { AccountConfig, SubAccountConfig } from './account-types.ts';
export type {
  GatewayOptions,
  GatewayServer,
  ListenOptions,
  MarketKind,
  RunningServer,
  ServerOptions,
  StubOptions,
  TlsFiles,
} from './options.ts';
export type { OpenMarket } from './market.ts';
export type { SessionNews } from './session-news.ts';
export type { SessionSocket } from './session-socket.ts';
export type { HttpOptions } from './http/options.ts';
export { readStateAnchor } from './state-file.ts';
export type { ServerState, StateAnchor } from './state-file.ts';

/**
 * Starts `bt server --server-type stub` on its port. Throws BtError (LISTEN_FAILED, TLS_FILES_UNREADABLE, BAD_ALLOWLIST, and those
 * of `createStubServer`) when it cannot; then nothing is left open. The clock and the log stay with the caller.
 */
export function startServer(options: ServerOptions, log: Log): Promise<RunningServer> {
  return listening(options, log, () => createStubServer(options, log));
}

/** As `startServer`, in front of any gateway: throws what `open` throws. */
export function startGatewayServer(
  options: GatewayOptions & ListenOptions,
  open: OpenBackend,
  log: Log,
): Promise<RunningServer> {
  return listening(options, log, () => createGatewayServer(options, open, log));
}

async function listening(
  options: GatewayOptions & ListenOptions,
  log: Log,
  create: () => Promise<GatewayServer>,
): Promise<RunningServer> {
  const admit = admission(options.allowlist ?? []);
  const server = await create();
  let listener: Listener | null = null;
  try {
    listener = await listenFor(server, options, admit, log);
    return running(server, listener, await httpDoorOf(server, options, admit, log));
  } catch (error) {
    await Promise.all([listener?.close(), server.kill()]);
    throw error;
  }
}

function listenFor(
  server: GatewayServer,
  options: GatewayOptions & ListenOptions,
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

function running(server: GatewayServer, listener: Listener, door: HttpDoor | null): RunningServer {
  const both = async (end: () => Promise<void>, doorEnds: Promise<void> | undefined): Promise<void> => {
    await Promise.all([listener.close(), doorEnds, end()]);
  };
  let stopped: Promise<void> | null = null;
  return {
    port: listener.port,
    httpPort: door?.port ?? null,
    ask: (action, payload, caller) => server.ask(action, payload, caller),
    get exchange() {
      return server.exchange;
    },
    get gateway() {
      return server.gateway;
    },
    attach: (socket) => {
      server.attach(socket);
    },
    sessions: () => server.sessions(),
    faults: () => server.faults(),
    stop: () => (stopped ??= both(() => server.stop(), door?.stop())),
    kill: () => both(() => server.kill(), door?.kill()),
  };
}
