import type { Mutant } from './mutant.ts';

/** The file is looked for each second, and not before each place. */
export const LOOKS_EACH_SECOND: Mutant = {
  name: 'the kill switch is not looked for before each place',
  trading: ({ risk }) => {
    risk.closed = ({ side }) => risk.guard.stops.reason(side);
  },
};
