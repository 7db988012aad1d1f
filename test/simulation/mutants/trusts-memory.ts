import type { Mutant } from './mutant.ts';

/** A follower that answers when its signal is written, and does not wait for the disk: what a machine dies of that loses power is lost. */
export const TRUSTS_MEMORY: Mutant = {
  name: 'a signal is acknowledged before it is on the disk',
  ledger: (ledger) => {
    ledger.signals.unsettled = () => null;
    return ledger;
  },
};
