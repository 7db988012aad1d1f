import type { Mutant } from './mutant.ts';

/** A wait that counts something else than seconds of trading ends before its time. */
export const GIVES_UP_EARLY: Mutant = {
  name: 'an order is cancelled before its wait is over',
  limits: { maxWaitSeconds: 4 },
};
