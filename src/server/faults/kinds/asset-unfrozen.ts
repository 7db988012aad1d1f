import type { JsonObject } from '../../../protocol/json.ts';
import { ACCOUNT, defineFault } from '../kind.ts';
import { changeAccount } from '../rows.ts';

/** A counter that refuses what cannot be paid, but whose asset figures know nothing of open buys. */
export const assetUnfrozen = defineFault({
  kind: 'asset_unfrozen',
  about: 'shows an account without frozen cash: what open buys hold stays in the available',
  actions: ACCOUNT,
  rhythm: 'trait',
  params: {},
  draw: () => ({}),
  effect: () => ({
    after: (answer, call) => {
      if (answer === null) return 'on';
      let frozen = false;
      const next = changeAccount(answer, (account) => {
        const held = account['frozen_cash'];
        if (typeof held !== 'number' || held === 0) return account;
        frozen = true;
        return thawed(account, held);
      });
      if (!frozen) return 'on';
      call.happened(answer);
      return { answer: next };
    },
  }),
});

function thawed(account: JsonObject, held: number): JsonObject {
  const more = (name: string): JsonObject => {
    const value = account[name];
    return typeof value === 'number' ? { [name]: Math.round((value + held) * 1000) / 1000 } : {};
  };
  return { ...account, ...more('available_cash'), ...more('transferable_cash'), frozen_cash: 0 };
}
