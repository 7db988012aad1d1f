import type { Ledger } from '../../../src/ledger/ledger.ts';
import { ledgerWith } from './ledger-with.ts';
import type { Mutant } from './mutant.ts';

/** SENDING reaches the ledger only after the bytes have left. */
export const COMMITS_LATE: Mutant = {
  name: 'SENDING committed after the write',
  ledger: (ledger) =>
    ledgerWith(ledger, {
      record: ((recording) => {
        const isSend = recording.intents?.some(({ state }) => state === 'sending') === true;
        if (!isSend) ledger.record(recording);
        else queueMicrotask(() => tryTo(() => ledger.record(recording)));
      }) satisfies Ledger['record'],
    }),
};

/** What a dead process cannot write any more is nobody's concern. */
function tryTo(work: () => void): void {
  try {
    work();
  } catch {
    // The process had died before: its ledger refuses.
  }
}
