import type { BrokerOrder } from '../../../src/domain/trading.ts';
import { decodeOrders } from '../../../src/protocol/decode/orders.ts';
import type { Process } from '../world/process.ts';
import { brokerWith } from './broker-with.ts';
import type { Mutant } from './mutant.ts';

const pushed = new WeakMap<Process, Map<string, BrokerOrder>>();

/** What was pushed last of an order counts for more than what the list says of it. */
export const TRUSTS_PUSHES: Mutant = {
  name: 'a pushed order counts for more than the list',
  pushed: (event, payload, process) => {
    const known = pushed.get(process) ?? new Map<string, BrokerOrder>();
    pushed.set(process, known);
    if (event === 'order') for (const order of decodeOrders([payload])) known.set(order.orderId, order);
  },
  broker: (broker, process) =>
    brokerWith(broker, {
      orders: async () => (await broker.orders()).map((row) => pushed.get(process)?.get(row.orderId) ?? row),
    }),
};
