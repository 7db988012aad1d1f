import { chinaText } from '../domain/time.ts';
import type { OrderRow } from '../domain/order/rows.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { TriggerRow } from '../ledger/rows.ts';
import type { StrategyState } from './strategy-state.ts';
import type { TriggerOutcome, TriggerRecord, TriggerStore } from './time/triggers.ts';

/**
 * The trigger ledger: a restart does not run again what has run. The record of a call's end takes along what the call has changed of
 * the strategy's state. `owner`: whose orders are the strategy's.
 */
export function ledgerTriggers(ledger: Ledger, state: Pick<StrategyState, 'commit'>, owner: string): TriggerStore {
  const write = (records: readonly TriggerRecord[]): void =>
    state.commit((change) => ledger.recordTriggers(records, change));
  return {
    find(key) {
      const row = ledger.trigger(key);
      return row === null ? null : recordOf(row).outcome;
    },
    record: (record) => write([record]),
    recordAll: write,
    open: () => ledger.triggersOpen().map(recordOf),
    ordersBetween: (from, until) =>
      ledger
        .ordersBetween(from, until)
        .filter((order) => order.owner === owner)
        .map(orderText),
  };
}

/** Only this store writes the column, so it holds nothing but outcomes. */
function recordOf(row: TriggerRow): TriggerRecord {
  return { ...row, outcome: row.outcome as TriggerOutcome };
}

function orderText({ orderId, side, amount, security, createdAt }: OrderRow): string {
  return `${side} ${amount} ${security} at ${chinaText(createdAt).slice(11)} (${orderId})`;
}
