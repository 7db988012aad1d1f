import { brokerWith } from './broker-with.ts';
import type { Mutant } from './mutant.ts';

/** As the reference engine does: positions that cannot be read are none, and what they were worth is not looked at. */
export const EMPTIES_POSITIONS: Mutant = {
  name: 'failed positions read as empty',
  broker: (broker) =>
    brokerWith(broker, {
      account: async () => ({ ...(await broker.account()), marketValue: null }),
      positions: () => broker.positions().catch(() => []),
    }),
};
