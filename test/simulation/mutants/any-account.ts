import { brokerWith } from './broker-with.ts';
import type { Mutant } from './mutant.ts';

/** Whose account a reading shows is not looked at. */
export const ANY_ACCOUNT: Mutant = {
  name: 'the account id is not checked',
  broker: (broker) =>
    brokerWith(broker, {
      account: async () => ({ ...(await broker.account()), accountId: null }),
    }),
};
