import type { Ledger } from '../ledger/ledger.ts';
import type { TriggerRow } from '../ledger/rows.ts';
import { orderTexts } from './strategy-calls.ts';
import type { StrategyState } from './strategy-state.ts';
import type { TriggerOutcome, TriggerRecord, TriggerStore } from './time/triggers.ts';

/**
 * The trigger ledger: a restart does not run again what has run. The record of a call's end takes along what the call has changed of
 * the strategy's state.
 */
export function ledgerTriggers(ledger: Ledger, state: Pick<StrategyState, 'commit'>): TriggerStore {
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
    ordersOf: (key) => orderTexts(ledger, key),
  };
}

/** Only this store writes the column, so it holds nothing but outcomes. */
function recordOf(row: TriggerRow): TriggerRecord {
  return { ...row, outcome: row.outcome as TriggerOutcome };
}
