import { createHash } from 'node:crypto';

import { defineFault } from '../kind.ts';
import { changeRows } from '../rows.ts';

/** Trades equal in order, second, price and amount have one id, as the qmt back end makes it when the terminal gives none. */
export const tradeIds = defineFault({
  kind: 'trade_ids',
  about: 'gives trades that are equal in order, second, price and amount the same id',
  actions: ['broker.trades', 'broker.list_trades'],
  rhythm: 'trait',
  params: {},
  draw: () => ({}),
  effect: () => ({
    after: (answer, call) => {
      if (answer === null) return 'on';
      const next = changeRows(answer, (row) => ('trade_id' in row ? { ...row, trade_id: hashId(row) } : row));
      if (next === answer) return 'on';
      call.happened(answer);
      return { answer: next };
    },
  }),
});

function hashId(row: Readonly<Record<string, unknown>>): string {
  const facts = [row['order_id'], row['time'], row['price'], row['amount']].map(String).join('-');
  return createHash('md5').update(facts).digest('hex').slice(0, 16);
}
