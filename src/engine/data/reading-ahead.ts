import type { StrategyHost } from '../../../runtime/host.ts';
import type { DataTable } from '../../domain/data/table.ts';
import { errorCode, errorMessage } from '../../domain/errors.ts';
import { BarsAhead } from './bars-ahead.ts';
import { CodeLists } from './code-lists.ts';
import { DaysAhead } from './days-ahead.ts';
import { QuotesAhead } from './quotes-ahead.ts';
import { TablesAhead } from './tables-ahead.ts';

type DataCalls = Pick<StrategyHost, 'quotes' | 'history' | 'data' | 'securityInfo' | 'tradeDays'>;
type OrderCalls = Pick<StrategyHost, 'placeOrder' | 'placeOrders' | 'cancelOrder'>;
type Ahead = DataCalls & OrderCalls & Pick<StrategyHost, 'account' | 'setting'>;

/** Securities of a table that are taken for a list to work on; the whole market is none. */
const LONGEST_LIST = 2_000;

/**
 * A host that asks for quotes and bars ahead: strategies read them security by security in loops over lists that are known.
 * What a call for data throws is told to the engine too: a strategy that catches it has no data all the same. `now`: the strategy's
 * clock, epoch ms; `state`: the values in `g`; `walked`: the list that the strategy walks when it asks for a code, [] = not known.
 */
export function readingAhead(
  host: StrategyHost,
  now: () => number,
  state: () => readonly unknown[] = () => [],
  walked: (security: string) => readonly string[] = () => [],
): StrategyHost {
  const lists = new CodeLists(state, walked);
  const quotes = new QuotesAhead(host, now, lists);
  const bars = new BarsAhead(host, now, lists);
  const tables = new TablesAhead(host, now, lists);
  const days = new DaysAhead(host);
  const ahead: Ahead = {
    ...toldWhenFailing(host, {
      quotes: (securities) => quotes.read(securities),
      history: (request) => bars.read(request),
      data: (request) => passedOn(tables.read(request), lists),
      securityInfo: (security) => host.securityInfo(security),
      tradeDays: (...range) => days.read(...range),
    }),
    account() {
      const view = host.account();
      lists.held(view);
      return view;
    },
    setting(name, value) {
      if (name === 'set_universe') lists.universe(value);
      host.setting(name, value);
    },
    ...orderCalls(host, () => {
      quotes.forget();
      bars.forget();
    }),
  };
  return withMembers(host, ahead);
}

function passedOn(table: DataTable, lists: CodeLists): DataTable {
  lists.passed(codesOf(table));
  return table;
}

/** Longest words of an error that are told. */
const LONGEST = 1_000;

function toldWhenFailing(host: StrategyHost, calls: DataCalls): DataCalls {
  const told = <T>(what: string, ask: () => T): T => {
    try {
      return ask();
    } catch (error) {
      host.dataFailed(what, errorCode(error) ?? 'ERROR', errorMessage(error).slice(0, LONGEST));
      throw error;
    }
  };
  return {
    quotes: (securities) => told('quotes', () => calls.quotes(securities)),
    history: (request) => told('bars', () => calls.history(request)),
    data: (request) => told(request.dataset, () => calls.data(request)),
    securityInfo: (security) => told('security info', () => calls.securityInfo(security)),
    tradeDays: (...range) => told('trading days', () => calls.tradeDays(...range)),
  };
}

function codesOf({ rows, columns }: DataTable): readonly string[] {
  const codes = columns.get('code');
  return codes?.kind === 'text' && rows <= LONGEST_LIST ? codes.values.filter((code) => code !== null) : [];
}

/** Orders and cancels let market time pass: what was read belongs to a moment that is over. */
function orderCalls(host: StrategyHost, forget: () => void): OrderCalls {
  return {
    placeOrder(request) {
      forget();
      return host.placeOrder(request);
    },
    placeOrders(requests) {
      forget();
      return host.placeOrders(requests);
    },
    cancelOrder(orderId) {
      forget();
      return host.cancelOrder(orderId);
    },
  };
}

/** The host with these in place of its own. */
function withMembers(host: StrategyHost, members: Ahead): StrategyHost {
  return new Proxy(host, {
    get(target, name) {
      if (Object.hasOwn(members, name)) return members[name as keyof Ahead];
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}
