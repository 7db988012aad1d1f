import type { Ledger } from '../../../src/ledger/ledger.ts';
import { ledgerWith } from './ledger-with.ts';
import type { Mutant } from './mutant.ts';

/** The end of a day is never written: what it left open stays open in the ledger. */
export const KEEPS_YESTERDAY: Mutant = {
  name: "the day's end is not written",
  ledger: (ledger) =>
    ledgerWith(ledger, {
      record: ((recording) => {
        const ended = recording.intents?.some(({ reason }) => reason?.includes('trading day ended') === true) === true;
        if (!ended) ledger.record(recording);
      }) satisfies Ledger['record'],
    }),
};
