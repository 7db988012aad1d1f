import type { Ledger } from '../ledger/ledger.ts';
import type { TriggerOutcome, TriggerStore } from './time/triggers.ts';

/** The trigger ledger: a restart does not run again what has run. */
export function ledgerTriggers(ledger: Ledger): TriggerStore {
  return {
    find(key) {
      // Only this store writes the column, so it holds nothing but outcomes.
      const row = ledger.trigger(key);
      return row === null ? null : (row.outcome as TriggerOutcome);
    },
    record(record) {
      ledger.recordTrigger(record);
    },
  };
}
