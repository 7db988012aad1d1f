import type { Plan, Traits } from './types.ts';

/** A gateway without habits of its own. */
export const PLAIN: Traits = { remark: 'echo', tradeIds: 'own', keys: 'kept', marketValue: true };

/** A world in which nothing happens; a drawn one says what does. */
export const NOTHING: Plan = {
  seed: 0,
  kind: 'moment',
  laws: new Set(),
  day: '2026-07-06',
  start: '09:35:00',
  traits: PLAIN,
  rpcTimeoutSeconds: 5,
  positions: 'all',
  calls: [],
  foreign: [],
  foreignCancels: [],
  transfers: [],
  odd: [],
  frameFaults: [],
  timedFaults: [],
  crashes: [],
  outside: null,
  stub: null,
  serverCrashes: [],
  skips: [],
  restarts: [],
  operator: [],
  signals: [],
  stream: null,
  maxDailyOrders: null,
  quietAt: 0,
};
