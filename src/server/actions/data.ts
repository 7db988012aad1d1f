import { doneAnswer, listAnswer } from '../../protocol/encode/answers.ts';
import { isTruthy, toText } from '../python.ts';
import { readSymbols } from '../subscriptions.ts';
import { TERMINAL_ACTIONS } from './terminal.ts';
import type { Action } from './action.ts';
import { manyBars } from './bars.ts';
import { dataTable } from './data-table.ts';
import { manyQuotes } from './quotes.ts';
import { allSecurities, indexStocks, securityInfo, splitDividend } from './securities.ts';

const history: Action = async ({ payload, services: { gateway, dialect, clock } }) => {
  const query = dialect.history(payload, clock.now());
  return query.answer(await Promise.all(query.requests.map((request) => gateway.data.bars(request))));
};

const snapshot: Action = async ({ payload, services: { gateway, dialect } }) =>
  dialect.snapshot(await gateway.data.quote(dialect.security(payload['security'])));

const currentTick: Action = async ({ payload, services: { gateway, dialect } }) => {
  const symbol = symbolText(payload['security']);
  return dialect.tick(symbol, await gateway.data.quote(symbol));
};

const liveCurrent: Action = async ({ payload, services: { gateway, dialect } }) =>
  dialect.liveCurrent(await gateway.data.quote(dialect.security(payload['security'])));

const tradeDays: Action = async ({ payload, services: { gateway, dialect, clock } }) => {
  const { start, end, count } = dialect.days(payload, clock.now());
  const days = start > end ? [] : await gateway.data.tradeDays(start, end);
  return listAnswer(count === null ? days : days.slice(-count));
};

/** Nothing to prepare: bars are whole when they are asked for. */
const ensureCache: Action = async () => doneAnswer();

const subscribe: Action = async ({ payload, session, services }) => {
  const symbols = readSymbols(payload['securities'] ?? payload['symbols']);
  for (const symbol of symbols) services.dialect.checkSymbol(symbol);
  return { count: session.subscriptions.add(symbols) };
};

/** Only `securities` counts: without it everything goes, as the reference's clients rely on. */
const unsubscribe: Action = async ({ payload, session }) => {
  const named = payload['securities'];
  return removal(session.subscriptions, named === undefined || named === null ? null : readSymbols(named));
};

const unsubscribeAll: Action = async ({ session }) => removal(session.subscriptions, null);

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
  ['index_stocks', indexStocks],
  ['get_index_stocks', indexStocks],
  ['split_dividend', splitDividend],
  ['get_split_dividend', splitDividend],
  ['table', dataTable],
  ['bars', manyBars],
  ['quotes', manyQuotes],
  ['subscribe', subscribe],
  ['unsubscribe', unsubscribe],
  ['unsubscribe_all', unsubscribeAll],
  ...Object.entries(TERMINAL_ACTIONS),
]);

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
