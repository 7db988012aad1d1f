import { isTruthy, requestFailed, toText } from '../python.ts';
import { readSymbols } from '../subscriptions.ts';
import type { Action } from './action.ts';

const history: Action = ({ payload, services }) => services.market.history(payload);
const snapshot: Action = ({ payload, services }) => services.market.snapshot(payload['security']);
const currentTick: Action = ({ payload, services }) => services.market.tick(symbolText(payload['security']));
const liveCurrent: Action = ({ payload, services }) => services.market.liveCurrent(payload['security']);
const tradeDays: Action = ({ payload, services }) => services.market.tradeDays(payload);
const securityInfo: Action = ({ payload, services }) => services.market.securityInfo(payload['security']);
const ensureCache: Action = ({ payload, services }) => services.market.ensureCache(payload);

const allSecurities: Action = ({ payload, services, method }) =>
  services.market.allSecurities?.(payload) ?? notImplemented(method);
const splitDividend: Action = ({ payload, services, method }) =>
  services.market.splitDividend?.(payload) ?? notImplemented(method);

const subscribe: Action = ({ payload, session, services }) => {
  const symbols = readSymbols(payload['securities'] ?? payload['symbols']);
  for (const symbol of symbols) services.market.checkSymbol(symbol);
  return { count: session.subscriptions.add(symbols) };
};

/** Only `securities` counts: without it everything goes, as the reference's clients rely on. */
const unsubscribe: Action = ({ payload, session }) => {
  const named = payload['securities'];
  return removal(session.subscriptions, named === undefined || named === null ? null : readSymbols(named));
};

const unsubscribeAll: Action = ({ session }) => removal(session.subscriptions, null);

/** Every `data.` method, with its synonyms. */
export const DATA_ACTIONS: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['history', history],
  ['get_history', history],
  ['snapshot', snapshot],
  ['get_snapshot', snapshot],
  ['current_tick', snapshot],
  ['get_current_tick', currentTick],
  ['live_current', liveCurrent],
  ['get_live_current', liveCurrent],
  ['trade_days', tradeDays],
  ['get_trade_days', tradeDays],
  ['security_info', securityInfo],
  ['get_security_info', securityInfo],
  ['ensure_cache', ensureCache],
  ['all_securities', allSecurities],
  ['get_all_securities', allSecurities],
  ['split_dividend', splitDividend],
  ['get_split_dividend', splitDividend],
  ['subscribe', subscribe],
  ['unsubscribe', unsubscribe],
  ['unsubscribe_all', unsubscribeAll],
]);

/** Throws what the gateway says of a `data.` method it does not have. */
export function notImplemented(method: string): never {
  throw requestFailed(`数据接口 ${method} 未实现`);
}

function symbolText(security: unknown): string {
  return isTruthy(security) ? toText(security).trim().toUpperCase() : '';
}

interface Held {
  readonly symbols: ReadonlySet<string>;
  remove(symbols: readonly string[] | null): string[];
}

function removal(held: Held, symbols: readonly string[] | null): { count: number; removed?: number } {
  if (held.symbols.size === 0) return { count: 0 };
  const removed = held.remove(symbols).length;
  return { count: held.symbols.size, removed };
}
