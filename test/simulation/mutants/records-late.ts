import type { Mutant } from './mutant.ts';

/** What is written down when the counter has answered is missing where the gateway dies in between. */
export const RECORDS_LATE: Mutant = {
  name: 'a request is written down after it was sent',
  record: (store, process) => {
    process.onDeath(() => store.rows("DELETE FROM requests WHERE state = 'sent'", []));
    return store;
  },
};
