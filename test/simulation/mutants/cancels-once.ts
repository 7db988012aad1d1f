import type { Mutant } from './mutant.ts';

/** A cancel that meets 9:20 to 9:25, or an order that has no id yet, is asked for now or never. */
export const CANCELS_ONCE: Mutant = {
  name: 'a cancel that is not possible now is never asked for again',
  trading: ({ book }) => {
    const advance = book.advance.bind(book);
    book.advance = (orderId, facts, now) => {
      const impatient = facts.map((fact) => (fact.kind === 'cancel' ? { ...fact, insists: false } : fact));
      advance(orderId, impatient, now);
      const order = book.life(orderId)?.order;
      if (facts.some(({ kind }) => kind === 'cancel') && order?.phase === 'working')
        queueMicrotask(() => advance(orderId, [{ kind: 'cancel_failed' }], now));
    };
  },
};
