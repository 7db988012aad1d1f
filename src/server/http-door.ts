import type { Log } from '../platform/log.ts';
import { AccountRouter } from './accounts.ts';
import type { HttpDoor } from './http/index.ts';
import { SERVER_DEFAULTS } from './options.ts';
import type { GatewayOptions, GatewayServer, ListenOptions } from './options.ts';
import { SessionTeller } from './session-news.ts';

/** The door for HTTP of a server that was told to have one; else null. Throws BtError LISTEN_FAILED or TLS_FILES_UNREADABLE. */
export async function httpDoorOf(
  server: GatewayServer,
  options: GatewayOptions & ListenOptions,
  admit: (address: string) => boolean,
  log: Log,
): Promise<HttpDoor | null> {
  const { http = null, tls = null, accounts = [], subAccounts = [] } = options;
  if (http === null) return null;
  const news = new SessionTeller(log, options.onSession);
  // Loaded only where it is wanted: the start of a server is in the benchmark.
  const { openHttpDoor } = await import('./http/index.ts');
  const behind = {
    accounts: new AccountRouter(accounts, subAccounts).accounts,
    subAccounts,
    ask: (...request: Parameters<GatewayServer['ask']>) => server.ask(...request),
  };
  const { requestTimeoutMs, placeMarginMs } = { ...SERVER_DEFAULTS, ...options };
  return openHttpDoor({
    http,
    behind,
    tls,
    admit,
    log: log.child('http'),
    onWrongToken: (peer) => {
      const reason = 'wrong token over HTTP';
      options.audit?.({ event: 'refused', peer, outcome: reason });
      news.tell({ kind: 'refused', peer, reason });
    },
    dryRun: options.dryRun ?? false,
    longestMs: requestTimeoutMs + placeMarginMs,
  });
}
