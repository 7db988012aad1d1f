import { brokerWith } from './broker-with.ts';
import type { Mutant } from './mutant.ts';

/** A server that gave up waiting has not said that there is no order. */
export const TIMEOUT_REJECTS: Mutant = {
  name: 'REQUEST_TIMEOUT read as rejected',
  broker: (broker) =>
    brokerWith(broker, {
      async place(request) {
        const outcome = await broker.place(request);
        if (outcome.kind !== 'unknown' || outcome.code !== 'REQUEST_TIMEOUT') return outcome;
        return { kind: 'rejected', code: outcome.code, reason: outcome.reason, orderId: null };
      },
    }),
};
