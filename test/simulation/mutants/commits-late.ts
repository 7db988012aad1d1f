import type { Ledger } from '../../../src/ledger/ledger.ts';
import type { Mutant } from './mutant.ts';

/** SENDING reaches the ledger only after the bytes have left. */
export const COMMITS_LATE: Mutant = {
  name: 'SENDING committed after the write',
  ledger: (ledger) =>
    new Proxy(ledger, {
      get(target, key) {
        const member: unknown = Reflect.get(target, key, target);
        if (typeof member !== 'function') return member;
        if (key !== 'changeIntent') return member.bind(target) as unknown;
        return ((clientId, change) => {
          if (change.state !== 'sending') target.changeIntent(clientId, change);
          else queueMicrotask(() => tryTo(() => target.changeIntent(clientId, change)));
        }) satisfies Ledger['changeIntent'];
      },
    }),
};

/** What a dead process cannot write any more is nobody's concern. */
function tryTo(work: () => void): void {
  try {
    work();
  } catch {
    // The process had died before: its ledger refuses.
  }
}
