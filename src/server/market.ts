import { BtError } from '../domain/errors.ts';
import type { PaperExchange } from '../exchange/types.ts';
import { chinaText } from '../domain/time.ts';
import { systemTimers } from '../platform/timers.ts';
import type { AccountConfig } from './account-types.ts';
import type { BookView, Gateway } from './adapters/gateway.ts';
import { ReferenceGateway } from './adapters/reference.ts';
import { BookJournal } from './book-journal.ts';
import type { BookPictures } from './book-journal.ts';
import type { BookStore } from './book-store.ts';
import type { Dialect } from './dialects/dialect.ts';
import { RECORDED } from './dialects/recorded.ts';
import type { IdempotencyCache, SavedIdempotency } from './idempotency.ts';
import type { StubOptions } from './options.ts';
import type { ServerState } from './state-file.ts';
import type { OrderRisk, SavedRisk } from './order-risk.ts';
import { StateStore } from './state-store.ts';

/** CNY in each account of a new book. */
const STARTING_CASH = 1_000_000;

/** Wall ms by which the clock may be behind the state file at a restart. */
const CLOCK_TOLERANCE_MS = 5000;

/** What stands behind the server, with what keeps it. */
export interface OpenMarket {
  readonly gateway: Gateway;
  readonly dialect: Dialect;
  readonly exchange: PaperExchange | null;
  /** The account's book, where it lies in this process; else null. */
  readonly book: ((account: AccountConfig) => BookView) | null;
  /** Idempotency keys that survived. */
  readonly saved: readonly SavedIdempotency[];
  /** Counters of order limits that survived with the book. */
  readonly savedRisk?: readonly SavedRisk[];
  /** What makes changes durable from now on; null when nothing keeps them, or the record does. */
  keep(idempotency: IdempotencyCache, risk: OrderRisk | null): StateStore | null;
  /** Ends what it runs outside this process; absent where it runs nothing. */
  close?(): Promise<void>;
}

/** The place of the book: the one that was given, the state file, or none. Throws STATE_UNSUPPORTED, STATE_LOCKED or STATE_UNUSABLE. */
export async function openStore(options: StubOptions): Promise<BookStore | null> {
  const path = options.statePath ?? null;
  const given = options.store ?? null;
  if (options.market === 'reference') {
    if (path !== null || given !== null) throw noState();
    return null;
  }
  if (path === null || given !== null) return given;
  // Loaded only where it is needed: the start of a server is in the benchmark.
  const { FileBook } = await import('./file-book.ts');
  return new FileBook(path);
}

/** Builds the market, from a state when there is one; its changes go to the store. Throws BtError BAD_EXCHANGE_STATE. */
export async function openMarket(
  options: StubOptions,
  accounts: readonly AccountConfig[],
  store: BookStore | null,
  state: ServerState | null,
): Promise<OpenMarket> {
  if (options.market === 'reference') {
    const gateway = new ReferenceGateway(() => options.clock.now());
    const book = (account: AccountConfig): BookView => gateway.broker(account);
    return { gateway, dialect: RECORDED, exchange: null, book, saved: [], keep: () => null };
  }
  return simulated(options, accounts, store, state);
}

async function simulated(
  options: StubOptions,
  accounts: readonly AccountConfig[],
  store: BookStore | null,
  state: ServerState | null,
): Promise<OpenMarket> {
  const { clock, seed } = options;
  const { createExchange } = await import('../exchange/index.ts');
  const { SimulatedGateway } = await import('./adapters/simulated.ts');
  const { NATIVE } = await import('./dialects/native.ts');
  let journal: BookJournal | null = null;
  const exchange = createExchange({
    clock,
    seed,
    accounts: accounts.map(({ key, id }) => ({ key, accountId: id, cash: STARTING_CASH })),
    ...(state === null ? {} : { state: state.exchange, commands: state.commands ?? [] }),
    onCommand: (command) => journal?.note(command),
  });
  const gateway = new SimulatedGateway(exchange, clock);
  const begun = options.begun ?? state?.clock.begun ?? null;
  return {
    gateway,
    dialect: NATIVE,
    exchange,
    book: (account) => gateway.broker(account),
    saved: state?.idempotency ?? [],
    savedRisk: state?.risk ?? [],
    keep: (idempotency, risk) => {
      if (store === null) return null;
      const kept = new BookJournal(store, pictures({ ...options, accounts, begun }, exchange, idempotency, risk));
      journal = kept;
      const version = (): string => `${exchange.revision()}/${idempotency.changes()}/${risk?.changes() ?? 0}`;
      return new StateStore(version, () => kept.write());
    },
  };
}

function pictures(
  options: StubOptions & { readonly accounts: readonly AccountConfig[]; readonly begun: number | null },
  exchange: PaperExchange,
  idempotency: IdempotencyCache,
  risk: OrderRisk | null,
): BookPictures {
  const { clock, seed, accounts, begun } = options;
  const timers = options.timers ?? systemTimers;
  const time = (): ServerState['clock'] => {
    return { kind: clock.kind, market: clock.now(), wall: timers.wallNow(), speed: clock.speed, begun };
  };
  const counters = (): { risk?: SavedRisk[] } => (risk === null ? {} : { risk: risk.save() });
  return {
    whole: () => ({
      market: 'simulated',
      seed,
      clock: time(),
      accounts,
      exchange: exchange.save(),
      idempotency: idempotency.save(),
      ...counters(),
    }),
    delta: () => ({ clock: time(), idempotency: idempotency.takeChanged(), ...counters() }),
  };
}

/** Throws BtError STATE_MISMATCH for a state of another seed, other accounts, or a later market time. */
export function checkState(
  path: string,
  state: ServerState,
  options: StubOptions,
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
