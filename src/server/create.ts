import { BtError } from '../domain/errors.ts';
import type { Log } from '../platform/log.ts';
import { AccountRouter } from './accounts.ts';
import { MemoryBook } from './book-store.ts';
import type { FaultInjector } from './faults/injector.ts';
import { checkState, openMarket, openStore } from './market.ts';
import type { StubOptions, StubServer } from './options.ts';
import { Stub } from './stub-server.ts';

/**
 * Makes a stub server without a port: connections are handed to `attach`. Throws BtError (BAD_ACCOUNTS, BAD_TOKEN, BAD_FAULTS,
 * STATE_*) when it cannot; then nothing is left open. The clock, the timers and the log stay with the caller.
 */
export async function createStubServer(given: StubOptions, log: Log): Promise<StubServer> {
  if (given.token === '') throw noToken();
  const accounts = new AccountRouter(given.accounts ?? [], given.subAccounts ?? []);
  const injector = await openInjector(given, log);
  const options = injector === null ? given : { ...given, clock: injector.clock };
  const own = await openStore(options);
  // A server that faults restart needs a place where its book survives that.
  const store = own ?? (injector !== null && options.market === 'simulated' ? new MemoryBook() : null);
  try {
    const state = store?.read() ?? null;
    if (store !== null && state !== null) checkState(store.name, state, options, accounts.accounts);
    const market = await openMarket(options, accounts.accounts, store, state);
    const server = new Stub({ options, log, accounts, store, injector }, market);
    await server.begin();
    return server;
  } catch (error) {
    store?.release();
    throw error;
  }
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
