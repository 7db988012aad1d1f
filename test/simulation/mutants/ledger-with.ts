import type { Ledger } from '../../../src/ledger/ledger.ts';

/** The ledger with some of its methods replaced. */
export function ledgerWith(ledger: Ledger, replaced: Partial<Ledger>): Ledger {
  return new Proxy(ledger, {
    get(target, key) {
      const other: unknown = Reflect.get(replaced, key);
      if (other !== undefined) return other;
      const member: unknown = Reflect.get(target, key, target);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}
