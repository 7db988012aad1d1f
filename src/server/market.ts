import { BtError } from '../domain/errors.ts';
import type { PaperExchange } from '../exchange/types.ts';
import { chinaText } from '../domain/time.ts';
import { wallNow } from '../platform/timers.ts';
import type { MarketAdapter } from './adapters/adapter.ts';
import { ReferenceMarket } from './adapters/reference.ts';
import type { IdempotencyCache, SavedIdempotency } from './idempotency.ts';
import type { AccountConfig, ServerOptions } from './options.ts';
import { readState, writeState } from './state-file.ts';
import type { ServerState } from './state-file.ts';
import type { StateLock } from './state-lock.ts';
import { StateStore } from './state-store.ts';

/** CNY in each account of a new book. */
const STARTING_CASH = 1_000_000;

/** Wall ms by which the clock may be behind the state file at a restart. */
const CLOCK_TOLERANCE_MS = 5000;

/** The market behind the server, with what keeps it. */
export interface OpenMarket {
  readonly adapter: MarketAdapter;
  readonly exchange: PaperExchange | null;
  /** Idempotency keys that survived. */
  readonly saved: readonly SavedIdempotency[];
  /** Makes changes durable from now on; does nothing without a state file. */
  keep(idempotency: IdempotencyCache): () => Promise<void>;
  release(): void;
}

/** Builds the market, from its state file when there is one. Throws the BtErrors of `readState`, STATE_LOCKED and STATE_MISMATCH. */
export async function openMarket(options: ServerOptions, accounts: readonly AccountConfig[]): Promise<OpenMarket> {
  const path = options.statePath ?? null;
  if (options.market === 'reference') {
    if (path !== null) throw noState();
    const adapter = new ReferenceMarket(() => options.clock.now());
    return { adapter, exchange: null, saved: [], keep: () => () => Promise.resolve(), release: () => {} };
  }
  if (path === null) return simulated(options, accounts, null, null);
  // Loaded only where they are needed: the start of a server is in the benchmark.
  const { lockState } = await import('./state-lock.ts');
  const lock = lockState(path);
  try {
    const state = readState(path);
    if (state !== null) checkState(path, state, options, accounts);
    return await simulated(options, accounts, state, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function simulated(
  options: ServerOptions,
  accounts: readonly AccountConfig[],
  state: ServerState | null,
  lock: StateLock | null,
): Promise<OpenMarket> {
  const { clock, seed } = options;
  const path = options.statePath ?? null;
  const { createExchange, usualSecurities } = await import('../exchange/index.ts');
  const { SimulatedMarket } = await import('./adapters/simulated.ts');
  const exchange = createExchange({
    clock,
    seed,
    accounts: accounts.map(({ key, id }) => ({ key, accountId: id, cash: STARTING_CASH })),
    ...(state === null ? {} : { state: state.exchange }),
  });
  const picture = (idempotency: IdempotencyCache): ServerState => ({
    market: 'simulated',
    seed,
    clock: { kind: clock.kind, market: clock.now(), wall: wallNow(), speed: clock.speed },
    accounts,
    exchange: exchange.save(),
    idempotency: idempotency.save(),
  });
  return {
    adapter: new SimulatedMarket(exchange, clock, usualSecurities()),
    exchange,
    saved: state?.idempotency ?? [],
    keep: (idempotency) => {
      if (path === null) return () => Promise.resolve();
      const version = (): string => `${exchange.revision()}/${idempotency.changes()}`;
      const store = new StateStore(version, () => writeState(path, picture(idempotency)));
      return () => store.flush();
    },
    release: () => lock?.release(),
  };
}

function checkState(
  path: string,
  state: ServerState,
  options: ServerOptions,
  accounts: readonly AccountConfig[],
): void {
  if (state.seed !== options.seed) {
    throw mismatch(path, `it was written with --seed ${state.seed}, this server has ${options.seed}`);
  }
  const keys = (list: readonly AccountConfig[]): string => list.map(({ key, id }) => `${key}=${id}`).join(',');
  if (keys(state.accounts) !== keys(accounts)) {
    throw mismatch(path, `it holds the accounts ${keys(state.accounts)}, this server has ${keys(accounts)}`);
  }
  const { clock } = options;
  const now = clock.now();
  // The wall clock may have been set a little meanwhile; the book waits until market time is where it was.
  if (now < state.clock.market - CLOCK_TOLERANCE_MS * Math.max(1, clock.speed)) {
    throw mismatch(
      path,
      `its market time is ${chinaText(state.clock.market)} and this server's clock says ${chinaText(now)}; leave --at out, so that the clock continues where it was`,
    );
  }
}

function mismatch(path: string, why: string): BtError {
  return new BtError(
    'STATE_MISMATCH',
    `The state file ${path} does not fit: ${why}. Start with the options it was written with, or name another file with --state.`,
    { fault: 'config' },
  );
}

function noState(): BtError {
  return new BtError(
    'STATE_UNSUPPORTED',
    'The reference market keeps nothing. Leave --state out, or use --market simulated.',
    { fault: 'config' },
  );
}
