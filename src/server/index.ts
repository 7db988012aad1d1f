import { BtError } from '../domain/errors.ts';
import type { Log } from '../platform/log.ts';
import { AccountRouter } from './accounts.ts';
import { admission } from './allowlist.ts';
import { openMarket } from './market.ts';
import type { RunningServer, ServerOptions } from './options.ts';
import { StubServer } from './stub-server.ts';

export { parseAccounts, parseSubAccounts } from './accounts.ts';
export { parseAllowlist } from './allowlist.ts';
export { DEFAULT_RISK_LIMITS, SERVER_DEFAULTS } from './options.ts';
export type {
  AccountConfig,
  MarketKind,
  RiskLimits,
  RunningServer,
  ServerOptions,
  SubAccountConfig,
  TlsFiles,
} from './options.ts';
export { readStateAnchor } from './state-file.ts';
export type { StateAnchor } from './state-file.ts';

/**
 * Starts `bt server --server-type stub` on its port. Throws BtError (LISTEN_FAILED, TLS_FILES_UNREADABLE, BAD_ALLOWLIST, BAD_ACCOUNTS,
 * BAD_TOKEN, STATE_*) when it cannot; then nothing is left open. The clock and the log stay with the caller.
 */
export async function startServer(options: ServerOptions, log: Log): Promise<RunningServer> {
  if (options.token === '') throw noToken();
  const admit = admission(options.allowlist ?? []);
  const accounts = new AccountRouter(options.accounts ?? [], options.subAccounts ?? []);
  const market = await openMarket(options, accounts.accounts);
  try {
    const server = new StubServer(options, log, accounts, market);
    await server.open(admit);
    return server;
  } catch (error) {
    market.release();
    throw error;
  }
}

function noToken(): BtError {
  return new BtError('BAD_TOKEN', 'The server needs a token. Give one with --token or QMT_SERVER_TOKEN.', {
    fault: 'config',
  });
}
