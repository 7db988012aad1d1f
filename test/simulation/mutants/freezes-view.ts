import { brokerWith } from './broker-with.ts';
import type { Mutant } from './mutant.ts';

/** Readings of the account that still come, and always say what the first one said. */
export const FREEZES_VIEW: Mutant = {
  name: 'the view stands still while others trade',
  broker: (broker) => {
    let account: ReturnType<typeof broker.account> | null = null;
    let positions: ReturnType<typeof broker.positions> | null = null;
    return brokerWith(broker, {
      account: () => {
        account ??= broker.account().catch((error: unknown) => {
          account = null;
          throw error;
        });
        return account;
      },
      positions: () => {
        positions ??= broker.positions().catch((error: unknown) => {
          positions = null;
          throw error;
        });
        return positions;
      },
    });
  },
};
