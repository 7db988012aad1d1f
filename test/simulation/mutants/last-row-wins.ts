import { brokerWith } from './broker-with.ts';
import type { Mutant } from './mutant.ts';

/** Of two rows of one security the last one counts, as when rows are put into a table by security. */
export const LAST_ROW_WINS: Mutant = {
  name: 'two rows of one security are not summed',
  broker: (broker) =>
    brokerWith(broker, {
      async positions() {
        const rows = await broker.positions();
        return [...new Map(rows.map((row) => [row.security, row])).values()];
      },
    }),
};
