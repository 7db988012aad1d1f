import { createExchange } from '../../../src/exchange/index.ts';
import type { ExchangeData } from '../../../src/exchange/data.ts';
import type { ServerState } from '../../../src/server/state-file.ts';
import { UNIVERSE } from '../plan/universe.ts';

/** CNY of an account at the beginning. */
const CASH = 6_000_000;

export const ACCOUNTS = [{ key: 'default', id: 'demo', type: 'stock' }] as const;

const made = new Map<string, ServerState>();

/** A book on which the account already holds shares that it may sell. Nobody changes it: servers write new ones. */
export function firstBook(marketSeed: number, now: number): ServerState {
  const key = `${marketSeed} ${now}`;
  const known = made.get(key) ?? makeBook(marketSeed, now);
  made.set(key, known);
  return known;
}

/** The book of a terminal that lost the lists of its day: shares and cash are right, nothing works, ids begin anew. */
export function withoutLists(state: ServerState): ServerState {
  const { exchange } = state;
  const data = structuredClone(exchange.data) as ExchangeData;
  for (const account of data.accounts) {
    account.orders = [];
    account.trades = [];
    account.frozen = 0;
    for (const position of account.positions) position.frozen = 0;
  }
  return { ...state, exchange: { ...exchange, data }, idempotency: [] };
}

function makeBook(marketSeed: number, now: number): ServerState {
  const accounts = ACCOUNTS.map(({ key, id }) => ({ key, accountId: id, cash: CASH }));
  const exchange = createExchange({ clock: { now: () => now }, seed: marketSeed, accounts });
  const positions = UNIVERSE.filter(({ held }) => held > 0).map(({ security, held }) => ({
    security,
    amount: held,
    frozen: 0,
    locked: 0,
    cost: held * 10_000,
  }));
  const saved = exchange.save();
  const data = structuredClone(saved.data) as ExchangeData;
  for (const account of data.accounts) account.positions = positions;
  return {
    market: 'simulated',
    seed: marketSeed,
    clock: { kind: 'simulated', market: now, wall: 0, speed: 1 },
    accounts: ACCOUNTS,
    exchange: { ...saved, data },
    idempotency: [],
  };
}
