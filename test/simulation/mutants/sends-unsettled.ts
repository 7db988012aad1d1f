import type { Ledger } from '../../../src/ledger/ledger.ts';
import { ledgerWith } from './ledger-with.ts';
import type { Mutant } from './mutant.ts';

/** SENDING is written before the bytes leave, and the disk is not waited for: a machine that loses power forgets the order. */
export const SENDS_UNSETTLED: Mutant = {
  name: 'SENDING written, and not on the disk, before the bytes leave',
  ledger: (ledger) =>
    ledgerWith(ledger, {
      record: ((recording) => {
        const isSend = recording.intents?.some(({ state }) => state === 'sending') === true;
        if (isSend) ledger.recordAhead(recording);
        else ledger.record(recording);
      }) satisfies Ledger['record'],
    }),
};
