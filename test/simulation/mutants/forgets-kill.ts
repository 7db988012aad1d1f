import { ledgerWith } from './ledger-with.ts';
import type { Mutant } from './mutant.ts';

/** A restart reads back orders, and not what had stopped them. */
export const FORGETS_KILL: Mutant = {
  name: 'a kill is forgotten at a restart',
  ledger: (ledger) =>
    ledgerWith(ledger, {
      risk: new Proxy(ledger.risk, { get: (store, key) => (key === 'stops' ? () => [] : bound(store, key)) }),
    }),
};

function bound(target: object, key: string | symbol): unknown {
  const member: unknown = Reflect.get(target, key, target);
  return typeof member === 'function' ? (member.bind(target) as unknown) : member;
}
