import { exchangeCalendar } from '../../../../src/domain/market/calendar.ts';
import type { PositionScope } from '../../../../src/engine/account/scope.ts';
import { AccountIdentity } from '../../../../src/engine/account/account-identity.ts';
import { accountParts as wiredParts } from '../../../../src/engine/account/account-parts.ts';
import type { AccountProjection } from '../../../../src/engine/account/account-projection.ts';
import type { BrokerLists } from '../../../../src/engine/account/account-base.ts';
import type { AccountReader } from '../../../../src/engine/account/account-reader.ts';
import { NO_OTHERS, type ForeignTrade, type Others } from '../../../../src/engine/orders/reading/foreign-trades.ts';
import type { SubPortfolios } from '../../../../src/engine/account/subs/sub-portfolios.ts';
import { InstanceState } from '../../../../src/ledger/instance-state.ts';
import type { Bench } from '../orders/rows.ts';

/** The broker's lists as a test scripts them: what they show of others, and whether they can be read. */
export class ScriptedLists implements BrokerLists {
  shown: Others = NO_OTHERS;
  reads = 0;
  /** Runs at each reading; false = the lists could not be read. */
  onRead: () => boolean = () => true;

  readNow(): Promise<boolean> {
    this.reads += 1;
    return Promise.resolve(this.onRead());
  }

  others(): Others {
    return this.shown;
  }

  /** Somebody else's trades, as the list of trades would show them. */
  traded(...trades: readonly Partial<ForeignTrade>[]): void {
    const rows = trades.map((trade, index): ForeignTrade => {
      const key = `f${this.shown.trades.length + index}`;
      return { key, orderId: key, security: '000001.XSHE', side: 'buy', amount: 100, price: 10, ...trade };
    });
    this.shown = { ...this.shown, trades: [...this.shown.trades, ...rows] };
  }
}

/** What reads and shows the account, on a bench: as `Trading` wires it. */
export interface AccountParts {
  readonly reader: AccountReader;
  readonly account: AccountProjection;
  readonly portfolios: SubPortfolios;
  readonly identity: AccountIdentity;
  readonly state: InstanceState;
  /** Reasons with which the identity asked for the gate to close. */
  readonly others: string[];
  /** Reasons with which the reader asked for the gate to close. */
  readonly doubts: string[];
}

export function accountParts(
  bench: Bench,
  { lists, scope = () => 'all' }: { readonly lists: BrokerLists; readonly scope?: () => PositionScope },
): AccountParts {
  const { broker, book, clock, timers, events, ledger } = bench;
  const state = new InstanceState(ledger);
  const others: string[] = [];
  const doubts: string[] = [];
  const identity = new AccountIdentity({ state, events, onOther: (reason) => void others.push(reason) });
  const waits = (): null => null;
  const onDoubt = (reason: string): void => void doubts.push(reason);
  const onFatal = (error: unknown): never => {
    throw error;
  };
  const calendar = exchangeCalendar();
  const onOtherPart = (): void => undefined;
  const common = { onOtherPart, broker, book, ledger, lists, identity, state, clock, timers, calendar, events };
  const parts = wiredParts({ ...common, scope, waits, onDoubt, onFatal });
  return { ...parts, identity, state, others, doubts };
}
