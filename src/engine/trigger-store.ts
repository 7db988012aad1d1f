import type { Ledger } from '../ledger/ledger.ts';
import type { TriggerRow } from '../ledger/rows.ts';
import { orderTexts } from './strategy-calls.ts';
import type { StrategyState } from './strategy-state.ts';
import type { TriggerOutcome, TriggerRecord, TriggerStore } from './time/triggers.ts';

/** The trigger ledger, and what this run has written into it. */
export interface LedgerTriggers extends TriggerStore {
  /** What came up in this run, and what it accounted for that came up before, by due instant. */
  ofRun(): TriggerRow[];
}

/**
 * The trigger ledger: a restart does not run again what has run. The record of a call's end takes along what the call has changed of
 * the strategy's state. `startedAt`: when the run began, epoch ms.
 */
export function ledgerTriggers(
  ledger: Ledger,
  state: Pick<StrategyState, 'commit'>,
  startedAt: number,
): LedgerTriggers {
  let earliest = startedAt;
  const before = new Set<string>();
  const write = (records: readonly TriggerRecord[]): void => {
    state.commit((change) => ledger.recordTriggers(records, change));
    for (const { key, due } of records) {
      if (due >= startedAt) continue;
      before.add(key);
      earliest = Math.min(earliest, due);
    }
  };
  return {
    ofRun: () => ledger.triggersSince(earliest).filter(({ key, due }) => due >= startedAt || before.has(key)),
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
