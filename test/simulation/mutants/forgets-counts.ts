import { emptyTally } from '../../../src/domain/order/risk/tally.ts';
import type { Mutant } from './mutant.ts';

/** What counts against the limits begins anew with each start. */
export const FORGETS_COUNTS: Mutant = {
  name: 'a restart forgets how many orders were sent',
  trading: ({ risk, book }) => {
    const known = new Set<string>();
    const restore = book.restore.bind(book);
    book.restore = (day, now) => {
      const restored = restore(day, now);
      for (const { clientId } of book.intents()) known.add(clientId);
      return restored;
    };
    const tally = risk.guard.tally.bind(risk.guard);
    risk.guard.tally = () => {
      const { day } = tally();
      const sent = book.intents().filter((intent) => intent.sentAt !== null && intent.day === day);
      return { ...emptyTally(day), orders: sent.filter(({ clientId }) => !known.has(clientId)).length };
    };
  },
};
