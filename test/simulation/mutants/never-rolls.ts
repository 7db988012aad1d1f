import type { Mutant } from './mutant.ts';

/** A new day forgets nothing of the old ones. */
export const NEVER_ROLLS: Mutant = {
  name: 'days do not roll out of memory',
  trading: ({ book }) => {
    book.roll = () => undefined;
  },
};
