import { BtError } from '../domain/errors.ts';
import type { Log } from '../platform/log.ts';
import type { AccountConfig } from './account-types.ts';
import { AccountRouter } from './accounts.ts';
import { DryRunGateway } from './adapters/dry-run.ts';
import { MemoryBook } from './book-store.ts';
import type { FaultInjector } from './faults/injector.ts';
import { checkState, openMarket, openStore } from './market.ts';
import type { OpenMarket } from './market.ts';
import type { GatewayOptions, GatewayServer, StubOptions } from './options.ts';
import { OrderRecord } from './record/order-record.ts';
import { openRecord } from './record/record-file.ts';
import { ServerLives } from './server-lives.ts';
import type { ServerParts } from './server-lives.ts';

/** Opens what stands behind a server; throws BtError when it cannot, and then leaves nothing open. */
export type OpenBackend = (accounts: readonly AccountConfig[]) => Promise<OpenMarket>;

/**
 * Makes a server without a port in front of any gateway: connections are handed to `attach`. Throws BtError (BAD_ACCOUNTS, BAD_TOKEN,
 * STATE_* of its record, and what `open` throws) when it cannot; then nothing is left open. The clock, the timers and the log stay with the caller.
 */
export async function createGatewayServer(
  options: GatewayOptions,
  open: OpenBackend,
  log: Log,
): Promise<GatewayServer> {
  const accounts = routerOf(options);
  // Before anything is started: without it nothing may be placed.
  const record =
    options.dryRun === true ? null : new OrderRecord(options.recordStore ?? openRecord(options.recordPath ?? null));
  let market: OpenMarket | null = null;
  try {
    const opened = rehearsed(options, await open(accounts.accounts));
    market = opened;
    // Nothing restarts it on purpose: it has one life.
    const reopen = (): Promise<OpenMarket> => Promise.resolve(opened);
    const server = new ServerLives({ options, log, accounts, store: null, record, injector: null, reopen }, opened);
    await server.begin();
    return server;
  } catch (error) {
    await market?.close?.();
    record?.close();
    throw error;
  }
}

/** As `createGatewayServer`, in front of a market of its own; also throws BAD_FAULTS and STATE_*. */
export async function createStubServer(given: StubOptions, log: Log): Promise<GatewayServer> {
  const accounts = routerOf(given);
  const injector = await openInjector(given, log);
  const options = injector === null ? given : { ...given, clock: injector.clock };
  const own = await openStore(options);
  // A server that faults restart needs a place where its book survives that.
  const store = own ?? (injector !== null && options.market === 'simulated' ? new MemoryBook() : null);
  try {
    const state = store?.read() ?? null;
    if (store !== null && state !== null) checkState(store.name, state, options, accounts.accounts);
    const reopen: ServerParts['reopen'] = async (saved) =>
      rehearsed(options, await openMarket(options, accounts.accounts, store, saved));
    const server = new ServerLives(
      { options, log, accounts, store, record: null, injector, reopen },
      await reopen(state),
    );
    await server.begin();
    return server;
  } catch (error) {
    store?.release();
    throw error;
  }
}

/** With its hands tied, where nothing is to be sent. */
function rehearsed({ dryRun, clock }: GatewayOptions, market: OpenMarket): OpenMarket {
  return dryRun === true ? { ...market, gateway: new DryRunGateway(market.gateway, clock) } : market;
}

function routerOf({ token, accounts, subAccounts }: GatewayOptions): AccountRouter {
  if (token === '') throw noToken();
  return new AccountRouter(accounts ?? [], subAccounts ?? []);
}

/** Loaded only where something is to go wrong. */
async function openInjector(options: StubOptions, log: Log): Promise<FaultInjector | null> {
  const faults = options.faults ?? null;
  if (faults === null) return null;
  const { createInjector } = await import('./faults/index.ts');
  return createInjector(faults, options, log);
}

function noToken(): BtError {
  return new BtError('BAD_TOKEN', 'The server needs a token. Give one with --token or QMT_SERVER_TOKEN.', {
    fault: 'config',
  });
}
