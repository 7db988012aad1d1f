import { brokerWith } from './broker-with.ts';
import type { Mutant } from './mutant.ts';

/** Fills with one id count once, as if ids were unique. */
export const MERGES_FILLS: Mutant = {
  name: 'no counting of fills',
  broker: (broker) =>
    brokerWith(broker, {
      async trades() {
        const trades = await broker.trades();
        return [...new Map(trades.map((trade) => [`${trade.orderId} ${trade.tradeId}`, trade])).values()];
      },
    }),
};
