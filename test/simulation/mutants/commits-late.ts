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
        if (key !== 'record') return member.bind(target) as unknown;
        return ((recording) => {
          const isSend = recording.intents?.some(({ state }) => state === 'sending') === true;
          if (!isSend) target.record(recording);
          else queueMicrotask(() => tryTo(() => target.record(recording)));
        }) satisfies Ledger['record'];
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
