import type { Ledger } from '../../../src/ledger/ledger.ts';
import { ledgerWith } from './ledger-with.ts';
import type { Mutant } from './mutant.ts';

/** SENDING reaches the ledger only after the bytes have left. */
export const COMMITS_LATE: Mutant = {
  name: 'SENDING committed after the write',
  ledger: (ledger) =>
    ledgerWith(ledger, {
      changeIntent: ((clientId, change) => {
        if (change.state !== 'sending') ledger.changeIntent(clientId, change);
        else queueMicrotask(() => tryTo(() => ledger.changeIntent(clientId, change)));
      }) satisfies Ledger['changeIntent'],
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
