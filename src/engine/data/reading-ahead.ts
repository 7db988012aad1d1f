import type { StrategyHost } from '../../../runtime/host.ts';
import type { DataTable } from '../../domain/data/table.ts';
import { BarsAhead } from './bars-ahead.ts';
import { CodeLists } from './code-lists.ts';
import { QuotesAhead } from './quotes-ahead.ts';

type Ahead = Pick<
  StrategyHost,
  'quotes' | 'history' | 'data' | 'account' | 'setting' | 'placeOrder' | 'placeOrders' | 'cancelOrder'
>;

/** Securities of a table that are taken for a list to work on; the whole market is none. */
const LONGEST_LIST = 2_000;

/**
 * A host that asks for quotes and bars ahead: strategies read them security by security in loops over lists that are known.
 * `now`: the strategy's clock, epoch ms; `state`: the values in `g`.
 */
export function readingAhead(
  host: StrategyHost,
  now: () => number,
  state: () => readonly unknown[] = () => [],
): StrategyHost {
  const lists = new CodeLists(state);
  const quotes = new QuotesAhead(host, now, lists);
  const bars = new BarsAhead(host, now, lists);
  const ahead: Ahead = {
    quotes: (securities) => quotes.read(securities),
    history: (request) => bars.read(request),
    data(request) {
      const table = host.data(request);
      lists.passed(codesOf(table));
      return table;
    },
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

function codesOf({ rows, columns }: DataTable): readonly string[] {
  const codes = columns.get('code');
  return codes?.kind === 'text' && rows <= LONGEST_LIST ? codes.values.filter((code) => code !== null) : [];
}

/** Orders and cancels let market time pass: what was read belongs to a moment that is over. */
function orderCalls(host: StrategyHost, forget: () => void): Pick<Ahead, 'placeOrder' | 'placeOrders' | 'cancelOrder'> {
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
