import type { Mutant } from './mutant.ts';

/** Weekends and holidays count as trading days. */
export const EVERY_DAY_TRADES: Mutant = {
  name: 'an order is sent on a day without trading',
  calendar: (calendar) => {
    const mutated = calendar.copy();
    mutated.isTradingDay = () => true;
    return mutated;
  },
  // The age of its quote would keep such an order back too.
  limits: { quoteMaxAgeMs: 0 },
};
